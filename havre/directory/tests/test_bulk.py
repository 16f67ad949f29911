"""Many rows of the directory at once."""

from __future__ import annotations

import datetime

import pytest
from django.db import ProgrammingError, transaction

from havre.directory import bulk
from havre.directory.models import ConfidentialPlace, Detail, Location, Organisation, Phone, Service
from havre.platform.accounts.claims import acting_as
from havre.platform.audit.actions import at_work

ODD = 'Quai "du Large", \\ {Lyon}, NULL'


def card(owner):
    kept = {"owner_id": owner.agency_id, "visibility": 0}
    house = Organisation(name=ODD, countries=["FR", "MD"], nrm_role=[ODD], **kept)
    kept["organisation_id"] = house.pk
    beds = Service(name=ODD, accepts_men=True, capacity_as_of=datetime.datetime.now(datetime.UTC), **kept)
    place = Location(country="FR", address_confidential=True, **kept)
    phone = Phone(number="+33 4 80 00 03 42", service=beds, channels=["voice", "sms"], **kept)
    secret = ConfidentialPlace(location=place, owner=owner.agency, address="1 Quay of Nowhere")
    detail = Detail(entity="funding", link_entity="organization", link_id=house.pk, fields={"source": ODD}, **kept)
    return [detail, secret, phone, place, beds, house]


@pytest.mark.django_db
def test_rows_are_written_as_they_are_whatever_their_order(personas):
    with acting_as(personas.chloe):
        rows = card(personas.chloe)
        with at_work():
            assert bulk.write(rows) == len(rows)
        for row in rows:
            read = type(row).objects.get(pk=row.pk)
            names = [each.attname for each in row._meta.concrete_fields]
            assert [getattr(read, name) for name in names] == [getattr(row, name) for name in names]


@pytest.mark.django_db
def test_the_rows_of_another_keeper_are_barred(personas):
    with acting_as(personas.boris), pytest.raises(ProgrammingError), transaction.atomic():
        bulk.write(card(personas.chloe))


@pytest.mark.django_db
def test_rows_whose_id_is_taken_stay_out_where_that_is_asked(personas):
    with acting_as(personas.chloe):
        *_others, house = card(personas.chloe)
        bulk.write([house])
        again = Organisation(pk=house.pk, name="Again", owner=house.owner)
        assert not bulk.insert(Organisation, [again], skip_taken=True)
        bulk.update(Organisation, [again], ("name",))
        house.refresh_from_db()
        assert house.name == "Again" and house.countries == ["FR", "MD"]
