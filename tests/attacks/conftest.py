"""One register for all attacks of a worker; a module works on it with all of Django's connections."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests import harness

from .fort import Fort, make_fort, standing_in


@pytest.fixture(scope="session")
def stored_fort(django_db_setup, django_db_blocker) -> Fort:
    """The register, in a database of this worker."""
    with django_db_blocker.unblock():
        return make_fort(f"fort_{harness.WORKER}")


@pytest.fixture(scope="module")
def fort(stored_fort: Fort, django_db_blocker) -> Iterator[Fort]:
    """The register, asked through the application."""
    with django_db_blocker.unblock(), standing_in(stored_fort.name):
        yield stored_fort
