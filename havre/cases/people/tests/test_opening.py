"""A case comes to be with its person, its keys and its first access rows."""

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from havre.cases.people import actions
from havre.cases.people.models import Case, PersonName
from havre.kernel.dates import date
from havre.platform.accounts.claims import acting_as
from havre.platform.audit.actions import Refused
from havre.platform.crypto.seal import Broken

ON = date(2026, 3, 12)


def arrival(**more):
    return actions.Arrival(on=ON, called="Salam Haddad", in_danger="no", note="Came with her sister.", **more)


@pytest.fixture
def case(personas):
    with acting_as(personas.amina):
        return actions.open_contact(arrival(), by=personas.amina)


def test_the_worker_and_the_supervisor_see_it_and_nobody_else(personas, case):
    seen = {}
    for login in ("amina", "chloe", "gita", "boris", "dao", "ferdinand"):
        with acting_as(getattr(personas, login)):
            seen[login] = Case.objects.count()
    assert seen == {"amina": 1, "chloe": 1, "gita": 0, "boris": 0, "dao": 0, "ferdinand": 0}


def test_a_restricted_case_is_seen_by_its_worker_only(personas):
    with acting_as(personas.amina):
        actions.open_contact(arrival(restricted=True), by=personas.amina)
    with acting_as(personas.chloe):
        assert not Case.objects.exists()


def test_a_name_is_sealed_in_the_table_and_open_to_its_worker(personas, case):
    with acting_as(personas.amina):
        assert PersonName.objects.get(person=case.person).full == "Salam Haddad"
        with connection.cursor() as cursor:
            cursor.execute('select "full" from people_personname')
            assert b"Salam" not in bytes(cursor.fetchone()[0])


def test_two_ciphertexts_swapped_do_not_open(personas, case):
    with acting_as(personas.amina):
        other = actions.open_contact(arrival(), by=personas.amina)
        name = PersonName.objects.get(person=case.person)
        with connection.cursor() as cursor:
            cursor.execute(
                'update people_personname set "full" = (select "full" from people_personname where person_id = %s)'
                " where id = %s",
                [other.person_id, name.pk],
            )
        with pytest.raises(Broken):
            _ = PersonName.objects.get(pk=name.pk).full


def test_a_plain_insert_of_a_case_is_refused(personas, case):
    with acting_as(personas.amina), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "insert into people_case (id, person_id, agency_id, owner_id, reference, state, opened_on, cohort_year)"
            " select gen_random_uuid(), person_id, agency_id, owner_id, 'AAA-AAA', 'S0', opened_on, 2026"
            " from people_case"
        )


def test_an_auditor_opens_nothing(personas):
    with acting_as(personas.dao), pytest.raises(Refused):
        actions.open_contact(arrival(), by=personas.dao)
