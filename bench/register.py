"""A register of size: agencies of unlike sizes, caseworkers with caseloads, and whose people each of them follows."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from random import Random

from django.contrib.auth.hashers import make_password

from bench import help, rows
from bench.copying import Sheet, number
from bench.rows import Life, Staff
from havre.platform.accounts.models import Agency, Membership, User
from havre.platform.crypto import keyring
from havre.platform.crypto.models import SubjectKey
from havre.platform.permissions import ROLES

PASSWORD = "a harbour measured at dawn"
SEED = "havre bench"
CASELOAD = 60
COUNTRIES = ("FR", "BE", "RO", "IT", "ES")
TONGUES = ("en", "fr")
BEGAN = "2026-01-01 00:00+00"


@dataclass(frozen=True)
class House:
    """An agency of the register, and the first of the principals that it and its people take."""

    number: int
    id: str
    cases: int
    principal: int

    @property
    def staff(self) -> int:
        """How many caseworkers."""
        return 1 + self.cases // CASELOAD


@dataclass(frozen=True)
class Caseload:
    """A worker, the number of the first of their people, and how many there are."""

    staff: Staff
    first: int
    cases: int


def sizes(cases: int) -> list[int]:
    """How many cases each agency gets: the n-th has an n-th of the largest."""
    agencies = max(2, min(20, cases // 400))
    shares = [1 / (n + 1) for n in range(agencies)]
    each = [max(1, int(cases * share / sum(shares))) for share in shares]
    return [each[0] + cases - sum(each), *each[1:]]


def identity(name: str) -> str:
    """The same identity for the same name."""
    return number(Random(f"{SEED}|{name}"))


def houses(cases: int) -> list[House]:
    """The agencies, largest first."""
    found, principal = [], 1
    for place, size in enumerate(sizes(cases)):
        found.append(House(place, identity(f"agency-{place}"), size, principal))
        principal += 3 + found[-1].staff
    return found


def caseloads(cases: int) -> Iterator[Caseload]:
    """Every worker with their people."""
    first = 0
    for house in houses(cases):
        supervisor = identity(f"supervisor-{house.number}")
        for place in range(house.staff):
            size = house.cases // house.staff + (place < house.cases % house.staff)
            who = (identity(f"worker-{house.number}-{place}"), house.principal + 3 + place)
            tongue = TONGUES[house.number % 2]
            yield Caseload(Staff(*who, house.id, house.principal, tongue, supervisor), first, size)
            first += size


@cache
def batches(cases: int, size: int) -> list[list[Caseload]]:
    """The caseloads, so many at a time."""
    every = caseloads(cases)
    return list(iter(lambda: list(itertools.islice(every, size)), []))


def tell(sheet: Sheet, caseload: Caseload) -> None:
    """Adds every row of one worker's people."""
    lives = [Life(sheet, index, caseload.staff) for index in range(caseload.first, caseload.first + caseload.cases)]
    for life in lives:
        life.arrive()
        life.move()
        life.consent()
        life.write()
        life.screen()
        life.story()
        help.tell(life)
    rows.join(lives)


def found(sheet: Sheet, cases: int) -> int:
    """Adds the agencies and everybody who works there; gives the last principal that was taken."""
    hashed = make_password(PASSWORD)  # once: a thousand slow hashes would tell us nothing
    last = 0
    for house in houses(cases):
        about = {"code": f"agency-{house.number}", "name": f"Agency {house.number}"}
        whose = {"principal": house.principal, "audit_principal": house.principal + 1}
        sheet.put(Agency, b"", id=house.id, country=COUNTRIES[house.number % 5], **about, **whose)
        _user(sheet, house, f"supervisor-{house.number}", "supervisor", house.principal + 2, hashed)
        for place in range(house.staff):
            last = house.principal + 3 + place
            _user(sheet, house, f"worker-{house.number}-{place}", "caseworker", last, hashed)
    return last


def _user(sheet: Sheet, house: House, login: str, role: str, principal: int, hashed: str) -> None:
    who, reach = identity(login), ROLES[role]
    known = {"login": login, "name": login.title(), "password": hashed, "language": TONGUES[house.number % 2]}
    sheet.put(User, b"", id=who, agency_id=house.id, principal=principal, **known)
    may = {"holds_cases": reach.holds_cases, "sees_agency": reach.sees_agency, "audits_agency": reach.audits_agency}
    held = {"role": role, "compartments": int(reach.compartments), "begins": BEGAN}
    sheet.put(Membership, b"", id=identity(f"{login}|role"), user_id=who, **held, **may)
    wrapped = keyring.fresh(house.id, who)
    key = {"subject_id": who, "kind": "user", "agency_id": house.id, "wrapped": wrapped}
    sheet.put(SubjectKey, b"", id=identity(f"{login}|key"), **key)


@dataclass(frozen=True)
class Office:
    """An agency as it stands in the database, with those who are measured and how many cases it has."""

    agency: Agency
    supervisor: User
    worker: User
    cases: int


def offices(cases: int) -> list[Office]:
    """The agencies of a register of that size that was loaded before, largest first."""
    users = {user.login: user for user in User.objects.select_related("agency").filter(login__in=_measured(cases))}
    return [
        Office(lead.agency, lead, users[f"worker-{house.number}-0"], house.cases)
        for house in houses(cases)
        for lead in [users[f"supervisor-{house.number}"]]
    ]


def _measured(cases: int) -> list[str]:
    return [login for house in houses(cases) for login in (f"supervisor-{house.number}", f"worker-{house.number}-0")]
