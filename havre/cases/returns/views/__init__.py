"""The pages of a journey, in the order it is made."""

from .choice import again, end, option, prepare, told
from .travel import arrival, declaration, depart, handover, journey, receiving
from .way import leg, leg_drop, leg_edit, paper, paper_edit

__all__ = [
    "again",
    "arrival",
    "declaration",
    "depart",
    "end",
    "handover",
    "journey",
    "leg",
    "leg_drop",
    "leg_edit",
    "option",
    "paper",
    "paper_edit",
    "prepare",
    "receiving",
    "told",
]
