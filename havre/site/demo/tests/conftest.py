"""The demonstration has two people more than the tests elsewhere."""

from __future__ import annotations

import pytest
from django.db import connection

from havre.platform.accounts.founding import found_user
from tests.personas import PASSWORD


@pytest.fixture
def personas(personas):
    """With whoever works on prevention, and whoever keeps the library."""
    with connection.cursor() as cursor:
        cursor.execute("set local role havre_owner")
    for login, name, role in (("maya", "Maya P.", "prevention_officer"), ("emile", "Émile Q.", "editor")):
        found_user(personas.chloe.agency, login, name, role, PASSWORD, using="default")
    with connection.cursor() as cursor:
        cursor.execute("set local role havre_app")
    return personas
