"""Everything that writes on a card, each for its keeper alone."""

from .cards import remove, save_organisation
from .offers import save_program, save_schedule, save_service
from .places import save_location
from .reach import save_contact, save_phone

__all__ = [
    "remove",
    "save_contact",
    "save_location",
    "save_organisation",
    "save_phone",
    "save_program",
    "save_schedule",
    "save_service",
]
