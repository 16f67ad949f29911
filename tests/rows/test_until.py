"""What ran out, was ended or taken away is gone at the next statement, in the transaction under way."""

import pytest

from .matrix import lines, private

SEEN = "select count(*) from people_case"
TABLES = [table for table in sorted(lines()) if not table.startswith("audit_")]


def nothing_left(stage, login):
    """True when this persona reaches no row of any table."""
    return not any(stage.ask(login, f"select 1 from {table} where {private(table)} limit 1") for table in TABLES)


@pytest.fixture
def user(stage):
    assert stage.ask("boris", SEEN) == [(1,)]
    return stage.world.users["boris"]


def test_access_that_ran_out(stage, user):
    stage.own("update people_caseaccess set until = clock_timestamp() - interval '1 second'")
    assert stage.ask("boris", SEEN) == [(0,)]


def test_access_that_still_runs(stage, user):
    stage.own("update people_caseaccess set until = clock_timestamp() + interval '1 hour'")
    assert stage.ask("boris", SEEN) == [(1,)]


def test_a_user_who_is_suspended(stage, user):
    stage.own("update accounts_user set is_active = false where id = %s", user.pk)
    assert nothing_left(stage, "boris")


def test_a_membership_that_ended(stage, user):
    stage.own("update accounts_membership set ends = clock_timestamp() where user_id = %s", user.pk)
    assert stage.ask("boris", SEEN) == [(0,)]


def test_a_membership_that_has_not_begun(stage, user):
    stage.own(
        "update accounts_membership set begins = clock_timestamp() + interval '1 day' where user_id = %s", user.pk
    )
    assert stage.ask("boris", SEEN) == [(0,)]


@pytest.mark.parametrize(
    "change",
    [
        "expires = clock_timestamp()",
        "seen = clock_timestamp() - idle",
        "seen = '-infinity'",
    ],
)
def test_a_session_that_ran_out_fell_asleep_or_was_locked(stage, user, change):
    stage.own(f"update accounts_session set {change} where user_id = %s", user.pk)
    assert nothing_left(stage, "boris")


def test_a_session_that_was_ended(stage, user):
    stage.ask("boris", 'select havre."end"()')
    assert nothing_left(stage, "boris")


def test_a_locked_session_says_so_and_opens_nothing(stage, user):
    assert stage.ask("boris", "select user_id, locked from havre.extend(null, true)") == [(user.pk, True)]
    assert nothing_left(stage, "boris")


def test_the_token_is_forgotten_with_the_transaction(world):
    with world.connect("havre_app") as asked:
        asked.execute("select set_config('havre.token', %s, true)", [world.tokens["boris"]])
        assert asked.execute(SEEN).fetchone() == (1,)
        asked.rollback()
        assert asked.execute(SEEN).fetchone() == (0,)
