"""Everybody sees what is public of a country, whoever works here what partners see, and nobody what is another’s."""

from __future__ import annotations

import pytest
from django.test import Client

from havre.platform.accounts.claims import acting_as
from havre.site.countries import actions
from tests.personas import signed_in

SEEN = {"Public permit": 0, "Permit for partners": 1, "Permit of the house": 3}


@pytest.fixture
def ways(personas):
    """Three ways to work in France, kept by Chloé's agency."""
    with acting_as(personas.chloe):
        for title, visibility in SEEN.items():
            values = {"country": "FR", "title": title, "visibility": visibility, "link": "https://permits.example"}
            actions.save(None, values, by=personas.chloe)


def told(client: Client, path: str) -> set[str]:
    """Which of the three the page tells."""
    page = client.get(path).content.decode()
    return {title for title in SEEN if title in page}


def test_each_reader_sees_as_far_as_a_row_goes(ways):
    assert told(Client(), "/country/FR/") == {"Public permit"}
    assert told(signed_in("boris"), "/knowledge/countries/FR/") == {"Public permit", "Permit for partners"}
    assert told(signed_in("amina"), "/knowledge/countries/FR/") == set(SEEN)


def test_the_open_pages_set_no_cookie_and_speak_the_language_that_is_asked_for(ways):
    for path, said in (("/country/FR/?in=fr", "Voies légales"), ("/country/?in=fr", "Pays")):
        answer = Client().get(path)
        assert not answer.cookies and said in answer.content.decode()


def test_an_address_that_is_none_of_the_web_is_refused_and_nothing_is_lost(ways):
    sent = {"title": "Permit", "link": "javascript:alert(1)", "shape": "", "version": "-1"}
    answer = signed_in("chloe").post("/knowledge/countries/FR/way/", sent)
    assert answer.status_code == 422 and "https://" in answer.content.decode()
