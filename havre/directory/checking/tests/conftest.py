"""What was refused, kept in a list."""

from __future__ import annotations

import pytest

from havre.platform.audit.recorder import Recorder


@pytest.fixture(autouse=True)
def refusals(monkeypatch) -> list[str]:
    """What was refused, instead of writing it on its own connection, which knows nothing of a test's transaction."""
    said: list[str] = []
    monkeypatch.setattr(Recorder, "refused", lambda self, act, reason, token="": said.append(reason))
    return said
