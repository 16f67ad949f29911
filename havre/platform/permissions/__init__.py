"""What a role may do. Acts are decided here, in Python; which rows they reach is decided by PostgreSQL."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntFlag, StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Compartment(IntFlag):
    """The parts a case is cut into (DATA-MODEL 1.2): a set, not a scale. Stored as a bit mask in `case_access`."""

    FACTS = 1
    IDENTITY = 2
    WHEREABOUTS = 4
    HEALTH = 8
    LEGAL = 16
    CHILD = 32


NONE = Compartment(0)


class Permission(StrEnum):
    """One act a page or an action may ask for."""

    CASE_READ = "case.read"
    CASE_OPEN = "case.open"
    CASE_WRITE = "case.write"
    CASE_REOPEN = "case.reopen"
    CASE_SHARE = "case.share"
    ACCESS_EXPLAIN = "access.explain"
    FINDING_DECIDE = "finding.decide"
    FINDING_CONFIRM = "finding.confirm"
    LEGAL_WRITE = "legal.write"
    HEALTH_WRITE = "health.write"
    CHILD_WRITE = "child.write"
    CHILD_DECIDE = "child.decide"
    RISK_OVERRIDE = "risk.override"
    REGISTER_IMPORT = "register.import"
    REGISTER_EXPORT = "register.export"
    AUDIT_READ = "audit.read"
    ACCOUNTS_READ = "accounts.read"
    ACCOUNTS_WRITE = "accounts.write"
    CASELOAD_HAND_OVER = "caseload.hand_over"
    GLASS_BREAK = "glass.break"
    GLASS_REVIEW = "glass.review"
    AGREEMENT_ANSWER = "agreement.answer"
    DIRECTORY_READ = "directory.read"
    DIRECTORY_SUGGEST = "directory.suggest"
    DIRECTORY_WRITE = "directory.write"
    PLACE_READ = "place.read"
    PREVENTION_READ = "prevention.read"
    PREVENTION_WRITE = "prevention.write"
    KNOWLEDGE_READ = "knowledge.read"
    KNOWLEDGE_WRITE = "knowledge.write"


@dataclass(frozen=True)
class Role:
    """A role as a director signs it: what it may do, and how far its rows reach."""

    code: str
    title: Promise
    sentence: Promise
    permissions: frozenset[Permission]
    compartments: Compartment = NONE  # the most that a file may be opened to whoever holds this role
    holds_cases: bool = False  # may have a caseload of its own
    sees_agency: bool = False  # reaches every case of the agency that is not restricted
    audits_agency: bool = False  # reads the record of who saw what


CASEWORK = frozenset(
    {
        Permission.CASE_READ,
        Permission.CASE_OPEN,
        Permission.CASE_WRITE,
        Permission.CASE_SHARE,
        Permission.LEGAL_WRITE,
        Permission.CHILD_WRITE,
        Permission.CASELOAD_HAND_OVER,
        Permission.GLASS_BREAK,
    }
)
READS = frozenset({Permission.DIRECTORY_READ, Permission.PREVENTION_READ, Permission.KNOWLEDGE_READ})
LOOKS_UP = READS | {Permission.DIRECTORY_SUGGEST}
KEEPS_CARDS = LOOKS_UP | {Permission.DIRECTORY_WRITE, Permission.PLACE_READ}
# Health stays with the health workers, who come with their own compartment; a caseworker never opens it.
CASEWORK_COMPARTMENTS = (
    Compartment.FACTS | Compartment.IDENTITY | Compartment.WHEREABOUTS | Compartment.LEGAL | Compartment.CHILD
)
NAMED_FACTS = Compartment.FACTS | Compartment.IDENTITY

ROLES: dict[str, Role] = {
    role.code: role
    for role in (
        Role(
            "caseworker",
            _("Caseworker"),
            _("Receives people and follows them, and sees the people in their own care only."),
            CASEWORK | LOOKS_UP | {Permission.FINDING_DECIDE, Permission.REGISTER_IMPORT},
            CASEWORK_COMPARTMENTS,
            holds_cases=True,
        ),
        Role(
            "return_officer",
            _("Return officer"),
            _("Prepares the journey of people who chose to go home, and sees those in their own care only."),
            CASEWORK | LOOKS_UP,
            CASEWORK_COMPARTMENTS,
            holds_cases=True,
        ),
        Role(
            "reintegration_officer",
            _("Reintegration officer"),
            _("Receives people who come home and follows how they rebuild, and sees those in their own care only."),
            CASEWORK | LOOKS_UP,
            CASEWORK_COMPARTMENTS,
            holds_cases=True,
        ),
        Role(
            "health_worker",
            _("Health worker"),
            _("Keeps the health record of people they were asked to see, and never learns where they live."),
            frozenset({Permission.CASE_READ, Permission.HEALTH_WRITE, Permission.GLASS_BREAK}) | LOOKS_UP,
            NAMED_FACTS | Compartment.HEALTH,
            holds_cases=True,
        ),
        Role(
            "child_specialist",
            _("Child specialist"),
            _("Looks after what is best for children they were asked to see, and decides on it with a panel."),
            frozenset({Permission.CASE_READ, Permission.CASE_WRITE, Permission.CHILD_WRITE, Permission.CHILD_DECIDE})
            | {Permission.GLASS_BREAK}
            | LOOKS_UP,
            NAMED_FACTS | Compartment.WHEREABOUTS | Compartment.CHILD,
            holds_cases=True,
        ),
        Role(
            "legal_adviser",
            _("Legal adviser"),
            _("Follows the rights of people they were asked to see, and never reads a health record."),
            frozenset({Permission.CASE_READ, Permission.LEGAL_WRITE, Permission.GLASS_BREAK}) | LOOKS_UP,
            NAMED_FACTS | Compartment.WHEREABOUTS | Compartment.LEGAL,
            holds_cases=True,
        ),
        Role(
            "supervisor",
            _("Supervisor"),
            _("Sees everyone in the agency’s care, reads findings again, reopens a file, and takes out the register."),
            CASEWORK
            | KEEPS_CARDS
            | {
                Permission.FINDING_DECIDE,
                Permission.FINDING_CONFIRM,
                Permission.REGISTER_IMPORT,
                Permission.REGISTER_EXPORT,
                Permission.AGREEMENT_ANSWER,
                Permission.CASE_REOPEN,
                Permission.ACCESS_EXPLAIN,
                Permission.CHILD_DECIDE,
                Permission.RISK_OVERRIDE,
                Permission.PREVENTION_WRITE,
                Permission.KNOWLEDGE_WRITE,
            },
            CASEWORK_COMPARTMENTS,
            holds_cases=True,
            sees_agency=True,
        ),
        Role(
            "auditor",
            _("Auditor"),
            _("Reads who saw which file and when, and never the file itself."),
            READS | {Permission.AUDIT_READ},
            audits_agency=True,
        ),
        Role(
            "data_protection_lead",
            _("Data-protection lead"),
            _("Reviews each emergency access, reads who saw which file and when, and never the file itself."),
            READS | {Permission.GLASS_REVIEW, Permission.AGREEMENT_ANSWER, Permission.AUDIT_READ},
            audits_agency=True,
        ),
        Role(
            "administrator",
            _("Administrator"),
            _("Looks after accounts and settings, and never sees a person in care."),
            READS | {Permission.ACCOUNTS_READ, Permission.ACCOUNTS_WRITE},
        ),
        Role(
            "directory_keeper",
            _("Directory keeper"),
            _("Keeps the agency’s cards and its contacts right, and never sees a person in care."),
            KEEPS_CARDS,
        ),
        Role(
            "prevention_officer",
            _("Prevention officer"),
            _("Runs campaigns, training, law and action plans, and never sees a person in care."),
            LOOKS_UP | {Permission.PREVENTION_WRITE},
        ),
        Role(
            "editor",
            _("Editor"),
            _("Keeps the library and writes the quarterly digest, and never sees a person in care."),
            LOOKS_UP | {Permission.KNOWLEDGE_WRITE},
        ),
    )
}
