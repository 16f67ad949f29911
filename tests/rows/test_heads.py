"""Once in thirty days whoever reads the record is told to take its newest head out, by the worker and nobody else."""

import pytest

TOLD = "select u.login from notices_notice n join accounts_user u on u.id = n.user_id where n.kind = 'record.head'"
SEALED = (
    "insert into audit_auditseal (number, since, upto, rows, first_at, last_at, at, root, previous, key, signature)"
    " values (%s, 0, 0, 0, now(), now(), now() - %s::interval, '', '', '', '')"
)


@pytest.fixture
def round_(stage):
    """One round of the worker; who was told in all."""
    stage.own("delete from notices_notice")

    def go():
        stage.become("havre_worker")
        stage.asked.execute("select havre.remind_heads()")
        return sorted(login for (login,) in stage.own(TOLD))

    return go


def since(stage, days):
    """Everybody has had their role for so many days."""
    stage.own("update accounts_membership set begins = now() - %s::interval", f"{days} days")


def test_auditors_and_leads_are_told_once_a_month(stage, round_):
    since(stage, 31)
    stage.own(SEALED, 900001, "31 days")
    assert round_() == ["dao", "ines"]
    assert round_() == ["dao", "ines"]
    stage.own("update notices_notice set at = at - interval '31 days', read_at = now() where kind = 'record.head'")
    assert round_() == ["dao", "dao", "ines", "ines"]


def test_a_month_begins_with_the_role_and_with_the_first_seal(stage, round_):
    since(stage, 31)
    assert round_() == []
    stage.own(SEALED, 900001, "29 days")
    assert round_() == []
    stage.own(SEALED, 900002, "31 days")
    since(stage, 29)
    assert round_() == []


def test_one_that_still_waits_is_not_said_twice(stage, round_):
    since(stage, 31)
    stage.own(SEALED, 900001, "31 days")
    round_()
    stage.own("update notices_notice set at = at - interval '31 days' where kind = 'record.head'")
    assert round_() == ["dao", "ines"]


@pytest.mark.parametrize("login", ["dao", "ferdinand", "nobody"])
def test_the_application_tells_nobody(stage, login):
    assert stage.refused(login, "select havre.remind_heads()")
