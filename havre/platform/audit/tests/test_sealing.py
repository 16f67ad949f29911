"""Batches hold what is settled, each row once; the writer waits for nobody and decides nothing about its batch."""

import threading
import time
import uuid

import psycopg
import pytest
from django.db import DatabaseError, connection, connections, transaction

from havre.platform.audit import sealing
from havre.platform.audit.models import AuditEvent, AuditSeal
from havre.platform.crypto import keyring
from havre.platform.database import setup
from tests import harness
from tests.working import under_the_role_of_the_worker

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner", "refusals"])
EVENT = (
    "insert into audit_auditevent (id, at, act, refused, reason, request_id, mark)"
    " values (%s, now(), 'test.done', false, '', gen_random_uuid(), %s)"
)


@pytest.fixture
def worker(transactional_db):
    """Django's connection is the worker's."""
    with under_the_role_of_the_worker():
        yield


def other():
    """A connection of somebody else, who writes as the owner."""
    return psycopg.connect(harness.CLUSTER.url(harness.NAME))


def write(asked, mark=0):
    asked.execute(EVENT, [uuid.uuid4(), mark])


def sealed(rows):
    """Seals until so many rows are in batches: other tests run in this server, and their transactions count, too."""
    for _try in range(300):
        sealing.seal()
        found = sum(AuditSeal.objects.values_list("rows", flat=True))
        if found >= rows:
            return found
        time.sleep(0.2)
    raise AssertionError(f"{found} of {rows} rows were sealed")


def test_a_row_that_is_still_being_written_comes_in_a_later_batch(worker):
    with other() as slow, other() as quick:
        write(slow)
        write(quick)
        quick.commit()
        assert sealing.seal() == 0
        slow.commit()
    assert sealed(2) == 2


def test_a_writer_cannot_choose_the_batch_of_a_row(worker):
    with other() as asked:
        write(asked)
    assert sealed(1) == 1
    with other() as asked:
        write(asked, mark=1)
        write(asked, mark=2**61)
    assert sealed(3) == 3
    last = sealing.last_seal()
    assert (last.number, last.rows) == (2, 2)


def test_batches_end_with_a_transaction_and_follow_one_another(worker):
    with other() as asked:
        for _transaction in range(4):
            for _row in range(3):
                write(asked)
            asked.commit()
    while sum(AuditSeal.objects.values_list("rows", flat=True)) < 12:
        sealing.seal(most=4)
    seals = [sealing.one_seal(number) for number in range(1, AuditSeal.objects.count() + 1)]
    assert [each.rows for each in seals] == [3, 3, 3, 3]
    assert [each.previous for each in seals[1:]] == [each.head for each in seals[:-1]]
    assert [each.since for each in seals[1:]] == [each.upto for each in seals[:-1]]


def test_one_transaction_larger_than_a_batch_is_a_batch(worker):
    with other() as asked:
        for _row in range(9):
            write(asked)
    while not sealing.seal(most=2):
        time.sleep(0.2)
    assert [each.rows for each in AuditSeal.objects.all()] == [9]


def test_while_eight_write_every_row_is_sealed_once(worker):
    def busy():
        with other() as asked:
            for _transaction in range(40):
                write(asked)
                write(asked)
                asked.commit()

    writers = [threading.Thread(target=busy) for _ in range(8)]
    for each in writers:
        each.start()
    while any(each.is_alive() for each in writers):
        sealing.seal(most=50)
    assert sealed(640) == 640


def test_another_key_is_refused_until_somebody_says_so(worker, monkeypatch):
    with other() as asked:
        write(asked)
    assert sealed(1) == 1
    provider = keyring.provider()
    monkeypatch.setattr(provider, "public", lambda purpose: bytes(32))
    with pytest.raises(sealing.CannotSeal, match=r"another key, by voice \d{5} "):
        sealing.seal()


def test_after_a_restore_on_a_server_that_has_counted_less_far_the_set_up_counts_on(worker):
    with connections["owner"].cursor() as cursor:
        cursor.execute("select pg_current_xact_id()::text::bigint + 1000000")
        far = cursor.fetchone()[0]
        blank = "'', '', '', ''"
        cursor.execute(f"insert into audit_auditseal values (1, 0, {far}, 1, now(), now(), now(), {blank})")
    with pytest.raises(sealing.CannotSeal, match="havre setup"):
        sealing._check(sealing.last_seal(), far - 1, b"", new_key=True)
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute(setup.functions())
    with other() as asked:
        write(asked)
        assert asked.execute("select mark > %s from audit_auditevent", [far]).fetchone() == (True,)


@pytest.mark.parametrize("change", ["update audit_auditseal set rows = 0", "delete from audit_auditseal"])
def test_not_even_the_worker_changes_a_seal(worker, change):
    with pytest.raises(DatabaseError), connection.cursor() as cursor:
        cursor.execute(change)


def test_the_application_neither_seals_nor_reads_what_is_to_be_sealed(transactional_db):
    for refused in ("select * from havre.record_leaves(0, 9)", "insert into audit_auditseal (number) values (1)"):
        with pytest.raises(DatabaseError, match="permission denied"), connection.cursor() as cursor:
            cursor.execute(refused)


def test_only_an_auditor_takes_the_record_out(transactional_db):
    from havre.platform.accounts.claims import acting_as
    from tests.personas import make_personas

    with transaction.atomic():
        people = make_personas()
    ask = "select * from havre.record_export(0, 9)"
    with acting_as(people.dao), connection.cursor() as cursor:
        cursor.execute(ask)
    for login in ("amina", "chloe", "ferdinand"):
        with pytest.raises(DatabaseError, match="audits"), acting_as(getattr(people, login)):
            connection.cursor().execute(ask)


def test_an_event_tells_nothing_of_its_batch_to_whoever_writes_it(transactional_db):
    """The number of a transaction is set by the database, whatever Django gives."""
    AuditEvent(act="test.done", request_id=uuid.uuid4(), mark=7).save(force_insert=True)
    assert AuditEvent.objects.using("owner").get().mark > 7
