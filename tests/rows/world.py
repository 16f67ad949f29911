"""A small register, stored for good in a database of its own, that the tests ask by plain SQL."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

import psycopg
from django.db import connections, transaction
from psycopg import sql
from psycopg.conninfo import make_conninfo

from havre.cases.people.actions.opening import open_case
from havre.cases.people.models import Case
from havre.platform.accounts import claims
from havre.platform.accounts.models import User
from havre.platform.crypto import keyring
from havre.platform.permissions import CASEWORK_COMPARTMENTS, Compartment
from tests import harness
from tests.filling import Place, fill
from tests.personas import make_personas

LOGINS = ("amina", "gita", "chloe", "boris", "dao", "ferdinand", "hana", "noor", "lucas", "ines")
NOBODY = "nobody"
EVERYBODY = (*LOGINS, NOBODY)
ALL = int(CASEWORK_COMPARTMENTS)
FACTS = int(Compartment.FACTS)
# What a colleague of each of these roles is let into, written down here and computed nowhere.
ASKED = {"hana": 1 | 2 | 8, "noor": 1 | 2 | 4 | 32, "lucas": 1 | 2 | 4 | 16}


@dataclass(frozen=True)
class Reach:
    """How far somebody reaches into a case."""

    case: UUID
    person: UUID
    compartments: int = ALL
    write: bool = True


@dataclass
class World:
    """Amina's case (Gita may read its facts; Hana, Noor and Lucas were asked in), Gita's restricted one, Boris's."""

    name: str
    users: dict[str, User] = field(default_factory=dict)
    cases: dict[str, Case] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)

    def reach(self, login: str) -> list[Reach]:
        """What SECURITY-DESIGN 3 gives each of them, written down here and computed nowhere."""
        amina, gita, boris = (Reach(case.pk, case.person_id) for case in self.cases.values())
        facts = Reach(amina.case, amina.person, FACTS, write=False)
        if login in ASKED:
            return [Reach(amina.case, amina.person, ASKED[login])]
        return {"amina": [amina], "chloe": [amina], "gita": [gita, facts], "boris": [boris]}.get(login, [])

    def principals(self, login: str) -> set[int]:
        """Whom each of them stands for."""
        if login == NOBODY:
            return set()
        user, house = self.users[login], self.users[login].agency
        return {
            "chloe": {user.principal, house.principal},
            "boris": {user.principal, house.principal},
            "dao": {house.audit_principal},
            "ines": {house.audit_principal},
            "ferdinand": set(),
        }.get(login, {user.principal})

    def connect(self, role: str) -> psycopg.Connection:
        """A connection of that role, with its own password."""
        password = json.loads(harness.PASSWORDS.read_text())[role]
        return psycopg.connect(make_conninfo(harness.CLUSTER.url(self.name), user=role, password=password))

    def owner(self) -> psycopg.Connection:
        """A connection of the server's administrator, who sees everything."""
        return psycopg.connect(harness.CLUSTER.url(self.name))


def enter(asked: psycopg.Connection, token: str) -> None:
    """Hands a token over for this transaction."""
    asked.execute("select set_config('havre.token', %s, true)", [token])


@contextmanager
def session(world: World, login: str, role: str = "havre_app") -> Iterator[psycopg.Connection]:
    """A transaction of a persona on a connection of that role, undone at the end."""
    with world.connect(role) as asked:
        if login != NOBODY:
            enter(asked, world.tokens[login])
        yield asked
        asked.rollback()


class Stage:
    """One transaction of the tests' role, which becomes owner, application or backup by turns; then undone."""

    def __init__(self, world: World, asked: psycopg.Connection) -> None:
        self.world, self.asked = world, asked

    def own(self, text: str, *values: object) -> list[tuple]:
        """Done as the owner of the tables."""
        return self._as("havre_owner", text, *values)

    def back_up(self, text: str, *values: object) -> list[tuple]:
        """Done as the role of the backup."""
        return self._as("havre_backup", text, *values)

    def ask(self, login: str, text: str, *values: object) -> list[tuple]:
        """Done as the application, with that persona's token."""
        enter(self.asked, self.world.tokens.get(login, ""))
        return self._as("havre_app", text, *values)

    def refused(self, login: str, text: str, *values: object) -> str:
        """The sentence with which the database refuses; empty when it does not."""
        try:
            with self.asked.transaction():
                self.ask(login, text, *values)
        except psycopg.errors.InsufficientPrivilege as error:
            return error.diag.message_primary or "refused"
        return ""

    def become(self, role: str) -> None:
        """From here on this transaction has that role's rights."""
        self.asked.execute(sql.SQL("set local role {}").format(sql.Identifier(role)))

    def _as(self, role: str, text: str, *values: object) -> list[tuple]:
        self.become(role)
        cursor = self.asked.execute(text.encode(), values or None)
        return cursor.fetchall() if cursor.description else []


@contextmanager
def standing_in(name: str) -> Iterator[None]:
    """Django's connections of the application and of the owner work on that database."""
    moved = [connections["default"], connections["owner"]]
    usual = [each.settings_dict["NAME"] for each in moved]
    for each in moved:
        each.close()
        each.settings_dict["NAME"] = name
    try:
        yield
    finally:
        for each, before in zip(moved, usual, strict=True):
            each.close()
            each.settings_dict["NAME"] = before


def make_world(name: str) -> World:
    """The register, committed."""
    world = World(name)
    with standing_in(name), transaction.atomic():
        people = make_personas()
        world.users = {login: getattr(people, login) for login in LOGINS}
        for login, restricted in (("amina", False), ("gita", True), ("boris", False)):
            world.cases[login] = _open(world.users[login], restricted, world.users["hana"])
        _share(world)
        _vet(world.users["boris"])
        for login, user in world.users.items():
            world.tokens[login] = secrets.token_hex(32)
            claims.begin_session(user, world.tokens[login], "{}", timedelta(hours=1))
    return world


def _open(user: User, restricted: bool, nurse: User) -> Case:
    with claims.acting_as(user):
        case = open_case(by=user, on=date(2026, 3, 12), state="S0", restricted=restricted)
        keyring.load([case.pk, case.person_id, user.pk])
        fill(Place(case, user, readers=(nurse.principal,)))
    return case


def _vet(user: User) -> None:
    """The user's agency is vetted."""
    with connections["default"].cursor() as cursor:
        cursor.execute("set local role havre_owner")
        vetted = "insert into directory_vetting values (%s, 'vetted', current_date, 'the board', 'visited')"
        cursor.execute(vetted, [user.agency_id])
        cursor.execute("set local role havre_app")


def _share(world: World) -> None:
    """Gita may read the facts of Amina's case; the nurse, the child specialist and the lawyer work on their parts."""
    amina, gita = world.users["amina"], world.users["gita"]
    with claims.acting_as(amina), connections["default"].cursor() as cursor:
        given = [world.cases["amina"].pk, gita.principal, FACTS, "read", "cover", None, None]
        cursor.execute('select havre."grant"(%s, %s, %s, %s, %s, %s, %s)', given)
        for login, parts in ASKED.items():
            asked = [world.cases["amina"].pk, world.users[login].principal, parts, "write", "casework", None, None]
            cursor.execute('select havre."grant"(%s, %s, %s, %s, %s, %s, %s)', asked)
