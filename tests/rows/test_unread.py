"""Restricted files that open for nobody get a new holder by a supervisor's statement alone, who reads nothing by it."""

import pytest

CALL = "select * from havre.rehome(%s, %s, 'leaves')"
SEEN = "select id from people_case where id = %s"


@pytest.fixture
def case(world):
    return world.cases["gita"]


@pytest.fixture
def lost(stage, case):
    """Gita is gone for good, and nobody else may write in her restricted file."""
    stage.own("update accounts_session set confirmed = clock_timestamp()")
    stage.own("delete from notices_notice")
    stage.ask("ferdinand", "select havre.remove(%s)", stage.world.users["gita"].pk)
    return stage


def over(world, to="amina"):
    return CALL, world.users["gita"].pk, world.users[to].pk


def told(stage):
    text = "select u.login, n.kind from notices_notice n join accounts_user u on u.id = n.user_id where read_at is null"
    return set(stage.own(text))


def test_a_supervisor_names_a_holder_and_reads_nothing(world, lost, case):
    assert told(lost) == {("chloe", "caseload.unread"), ("ines", "caseload.unread_lead")}
    assert lost.ask("chloe", "select havre.count_unread(%s)", world.users["gita"].pk) == [(1,)]
    assert lost.ask("chloe", *over(world)) == [(case.pk,)]
    assert lost.ask("amina", SEEN, case.pk) == [(case.pk,)] and lost.ask("chloe", SEEN, case.pk) == []
    assert told(lost) == {("amina", "caseload.handed_over"), ("ines", "caseload.rehomed")}
    assert lost.ask("chloe", *over(world)) == []


@pytest.mark.parametrize("login", ["amina", "gita", "hana", "dao", "ines", "ferdinand", "boris", "nobody"])
def test_nobody_else_does(world, lost, case, login):
    assert lost.refused(login, *over(world))
    assert lost.ask("amina", SEEN, case.pk) == []


@pytest.mark.parametrize("to", ["chloe", "boris", "hana", "ines", "ferdinand", "gita"])
def test_the_holder_is_a_colleague_who_may_open_files_and_never_whoever_asks(world, lost, to):
    assert lost.refused("chloe", *over(world, to))


def test_whoever_asks_has_just_shown_who_they_are(world, lost):
    lost.own("update accounts_session set confirmed = clock_timestamp() - interval '11 minutes'")
    assert "just shown" in lost.refused("chloe", *over(world))


def test_while_somebody_may_come_back_or_still_writes_nothing_is_given(world, stage, case):
    stage.own("update accounts_session set confirmed = clock_timestamp()")
    stage.ask("ferdinand", "select havre.suspend(%s, false)", world.users["gita"].pk)
    assert stage.refused("chloe", *over(world))
    stage.own(
        "update people_caseaccess set principal = %s where case_id = %s and principal = %s",
        *(world.users["lucas"].principal, case.pk, world.users["gita"].principal),
    )
    stage.ask("ferdinand", "select havre.remove(%s)", world.users["gita"].pk)
    assert stage.ask("chloe", *over(world)) == []
