"""The town of the state machine, in a database of this worker."""

import pytest

from tests import harness

from .town import Town, found


@pytest.fixture(scope="session")
def town(django_db_setup, django_db_blocker) -> Town:
    """Three agencies, committed."""
    name = f"grants_{harness.WORKER}"
    with django_db_blocker.unblock():
        harness.clone(name)
        return found(name)
