"""The pages about a person: what is read or written there is decided by the actions and by the database."""

from .about import about
from .circle import circle, circle_out
from .consent import consent
from .contact import contact, reach, safety
from .draft import draft
from .linked import linked, unlink
from .small import move, note, task, task_done

__all__ = [
    "about",
    "circle",
    "circle_out",
    "consent",
    "contact",
    "draft",
    "linked",
    "move",
    "note",
    "reach",
    "safety",
    "task",
    "task_done",
    "unlink",
]
