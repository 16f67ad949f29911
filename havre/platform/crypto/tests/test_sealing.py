"""A sealed value opens at its own place, under its own key, and nowhere else."""

import secrets
import uuid

import pytest
from django.db import connection, transaction

from havre.cases.people.actions.opening import open_case
from havre.cases.people.models import PersonName
from havre.kernel.dates import date
from havre.platform.accounts.claims import acting_as
from havre.platform.audit.actions import at_work
from havre.platform.crypto import keyring
from havre.platform.crypto.fields import SealedText
from havre.platform.crypto.models import SubjectKey
from havre.platform.crypto.seal import FORMAT, Broken, generation_of, seal, unseal

KEY = secrets.token_bytes(32)
HERE = ("people_personname", "full", uuid.uuid4())
PLAIN = "Nguyễn Quỳnh Anh".encode()


def test_it_opens_where_it_was_sealed():
    assert unseal(KEY, HERE, seal(KEY, 1, HERE, PLAIN)) == PLAIN


@pytest.mark.parametrize("other", [("people_task", *HERE[1:]), (HERE[0], "family", HERE[2]), (*HERE[:2], uuid.uuid4())])
def test_it_opens_in_no_other_table_column_or_row(other):
    with pytest.raises(Broken):
        unseal(KEY, other, seal(KEY, 1, HERE, PLAIN))


def test_it_opens_under_no_other_key_or_generation():
    sealed = seal(KEY, 1, HERE, PLAIN)
    with pytest.raises(Broken):
        unseal(secrets.token_bytes(32), HERE, sealed)
    with pytest.raises(Broken):
        unseal(KEY, HERE, bytes((FORMAT,)) + (2).to_bytes(2) + sealed[3:])


@pytest.mark.parametrize("place", range(0, 40, 3))
def test_one_changed_byte_is_noticed(place):
    sealed = bytearray(seal(KEY, 1, HERE, PLAIN))
    sealed[place] ^= 1
    with pytest.raises(Broken):
        unseal(KEY, HERE, bytes(sealed))


def test_an_unknown_format_is_refused():
    with pytest.raises(Broken, match="unknown format"):
        generation_of(b"\x09\x00\x01")


def test_the_same_text_never_looks_the_same_twice():
    assert len({seal(KEY, 1, HERE, PLAIN) for _ in range(100)}) == 100


# In the tables


@pytest.fixture
def name(personas):
    """A stored name of Amina's case, and Amina at work."""
    with acting_as(personas.amina), at_work():
        case = open_case(by=personas.amina, on=date(2026, 3, 12), state="S0")
        mine = PersonName(person=case.person, full="Salam Haddad", given="Salam", family="Haddad")
        mine.save()
        yield mine


def again(name):
    """The name, read from the table."""
    return PersonName.objects.get(pk=name.pk)


def test_two_columns_of_one_row_cannot_be_swapped(name):
    with connection.cursor() as cursor:
        cursor.execute("update people_personname set given = family, family = given where id = %s", [name.pk])
    with pytest.raises(Broken):
        _ = again(name).given


def test_what_a_destroyed_key_sealed_reads_as_nothing(name):
    assert again(name).full == "Salam Haddad"
    keyring.destroy(name.person_id)
    assert (again(name).full, again(name).given) == ("", "")
    assert SubjectKey.objects.get(subject_id=name.person_id).wrapped is None


def test_nothing_more_is_sealed_under_a_destroyed_key(name):
    keyring.destroy(name.person_id)
    with pytest.raises(Broken), transaction.atomic():
        PersonName(person_id=name.person_id, full="Salam").save()


def test_a_renewed_key_seals_what_comes_and_opens_nothing_of_before(name):
    keyring.destroy(name.person_id)
    keyring.renew(name.person_id, name.person.agency_id, "person")
    later = PersonName(person_id=name.person_id, full="Nour")
    later.save()
    assert (again(name).full, again(later).full) == ("", "Nour")


def test_an_empty_text_needs_no_key(name):
    keyring.destroy(name.person_id)
    PersonName(person_id=name.person_id).save()


@pytest.mark.parametrize("act", [lambda rows: rows.update(full="Salam"), lambda rows: rows.filter(full="Salam")])
def test_plain_text_reaches_the_database_by_no_other_way(name, act):
    with pytest.raises(TypeError, match="is sealed"), transaction.atomic():
        list(act(PersonName.objects.all()) or ())


def test_a_row_that_is_only_saved_again_is_still_open(name):
    found = again(name)
    found.save()
    assert again(name).full == "Salam Haddad"


def test_a_field_says_whose_key_it_takes():
    from django.apps import apps

    fields = [each for model in apps.get_models() for each in model._meta.fields if type(each) is SealedText]
    assert fields and all(each.subject in ("case_id", "person_id", "user_id") for each in fields)
    assert all(each.subject in {other.attname for other in each.model._meta.fields} for each in fields)
