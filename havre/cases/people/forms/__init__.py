"""The forms about a person: almost nothing in them is compulsory."""

from .about import AboutForm
from .circle import LetInForm
from .consent import ConsentForm
from .contact import ContactForm
from .linked import LinkForm, may_link
from .reach import ReachForm
from .small import MoveForm, NoteForm, TaskForm

__all__ = [
    "AboutForm",
    "ConsentForm",
    "ContactForm",
    "LetInForm",
    "LinkForm",
    "MoveForm",
    "NoteForm",
    "ReachForm",
    "TaskForm",
    "may_link",
]
