"""What history keeps of a card, for whom, and what it forgets."""

from __future__ import annotations

from havre.directory.history import record_change, values_of
from havre.directory.models import Change, Location, Phone
from havre.platform.accounts.claims import acting_as
from havre.platform.audit.actions import at_work

from .test_rows import card, hangs


def changed(row, by, **fields):
    before = values_of(row)
    vars(row).update(fields)
    with at_work():
        row.save()
        return record_change(row, before, values_of(row), by, "edited")


def test_a_change_says_what_stood_there_and_what_stands_there_now(personas):
    with acting_as(personas.chloe):
        house = card(personas.chloe)
        change = changed(house, personas.chloe, website="https://quay.example")
        assert (change.before, change.after) == ({"website": ""}, {"website": "https://quay.example"})
        assert changed(house, personas.chloe) is None
        assert Change.objects.get().card == house.pk
    with acting_as(personas.boris):
        assert not Change.objects.exists()


def test_a_place_that_becomes_confidential_leaves_its_history(personas):
    with acting_as(personas.chloe):
        house = card(personas.chloe)
        place = hangs(Location, house, country="FR", city="Quaytown", region="Rhône")
        changed(place, personas.chloe, city="Quayville")
        changed(place, personas.chloe, city="", address_confidential=True)
        told = str([(each.before, each.after) for each in Change.objects.all()])
        assert "Quay" not in told and "address_confidential" in told


def test_a_number_that_is_gone_leaves_its_history(personas):
    with acting_as(personas.chloe):
        phone = hangs(Phone, card(personas.chloe), number="00 80 000 342")
        changed(phone, personas.chloe, number="00 80 000 343")
        with at_work():
            phone.delete()
        assert [(each.before, each.after) for each in Change.objects.all()] == [({}, {})]
