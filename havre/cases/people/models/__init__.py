"""The person, the case, and who may see which part of them."""

from .case import Case, CaseAccess, CaseHandover, CaseMove, CaseNote, PastAccess, Task
from .consent import Consent
from .draft import Draft
from .kept import KeptCell
from .links import CaseGroup, PersonLink
from .person import Person, PersonContact, PersonCountry, PersonIdentity, PersonLanguage, PersonName, PersonPlace

__all__ = [
    "Case",
    "CaseAccess",
    "CaseGroup",
    "CaseHandover",
    "CaseMove",
    "CaseNote",
    "Consent",
    "Draft",
    "KeptCell",
    "PastAccess",
    "Person",
    "PersonContact",
    "PersonCountry",
    "PersonIdentity",
    "PersonLanguage",
    "PersonLink",
    "PersonName",
    "PersonPlace",
    "Task",
]
