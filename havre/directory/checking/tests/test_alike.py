"""Cards that may be of the same organisation are found, decided on, and merged where both are one's own."""

from __future__ import annotations

import pytest

from havre.directory.checking import alike, twins
from havre.directory.history import values_of
from havre.directory.models import Contact, Duplicate, Organisation, Phone, Service
from havre.directory.tests.test_rows import hangs
from havre.platform.accounts.claims import acting_as
from havre.platform.audit.actions import Refused, at_work
from havre.platform.keeping.rows import Visibility
from havre.platform.notices.models import Notice


def card(owner, name, countries=("FR",), visibility=Visibility.PUBLIC, **more):
    with acting_as(owner), at_work():
        kept = {"owner": owner.agency, "visibility": visibility, "countries": list(countries)}
        return Organisation.objects.create(name=name, **kept, **more)


def found(user):
    with acting_as(user):
        return [sorted(each.why) for each in alike.pairs(user.agency_id)]


@pytest.mark.parametrize(
    "name, countries, why",
    [
        ("Foyer de l’Étoile", ["FR"], [["name"]]),
        ("FOYER DE L'ETOILE", ["BE", "FR"], [["name"]]),
        ("Foyer-de-l’étoile.", ["FR"], [["name"]]),
        ("Foyer de l’Étoile", ["BE"], []),
        ("Foyer de la Lune", ["FR"], []),
    ],
)
def test_names_are_compared_without_accents_and_in_a_common_country(personas, name, countries, why):
    card(personas.chloe, "Foyer de l’Étoile")
    card(personas.boris, name, countries)
    assert found(personas.chloe) == found(personas.boris) == why


def test_the_same_number_or_website_is_a_sign(personas):
    one = card(personas.chloe, "Quay", website="https://www.Quay.example/fr")
    two = card(personas.boris, "Pier", ["IT"], website="quay.example")
    for owner, each in ((personas.chloe, one), (personas.boris, two)):
        with acting_as(owner):
            hangs(Phone, each, number="+33 6 39 98 00 01", e164="+33639980001")
    assert found(personas.chloe) == [["phone", "website"]]


@pytest.mark.parametrize(
    "website, host",
    [
        ("https://www.quay.example/fr?x", "quay.example"),
        ("QUAY.example", "quay.example"),
        ("https://facebook.com/quay", ""),
        ("https://quay.wordpress.com", ""),
        ("http://[", ""),
        ("", ""),
    ],
)
def test_a_website_is_compared_by_its_host(website, host):
    assert alike.domain(website) == host


def test_what_is_not_read_is_no_twin(personas):
    card(personas.chloe, "Quay")
    card(personas.boris, "Quay", visibility=Visibility.OWNER_ONLY)
    assert found(personas.chloe) == [] and len(found(personas.boris)) == 1


def test_a_pair_that_differs_is_asked_about_once(sign_in, personas):
    one, two = sorted((card(personas.chloe, "Quay"), card(personas.chloe, "Quay")), key=lambda each: each.pk)
    chloe = sign_in("chloe")
    assert f"/{one.pk}/{two.pk}/" in chloe.get("/directory/duplicates/").content.decode()
    assert chloe.get(f"/directory/duplicates/{one.pk}/{two.pk}/").status_code == 200
    assert chloe.post(f"/directory/duplicates/{one.pk}/{two.pk}/", {"differ": "1"}).status_code == 302
    assert found(personas.chloe) == [] and "No two cards" in chloe.get("/directory/duplicates/").content.decode()


def test_two_own_cards_become_one_and_nothing_is_lost(sign_in, personas):
    kept, gone = (
        card(personas.chloe, "Quay", ["FR"]),
        card(personas.chloe, "Quay", ["FR", "BE"], website="quay.example"),
    )
    with acting_as(personas.chloe):
        service = hangs(Service, gone, name="Beds")
        contact = hangs(Contact, gone, service=service, name="Ada")
        hangs(Phone, gone, contact=contact, number="00 80 000 342", visibility=Visibility.VETTED)
    answer = sign_in("chloe").post(f"/directory/duplicates/{gone.pk}/{kept.pk}/", {"same": "1", "counts": str(kept.pk)})
    assert answer.status_code == 302
    with acting_as(personas.chloe):
        left = Organisation.objects.get()
        assert (left.pk, left.website, left.countries) == (kept.pk, "quay.example", ["FR", "BE"])
        for model in (Service, Contact, Phone):
            assert model.objects.get().organisation_id == kept.pk
        assert Phone.objects.get().visibility == Visibility.VETTED


def test_a_card_of_another_agency_is_led_to_and_stays_untouched(sign_in, personas):
    ours, theirs = card(personas.chloe, "Quay"), card(personas.boris, "Quay")
    before = values_of(theirs)
    pair = sorted((ours.pk, theirs.pk))
    address = f"/directory/duplicates/{pair[0]}/{pair[1]}/"
    bare = sign_in("chloe").post(address, {"same": "1"})
    assert bare.status_code == 422 and "Choose which" in bare.content.decode()
    assert sign_in("chloe").post(address, {"same": "1", "counts": str(theirs.pk)}).status_code == 302
    with acting_as(personas.boris):
        theirs.refresh_from_db()
        assert values_of(theirs) == before and Duplicate.objects.get().leads_to_id == theirs.pk
        assert [each.kind for each in Notice.objects.filter(user=personas.boris)] == ["duplicate.told"]
    assert f"/directory/{theirs.pk}/" in sign_in("amina").get(f"/directory/{ours.pk}/").content.decode()
    assert f"/directory/{ours.pk}/" not in sign_in("amina").get(f"/directory/{theirs.pk}/").content.decode()
    assert "says that these are the same" in sign_in("boris").get(address).content.decode()
    assert found(personas.chloe) == [] and len(found(personas.boris)) == 1


def test_pairs_of_others_are_nobody_s_to_decide(sign_in, personas):
    one, two = card(personas.boris, "Quay"), card(personas.boris, "Quay")
    assert sign_in("chloe").get(f"/directory/duplicates/{one.pk}/{two.pk}/").status_code == 404
    assert sign_in("amina").get("/directory/duplicates/").status_code == 403
    with acting_as(personas.chloe), pytest.raises(Refused):
        twins.decide(one, other=two, same=False, counts=None, by=personas.chloe)


def test_the_own_card_of_an_agency_is_never_merged_away(personas):
    own, other = card(personas.chloe, "Quay", tenant=personas.chloe.agency), card(personas.chloe, "Quay")
    with acting_as(personas.chloe), pytest.raises(Refused):
        twins.decide(own, other=other, same=True, counts=other, by=personas.chloe)
