"""One register for all tests of this folder; each asks it in a transaction that is undone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests import harness

from .world import Stage, World, make_world


@pytest.fixture(scope="session")
def world(django_db_setup, django_db_blocker) -> World:
    """The register, in a database of this worker."""
    name = f"rows_{harness.WORKER}"
    with django_db_blocker.unblock():
        harness.clone(name)
        return make_world(name)


@pytest.fixture
def stage(world: World) -> Iterator[Stage]:
    """A transaction in which the tests' role plays the owner and the application by turns."""
    with world.connect("havre_test") as asked:
        yield Stage(world, asked)
        asked.rollback()
