"""Writing on a card: its keeper alone, once at a time, with its history, and no further than the card goes."""

from __future__ import annotations

import pytest

from havre.directory.actions import (
    remove,
    save_contact,
    save_location,
    save_organisation,
    save_phone,
    save_schedule,
    save_service,
)
from havre.directory.models import (
    Address,
    Change,
    ConfidentialPlace,
    Contact,
    Language,
    Location,
    Organisation,
    Phone,
    Service,
    Verification,
)
from havre.directory.standing import standing, version_of
from havre.platform.accounts.claims import acting_as
from havre.platform.audit.actions import Refused, Stale, at_work
from havre.platform.keeping.rows import Visibility

QUAY = {"name": "House of the Quay", "countries": ["TN"], "visibility": Visibility.PUBLIC}


@pytest.fixture
def chloe(personas):
    with acting_as(personas.chloe):
        yield personas.chloe


@pytest.fixture
def house(chloe):
    return save_organisation(None, QUAY, by=chloe)


def put(save, house, chloe, row=None, **values):
    return save(row, values, organisation=house, by=chloe)


def again(row):
    return type(row).objects.get(pk=row.pk)


def test_a_card_is_kept_by_the_agency_of_whoever_wrote_it(house, chloe):
    assert (house.owner_id, house.name, house.visibility) == (chloe.agency_id, "House of the Quay", 0)
    assert [(each.how, each.after["name"]) for each in Change.objects.filter(card=house.pk)] == [
        ("edited", "House of the Quay")
    ]


def test_a_card_without_a_name_is_none(chloe):
    with pytest.raises(Refused):
        save_organisation(None, {"name": " "}, by=chloe)


def test_the_later_of_two_who_save_sees_both(house, chloe):
    save_organisation(house, {"name": "House of the Two Quays"}, by=chloe, version=1)
    with pytest.raises(Stale) as caught:
        save_organisation(house, {"name": "Another"}, by=chloe, version=1)
    assert (caught.value.theirs["name"], caught.value.who) == ("House of the Two Quays", chloe.name)
    assert again(house).name == "House of the Two Quays"


def test_the_later_of_two_who_save_a_number_sees_both_too(house, chloe):
    phone = put(save_phone, house, chloe, number="00 80 000 112", languages=["ar"])
    opened = version_of(phone)
    put(save_phone, house, chloe, phone, languages=["ar", "fr"])
    with pytest.raises(Stale) as caught:
        save_phone(phone, {"number": "1"}, organisation=house, by=chloe, version=opened)
    assert caught.value.theirs["languages"] == ["ar", "fr"]


def test_another_agency_changes_nothing(personas):
    with acting_as(personas.chloe):
        house = save_organisation(None, QUAY, by=personas.chloe)
        phone = put(save_phone, house, personas.chloe, number="00 80 000 112")
    with acting_as(personas.boris):
        for act in (
            lambda: save_organisation(house, {"name": "Ours"}, by=personas.boris),
            lambda: put(save_phone, house, personas.boris, phone, number="1"),
            lambda: put(save_service, house, personas.boris, name="Beds"),
            lambda: remove(phone, by=personas.boris),
        ):
            with pytest.raises(Refused):
                act()
        assert again(phone).number == "00 80 000 112"


def test_a_caseworker_does_not_write_in_the_directory(personas):
    with acting_as(personas.amina), pytest.raises(Refused):
        save_organisation(None, QUAY, by=personas.amina)


def test_what_hangs_on_a_card_takes_its_keeper_and_goes_no_further(house, chloe):
    save_organisation(house, {"visibility": Visibility.VETTED}, by=chloe)
    house = again(house)
    beds = put(save_service, house, chloe, name="Beds", visibility=Visibility.PUBLIC)
    assert (beds.owner_id, beds.visibility) == (house.owner_id, Visibility.VETTED)
    desk = put(save_contact, house, chloe, name="Night desk", service=beds.pk, visibility=Visibility.OWNER_ONLY)
    phone = put(save_phone, house, chloe, number="00 80 000 342", contact=desk.pk)
    assert phone.visibility == Visibility.OWNER_ONLY


def test_a_card_that_is_opened_opens_what_was_as_narrow_when_asked(house, chloe):
    save_organisation(house, {"visibility": Visibility.VETTED}, by=chloe)
    house = again(house)
    beds = put(save_service, house, chloe, name="Beds", languages=["ar"])
    kept = put(save_service, house, chloe, name="Money", visibility=Visibility.OWNER_ONLY)
    save_organisation(house, {"visibility": Visibility.PUBLIC, "parts": True}, by=chloe)
    assert (again(beds).visibility, again(kept).visibility) == (Visibility.PUBLIC, Visibility.OWNER_ONLY)
    assert Language.objects.get(service=beds).visibility == Visibility.PUBLIC


