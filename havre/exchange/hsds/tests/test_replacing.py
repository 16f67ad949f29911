"""Cards that are here are written anew when whoever keeps them says so; history keeps what stood there."""

from __future__ import annotations

import io
import json

import pytest

from havre.directory.models import Change, ConfidentialPlace, Contact, Location, Organisation, Phone, Service
from havre.exchange.hsds import loading
from havre.platform.accounts.claims import acting_as
from havre.platform.audit.actions import at_work

from .files import KINDS, brought, faults, file, read, taken
from .full import key, rows

pytestmark = pytest.mark.django_db


def phone(number=0, **more):
    return {"id": key("phone", number), "number": "+33 4 80 00 03 42", **more}


def card(**more):
    return {"id": key("organization"), "name": "Quay", "description": "Beds", **more}


def service(number=0, **more):
    return {"id": key("service", number), "name": "Beds", "status": "active", **more}


def document(*found, name="organizations"):
    return io.BytesIO(json.dumps({name: found}).encode())


def test_a_card_is_what_the_file_says_and_its_history_tells_what_stood_there(personas):
    brought(document(card(services=[service(), service(1)], phones=[phone(), phone(1)])))
    summary = brought(
        document(card(name="Haven", services=[service(name="Rooms"), service(2)], phones=[phone()])), replace=True
    )
    assert summary.replaced == 1
    with acting_as(personas.chloe):
        assert Organisation.objects.get().name == "Haven" and Organisation.objects.get().version == 2
        assert set(Service.objects.values_list("name", flat=True)) == {"Rooms", "Beds"} and Phone.objects.count() == 1
        told = {
            (each.entity, str(each.row_id)): each
            for each in Change.objects.order_by("at")
            if each.before or each.entity != "organisation"
        }
        assert {each.how for each in told.values()} == {"imported"}
        changed = {
            (entity, (each.before.get("name"), each.after.get("name")))
            for (entity, _pk), each in told.items()
            if entity != "phone"
        }
    both = {("organisation", ("Quay", "Haven")), ("service", ("Beds", "Rooms"))}
    assert changed == both | {("service", ("Beds", None)), ("service", (None, "Beds"))}
    assert told["phone", key("phone", 1)].after == {} and ("phone", key("phone")) not in told


def test_a_new_card_has_one_line_of_history(personas):
    brought(document(card(services=[service(), service(1)])))
    with acting_as(personas.chloe):
        line = Change.objects.get()
    assert (line.entity, line.how, line.by_id, line.after["name"]) == (
        "organisation",
        "imported",
        personas.chloe.pk,
        "Quay",
    )


def test_a_card_of_another_keeper_refuses_the_file_in_one_line(personas):
    brought(document(card(services=[service()])))
    (line,) = faults(document(card(services=[service()])), login="boris", replace=True)
    assert "that another agency keeps" in line
    assert "stands twice" in faults(document(card(), card(name="Again")), replace=True)[0]


def test_a_place_that_is_hidden_stays_hidden_and_keeps_what_was_sealed(personas):
    place = {"id": key("location"), "location_type": "physical"}
    brought(document(card(locations=[place])))
    with acting_as(personas.chloe), at_work():
        hidden = Location.objects.get()
        hidden.address_confidential = True
        hidden.save()
        ConfidentialPlace.objects.create(location=hidden, owner_id=hidden.owner_id, city="Zubizarreta")
    brought(document(card(name="Haven", locations=[place])), replace=True)
    assert (
        "a confidential place tells" in faults(document(card(locations=[{**place, "name": "Quay 1"}])), replace=True)[0]
    )
    with acting_as(personas.chloe):
        assert Location.objects.get().address_confidential and ConfidentialPlace.objects.get().city == "Zubizarreta"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("size", [3, 5000])
def test_what_goes_out_comes_in_again_in_the_place_of_what_is_here(personas, kind, size, monkeypatch):
    monkeypatch.setattr(loading, "SIZE", size)
    brought(file(rows(), kind))
    before = taken(kind)
    brought(io.BytesIO(before), replace=True)
    assert read(taken(kind)) == read(before)


def test_rows_that_are_gone_go_though_others_refer_to_them(personas):
    desk = {"id": key("contact"), "name": "Desk"}
    brought(document(card(contacts=[{**desk, "phones": [phone()]}])))
    brought(document(card(phones=[phone()])), replace=True)
    with acting_as(personas.chloe):
        assert not Contact.objects.exists() and Phone.objects.get().contact_id is None


@pytest.mark.parametrize("name", ["contents", "services"])
def test_services_come_in_with_their_organizations(personas, name):
    place = {"id": key("location"), "location_type": "physical", "phones": [phone(1)]}
    at = {"service_at_locations": [{"id": key("x"), "location": place}]}
    one = service(organization=card(phones=[phone()]), **at)
    two = service(1, organization=card(phones=[phone()]), service_at_locations=[{"id": key("y"), "location": place}])
    summary = brought(document(one, two, name=name))
    assert (summary.many["organization"], summary.many["service"], summary.many["location"]) == (1, 2, 1)
    brought(document(one, two, name=name), replace=True)
    with acting_as(personas.chloe):
        assert {each.organisation.name for each in Service.objects.all()} == {"Quay"} and Phone.objects.count() == 2
