"""The read API: what is public, page by page, for anybody alike."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from havre.directory.models import Address, ConfidentialPlace, Location, Organisation, Service
from havre.exchange.hsds import api
from havre.platform.accounts.claims import acting_as
from havre.platform.audit.actions import at_work
from havre.platform.keeping.rows import Visibility
from tests.personas import signed_in

from .files import brought, file
from .full import key, rows

pytestmark = pytest.mark.django_db
HEAD = {"total_items", "total_pages", "page_number", "size", "first_page", "last_page", "empty", "contents"}


@pytest.fixture(autouse=True)
def at_ease():
    """Nobody has asked yet."""
    api.asked.clear()


@pytest.fixture
def public(personas):
    """The full example, for everybody, and a card for partners beside it."""
    brought(file(rows()))
    with acting_as(personas.chloe), at_work():
        kept = {"owner": personas.chloe.agency, "visibility": Visibility.PARTNERS}
        Organisation.objects.create(name="For partners", **kept)
    return personas


def ask(path, client=None, status=200):
    answer = (client or Client()).get(path)
    assert answer.status_code == status, answer.content
    assert not answer.cookies and answer.headers["Content-Type"] == "application/json"
    return json.loads(answer.content)


def test_lists_are_paged_as_hsds_says(public):
    found = ask("/organizations?per_page=1&page=2")
    assert found.keys() == HEAD and found["total_items"] == found["total_pages"] == found["page_number"] == 2
    assert (found["first_page"], found["last_page"], found["empty"], found["size"]) == (False, True, False, 1)
    assert ask("/organizations?page=9")["empty"] is True
    assert ask("/services?minimal=true")["contents"] == [{"id": key("service")}]
    assert ask("/services")["contents"][0]["organization"]["id"] == key("organization")
    assert ask(f"/locations?organization_id={key('organization', 1)}")["total_items"] == 0


def test_somebody_who_is_signed_in_is_told_no_more(public):
    inside = signed_in("chloe")
    for path in ("/organizations", "/services", "/locations", f"/services/{key('service')}"):
        assert ask(path, inside) == ask(path)


def test_one_is_told_with_everything_beneath_it(public):
    card = ask(f"/organizations/{key('organization')}")
    assert card["services"][0]["phones"] and card["locations"][0]["addresss"] and card["programs"]
    beds = ask(f"/services/{key('service')}")
    assert beds["organization"]["name"] == card["name"] and beds["program"]["id"] == key("program")
    assert beds["service_at_locations"][0]["location"]["addresss"] and beds["schedules"]
    assert ask(f"/locations/{key('location')}")["accessibilitys"]


def test_it_is_searched_without_caring_for_accents(public):
    assert ask("/organizations?search=DIT")["total_items"] == 2
    assert ask("/services?search=Eau")["total_items"] == 1
    assert ask("/services?search=%27%20%7C%20x:*%20%5C")["total_items"] == 0


@pytest.mark.parametrize("query", ["page=0", "page=x", "per_page=-1", "minimal=perhaps", "organization_id=1"])
def test_a_question_that_is_not_understood_gets_one_line(public, query):
    assert ask(f"/services?{query}", status=400).keys() == {"error"}


def test_what_is_not_there_or_not_public_is_absent_alike(public):
    with acting_as(public.chloe):
        hidden = Organisation.objects.get(name="For partners").pk
    absent = [ask(f"/organizations/{pk}", status=404) for pk in (hidden, key("nothing"), "x", "%00")]
    assert absent == [{"error": "not found"}] * 4
    assert Client().post("/services").json() == {"error": "this address is read with GET"}


def test_a_confidential_place_tells_its_country_and_region(public):
    with acting_as(public.chloe), at_work():
        kept = {"owner": public.chloe.agency, "visibility": Visibility.PUBLIC, "organisation_id": key("organization")}
        place = Location.objects.create(country="MD", region="Nord", address_confidential=True, **kept)
        ConfidentialPlace.objects.create(location=place, owner=public.chloe.agency, address="1 Nowhere Lane")
    told = ask(f"/locations/{place.pk}")
    assert {each["link_type"]: each["value"] for each in told["attributes"]} == {"country": "MD", "region": "Nord"}
    assert told.keys() == {"id", "location_type", "organization_id", "attributes"}
    for path in ("/organizations", "/locations", f"/organizations/{key('organization')}"):
        assert "Nowhere" not in json.dumps(ask(path))


def test_whoever_asks_too_often_waits(public):
    now = 1000.0
    assert not any(api.too_often("one", now) for _each in range(api.A_MINUTE))
    assert api.too_often("one", now + 59) and not api.too_often("two", now)
    assert not api.too_often("one", now + 61)
    api.asked["127.0.0.1"] = (api.time.monotonic(), api.A_MINUTE)
    answer = Client().get("/services")
    assert answer.status_code == 429 and answer.headers["Retry-After"] and "error" in answer.json()


def test_what_hangs_on_a_public_card_and_goes_less_far_is_left_out(public):
    with acting_as(public.chloe), at_work():
        Address.objects.update(visibility=Visibility.OWNER_ONLY)
        Service.objects.update(visibility=Visibility.VETTED)
    card = ask(f"/organizations/{key('organization')}")
    assert "services" not in card and "addresss" not in card["locations"][0]
    assert ask("/services")["empty"] is True
