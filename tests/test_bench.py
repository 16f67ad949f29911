"""The benchmark compares like with like: the same rows under policies as beside them."""

from __future__ import annotations

import os
from contextlib import contextmanager

import psycopg
import pytest

from bench import explicit, measure, register
from tests import harness
from tests.rows.world import standing_in

CASES = 30


@pytest.fixture(scope="module")
def offices(django_db_setup, django_db_blocker):
    """A register of thirty cases in two agencies, in a database of its own."""
    name = f"bench_{harness.WORKER}"
    with django_db_blocker.unblock():
        harness.clone(name)
        with standing_in(name):
            register.build(CASES)
            yield register.offices()


@contextmanager
def sides(user):
    """A connection under policies as that user, and one with the explicit filter, each in a transaction."""
    from django.db import connection

    from havre.platform.accounts.claims import acting_as

    with acting_as(user), connection.cursor() as policies:
        policies.execute("select havre.principals()")
        principals = policies.fetchone()[0]
        with psycopg.connect(harness.CLUSTER.url(f"bench_{harness.WORKER}")) as admin:
            admin.execute(f"create schema {explicit.SCHEMA}")
            explicit.views(admin, user, principals)
            admin.execute(f"set local search_path = {explicit.SCHEMA}, public")
            yield policies, admin
            admin.rollback()


def test_sizes_are_skewed_and_add_up():
    for cases in (30, 1000, 10_000):
        sizes = register.sizes(cases)
        assert sum(sizes) == cases and 2 <= len(sizes) <= 20 and sizes == sorted(sizes, reverse=True)


def test_every_case_is_reached_by_its_worker_and_its_house(offices):
    assert sum(office.cases for office in offices) == CASES
    for office in offices:
        with sides(office.supervisor) as (policies, _filter):
            policies.execute("select count(*) from people_case")
            assert policies.fetchone() == (office.cases,)


@pytest.mark.parametrize("role", ["supervisor", "caseworker"])
def test_the_filter_shows_the_rows_that_the_policies_show(offices, role):
    user = offices[1].supervisor if role == "supervisor" else offices[1].workers[0]
    with sides(user) as (policies, beside):
        for table in ("people_case", "people_personname", "people_casenote", "crypto_subjectkey", "people_caseaccess"):
            policies.execute(f"select id from {table}")
            shown = {row[0] for row in policies.fetchall()}
            assert shown == {row[0] for row in beside.execute(f"select id from {table}")}, table
            assert shown


def test_processor_time_is_counted():
    before = measure.spent_by(os.getpid())
    assert measure.spent_by(os.getpid()) >= before > 0 and measure.spent_here() > 0
