"""Amina's browser at the doors, and the page as it reads."""

import pytest

from havre.cases.people.models import Case
from havre.cases.people.tests.conftest import case, field, text, token
from havre.platform.accounts.claims import acting_as

__all__ = ["case", "field", "text", "token"]


@pytest.fixture
def amina(sign_in):
    """Amina's browser."""
    return sign_in("amina")


@pytest.fixture
def opened(personas):
    """The files there are, by what each person is called."""
    from havre.cases.people.panels import names_of

    def files():
        with acting_as(personas.amina):
            cases = list(Case.objects.select_related("person"))
            names = names_of(each.person_id for each in cases)
            return {names[each.person_id]: each for each in cases if each.person_id in names}

    return files
