"""How far a card is read, who writes it, and that what hangs on it goes no further."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from havre.directory.models import Address, ConfidentialPlace, Location, Organisation, Phone, Service
from havre.platform.accounts.claims import acting_as
from havre.platform.audit.actions import at_work
from havre.platform.database.claims import hand_over
from havre.platform.keeping.rows import Visibility


def card(owner, visibility=Visibility.PUBLIC, **more):
    kept = {"owner": owner.agency, "visibility": visibility}
    with at_work():
        return Organisation.objects.create(name="House of the Quay", countries=["FR"], **kept, **more)


def hangs(model, of, **more):
    kept = {"owner_id": of.owner_id, "visibility": of.visibility, "organisation": of}
    with at_work():
        return model.objects.create(**{**kept, **more})


def seen() -> int:
    return Organisation.objects.count()


def vetted(user):
    with connection.cursor() as cursor:
        cursor.execute("set local role havre_owner")
        cursor.execute(
            "insert into directory_vetting values (%s, 'vetted', current_date, 'the board', 'visited')",
            [user.agency_id],
        )
        cursor.execute("set local role havre_app")


@pytest.mark.parametrize(
    ("visibility", "nobody", "partner", "of_vetted", "keeper"),
    [
        (Visibility.PUBLIC, 1, 1, 1, 1),
        (Visibility.PARTNERS, 0, 1, 1, 1),
        (Visibility.VETTED, 0, 0, 1, 1),
        (Visibility.OWNER_ONLY, 0, 0, 0, 1),
    ],
)
def test_a_card_is_read_as_far_as_its_visibility_goes(personas, visibility, nobody, partner, of_vetted, keeper):
    with acting_as(personas.chloe):
        card(personas.chloe, visibility)
        assert seen() == keeper
    hand_over("")
    assert seen() == nobody
    with acting_as(personas.boris):
        assert seen() == partner
    vetted(personas.boris)
    with acting_as(personas.boris):
        assert seen() == of_vetted


def test_nobody_but_its_keeper_writes_a_card(personas):
    with acting_as(personas.chloe):
        house = card(personas.chloe)
    with acting_as(personas.boris):
        assert not Organisation.objects.filter(pk=house.pk).update(name="Ours now")
        with pytest.raises(ProgrammingError), transaction.atomic():
            card(personas.chloe)


def test_what_hangs_on_a_card_goes_no_further_and_follows_it(personas):
    with acting_as(personas.chloe):
        house = card(personas.chloe, Visibility.VETTED)
        with pytest.raises(ProgrammingError), transaction.atomic():
            hangs(Service, house, name="Beds", visibility=Visibility.PUBLIC)
        beds = hangs(Service, house, name="Beds")
        phone = hangs(Phone, house, number="00 80 000 342", service=beds)
        Service.objects.filter(pk=beds.pk).update(visibility=Visibility.OWNER_ONLY)
        phone.refresh_from_db()
        assert phone.visibility == Visibility.OWNER_ONLY


def test_a_confidential_place_has_nothing_in_the_open(personas):
    with acting_as(personas.chloe):
        house = card(personas.chloe)
        with pytest.raises(IntegrityError), transaction.atomic():
            hangs(Location, house, country="FR", city="Lyon", address_confidential=True)
        place = hangs(Location, house, country="FR", address_confidential=True)
        for model, words in ((Address, {"address_1": "1 Quay"}), (Phone, {"number": "00 80 000 342"})):
            with pytest.raises(IntegrityError), transaction.atomic():
                hangs(model, house, location=place, **words)
        with at_work():
            ConfidentialPlace.objects.create(location=place, owner=house.owner, address="1 Quay of Nowhere")
        assert ConfidentialPlace.objects.get().address == "1 Quay of Nowhere"
    for other in (personas.boris, personas.amina, personas.ferdinand):
        with acting_as(other):
            assert not ConfidentialPlace.objects.exists() and Location.objects.exists()


def test_an_agency_does_not_vet_itself(personas):
    with acting_as(personas.chloe):
        house = card(personas.chloe, tenant=personas.chloe.agency)
        with pytest.raises(ProgrammingError), transaction.atomic():
            Organisation.objects.filter(pk=house.pk).update(vetting_status="vetted")


def test_an_agency_does_not_take_over_a_card_that_it_vetted(personas):
    with acting_as(personas.chloe):
        house = card(personas.chloe, vetting_status="vetted")
        with pytest.raises(ProgrammingError), transaction.atomic():
            Organisation.objects.filter(pk=house.pk).update(tenant=personas.chloe.agency)


def test_nobody_keeps_the_card_of_another_agency(personas):
    with acting_as(personas.chloe), pytest.raises(ProgrammingError), transaction.atomic():
        card(personas.chloe, tenant=personas.boris.agency)


def test_nobody_keeps_a_confidential_place_for_another_agency(personas):
    with acting_as(personas.chloe):
        place = hangs(Location, card(personas.chloe), country="FR", address_confidential=True)
    with acting_as(personas.boris), at_work(), pytest.raises(ProgrammingError), transaction.atomic():
        ConfidentialPlace.objects.create(location=place, owner=personas.boris.agency, address="Elsewhere")
