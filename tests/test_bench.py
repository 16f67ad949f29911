"""The benchmark compares like with like, on a register that is loaded as a whole and leaves the tables as they were."""

from __future__ import annotations

import math
import os
from contextlib import contextmanager

import psycopg
import pytest
from django.db import connections

from bench import explicit, load, measure, page, plans, register
from tests import harness
from tests.rows.world import standing_in

CASES = 300
NAME = f"bench_{harness.WORKER}"
SCHEMA = """
    select 'constraint', conrelid::regclass::text, conname, pg_get_constraintdef(oid), convalidated from pg_constraint
      where connamespace = 'public'::regnamespace
    union all select 'index', tablename, indexname, indexdef, true from pg_indexes where schemaname = 'public'
    union all select 'column', attrelid::regclass::text, attname, format_type(atttypid, atttypmod), attnotnull
      from pg_attribute where attrelid in (select oid from pg_class where relkind = 'r'
        and relnamespace = 'public'::regnamespace) and attnum > 0
    union all select 'trigger', tgrelid::regclass::text, tgname, pg_get_triggerdef(oid), tgenabled = 'O' from pg_trigger
      where not tgisinternal
    union all select 'policy', tablename, policyname, qual, true from pg_policies where schemaname = 'public'
    order by 1, 2, 3"""
# What differs by nature: keys, what they seal, and the hash of a password.
FACTS = """
    select 'person', id::text, reference, gender || birth_year || presumed_minor from people_person
    union all select 'case', id::text, reference, state || opened_on || owner_id || coalesce(closed_on::text, '')
      from people_case
    union all select 'note', id::text, case_id::text, at::text || kind || length(text) from people_casenote
    union all select 'answer', id::text, item, codes || length(text) from screening_answer
    union all select 'service', id::text, code, status || provider from assistance_servicedelivery
    union all select 'access', id::text, principal::text, compartments || purpose || opened from people_caseaccess
    union all select 'user', id::text, login, principal::text from accounts_user
    order by 1, 2"""


def ask(text):
    with connections["owner"].cursor() as cursor:
        cursor.execute(text)
        return cursor.fetchall()


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """A register of three hundred cases in two agencies, in a database of its own; the schema before it was loaded."""
    with django_db_blocker.unblock():
        harness.clone(NAME)
        with standing_in(NAME):
            before = ask(SCHEMA)
            load.load(CASES, makers=1)
            yield before


@pytest.fixture
def offices(loaded):
    return register.offices(CASES)


@contextmanager
def sides(user):
    """A connection under policies as that user, and one with the explicit filter, each in a transaction."""
    from django.db import connection

    from havre.platform.accounts.claims import acting_as

    with acting_as(user), connection.cursor() as policies:
        policies.execute("select havre.principals()")
        principals = policies.fetchone()[0]
        with psycopg.connect(harness.CLUSTER.url(NAME)) as admin:
            admin.execute(f"create schema {explicit.SCHEMA}")
            explicit.views(admin, user, principals)
            admin.execute(f"set local search_path = {explicit.SCHEMA}, public")
            yield policies, admin
            admin.rollback()


def test_sizes_are_skewed_and_add_up():
    for cases in (30, 1000, 10_000, 1_000_000):
        sizes = register.sizes(cases)
        assert sum(sizes) == cases and 2 <= len(sizes) <= 20 and sizes == sorted(sizes, reverse=True)


def test_no_two_references_are_alike_in_a_register_of_a_million():
    from bench.rows import DIGITS, SPREAD

    assert math.gcd(SPREAD, DIGITS) == 1
    assert len({register.rows.reference(number) for number in range(50_000)}) == 50_000


def test_keys_and_indexes_are_put_back_as_they_were(loaded):
    after = ask(SCHEMA)
    assert after == loaded and all(valid for kind, *_what, valid in after if kind == "constraint")
    assert len([kind for kind, *_what in after if kind == "index"]) > 100


