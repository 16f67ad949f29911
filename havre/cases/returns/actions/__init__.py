"""Everything that writes a journey, its legs and papers: the only doors."""

from .choice import again, choose, end, receive_from_abroad, tell
from .travel import arrive, declare, depart, hand_over, place
from .way import drop_leg, save_leg, save_paper

__all__ = [
    "again",
    "arrive",
    "choose",
    "declare",
    "depart",
    "drop_leg",
    "end",
    "hand_over",
    "place",
    "receive_from_abroad",
    "save_leg",
    "save_paper",
    "tell",
]
