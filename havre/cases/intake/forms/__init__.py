"""The forms at the doors in."""

from .elsewhere import AbroadForm, ElsewhereForm, IdentifiedForm
from .group import GroupForm

__all__ = ["AbroadForm", "ElsewhereForm", "GroupForm", "IdentifiedForm"]
