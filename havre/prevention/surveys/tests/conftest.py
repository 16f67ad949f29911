"""A survey of Chloé's with four questions, open or not, and a link to it."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.test import Client

from havre.platform.accounts.claims import acting_as
from havre.platform.accounts.models import User
from havre.platform.audit.recorder import Recorder
from havre.prevention.surveys import actions, codes
from havre.prevention.surveys.models import Answer, Link, Survey

FRAME = {
    "title": {"en": "Work abroad", "fr": "Travailler à l’étranger"},
    "intro": {"en": "Ten minutes."},
    "languages": ["en", "fr"],
    "campaign_id": None,
    "pairing": True,
    "visibility": 1,
}
ITEMS = (
    ("knowledge", "My employer may keep my passport.", {"right": False}),
    ("knowledge", "The hotline is free of charge.", {"right": True}),
    ("attitude", "Who goes abroad to work should tell nobody.", {"reverse": True}),
    ("practice", "I have the number of the hotline.", {"reverse": False}),
)


@pytest.fixture(autouse=True)
def refusals(monkeypatch) -> list[str]:
    """What was refused, instead of writing it on its own connection, which knows nothing of a test's transaction."""
    said: list[str] = []
    monkeypatch.setattr(Recorder, "refused", lambda self, act, reason, token="": said.append(reason))
    return said


@dataclass
class Asked:
    """A survey and its link, and what a stranger's phone sends."""

    survey: Survey
    link: Link
    by: User

    @property
    def way(self) -> str:
        return f"/survey/{codes.token(self.link.pk)}/"

    def form(self, **given: str) -> dict[str, str]:
        """A form as the page gives it, filled in."""
        page = Client().get(self.way)
        told = {
            "q-K1": "false",
            "q-A1": "1",
            "sex": "female",
            "age": "18",
            "sheet": page.context["form"]["sheet"].value(),
        }
        return {**told, **given}

    def send(self, **given: str):
        return Client().post(self.way, self.form(**given))

    def answers(self) -> list[Answer]:
        with acting_as(self.by):
            return list(Answer.objects.filter(survey=self.survey).order_by("wave"))


def built(by: User, **frame) -> Survey:
    """A draft with four questions in both languages."""
    survey = actions.save(None, {**FRAME, **frame}, by=by)
    for kind, text, more in ITEMS:
        told = {"kind": kind, "text": {"en": text, "fr": f"[{text}]"}, "right": None, "reverse": False}
        actions.save_item(survey, {**told, **more}, by=by)
    return survey


@pytest.fixture
def asked(personas) -> Asked:
    """The survey, open."""
    with acting_as(personas.chloe):
        survey = built(personas.chloe)
        actions.open_(survey, by=personas.chloe)
        survey.refresh_from_db()
        link = actions.link(survey, wave="pre", group="exposed", note="Market", by=personas.chloe)
        return Asked(survey, link, personas.chloe)
