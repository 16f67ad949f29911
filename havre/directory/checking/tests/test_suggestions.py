"""A partner suggests, the keeper decides, whoever suggested is told; and a keeper checks by one press."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from havre.directory.checking import actions, suggestible
from havre.directory.models import Change, Contact, Location, Organisation, Phone, Schedule, Service, Suggestion
from havre.directory.tests.test_rows import card, hangs
from havre.platform.accounts.claims import acting_as
from havre.platform.audit.actions import Refused
from havre.platform.keeping.rows import Visibility
from havre.platform.notices.models import Notice

TODAY = timezone.localdate


@pytest.fixture
def phone(personas):
    with acting_as(personas.chloe):
        house = card(personas.chloe, Visibility.PARTNERS)
        return hangs(Phone, house, number="+33 6 39 98 00 01", e164="+33639980001")


def suggested(by, row, **more):
    with acting_as(by):
        return actions.suggest(row, by=by, **more)


def notices(user):
    with acting_as(user):
        return [each.kind for each in Notice.objects.filter(user=user)]


def test_a_partner_suggests_a_number_and_the_keeper_approves(sign_in, personas, phone):
    boris, chloe = sign_in("boris"), sign_in("chloe")
    form = boris.get(f"/directory/suggest/phone/{phone.pk}/")
    assert "+33 6 39 98 00 01" in form.content.decode()
    sent = boris.post(f"/directory/suggest/phone/{phone.pk}/", {"number": "+33 6 39 98 00 02", "why": "I rang."})
    assert sent.status_code == 302 and notices(personas.chloe) == ["suggestion.new"]
    assert "It waits for" in boris.get(sent.url).content.decode()
    page = chloe.get(sent.url).content.decode()
    assert "+33 6 39 98 00 01" in page and "+33 6 39 98 00 02" in page and "I rang." in page
    assert "House of the Quay" in chloe.get("/directory/suggestions/").content.decode()
    assert chloe.post(sent.url, {"approve": "1", "answer": "Thank you."}).status_code == 302
    with acting_as(personas.chloe):
        phone.refresh_from_db()
        assert (phone.number, phone.e164) == ("+33 6 39 98 00 02", "+33639980002")
        assert Change.objects.get().how == "suggested"
    assert notices(personas.boris) == ["suggestion.decided"]
    assert "Thank you." in boris.get(sent.url).content.decode()


def test_a_refusal_needs_a_word_and_changes_nothing(sign_in, personas, phone):
    one = suggested(personas.boris, phone, texts={"number": "00 80 666"})
    chloe = sign_in("chloe")
    bare = chloe.post(f"/directory/suggestions/{one.pk}/", {"refuse": "1"})
    assert bare.status_code == 422 and "Say in a word" in bare.content.decode()
    assert chloe.post(f"/directory/suggestions/{one.pk}/", {"refuse": "1", "answer": "We rang."}).status_code == 302
    assert chloe.post(f"/directory/suggestions/{one.pk}/", {"approve": "1"}).status_code == 422
    with acting_as(personas.chloe):
        phone.refresh_from_db()
        assert phone.number == "+33 6 39 98 00 01" and Suggestion.objects.get().status == "refused"


def test_nobody_but_the_keeper_decides(sign_in, personas, phone):
    one = suggested(personas.boris, phone, texts={"number": "00 80 666"})
    assert sign_in("boris").post(f"/directory/suggestions/{one.pk}/", {"approve": "1"}).status_code == 422
    assert sign_in("amina").post(f"/directory/suggestions/{one.pk}/", {"approve": "1"}).status_code == 422
    with acting_as(personas.chloe):
        assert Suggestion.objects.get().status == ""


def test_a_suggestion_is_read_by_both_agencies_and_no_other(sign_in, personas, phone):
    one = suggested(personas.amina, phone, texts={"number": "00 80 666"})
    assert sign_in("chloe").get(f"/directory/suggestions/{one.pk}/").status_code == 200
    assert sign_in("boris").get(f"/directory/suggestions/{one.pk}/").status_code == 404


def test_a_card_that_is_not_read_gets_no_suggestion(sign_in, personas, phone):
    with acting_as(personas.chloe):
        Organisation.objects.update(visibility=Visibility.OWNER_ONLY)
    assert sign_in("boris").get(f"/directory/suggest/phone/{phone.pk}/").status_code == 404
    assert sign_in("boris").post(f"/directory/suggest/phone/{phone.pk}/", {"why": "x"}).status_code == 404


def test_a_confidential_place_is_not_spoken_of(sign_in, personas, phone):
    with acting_as(personas.chloe):
        place = hangs(Location, phone.organisation, country="FR", address_confidential=True)
    page = sign_in("boris").get(f"/directory/suggest/location/{place.pk}/")
    assert "This place is confidential" in page.content.decode() and b"<textarea" not in page.content
    with pytest.raises(Refused):
        suggested(personas.boris, place, texts={}, why="It is at 1 Quay of Nowhere.")


def test_what_says_nothing_is_refused_and_bad_input_loses_nothing(sign_in, personas, phone):
    boris, address = sign_in("boris"), f"/directory/suggest/phone/{phone.pk}/"
    same = boris.post(address, {"number": phone.number})
    assert same.status_code == 422 and "Nothing is different yet" in same.content.decode()
    bad = boris.post(address, {"number": "00 80 1", "extension": "door", "why": "I rang."})
    assert bad.status_code == 422 and "I rang." in bad.content.decode() and "door" in bad.content.decode()


def test_only_plain_facts_can_be_suggested():
    judged = {"visibility", "clearance", "vetting_status", "mou_status", "public_key", "key_fingerprint", "owner"}
    judged |= {"verified_on", "next_check_due", "default_tlp_max", "address_confidential", "latitude", "tenant"}
    assert not judged & {name for names in suggestible.FIELDS.values() for name in names}


def test_hours_are_suggested_and_kept_as_hours(personas, phone):
    with acting_as(personas.chloe):
        service = hangs(Service, phone.organisation, name="Beds")
        hours = hangs(Schedule, phone.organisation, service=service, opens_at="09:00", closes_at="17:00", byday="MO")
    with acting_as(personas.boris):
        hours = Schedule.objects.get()
    one = suggested(personas.boris, hours, texts={"opens_at": "08:30", "closes_at": "17:00", "byday": "MO"})
    assert one.after == {"opens_at": "08:30"}
    with acting_as(personas.chloe):
        actions.approve(Suggestion.objects.get(), by=personas.chloe)
        assert Schedule.objects.get().opens_at.isoformat() == "08:30:00"


def test_a_number_that_is_emptied_is_to_go_and_a_name_stays(sign_in, personas, phone):
    boris, house = sign_in("boris"), phone.organisation
    assert boris.post(f"/directory/suggest/phone/{phone.pk}/", {"number": ""}).status_code == 302
    nameless = boris.post(f"/directory/suggest/organisation/{house.pk}/", {"name": ""})
    assert nameless.status_code == 422 and "Name cannot be empty" in nameless.content.decode()
    with acting_as(personas.chloe):
        assert [each.kind for each in Suggestion.objects.all()] == ["gone"]


def test_what_is_gone_is_taken_off_the_card_when_the_keeper_agrees(personas, phone):
    suggested(personas.boris, phone, texts={}, gone=True)
    with acting_as(personas.chloe):
        actions.approve(Suggestion.objects.get(), by=personas.chloe)
        assert not Phone.objects.exists()
        assert Suggestion.objects.get().before == {}  # the number is gone from here too


def test_what_changed_in_between_is_said(sign_in, personas, phone):
    one = suggested(personas.boris, phone, texts={"number": "00 80 002"})
    with acting_as(personas.chloe):
        Phone.objects.update(number="00 80 003")
    page = sign_in("chloe").get(f"/directory/suggestions/{one.pk}/").content.decode()
    assert "00 80 003" in page and "Somebody changed this in between" in page


@pytest.mark.parametrize("method", ["call", "visit", "web"])
def test_a_keeper_checks_by_one_press(sign_in, personas, phone, method):
    with acting_as(personas.chloe):
        ada = hangs(Contact, phone.organisation, name="Ada")
    chloe = sign_in("chloe")
    assert chloe.post(f"/directory/checked/contact/{ada.pk}/", {"method": method}).status_code == 302
    with acting_as(personas.chloe):
        ada.refresh_from_db()
        assert (ada.verified_on, ada.verified_by, ada.verification_method) == (TODAY(), "Chloé R.", method)
        assert ada.next_check_due == TODAY() + timedelta(days=180) and Change.objects.get().how == "checked"


def test_checking_a_card_checks_its_services_and_contacts(personas, phone):
    house = phone.organisation
    with acting_as(personas.chloe):
        ada = hangs(Contact, house, name="Ada")
        actions.check(house, method="call", by=personas.chloe)
        ada.refresh_from_db()
        assert ada.verified_on == Organisation.objects.get().verified_on == TODAY()


def test_nobody_checks_a_card_of_others(sign_in, personas, phone):
    house = phone.organisation
    assert sign_in("boris").post(f"/directory/checked/organisation/{house.pk}/", {"method": "call"}).status_code == 422
    assert sign_in("amina").post(f"/directory/checked/organisation/{house.pk}/", {"method": "call"}).status_code == 403
    assert sign_in("chloe").post(f"/directory/checked/organisation/{house.pk}/", {"method": "x"}).status_code == 422
    with acting_as(personas.chloe):
        assert Organisation.objects.get().verified_on is None


NEW = {
    "phone": (Phone, {"number": "+33 6 39 98 00 07"}),
    "service": (Service, {"name": "Beds for men"}),
    "contact": (Contact, {"email": "desk@quay.example"}),
}


@pytest.mark.parametrize("entity", NEW)
def test_what_is_missing_is_suggested_and_added_by_the_keeper(sign_in, personas, phone, entity):
    boris, chloe, (model, texts) = sign_in("boris"), sign_in("chloe"), NEW[entity]
    page = f"/directory/suggest/new/{entity}/{phone.organisation_id}/"
    assert page in boris.get(f"/directory/{phone.organisation_id}/").content.decode()
    empty = boris.post(page, {"why": "I rang."})
    assert empty.status_code == 422 and "I rang." in empty.content.decode()
    sent = boris.post(page, texts)
    assert "missing on the card" in chloe.get(sent.url).content.decode()
    assert chloe.post(sent.url, {"approve": "1"}).status_code == 302
    with acting_as(personas.chloe):
        ((name, value),) = texts.items()
        assert model.objects.get(**{name: value}).organisation_id == phone.organisation_id


def test_nothing_else_is_suggested_anew(sign_in, phone):
    assert sign_in("boris").get(f"/directory/suggest/new/location/{phone.organisation_id}/").status_code == 404
