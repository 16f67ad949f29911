"""What is kept of treaties, laws and their making (SPEC 13.3)."""

from .drafting import Comment, Help, HelpStep, TextVersion
from .laws import LawPoint, NationalLaw
from .register import Score, TreatyStatus

__all__ = ["Comment", "Help", "HelpStep", "LawPoint", "NationalLaw", "Score", "TextVersion", "TreatyStatus"]
