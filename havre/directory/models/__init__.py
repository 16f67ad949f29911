"""The directory's tables: HSDS 3.0 with the extension of SPEC 12."""

from .checks import Change, Duplicate, Suggestion, Verification
from .details import Detail, Vetting
from .missing import Missing
from .organisations import Contact, Organisation, Phone, Program
from .places import Address, ConfidentialPlace, Location, ServiceAtLocation
from .services import Language, Schedule, Service, ServiceArea

__all__ = [
    "Address",
    "Change",
    "ConfidentialPlace",
    "Contact",
    "Detail",
    "Duplicate",
    "Language",
    "Location",
    "Missing",
    "Organisation",
    "Phone",
    "Program",
    "Schedule",
    "Service",
    "ServiceArea",
    "ServiceAtLocation",
    "Suggestion",
    "Verification",
    "Vetting",
]
