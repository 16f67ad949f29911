"""The record is written with the act, once, and changed by nobody; a refusal stands though its request does not."""

import pytest
from django.db import connection, connections, transaction
from django.db.utils import DatabaseError

from havre.platform.accounts.claims import acting_as
from havre.platform.accounts.models import Session
from havre.platform.audit import recorder
from havre.platform.audit.actions import ACTIONS, NotInAction, Refused, action
from havre.platform.audit.models import AuditEvent
from havre.platform.audit.recorder import recording
from havre.platform.permissions import Permission

CHANGES = [
    "update audit_{} set act = 'x'",
    "update audit_{} set act = 'x' where false",
    "delete from audit_{}",
    "truncate audit_{}",
]


@pytest.mark.parametrize("table", ["auditevent", "auditsubject"])
@pytest.mark.parametrize("change", CHANGES)
def test_not_even_the_owner_changes_it(db, change, table):
    with pytest.raises(DatabaseError, match="written once"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("set local role havre_owner")
        cursor.execute(change.format(table))


@pytest.fixture
def note(monkeypatch):
    """An act that anybody who works on cases may do."""
    monkeypatch.setattr("havre.platform.audit.actions.ACTIONS", dict(ACTIONS))

    @action("test.done", needs=Permission.CASE_WRITE)
    def done(subject, *, by, fails=False):
        if fails:
            raise ValueError
        return subject

    return done


def test_an_act_is_recorded_in_the_transaction_of_the_act(personas, note):
    with acting_as(personas.amina), recording(personas.amina) as record:
        note("x", by=personas.amina)
        record.write()
    assert events(personas.dao) == [("test.done", personas.amina.pk, False)]


def test_an_act_that_fails_is_not_recorded_as_done(personas, note):
    with acting_as(personas.amina), recording(personas.amina) as record:
        with pytest.raises(ValueError):
            note("x", by=personas.amina, fails=True)
        record.write()
    assert events(personas.dao) == []


def test_an_act_without_its_permission_is_refused(personas, note):
    with acting_as(personas.dao), pytest.raises(Refused):
        note("x", by=personas.dao)


def test_a_case_table_is_written_by_actions_only(personas):
    from havre.cases.people.models import PersonName

    with pytest.raises(NotInAction):
        PersonName().save()
    with pytest.raises(NotInAction):
        PersonName().delete()


def test_nobody_is_recorded_under_the_name_of_another(personas):
    with (
        acting_as(personas.amina),
        pytest.raises(DatabaseError),
        transaction.atomic(),
        recording(personas.chloe) as record,
    ):
        record.acted("test.done")
        record.write()


@pytest.mark.django_db(transaction=True, databases=["default", "refusals", "owner"])
def test_a_refusal_stands_though_its_request_is_undone(transactional_db):
    from havre.platform.accounts.claims import begin_session
    from havre.platform.accounts.sessions import IDLE
    from tests.personas import make_personas

    with transaction.atomic():
        amina = make_personas().amina
        begin_session(amina, "t" * 64, "{}", IDLE)
    with recording(amina) as record, transaction.atomic():
        record.refused("page.somewhere", "needs audit.read", "t" * 64)
        transaction.set_rollback(True)
    stored = AuditEvent.objects.using("owner").values_list("act", "user_id", "refused", "reason")
    assert list(stored) == [("page.somewhere", amina.pk, True, "needs audit.read")]
    assert Session.objects.using("owner").count() == 1
    connections[recorder.REFUSALS].close()


def events(auditor):
    """What the auditor of the agency reads."""
    with acting_as(auditor):
        return list(AuditEvent.objects.order_by("at").values_list("act", "user_id", "refused"))


def test_a_look_for_a_file_that_is_not_there_is_recorded_as_refused(personas, sign_in):
    sign_in("amina").get("/people/ZZZ-999/")
    assert ("page.casefile:case", personas.amina.pk, True) in events(personas.dao)
