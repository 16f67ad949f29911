"""Agreement of a second person in the database, the application out of the way: forged calls, limits, one use."""

import uuid

import pytest

ASK = "select havre.ask_export(%s, %s, %s::bytea)"
ANSWER = "select havre.answer(%s, %s)"
USE = "select havre.use_agreement(%s, %s)"
ONCE = "an agreement is given once, in time, by a second person of the agency"


@pytest.fixture
def stage(stage):
    """What `filling` wrote of agreements is gone, and everybody has just shown who they are."""
    stage.own("delete from exchange_registerexport; delete from agreements_agreement; delete from notices_notice")
    stage.own("update accounts_session set confirmed = clock_timestamp()")
    return stage


@pytest.fixture
def asked(stage):
    """Chloé asks for 200 people."""
    key = uuid.uuid4()
    stage.ask("chloe", ASK, key, 200, b"sealed")
    return key


def told(stage):
    """Who was told of what."""
    notices = "select u.login, n.kind from notices_notice n join accounts_user u on u.id = n.user_id"
    return set(stage.own(f"{notices} where n.read_at is null"))


def test_a_second_person_agrees_and_it_is_good_once(stage, asked):
    assert told(stage) == {("ines", "agreement.asked")}
    assert stage.ask("chloe", USE, asked, 200) == [(False,)]
    stage.ask("ines", ANSWER, asked, True)
    assert told(stage) == {("chloe", "agreement.answered")}
    assert stage.ask("ines", USE, asked, 200) == [(False,)]
    assert stage.ask("chloe", USE, asked, 200) == [(True,)]
    assert stage.ask("chloe", USE, asked, 200) == [(False,)]


@pytest.mark.parametrize("login", ["chloe", "amina", "dao", "ferdinand", "boris", "nobody"])
def test_nobody_else_answers(stage, asked, login):
    assert stage.refused(login, ANSWER, asked, True)
    assert stage.own("select count(*) from agreements_agreement where agreed is not null") == [(0,)]


@pytest.mark.parametrize("login", ["amina", "dao", "ines", "ferdinand", "nobody"])
def test_nobody_but_who_sees_the_whole_agency_asks(stage, login):
    assert stage.refused(login, ASK, uuid.uuid4(), 200, b"sealed")


def test_an_agency_without_a_second_person_takes_nothing_out(stage):
    assert "nobody could agree" in stage.refused("boris", ASK, uuid.uuid4(), 200, b"sealed")


@pytest.mark.parametrize("many, words", [(0, b"x"), (-1, b"x"), (None, b"x"), (200, b""), (200, None)])
def test_it_is_asked_with_a_number_and_a_reason(stage, many, words):
    assert stage.refused("chloe", ASK, uuid.uuid4(), many, words)


def test_both_have_just_shown_who_they_are(stage, asked):
    stage.own("update accounts_session set confirmed = clock_timestamp() - interval '11 minutes'")
    assert "just shown" in stage.refused("chloe", ASK, uuid.uuid4(), 200, b"sealed")
    assert "just shown" in stage.refused("ines", ANSWER, asked, True)


def test_it_is_answered_once_and_in_time(stage, asked):
    assert stage.refused("ines", ANSWER, asked, None) == ONCE
    stage.ask("ines", ANSWER, asked, False)
    assert stage.refused("ines", ANSWER, asked, True) == ONCE
    assert stage.ask("chloe", USE, asked, 200) == [(False,)]
    late = uuid.uuid4()
    stage.ask("chloe", ASK, late, 200, b"sealed")
    stage.own("update agreements_agreement set until = clock_timestamp() where id = %s", late)
    assert stage.refused("ines", ANSWER, late, True) == ONCE


def test_it_is_good_for_a_day_and_for_a_tenth_more(stage, asked):
    stage.ask("ines", ANSWER, asked, True)
    ((hours,),) = stage.own("select extract(epoch from until - answered_at) / 3600 from agreements_agreement")
    assert round(float(hours), 3) == 24
    assert stage.ask("chloe", USE, asked, 221) == [(False,)]
    assert stage.ask("chloe", USE, asked, None) == [(False,)]
    stage.own("update agreements_agreement set until = clock_timestamp() - interval '1 second'")
    assert stage.ask("chloe", USE, asked, 200) == [(False,)]
    stage.own("update agreements_agreement set until = clock_timestamp() + interval '1 hour'")
    assert stage.ask("chloe", USE, asked, 220) == [(True,)]


def test_the_application_writes_none_and_a_foreign_one_is_not_seen(stage, asked):
    assert stage.refused("chloe", "update agreements_agreement set agreed = true")
    assert stage.refused("ines", "delete from agreements_agreement")
    assert stage.refused("chloe", "insert into agreements_agreement (id) values (gen_random_uuid())")
    for login, seen in (("chloe", 1), ("ines", 1), ("amina", 0), ("ferdinand", 0), ("dao", 0), ("boris", 0)):
        assert stage.ask(login, "select count(*) from agreements_agreement") == [(seen,)]
