"""One case of Amina's with a row of each stage, and a browser for each persona."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from havre.cases.people import actions
from havre.cases.people.models import Case
from havre.platform.accounts.claims import acting_as
from havre.platform.accounts.founding import found_team
from havre.platform.accounts.models import Team
from havre.platform.audit import recorder
from havre.platform.crypto import keyring
from havre.platform.permissions import ROLES
from tests.filling import Place, fill
from tests.personas import Personas, make_personas, signed_in

from .walk import PERSONAS, Line

TEXTS = {"people.PersonIdentity.born_on": "1998-05-17"}
TOLD = {
    "assistance.Referral": {"direction": "out", "state": "in_progress"},
    "assistance.Risk": {"about": "return", "likelihood": 4, "impact": 4},
    "followup.FollowUp": {"code": "M1"},
    "followup.ContactAttempt": {"means": "call", "result": "reached"},
    "reintegration.Survey": {"contact": "M0"},
    "library.Publication": {"downloadable": True},
    "people.CaseGroup": {"group": UUID("6f1f0c52-6f0b-4f53-9d0a-8a1d0b5d9a11")},
    "people.CaseMove": {"to_state": "S0"},
    "returns.ReturnJourney": {"option": "return"},
    "returns.TravelLeg": {"departs_zone": "Europe/Paris", "arrives_zone": "Africa/Lagos"},
    "screening.Interview": {"kind": "screening"},
}


HEALTH = int(ROLES["health_worker"].compartments)


@dataclass
class House:
    """A signed-in browser for each persona, and where to send it."""

    case: Case
    place: Place
    enter: Callable[[str], Client]
    team: Team
    clients: dict[str, Client] = field(default_factory=dict)

    def browser(self, login: str) -> Client:
        """The persona's browser; Eve's has signed in nowhere."""
        if login not in self.clients:
            client = Client(HTTP_ACCEPT_LANGUAGE="en") if login == "eve" else self.enter(login)
            client.raise_request_exception = False
            self.clients[login] = client
        return self.clients[login]

    def address(self, line: Line) -> str:
        """The page's address in Amina's case."""
        return reverse(line.page, kwargs={name: self._value(name, told) for name, told in line.arguments().items()})

    def _value(self, name: str, told: str) -> object:
        if name == "reference":
            return self.case.reference
        if told in ("case", "user", "team"):
            return {"case": self.case, "user": self.place.user, "team": self.team}[told].pk
        row = self.place.rows[apps.get_model(told)] if "." in told else None
        return told if row is None else row.code if name == "code" else row.pk

    def ask(self, login: str, line: Line) -> HttpResponse:
        """The answer; whatever the request changed is undone, in the database and in the browser."""
        client, address = self.browser(login), self.address(line)
        cookies = deepcopy(client.cookies)
        with transaction.atomic():
            answer = getattr(client, line.method.lower())(address)
            if not connection.needs_rollback:
                transaction.set_rollback(True)
        client.cookies = cookies
        return answer

    def answers(self, line: Line, logins: tuple[str, ...] = PERSONAS) -> tuple[int, ...]:
        """What each persona gets."""
        return tuple(self.ask(login, line).status_code for login in logins)


@pytest.fixture(scope="module")
def house(django_db_setup, django_db_blocker) -> Iterator[House]:
    """Amina's case with one row in every table: made once for a list of pages, since whatever is asked is undone."""
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patched, transaction.atomic():
        # A refusal is recorded on a connection of its own, which could not see the persons of a test that is undone.
        patched.setattr(recorder, "REFUSALS", "default")
        yield _house(make_personas())
        transaction.set_rollback(True)


def _house(personas: Personas) -> House:
    arrival = actions.Arrival(on=date(2026, 3, 12), called="Salam Haddad", note="Came with her sister.")
    with acting_as(personas.amina):
        case = actions.open_contact(arrival, by=personas.amina)
        keyring.load([case.pk, case.person_id, personas.amina.pk])
        readers = (personas.hana.principal,)
        place = Place(case, personas.amina, lambda column: TEXTS.get(str(column), "Invented."), TOLD, readers=readers)
        fill(place)
        with connection.cursor() as cursor:  # Hana, who looks after health, was asked to see the person
            asked = [case.pk, personas.hana.principal, HEALTH, "write", "casework", None, None]
            cursor.execute('select havre."grant"(%s, %s, %s, %s, %s, %s, %s)', asked)
    return House(case, place, _enter, _team(personas))


def _team(personas: Personas) -> Team:
    """A team of Amina's agency, in which nobody is."""
    with connection.cursor() as cursor:
        cursor.execute("set local role havre_owner")
        team = found_team(personas.amina.agency, "River", using="default")
        cursor.execute("set local role havre_app")
    return team


def _enter(login: str) -> Client:
    """A browser in which that persona has signed in."""
    return signed_in(login)
