"""A stolen disk, backup or log names nobody (promise P2): nothing sealed is found in what is left behind."""

import pytest

from havre.cases.people.models import Draft
from havre.exchange import staging
from havre.exchange.models import RegisterImport
from havre.platform.accounts.claims import acting_as
from havre.platform.crypto import keyring
from havre.platform.crypto.fields import ServerText
from havre.platform.database.policies import rows_of
from havre.platform.permissions import Compartment
from tests.filling import sealed_fields
from tests.rows.world import standing_in

from .canaries import LETTERS, SCRIPTS
from .conftest import PLANTED

PLACES = ("dump", "tables", "WAL", "server log", "application log", "temporary files")


def test_the_canaries_are_nine_letters_or_more_in_five_scripts(leftovers):
    assert LETTERS >= 9 and {len(canary.stem) for canary in leftovers.canaries} == {LETTERS}
    assert [canary.script for canary in leftovers.canaries] == list(SCRIPTS) and len(SCRIPTS) == 5


@pytest.mark.parametrize("field", sealed_fields(), ids=str)
def test_every_sealed_field_holds_a_canary_of_each_script(leftovers, field, django_db_blocker):
    """What is not stored cannot be found: each field is read back by somebody who may."""
    part = getattr(rows_of(field.model), "compartment", None)
    who = leftovers.personas.hana if part == Compartment.HEALTH else leftovers.personas.amina
    with django_db_blocker.unblock(), standing_in(leftovers.name), acting_as(who):
        if isinstance(field, ServerText):  # under no key of a subject, and read by few
            rows = list(field.model._base_manager.using("owner"))
        else:
            rows = list(field.model._base_manager.all())
            keyring.load({getattr(row, field.subject) for row in rows})
        told = {getattr(row, field.attname) for row in rows}
    assert {canary.text(str(field)) for canary in leftovers.canaries} <= told


def test_a_draft_typed_in_the_browser_holds_one_too(leftovers, django_db_blocker):
    with django_db_blocker.unblock(), standing_in(leftovers.name), acting_as(leftovers.personas.amina):
        bodies = [draft.body for draft in Draft.objects.filter(form="note")]
    assert len(bodies) == len(leftovers.canaries)


def test_a_register_that_waits_holds_one_too(leftovers, django_db_blocker):
    with django_db_blocker.unblock(), standing_in(leftovers.name), acting_as(leftovers.personas.gita):
        row = RegisterImport.objects.get(state="waiting")
        with staging.opened(row.staged, row.secret) as file:
            assert leftovers.canaries[-1].stem in file.read().decode()


@pytest.mark.parametrize("script", SCRIPTS)
def test_no_canary_is_found_anywhere(leftovers, script):
    canary = next(each for each in leftovers.canaries if each.script == script)
    assert leftovers.hits[canary.stem] == set()


@pytest.mark.parametrize("place", PLACES)
def test_a_word_that_was_planted_in_the_open_is_found(leftovers, place):
    assert leftovers.searched[place]
    assert (place, "UTF-8") in leftovers.hits[PLANTED.stem]


def test_the_dump_holds_the_rows_it_must(leftovers):
    """An empty dump would name nobody either."""
    for place in leftovers.places:
        assert leftovers.dump.count(str(place.case.pk)) > len(sealed_fields()) / 2


def test_the_dump_holds_no_session_and_no_claims_key(leftovers):
    assert "COPY public.people_case " in leftovers.dump
    assert not [name for name in ("accounts_session", "accounts_secret") if f"COPY public.{name} " in leftovers.dump]
