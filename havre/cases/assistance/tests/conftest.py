"""A file of Amina's, and ways to set it where a test needs it."""

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def english():
    """What is asked of the program outside a request is said in English, whoever's request came before."""
    with translation.override("en"):
        yield
