"""The directory's tables: HSDS 3.0 with the extension of SPEC 12."""

from .details import Detail, Vetting
from .organisations import Contact, Organisation, Phone, Program
from .places import Address, ConfidentialPlace, Location, ServiceAtLocation
from .services import Language, Schedule, Service, ServiceArea

__all__ = [
    "Address",
    "ConfidentialPlace",
    "Contact",
    "Detail",
    "Language",
    "Location",
    "Organisation",
    "Phone",
    "Program",
    "Schedule",
    "Service",
    "ServiceArea",
    "ServiceAtLocation",
    "Vetting",
]
