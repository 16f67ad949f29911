"""A register of size: agencies of unlike sizes, caseworkers with caseloads, cases of unlike lengths."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.hashers import make_password
from django.db import connections, transaction
from django.db.models import Model

from havre.platform.accounts.founding import found_agency, give_role
from havre.platform.accounts.models import Agency, User
from havre.platform.crypto import keyring
from havre.platform.crypto.models import SubjectKey

from .rows import Writer

PASSWORD = "a harbour measured at dawn"
CASELOAD = 60
BATCH = 500  # cases whose keys and rows are held at a time
COUNTRIES = ("FR", "BE", "RO", "IT", "ES")


@dataclass(frozen=True)
class Office:
    """An agency with its workers and how many cases it gets."""

    agency: Agency
    supervisor: User
    workers: list[User]
    cases: int


def sizes(cases: int) -> list[int]:
    """How many cases each agency gets: the n-th has an n-th of the largest."""
    agencies = max(2, min(20, cases // 400))
    shares = [1 / (n + 1) for n in range(agencies)]
    each = [max(1, int(cases * share / sum(shares))) for share in shares]
    return [each[0] + cases - sum(each), *each[1:]]


def build(cases: int) -> list[Office]:
    """The register, written as the owner of the tables."""
    with transaction.atomic(using="owner"):
        offices = [_office(number, size) for number, size in enumerate(sizes(cases))]
    writer = Writer(seed=2026)
    wanted = [
        worker for office in offices for worker in itertools.islice(itertools.cycle(office.workers), office.cases)
    ]
    for start in range(0, len(wanted), BATCH):
        with keyring.held(), transaction.atomic(using="owner"):
            _store(row for worker in wanted[start : start + BATCH] for row in writer.case(worker))
        print(f"\r  {min(start + BATCH, len(wanted))} of {len(wanted)} cases", end="", flush=True)
    print()
    with connections["owner"].cursor() as cursor:
        cursor.execute("analyze")
    return offices


def _office(number: int, size: int) -> Office:
    agency = found_agency(f"agency-{number}", f"Agency {number}", COUNTRIES[number % 5], using="owner")
    hashed = make_password(PASSWORD)
    supervisor = _user(agency, f"supervisor-{number}", "supervisor", hashed)
    workers = [_user(agency, f"worker-{number}-{n}", "caseworker", hashed) for n in range(1 + size // CASELOAD)]
    return Office(agency, supervisor, workers, size)


def _user(agency: Agency, login: str, role: str, hashed: str) -> User:
    """A user whose password was hashed before: two hundred slow hashes would tell us nothing."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("select nextval('accounts_principal')")
        principal = cursor.fetchone()[0]
    user = User(agency=agency, login=login, name=login.title(), principal=principal, password=hashed)
    user.save(using="owner", force_insert=True)
    give_role(user, role, using="owner")
    key = SubjectKey(subject_id=user.pk, kind="user", agency_id=agency.pk, wrapped=keyring.fresh(agency.pk, user.pk))
    key.save(using="owner", force_insert=True)
    return user


def _store(rows: Iterable[Model]) -> None:
    """Every row by multi-row inserts, table by table in the order in which a table first comes up."""
    kinds: dict[type[Model], list[Model]] = defaultdict(list)
    for row in rows:
        kinds[type(row)].append(row)
    for model, made in kinds.items():
        model._base_manager.using("owner").bulk_create(made, batch_size=1000)


def offices() -> list[Office]:
    """The agencies of a register that was built before, largest first."""
    users = User.objects.select_related("agency").order_by("login")
    found = []
    for agency in Agency.objects.all():
        people = [user for user in users if user.agency_id == agency.pk]
        supervisor = next(user for user in people if user.login.startswith("supervisor"))
        workers = [user for user in people if user.login.startswith("worker")]
        with connections["owner"].cursor() as cursor:
            cursor.execute("select count(*) from people_case where agency_id = %s", [agency.pk])
            found.append(Office(agency, supervisor, workers, cursor.fetchone()[0]))
    return sorted(found, key=lambda office: -office.cases)
