"""An office with its people in a database that other connections see, and a folder for what waits."""

from __future__ import annotations

import pytest
from django.db import transaction

from tests.personas import make_personas

from .page import Office


@pytest.fixture
def folder(settings, tmp_path):
    """Where files wait."""
    settings.HAVRE_STAGED = tmp_path / "staged"
    settings.HAVRE_STAGED.mkdir(mode=0o700)
    return settings.HAVRE_STAGED


@pytest.fixture
def house(transactional_db, folder):
    """The personas, stored for good."""
    with transaction.atomic():
        return make_personas()


@pytest.fixture
def amina(house):
    """Amina before the page."""
    return Office()
