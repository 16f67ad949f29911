"""A course of Chloé's with a session that was held, and two people on its list."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from havre.platform.accounts.claims import acting_as
from havre.platform.audit.recorder import Recorder
from havre.prevention.training import actions
from havre.prevention.training.models import Course, Session


@pytest.fixture(autouse=True)
def refusals(monkeypatch) -> list[str]:
    """What was refused, instead of writing it on its own connection, which knows nothing of a test's transaction."""
    said: list[str] = []
    monkeypatch.setattr(Recorder, "refused", lambda self, act, reason, token="": said.append(reason))
    return said


@pytest.fixture
def chloe(personas):
    with acting_as(personas.chloe):
        yield personas.chloe


def course(by, visibility=1) -> Course:
    values = {"title": "First signs", "roles": ["police"], "languages": ["fr"], "visibility": visibility}
    return actions.save_course(Course(), values=values, modules=[("Signs", None)], by=by)


def session(of: Course, by, *, begins: int = -1, days: int = 2, **more) -> Session:
    first = timezone.localdate() + timedelta(days=begins)
    values = {"begins": first, "ends": first + timedelta(days=days - 1), "country": "TN", "place": "Tunis", **more}
    return actions.save_session(Session(), course=of, values=values, trainers=[("Ada Lune", "Quay")], by=by)


def listed(held: Session, by, *names: str) -> list:
    people = [{"name": name, "role": "police", "sex": "female", "country": "TN"} for name in names]
    actions.add(held, people=people, origin="hand", by=by)
    return sorted(held.trainees.all(), key=lambda each: each.name)


@pytest.fixture
def held(chloe) -> Session:
    return session(course(chloe), chloe)


@pytest.fixture
def people(held, chloe):
    return listed(held, chloe, "Ève Rémond", "سلام حدّاد")
