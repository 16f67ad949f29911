"""A job is asked for with what needs it, carries numbers only, and is done by the worker alone."""

import uuid

import psycopg
import pytest
from django.db import connection, transaction
from procrastinate.contrib.django import app

from havre.platform import jobs
from tests import harness
from tests.rows.world import World
from tests.working import under_the_role_of_the_worker

NAME = "test.note"
ROW = uuid.uuid4()
DENIED = psycopg.errors.InsufficientPrivilege


@pytest.fixture
def done():
    """What the job was done with; the job is gone with the test."""
    found = []

    @jobs.job(NAME)
    def note(**ids):
        found.append((ids, role()))
        if ids.get("fault"):
            raise ValueError("Salam Haddad")

    yield found
    del app.tasks[NAME]


def role():
    with connection.cursor() as cursor:
        cursor.execute("select current_user")
        return cursor.fetchone()[0]


def queue():
    """Every job there is, as the owner sees it."""
    with psycopg.connect(harness.CLUSTER.url(harness.NAME)) as owner:
        return owner.execute("select task_name, args, status from procrastinate_jobs").fetchall()


def worked():
    with under_the_role_of_the_worker():
        jobs.work(wait=False)


@pytest.mark.django_db(transaction=True)
def test_it_is_done_by_the_worker_with_the_numbers_it_was_asked_with_and_leaves_the_queue(done):
    with transaction.atomic():
        jobs.ask(NAME, row=ROW)
    assert queue() == [(NAME, {"row": str(ROW)}, "todo")]
    worked()
    assert done == [({"row": ROW}, "havre_worker")] and queue() == []


@pytest.mark.django_db(transaction=True)
def test_it_is_undone_with_what_asked_for_it(done):
    with transaction.atomic():
        jobs.ask(NAME, row=ROW)
        transaction.set_rollback(True)
    assert queue() == []


@pytest.mark.django_db(transaction=True)
def test_a_fault_is_told_by_kind_and_place_and_the_next_job_is_done(done, caplog):
    with transaction.atomic():
        jobs.ask(NAME, row=ROW, fault=ROW)
        jobs.ask(NAME, row=ROW)
    worked()
    assert len(done) == 2 and queue() == []
    assert "ValueError at test_jobs.py" in caplog.text and "Salam" not in caplog.text


@pytest.mark.django_db
@pytest.mark.parametrize("value", ["Salam Haddad", 7, None])
def test_it_carries_numbers_of_rows_and_nothing_else(done, value):
    with pytest.raises(TypeError):
        jobs.ask(NAME, row=value)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "select args from procrastinate_jobs",
        "select * from procrastinate_events",
        "update procrastinate_jobs set status = 'todo'",
        "delete from procrastinate_jobs",
        "select procrastinate_fetch_job_v2(null, 1)",
        "select procrastinate_finish_job_v1(1, 'failed', true)",
        "select procrastinate_cancel_job_v1(1, true, true)",
    ],
)
def test_the_application_asks_and_can_do_no_more(statement):
    asked = World(harness.NAME).connect("havre_app")
    with asked, pytest.raises(DENIED):
        asked.execute(statement)


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["havre_stats", "havre_backup", "havre_worker"])
def test_nobody_but_the_application_asks(role):
    with World(harness.NAME).connect(role) as asked, pytest.raises(DENIED):
        asked.execute("insert into procrastinate_jobs (task_name) values ('x')")
    with World(harness.NAME).connect(role) as asked, pytest.raises(DENIED):
        asked.execute("select procrastinate_defer_jobs_v1('{}')")


@pytest.mark.django_db
def test_no_function_of_the_queue_is_open_to_everybody_and_all_is_the_owners():
    with psycopg.connect(harness.CLUSTER.url(harness.NAME)) as owner:
        open_ = owner.execute(
            "select p.proname from pg_proc p, aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a"
            " where p.pronamespace = 'public'::regnamespace and a.grantee = 0"
        ).fetchall()
        others = owner.execute(
            "select proname from pg_proc where pronamespace = 'public'::regnamespace and proname like 'procrastinate%'"
            " and proowner <> 'havre_owner'::regrole"
        ).fetchall()
        there = owner.execute("select count(*) from pg_proc where proname like 'procrastinate%'").fetchone()[0]
    assert (open_, others) == ([], []) and there > 10
