"""What history keeps of a card, for whom, and what it forgets."""

from __future__ import annotations

from havre.directory.history import record_change, values_of
from havre.directory.models import Change, Duplicate, Location, Organisation, Phone, Suggestion, Verification
from havre.platform.accounts.claims import acting_as
from havre.platform.audit.actions import at_work
from havre.platform.keeping.rows import Visibility

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


def test_a_card_of_which_others_said_something_is_removed_with_that(personas):
    with acting_as(personas.chloe):
        first, second = sorted([card(personas.chloe), card(personas.chloe)], key=lambda each: each.pk)
    with acting_as(personas.boris), at_work():
        hers = {"owner": personas.chloe.agency, "organisation": first, "entity": "organisation", "row_id": first.pk}
        Suggestion.objects.create(**hers, agency=personas.boris.agency, user=personas.boris, why="It has moved.")
        ours = {"owner": personas.boris.agency, "visibility": Visibility.PUBLIC, "by": personas.boris}
        Duplicate.objects.create(first=first, second=second, same=True, **ours)
    with acting_as(personas.chloe), at_work():
        Verification.objects.create(**hers, method="call", by=personas.chloe)
        first.delete()
        assert not (Verification.objects.exists() or Suggestion.objects.exists() or Duplicate.objects.exists())
        assert Organisation.objects.count() == 1
