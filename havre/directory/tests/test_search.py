"""The page on which services are found, and the map of their places."""

from __future__ import annotations

from datetime import date, time

import pytest

from havre.directory import facets
from havre.directory.models import Location, Phone, Schedule, ServiceAtLocation
from havre.platform.accounts.claims import acting_as
from havre.platform.keeping.rows import Visibility

from .cards import card, hangs, service

FIND, MAP = "/directory/find/", "/directory/find/map/"
DAILY = {"freq": "WEEKLY", "byday": "MO,TU,WE,TH,FR,SA,SU", "zone": "Europe/Paris"}


@pytest.fixture
def house(personas):
    """A house in Lyon with beds for men, and one place that stays confidential."""
    with acting_as(personas.chloe):
        of = card(personas.chloe, "Maison de l’Étoile", Visibility.PUBLIC, countries=["FR"])
        beds = service(
            of, "Beds", service_type=["SHELTER_EMERG"], population_served=["men"], minimum_age=18,
            verified_on=date(2020, 1, 1), capacity_total=3, capacity_available=2,
        )  # fmt: skip
        for place in ({"city": "Lyon", "latitude": 45.7, "longitude": 4.8}, {"address_confidential": True}):
            at = hangs(Location, of, country="FR", **place)
            hangs(ServiceAtLocation, of, service=beds, location=at)
        hangs(Phone, of, number="00 80 000 342")
        hangs(Schedule, of, service=beds, opens_at=time(0), closes_at=time(23, 58), **DAILY)
        facets.refresh(services=[beds.pk])
        return of


def page(sign_in, who, address, **asked):
    answer = sign_in(who).get(address, asked)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_page_begins_with_its_filters_and_finds_nothing_by_itself(sign_in, house):
    told = page(sign_in, "amina", FIND)
    assert "What is needed" in told and "Beds" not in told


def test_a_result_says_what_one_needs_before_one_calls(sign_in, house):
    told = page(sign_in, "boris", FIND, what="need.accommodation", countries="FR", populations="men", text="etoile")
    for said in ("Beds", "Maison de l’Étoile", "Lyon", "place confidential", "00 80 000 342", "2 places free"):
        assert said in told
    assert "years ago" in told
    assert "Shelter addresses stay hidden" in told and 'value="FR" selected' in told


def test_when_nothing_fits_it_says_what_to_leave_out(sign_in, house):
    told = page(sign_in, "amina", FIND, countries="FR", populations="women")
    assert "Nothing fits all of this." in told and "without for whom" in told and "1 service" in told


def test_an_age_that_cannot_be_read_is_left_out_and_said(sign_in, house):
    told = page(sign_in, "amina", FIND, countries="FR", age="<b>adult</b>")
    assert "Write the age in figures" in told and "&lt;b&gt;adult&lt;/b&gt;" in told and "Beds" in told


@pytest.mark.parametrize("number", ["0", "-1", "x", "99999", "２"])
def test_a_page_that_is_not_there_is_no_fault(sign_in, house, number):
    page(sign_in, "amina", FIND, countries="FR", page=number)


def test_the_map_shows_public_places_and_counts_the_others_in_their_country(sign_in, house):
    told = page(sign_in, "amina", MAP, countries="FR")
    assert "Lyon" in told and "1 confidential place" in told and told.count("<rect") == 1


def test_the_map_of_nothing_says_so(sign_in, house):
    assert "No place to show." in page(sign_in, "amina", MAP, countries="TN")


def test_it_speaks_french(sign_in, house):
    client = sign_in("amina")
    told = client.get(FIND, {"countries": "FR"}, headers={"accept-language": "fr"}).content.decode()
    assert "Ce qu’il faut" in told and "2 places libres" in told
