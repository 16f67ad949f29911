"""A search by name from one transaction to the next: what is new is found, what was taken away is gone, at once."""

from __future__ import annotations

import threading
from datetime import date

import pytest
from django.db import connections

from havre.cases.casefile import names
from havre.cases.people import actions
from havre.cases.people.actions.about import About, save_about
from havre.cases.people.models import Case
from havre.platform.accounts.claims import acting_as
from tests import harness
from tests.personas import make_personas
from tests.rows.world import standing_in


@pytest.fixture(scope="module")
def house(django_db_setup, django_db_blocker):
    """The personas, in a database of this file alone, where each transaction is kept."""
    from django.db import transaction

    name = f"search_{harness.WORKER}"
    with django_db_blocker.unblock():
        harness.clone(name)
        with standing_in(name):
            with transaction.atomic():
                people = make_personas()
            yield people


@pytest.fixture(autouse=True)
def _nothing_kept():
    names.forget()
    yield
    names.forget()


def opened(user, called, **more):
    with acting_as(user):
        return actions.open_contact(actions.Arrival(on=date.today(), called=called, **more), by=user)


def found(user, text):
    with acting_as(user):
        return set(names.find(text, by=user))


def test_what_a_colleague_wrote_since_the_last_search_is_found(house):
    first = opened(house.amina, "Tassadit Amrouche")
    assert found(house.chloe, "tassadit") == {first.person_id}
    second = opened(house.gita, "Tassadite Amroush")
    assert found(house.chloe, "tassadit") == {first.person_id, second.person_id}
    assert found(house.boris, "tassadit") == set()


def test_a_changed_name_is_found_by_everybody_under_the_new_one_only(house):
    case = opened(house.amina, "Wellington Souza")
    assert found(house.chloe, "wellington") == found(house.amina, "wellington") == {case.person_id}
    with acting_as(house.amina):
        mine = Case.objects.select_related("person").get(pk=case.pk)
        save_about(mine, by=house.amina, about=About(called="Ingeborg"), version=mine.person.version)
    for user in (house.chloe, house.amina):
        assert found(user, "wellington") == set() and found(user, "ingeborg") == {case.person_id}


def test_a_restricted_file_takes_no_part_in_the_search_of_a_colleague(house):
    hers = opened(house.gita, "Nurzhan Bekbolat", restricted=True)
    assert found(house.gita, "nurzhan") == {hers.person_id}
    for user in (house.chloe, house.amina):
        assert found(user, "nurzhan bekbolat") == set()
        shelf = names._shelves[user.agency_id]
        told = {shelf.rows[number][1] for number in shelf.readers[user.pk].told}
        assert hers.person_id not in told and hers.person_id in {row[1] for row in shelf.rows.values()}


def test_whoever_is_let_in_finds_the_person_and_whoever_is_let_out_does_not(house):
    case = opened(house.amina, "Doina Botnari")
    assert found(house.hana, "doina botnari") == set()
    with acting_as(house.amina):
        actions.let_in(case, by=house.amina, colleague=house.hana, purpose="casework")
    assert found(house.hana, "doina botnari") == {case.person_id}
    with acting_as(house.amina):
        actions.let_out(case, by=house.amina, principal=house.hana.principal)
    assert found(house.hana, "doina botnari") == set()
    assert names._shelves[house.hana.agency_id].readers[house.hana.pk].told == set()
    with acting_as(house.amina):
        actions.let_in(case, by=house.amina, colleague=house.hana, purpose="casework")
    assert found(house.hana, "doina botnari") == {case.person_id}


def test_what_was_begun_before_a_search_and_kept_after_it_is_found_by_the_next(house):
    known, go_on = threading.Event(), threading.Event()
    made = []

    def slowly():
        with acting_as(house.amina):
            made.append(actions.open_contact(actions.Arrival(on=date.today(), called="Kseniya Orlova"), by=house.amina))
            known.set()
            go_on.wait(20)
        connections.close_all()

    writer = threading.Thread(target=slowly)
    writer.start()
    assert known.wait(20)
    later = opened(house.gita, "Lilia Rusu")
    assert found(house.chloe, "kseniya") == set() and found(house.chloe, "lilia rusu") == {later.person_id}
    go_on.set()
    writer.join()
    assert found(house.chloe, "kseniya") == {made[0].person_id}


def test_of_more_than_may_be_kept_another_agency_is_forgotten_first_and_nobody_is_lost(house, monkeypatch):
    theirs = opened(house.boris, "Mariam Kone")
    assert found(house.boris, "mariam kone") == {theirs.person_id}
    monkeypatch.setattr(names, "MOST", 3)
    ours = {opened(house.amina, "Mariam Kone").person_id for _each in range(4)}
    for user in (house.chloe, house.amina):
        assert found(user, "mariam kone") == ours
    assert list(names._shelves) == [house.amina.agency_id]
    assert found(house.boris, "mariam kone") == {theirs.person_id}
