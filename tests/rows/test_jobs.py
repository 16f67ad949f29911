"""A job has the rights its asker has when it runs, not when it was asked for."""

import secrets
from hashlib import sha256

import pytest

from havre.platform.accounts.claims import proof

SEEN = "select count(*) from people_case"


@pytest.fixture
def job(stage):
    """Begins a job for a persona and gives what its connection then sees."""

    def begin(login):
        user, token = stage.world.users[login], secrets.token_hex(32)
        hashed = sha256(token.encode()).digest()
        stage.ask("nobody", "select havre.begin_job(%s, %s, %s)", hashed, user.pk, proof("job", user.pk, hashed.hex()))
        stage.world.tokens[f"job of {login}"] = token
        return lambda: stage.ask(f"job of {login}", SEEN)[0][0]

    return begin


def test_it_sees_what_its_asker_sees(job):
    assert {login: job(login)() for login in ("amina", "chloe", "gita", "boris", "dao", "ferdinand")} == {
        "amina": 1, "chloe": 1, "gita": 2, "boris": 1, "dao": 0, "ferdinand": 0,
    }  # fmt: skip


def test_an_asker_suspended_before_it_runs_reaches_nothing(stage, job):
    stage.own("update accounts_user set is_active = false where login = 'amina'")
    assert job("amina")() == 0


def test_an_asker_suspended_while_it_runs_reaches_nothing_more(stage, job):
    seen = job("amina")
    assert seen() == 1
    stage.own("update accounts_user set is_active = false where login = 'amina'")
    assert seen() == 0


def test_an_asker_whose_role_ended_reaches_nothing(stage, job):
    seen = job("chloe")
    stage.own(
        "update accounts_membership set ends = clock_timestamp() where user_id = %s", stage.world.users["chloe"].pk
    )
    assert seen() == 0


def test_it_ends_after_four_hours(stage, job):
    seen = job("amina")
    stage.own("update accounts_session set expires = expires - interval '4 hours' where kind = 'job'")
    assert seen() == 0
