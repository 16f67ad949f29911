"""Everything that writes a person or a case: the only doors."""

from .about import About, save_about
from .circle import let_in, let_out
from .consent import Decision, Talk, record_consent
from .contact import save_contact
from .move import move, possible
from .opening import Arrival, open_contact
from .record import add_note, add_task, finish_task
from .together import link_people, mark_group, unlink_people

__all__ = [
    "About",
    "Arrival",
    "Decision",
    "Talk",
    "add_note",
    "add_task",
    "finish_task",
    "let_in",
    "let_out",
    "link_people",
    "mark_group",
    "move",
    "open_contact",
    "possible",
    "record_consent",
    "save_about",
    "save_contact",
    "unlink_people",
]
