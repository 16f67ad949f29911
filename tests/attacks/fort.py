"""A register of two agencies that the attacks run against, stored for good in a database of its own.

Every sealed text bears a mark of the agency it belongs to: an answer that shows another agency's mark, or the reference
of another agency's file, has leaked.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from copy import deepcopy
from dataclasses import dataclass, field, fields
from datetime import date, timedelta
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth import login as sign_in
from django.db import connection, connections, models, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import reverse

from havre.cases.people.actions.opening import open_case
from havre.cases.people.models import Case
from havre.platform.accounts.claims import acting_as, token_of
from havre.platform.accounts.founding import found_team
from havre.platform.accounts.models import Team, User
from havre.platform.accounts.sessions import SessionStore
from havre.platform.crypto import keyring
from havre.platform.database.claims import hand_over
from havre.platform.database.policies import rows_of
from havre.platform.database.rows import CaseRows
from havre.platform.permissions import ROLES, Compartment
from tests import harness
from tests.filling import Place, fill
from tests.laws.conftest import TEXTS, TOLD
from tests.laws.walk import Line
from tests.personas import make_personas

NOBODY = "eve"
SHARED = "sami"  # Boris let him read the facts of his file, by the person's consent
MARKS = {"amina": "canarybalise", "gita": "canaryrestricted", "boris": "canaryphare"}
ASKED = {"hana": "health_worker", "noor": "child_specialist", "lucas": "legal_adviser"}
NAMED = ("case", "user", "team")  # what an address may be of, beside the rows of a file
ABSENT = "ZZ2-ZZ2"
NOWHERE = uuid.UUID("0a6f6a44-7d3e-4d0a-9c3c-5a2c7f1e9b01")


@dataclass
class Fort:
    """Amina's file, Gita's restricted one, Boris's of another agency, which lets Sami see the facts of it."""

    name: str
    users: dict[str, User] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    teams: dict[str, Team] = field(default_factory=dict)
    secrets: dict[str, str] = field(default_factory=dict)

    @property
    def logins(self) -> list[str]:
        """Everybody, and Eve, who has signed in nowhere."""
        return [*self.users, NOBODY]

    def sign_in(self) -> None:
        """New sessions for everybody: what a request does to its own is undone, so they grow old while in use."""
        with transaction.atomic():
            self.secrets = {login: enter(user) for login, user in self.users.items()}

    def client(self, login: str, **more: Any) -> Client:
        """A browser in which that persona has signed in."""
        client = Client(HTTP_ACCEPT_LANGUAGE="en", raise_request_exception=False, **more)
        if login != NOBODY:
            client.cookies[settings.SESSION_COOKIE_NAME] = self.secrets[login]
        return client

    def foreign(self, login: str) -> str:
        """Whose file is of another agency than this persona's."""
        return {"boris": "amina", SHARED: "gita"}.get(login, "boris")

    def leaks(self, login: str, answer: bytes) -> list[str]:
        """The marks and references of files this persona may not know of that stand in an answer."""
        barred = {"boris": {"amina", "gita"}, NOBODY: set(MARKS)}.get(login, {"boris"})
        if login not in ("gita", "boris", NOBODY):
            barred = barred | {"gita"}
        if login == SHARED:
            barred = barred - {"boris"}
        words = [word for each in barred for word in (MARKS[each], self.places[each].case.reference)]
        return [word for word in words if word.encode() in answer]

    def address(self, line: Line, reference: str | None, rows: str | None) -> str:
        """The page's address with the reference of one file and the rows of another; None for what is nowhere."""
        return reverse(line.page, kwargs={n: self._value(n, told, reference, rows) for n, told in told_of(line)})

    def _value(self, name: str, told: str, reference: str | None, rows: str | None) -> object:
        if name == "reference":
            return self.places[reference].case.reference if reference else ABSENT
        if told not in NAMED and "." not in told:
            return told
        if rows is None:
            return NOWHERE if told in NAMED else _nowhere(told, name)
        place = self.places[rows]
        if "." in told:
            model = apps.get_model(told)
            row = place.cards.get(model, [place.rows[model]])[
                -1
            ]  # of what goes further, what its agency keeps to itself
            return row.code if name == "code" else row.pk
        return {"case": place.case, "user": place.user, "team": self.teams[rows]}[told].pk


def _nowhere(told: str, name: str) -> object:
    if name == "code":
        return "2" * 10  # of a publication
    key = apps.get_model(told)._meta.pk
    key = key.target_field if key.is_relation else key
    return NOWHERE if key.get_internal_type() == "UUIDField" else 0x7FFFFFFF


