"""A web on this machine, which may be asked; and time that runs out quickly."""

from __future__ import annotations

import pytest

from havre.platform import fetching
from havre.platform.audit.recorder import Recorder

from .web import served

HERE = ["127.0.0.1"]


@pytest.fixture
def web(settings, monkeypatch):
    settings.HAVRE_FETCH_LOOPBACK = True
    monkeypatch.setattr(fetching, "SECONDS", 0.25)
    with served() as there:
        yield there


@pytest.fixture
def refusals(monkeypatch) -> list[str]:
    """What was refused, instead of writing it on its own connection, which knows nothing of a test's transaction."""
    said: list[str] = []
    monkeypatch.setattr(Recorder, "refused", lambda self, act, reason, token="": said.append(reason))
    return said
