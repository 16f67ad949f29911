"""A role that reaches people in care holds when a second person of the agency agreed, and by no other statement."""

import uuid

import pytest

from .test_accounts import HELD, ferdinand, invite

__all__ = ["ferdinand"]


@pytest.mark.parametrize("role", ["supervisor", "caseworker", "health_worker", "data_protection_lead"])
def test_a_new_account_reaches_nothing_until_a_second_person_agrees(stage, ferdinand, role):
    user = uuid.uuid4()
    stage.ask("ferdinand", *invite(roles=[role], user=user))
    assert stage.own("select count(*) from accounts_membership where user_id = %s", user) == [(0,)]
    ((key,),) = stage.own("select id from agreements_agreement where subject_id = %s", user)
    for login in ("ferdinand", "amina", "dao", "boris", "nobody"):
        assert stage.refused(login, "select havre.answer(%s, true)", key)
    stage.ask("chloe", "select havre.answer(%s, true)", key)
    assert stage.own(HELD, user) == [(role,)]
    assert "given once" in stage.refused("ines", "select havre.answer(%s, true)", key)


def test_no_puppet_agrees_to_itself_or_to_another_of_the_same_hand(stage, ferdinand):
    """Whoever was invited has no say before somebody else agreed to them; nor has a second administrator."""
    first, second = uuid.uuid4(), uuid.uuid4()
    stage.ask("ferdinand", *invite("one", ["data_protection_lead"], user=first, token="1" * 43))
    stage.ask("nobody", "select havre.accept(%s, 'hashed')", "1" * 43)
    stage.ask("ferdinand", *invite("two", ["supervisor"], user=second, token="2" * 43))
    asked = "select u.login from notices_notice n join accounts_user u on u.id = n.user_id where n.kind = %s"
    assert {login for (login,) in stage.own(asked, "agreement.asked")} == {"chloe", "ines"}


def test_an_agreement_is_worth_nothing_when_whoever_asked_is_gone(stage, ferdinand):
    gita = stage.world.users["gita"].pk
    stage.ask("ferdinand", "select havre.appoint(%s, '{supervisor}', null)", gita)
    stage.own("update accounts_membership set ends = clock_timestamp() where user_id = %s", ferdinand.pk)
    ((key,),) = stage.own("select id from agreements_agreement where subject_id = %s", gita)
    assert "not here any more" in stage.refused("ines", "select havre.answer(%s, true)", key)
    assert stage.own(HELD, gita) == [("caseworker",)]