def told_of(line: Line) -> list[tuple[str, str]]:
    """The names and values of the page's address."""
    return list(line.arguments().items())


def undone(
    client: Client, method: str, address: str, look: Any = None, listen: Any = None, **more: Any
) -> HttpResponse:
    """The answer; whatever the request changed is undone.

    `look(answer)` is called before that, in the same transaction; `listen(sql)` for each statement of the request.
    """
    cookies = deepcopy(client.cookies)

    def hear(execute: Any, sql: Any, *rest: Any) -> Any:
        listen(re.sub(r"s\d+_x\d+", "s", str(sql)))  # the names of savepoints are counted on
        return execute(sql, *rest)

    with transaction.atomic():
        with connection.execute_wrapper(hear) if listen else nullcontext():
            answer = client.generic(method, address, **more)
        if look is not None:
            look(answer)
        if not connection.needs_rollback:
            transaction.set_rollback(True)
    client.cookies = cookies
    return answer


@contextmanager
def standing_in(name: str) -> Iterator[None]:
    """All of Django's connections work on that database."""
    moved = connections.all()
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


def make_fort(name: str) -> Fort:
    """The register, committed in a database that is made anew."""
    harness.clone(name)
    fort = Fort(name)
    with standing_in(name), transaction.atomic():
        people = make_personas()
        fort.users = {each.name: getattr(people, each.name) for each in fields(people)}
        for login, mark in MARKS.items():
            fort.places[login] = _open(fort.users, login, mark)
            fort.teams[login] = _team(fort.users[login], f"River of {login}")
        _share(fort)
        fort.sign_in()
    return fort


def _open(users: dict[str, User], login: str, mark: str) -> Place:
    user, nurse = users[login], users["hana"]
    with acting_as(user):
        case = open_case(by=user, on=date(2026, 3, 12), state="S0", restricted=login == "gita")
        keyring.load([case.pk, case.person_id, user.pk])
        place = Place(
            case,
            user,
            lambda column: TEXTS.get(str(column), f"{mark} {part_of(column)}"),
            TOLD,
            readers=(nurse.principal,),
        )
        fill(place)
    return place


def _team(user: User, name: str) -> Team:
    with connection.cursor() as cursor:
        cursor.execute("set local role havre_owner")
        team = found_team(user.agency, name, using="default")
        cursor.execute("set local role havre_app")
    return team


def part_of(column: models.Field) -> str:
    """The part of a file that a column belongs to."""
    rows = rows_of(column.model)
    if not isinstance(rows, CaseRows):
        return "own"
    return "mixed" if rows.per_row else str(rows.compartment.name).lower()


def _share(fort: Fort) -> None:
    """Hana, Noor and Lucas work on Amina's file, Gita reads its facts; Sami those of Boris's, by consent."""
    for login, role in ASKED.items():
        grant(fort, "amina", login, int(ROLES[role].compartments), "write", "casework")
    grant(fort, "amina", "gita", int(Compartment.FACTS), "read", "cover")
    grant(fort, "boris", "sami", int(Compartment.FACTS), "read", "casework", outside=True)


def grant(fort: Fort, of: str, to: str, parts: int, level: str, purpose: str, *, outside: bool = False) -> None:
    """Whoever looks after a file lets somebody in; somebody of another agency by the person's consent to share."""
    case, user = fort.places[of].case, fort.users[of]
    until = date.today() + timedelta(days=30) if outside else None
    with keyring.held(), connection.cursor() as cursor:
        hand_over(token_of(enter(user)))  # a session that has just begun: outside the agency nobody shares in a job
        consent = _consent(case, fort.users[to]) if outside else None
        basis = "consent" if outside else ""
        values = [case.pk, fort.users[to].principal, parts, level, purpose, consent, until, basis]
        cursor.execute('select havre."grant"(%s, %s, %s, %s, %s, %s, %s, %s)', values)
        hand_over("")


def _consent(case: Case, to: User) -> uuid.UUID:
    """A consent to share with somebody's agency, that stands."""
    with connection.cursor() as cursor:
        cursor.execute("set local role havre_owner")
        rows = apps.get_model("people.Consent").objects.filter(case_id=case.pk)
        rows.update(scope="share", decision="given", expires=None, body=to.agency)
        cursor.execute("set local role havre_app")
        return rows.get().pk


def enter(user: User) -> str:
    """The cookie's secret of a session that begins now, as after a sign-in with all that it asks for."""
    request = HttpRequest()
    request.session = SessionStore()
    sign_in(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    request.session.save()
    secret = str(request.session.session_key)
    hand_over("")
    return secret
