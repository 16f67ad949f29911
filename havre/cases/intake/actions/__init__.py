"""The doors in that need what later stages know: a group, somebody sent from abroad, somebody identified elsewhere."""

from .abroad import Handover, receive
from .birth import Birth
from .finding import Elsewhere, receive_finding
from .group import MOST, Group, Listed, open_group
from .identified import open_identified

__all__ = [
    "MOST",
    "Birth",
    "Elsewhere",
    "Group",
    "Handover",
    "Listed",
    "open_group",
    "open_identified",
    "receive",
    "receive_finding",
]