def test_states_scripts_men_children_groups_and_both_ways_are_there(loaded):
    assert {state for (state,) in ask("select distinct state from people_case")} == {f"S{n}" for n in range(14)}
    assert {who for (who,) in ask("select distinct gender from people_person")} == {"Feminine", "Masculine"}
    assert {way for (way,) in ask("select distinct internal from story_episode")} == {"yes", "no"}
    for table in ("children_circumstances", "people_casegroup", "people_personlink", "assistance_referral"):
        assert ask(f"select count(*) from {table}")[0][0], table


def test_names_open_under_their_keys_in_many_scripts(loaded):
    import unicodedata

    from havre.cases.people.models import PersonName
    from havre.platform.accounts.claims import acting_as
    from havre.platform.crypto import keyring

    with acting_as(register.offices(CASES)[0].supervisor), keyring.held():
        names = [name.full for name in PersonName.objects.all()]
    scripts = {unicodedata.name(letter).split()[0] for name in names for letter in name if letter.isalpha()}
    assert {"LATIN", "CYRILLIC", "ARABIC", "ETHIOPIC", "BENGALI"} <= scripts


def test_the_same_seed_gives_the_same_register_by_two_makers(loaded):
    first = ask(FACTS)
    harness.clone(f"{NAME}_again")
    with standing_in(f"{NAME}_again"):
        load.load(CASES, makers=2)
        assert ask(FACTS) == first
    connections.close_all()


def test_a_load_that_was_interrupted_goes_on(loaded, monkeypatch):
    def interrupted():
        raise KeyboardInterrupt

    harness.clone(f"{NAME}_again")
    with standing_in(f"{NAME}_again"):
        empty = ask(SCHEMA)
        with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
            patch.setattr(load, "_references", interrupted)
            load.load(CASES, makers=1)
        assert ask(SCHEMA) != empty
        load.load(CASES, makers=1)
        assert ask(SCHEMA) == empty and ask("select count(*) from people_case") == [(CASES,)]
    connections.close_all()


def test_every_case_is_reached_by_its_worker_and_its_house(offices):
    assert sum(office.cases for office in offices) == CASES
    for office in offices:
        kept = f"select count(*) from people_case where restricted and agency_id = '{office.agency.pk}'"
        with sides(office.supervisor) as (policies, _filter):
            policies.execute("select count(*) from people_case")
            assert policies.fetchone() == (office.cases - ask(kept)[0][0],)


@pytest.mark.parametrize("role", ["supervisor", "worker"])
def test_the_filter_shows_the_rows_that_the_policies_show(offices, role):
    with sides(getattr(offices[1], role)) as (policies, beside):
        for table in ("people_case", "people_personname", "people_casenote", "crypto_subjectkey", "people_caseaccess"):
            policies.execute(f"select id from {table}")
            shown = {row[0] for row in policies.fetchall()}
            assert shown == {row[0] for row in beside.execute(f"select id from {table}")}, table
            assert shown


def test_a_plan_that_hashes_the_access_table_is_seen(loaded):
    inside = "select id from people_case c where {} (select case_id from people_caseaccess)"
    asked = load._owner()
    assert plans.hashing(asked, [(inside.format("true or c.id in"), None), ("select 1", None)]) == []
    hashed = inside.format("c.reference = 'x' or c.id in")
    assert plans.hashing(asked, [(hashed, None)]) == [hashed]


def test_the_list_hashes_no_caseload(offices):
    from django.db import connection
    from django.test import Client

    from havre.platform.accounts.claims import acting_as

    for user in (offices[0].supervisor, offices[0].worker):
        client = Client()
        client.force_login(user)
        found = measure.statements(lambda client=client: client.get("/people/"))
        assert any("people_caseaccess" in text for text, _values in found)
        with acting_as(user):
            connection.ensure_connection()
            assert plans.hashing(connection.connection, found) == []


def test_processor_time_is_counted():
    before = measure.spent_by(os.getpid())
    assert measure.spent_by(os.getpid()) >= before > 0 and measure.spent_here() > 0
    assert measure.spent_by_server(harness.CLUSTER.server.pid) > 0


def test_the_page_of_figures_says_what_the_results_say():
    assert page.PAGE.read_text() == page.written(page.PAGE.read_text())