def test_a_service_keeps_its_languages_areas_and_places(house, chloe):
    tunis = put(save_location, house, chloe, country="TN", city="Tunis")
    beds = put(save_service, house, chloe, name="Beds", languages=["ar", "fr"], areas=["LY"], places=[tunis.pk])
    put(save_service, house, chloe, beds, languages=["fr", "en"])
    told = standing(again(beds))
    assert (told["languages"], told["areas"], told["places"]) == (["en", "fr"], ["LY"], [tunis.pk])
    assert set(again(beds).countries) >= {"TN"} and set(again(beds).languages) == {"en", "fr"}


def test_a_place_of_another_card_is_refused(house, chloe):
    other = save_organisation(None, {**QUAY, "name": "Other"}, by=chloe)
    place = put(save_location, other, chloe, country="TN", city="Sfax")
    for save, values in ((save_service, {"name": "Beds", "places": [place.pk]}), (save_schedule, {"location": place})):
        with pytest.raises(Refused):
            put(save, house, chloe, **values)


def test_a_number_is_kept_as_it_is_dialled_and_as_e164_where_it_has_one(house, chloe):
    assert put(save_phone, house, chloe, number="+216 00 000 342").e164 == "+21600000342"
    assert put(save_phone, house, chloe, number="00 80 000 112").e164 == ""


OPEN = {"country": "TN", "city": "Tunis", "address": "3 Quay of Sand\nback door", "postal_code": "1000"}


def test_an_open_place_has_an_address(house, chloe):
    place = put(save_location, house, chloe, **OPEN)
    kept = Address.objects.get(location=place)
    assert (kept.address_1, kept.address_2, kept.city, kept.country) == ("3 Quay of Sand", "back door", "Tunis", "TN")
    assert standing(again(place))["address"] == OPEN["address"]


def test_a_place_that_becomes_confidential_leaves_nothing_in_the_open(house, chloe):
    place = put(save_location, house, chloe, name="Quay", latitude=36.8, longitude=10.2, **OPEN)
    put(save_phone, house, chloe, number="00 80 000 342", location=place.pk)
    desk = put(save_contact, house, chloe, name="Night desk", location=place.pk)
    put(save_location, house, chloe, again(place), **{**OPEN, "address_confidential": True})
    place = again(place)
    assert (place.country, place.city, place.name, place.latitude) == ("TN", "", "", None)
    assert not Address.objects.exists() and not Phone.objects.exists() and again(desk).location is None
    secret = ConfidentialPlace.objects.get()
    assert (secret.city, secret.phone) == ("Tunis", "00 80 000 342")
    assert secret.address.splitlines()[:2] == ["3 Quay of Sand", "back door"]
    told = repr(list(Change.objects.values_list("before", "after")))
    assert "Sand" not in told and "342" not in told and "Tunis" not in told


def test_a_confidential_place_takes_no_number_and_is_corrected_under_its_seal(house, chloe):
    place = put(save_location, house, chloe, **{**OPEN, "address_confidential": True})
    for save, values in ((save_phone, {"number": "1"}), (save_contact, {"name": "Night desk"})):
        with pytest.raises(Refused):
            put(save, house, chloe, location=place.pk, **values)
    put(save_location, house, chloe, again(place), address="9 Quay of Salt", postal_code="", city="Sfax")
    secret = ConfidentialPlace.objects.get()
    assert (secret.address, secret.city, again(place).city) == ("9 Quay of Salt", "Sfax", "")


def test_a_place_that_is_no_longer_confidential_has_no_seal(house, chloe):
    place = put(save_location, house, chloe, **{**OPEN, "address_confidential": True})
    put(save_location, house, chloe, again(place), **{**OPEN, "address_confidential": False})
    assert not ConfidentialPlace.objects.exists() and Address.objects.get().address_1 == "3 Quay of Sand"


def test_an_agency_has_one_card_of_its_own_and_does_not_judge_itself(house, chloe):
    own = save_organisation(house, {"own": True, "vetting_status": "vetted"}, by=chloe)
    assert (again(own).tenant_id, again(own).vetting_status) == (chloe.agency_id, "unvetted")
    with pytest.raises(Refused):
        save_organisation(None, {**QUAY, "own": True}, by=chloe)


def test_what_is_taken_off_takes_along_what_hung_on_it(house, chloe):
    beds = put(save_service, house, chloe, name="Beds", languages=["ar"])
    desk = put(save_contact, house, chloe, name="Night desk", service=beds.pk)
    with at_work():
        kept = {"owner_id": house.owner_id, "organisation": house, "entity": "contact", "row_id": desk.pk}
        Verification.objects.create(contact=desk, method="call", by=chloe, **kept)
    remove(beds, by=chloe)
    assert not Service.objects.exists() and not Contact.objects.exists() and not Verification.objects.exists()
    put(save_location, house, chloe, **{**OPEN, "address_confidential": True})
    remove(house, by=chloe)
    assert not Organisation.objects.exists() and not Location.objects.exists()
    assert "removed" in {each.how for each in Change.objects.filter(card=house.pk)}
