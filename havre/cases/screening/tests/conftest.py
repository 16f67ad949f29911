"""A person who has agreed to the interview, and hands to fill its pages with."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import pytest
from django.test import Client

from havre.cases.people import actions as people
from havre.cases.people.models import Case
from havre.cases.screening.models import Answer
from havre.kernel.dates import date
from havre.platform.accounts.claims import acting_as
from havre.platform.audit.recorder import Recorder

ON = date(2026, 3, 12)


@pytest.fixture(autouse=True)
def refusals(monkeypatch) -> list[str]:
    """What was refused, instead of writing it on its own connection, which knows nothing of a test's transaction."""
    said: list[str] = []
    monkeypatch.setattr(Recorder, "refused", lambda self, act, reason, token="": said.append(reason))
    return said


@pytest.fixture
def case(personas) -> Case:
    """Amina's case, at the screening, with the consent to the interview."""
    with acting_as(personas.amina):
        case = people.open_contact(people.Arrival(on=ON, called="Tigist Abebe", in_danger="no"), by=personas.amina)
        talk = people.Talk(on=ON, points=["purpose"])
        people.record_consent(case, by=personas.amina, talk=talk, decisions=[people.Decision("interview", "given")])
    return case


@pytest.fixture
def state(personas, case) -> Callable[[], str]:
    """Where the case stands."""

    def now() -> str:
        with acting_as(personas.amina):
            return Case.objects.get(pk=case.pk).state

    return now


class Pages:
    """The pages of one case in somebody's browser."""

    def __init__(self, client: Client, case: Case) -> None:
        self.client, self.at = client, f"/people/{case.reference}/"

    def get(self, path: str):
        return self.client.get(self.at + path)

    def post(self, path: str, **values):
        return self.client.post(self.at + path, {"form_token": str(uuid.uuid4()), **values})

    def begin(self, **values):
        return self.post("screening/", **{"private_and_safe": "yes", "emergency": "no", **values})

    def answer(self, letter: str, version: int = 0, **values):
        """Sends a section: `D07=["M6"]` chooses options, `D07_state="declined"` says a state."""
        sent: dict = {"version": version}
        for name, value in values.items():
            code = name.partition("_")[0]
            sent.setdefault(f"{code}_state", "answered")
            sent[name if "_" in name or name in ("go", "because") else f"{name}_codes"] = value
        return self.post(f"screening/{letter}/", **sent)

    def decide(self, **values):
        given = {"act": "unknown", "means": "unknown", "purpose": "unknown", "result": "PossibleVictimOfTrafficking"}
        return self.post("finding/", **{**given, "body": "NGO", "definition": "palermo", "version": 0, **values})


@pytest.fixture
def pages(sign_in, case) -> Callable[[str], Pages]:
    """The pages of the case, in the browser of a persona."""
    return lambda login: Pages(sign_in(login), case)


@pytest.fixture
def amina(pages) -> Pages:
    """Amina's pages, with the interview begun."""
    mine = pages("amina")
    assert mine.begin().status_code == 302
    return mine


@pytest.fixture
def kept(personas, case) -> Callable[[str], tuple[str, str, str]]:
    """State, codes and words of the answer to a question; nothing when there is no row."""

    def read(item: str) -> tuple[str, str, str] | None:
        with acting_as(personas.amina):
            row = Answer.objects.filter(case=case, item=item).order_by("interview__began").last()
            return row and (row.state, row.codes, row.text)

    return read
