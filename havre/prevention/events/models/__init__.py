"""Events, the plans that follow from them, agreements with partners, and the ways to a calendar (SPEC 13.4)."""

from .agreements import Agreed, Partnership, Renewal
from .events import Came, Conclusion, Event, Level, Paper
from .feeds import CalendarKey
from .plans import Action, Note, Plan, Progress

__all__ = [
    "Action",
    "Agreed",
    "CalendarKey",
    "Came",
    "Conclusion",
    "Event",
    "Level",
    "Note",
    "Paper",
    "Partnership",
    "Plan",
    "Progress",
    "Renewal",
]
