"""Accounts are changed by an administrator of the agency who has just shown who they are, and by no other statement."""

import secrets
import uuid
from hashlib import sha256

import psycopg
import pytest

SEEN = "select count(*) from people_case"
STATE = "select is_active, suspended is null, ended is null, password from accounts_user where id = %s"
HELD = "select role from accounts_membership where user_id = %s and (ends is null or ends > clock_timestamp())"


def invite(login="juno", roles=("caseworker",), team=None, name="Juno P.", user=None, token="t" * 43):
    """The statement that invites somebody, and its values."""
    values = [user or uuid.uuid4(), login, name, "en", list(roles), team, b"k", sha256(token.encode()).digest()]
    return "select havre.invite(%s, %s, %s, %s, %s, %s, %s, %s)", *values


def calls(user, team=None):
    """Every act on one account."""
    return [
        ("select havre.invite_again(%s, 'h'::bytea)", user),
        ("select havre.appoint(%s, %s, %s::uuid)", user, ["caseworker"], team),
        ("select havre.suspend(%s, false)", user),
        ("select havre.suspend(%s, true)", user),
        ("select havre.remove(%s)", user),
        ("select havre.reset_factors(%s)", user),
    ]


def agree(stage, login="ines"):
    """A second person agrees to all that is asked."""
    for (key,) in stage.own("select id from agreements_agreement where answered_at is null and until > now()"):
        stage.ask(login, "select havre.answer(%s, true)", key)


@pytest.fixture
def ferdinand(stage):
    """A second administrator, so that neither is the last, and Ferdinand just signed in."""
    stage.own("delete from exchange_registerexport; delete from agreements_agreement")
    stage.own("update accounts_session set confirmed = clock_timestamp()")
    stage.ask("ferdinand", *invite("greta", ["administrator"], token="g" * 43))
    stage.ask("nobody", "select havre.accept(%s, 'hashed')", "g" * 43)
    return stage.world.users["ferdinand"]


def pk(stage, login):
    return stage.own("select id from accounts_user where login = %s", login)[0][0]


@pytest.mark.parametrize("login", ["amina", "chloe", "boris", "dao", "hana", "nobody"])
def test_nobody_else_changes_an_account(stage, login):
    for call in (
        invite(),
        *calls(stage.world.users["gita"].pk),
        ("select havre.keep_team(%s, 'x', false)", uuid.uuid4()),
    ):
        assert "administrator of the agency" in stage.refused(login, *call)


def test_an_administrator_who_signed_in_long_ago_shows_first_who_they_are(stage, ferdinand):
    stage.own("update accounts_session set confirmed = clock_timestamp() - interval '11 minutes'")
    for call in (invite(), *calls(stage.world.users["gita"].pk)):
        assert "shown again" in stage.refused("ferdinand", *call)


def test_an_administrator_who_never_confirmed_changes_nothing(stage, ferdinand):
    stage.own("update accounts_session set confirmed = null")
    assert "shown again" in stage.refused("ferdinand", *invite())


def test_an_administrator_whose_role_ended_changes_nothing(stage, ferdinand):
    stage.own("update accounts_membership set ends = clock_timestamp() where user_id = %s", ferdinand.pk)
    assert stage.refused("ferdinand", *invite())


def test_colleagues_of_another_agency_are_out_of_reach(stage, ferdinand):
    for call in calls(stage.world.users["boris"].pk):
        assert "own agency" in stage.refused("ferdinand", *call)


def test_nobody_raises_suspends_or_removes_themselves(stage, ferdinand):
    for call in calls(ferdinand.pk):
        assert "never after themselves" in stage.refused("ferdinand", *call)


@pytest.mark.parametrize(
    "roles",
    [[], ["owner"], ["caseworker", "root"], ["administrator", "supervisor"], ["administrator", "caseworker"], None],
)
def test_roles_are_those_of_the_list_and_an_administrator_holds_no_other(stage, ferdinand, roles):
    assert stage.refused("ferdinand", "select havre.appoint(%s, %s::text[], null)", stage.world.users["gita"].pk, roles)
    assert stage.refused("ferdinand", *invite(roles=roles or []))


def test_a_team_of_another_agency_is_none(stage, ferdinand):
    (team,) = stage.own(
        "insert into accounts_team (id, agency_id, name, principal) values (gen_random_uuid(), %s, 'Theirs', 99)"
        " returning id",
        stage.world.users["boris"].agency_id,
    )[0]
    assert stage.refused("ferdinand", *invite(team=team))
    for ends in (True, False):
        assert stage.refused("ferdinand", "select havre.keep_team(%s, 'Mine', %s)", team, ends)


@pytest.mark.parametrize("login", ["Ines", "in es", "", "i", "înes", "boris\n", "a" * 61])
def test_a_login_is_small_letters_and_figures(stage, ferdinand, login):
    with pytest.raises((psycopg.errors.InsufficientPrivilege, psycopg.errors.StringDataRightTruncation)):
        stage.ask("ferdinand", *invite(login))


@pytest.mark.parametrize("login", ["amina", "boris"])
def test_a_login_is_given_once(stage, ferdinand, login):
    with pytest.raises(psycopg.errors.UniqueViolation):
        stage.ask("ferdinand", *invite(login))


def test_the_login_of_somebody_who_was_removed_is_not_given_again(stage, ferdinand):
    stage.ask("ferdinand", "select havre.remove(%s)", stage.world.users["gita"].pk)
    with pytest.raises(psycopg.errors.UniqueViolation):
        stage.ask("ferdinand", *invite("gita"))


# Invitations


def test_whoever_was_invited_is_nobody_until_they_accept(stage, ferdinand):
    user, token = uuid.uuid4(), secrets.token_urlsafe(32)
    stage.ask("ferdinand", *invite(user=user, token=token))
    assert stage.own(STATE, user)[0][0] is False
    assert stage.ask("nobody", "select login from havre.invited(%s)", token) == [("juno",)]
    assert stage.ask("nobody", "select havre.accept(%s, 'hashed')", token) == [(True,)]
    assert stage.own(STATE, user) == [(True, True, True, "hashed")]


def test_an_invitation_is_good_once(stage, ferdinand):
    token = "x" * 43
    stage.ask("ferdinand", *invite(token=token))
    stage.ask("nobody", "select havre.accept(%s, 'first')", token)
    assert stage.ask("nobody", "select havre.accept(%s, 'second')", token) == [(False,)]
    assert stage.own("select password from accounts_user where login = 'juno'") == [("first",)]


def refused_invitation(stage, token):
    assert stage.ask("nobody", "select 1 from havre.invited(%s)", token) == []
    return stage.ask("nobody", "select havre.accept(%s, 'hashed')", token) == [(False,)]


@pytest.mark.parametrize("token", ["", "y" * 43, "' or true --", "é" * 300])
def test_a_forged_invitation_opens_nothing(stage, ferdinand, token):
    stage.ask("ferdinand", *invite())
    assert refused_invitation(stage, token)


def test_what_the_database_keeps_of_an_invitation_opens_nothing(stage, ferdinand):
    stage.ask("ferdinand", *invite())
    assert refused_invitation(stage, sha256(b"t" * 43).hexdigest())


def test_an_invitation_is_good_for_three_days(stage, ferdinand):
    stage.ask("ferdinand", *invite())
    stage.own("update accounts_invitation set expires = expires - interval '71 hours 59 minutes' where used is null")
    assert stage.ask("nobody", "select count(*) from havre.invited(%s)", "t" * 43) == [(1,)]
    stage.own("update accounts_invitation set expires = expires - interval '2 minutes' where used is null")
    assert refused_invitation(stage, "t" * 43)


def test_a_new_invitation_makes_the_earlier_one_worthless(stage, ferdinand):
    user = uuid.uuid4()
    stage.ask("ferdinand", *invite(user=user))
    stage.ask("ferdinand", "select havre.invite_again(%s, %s)", user, sha256(b"second").digest())
    assert refused_invitation(stage, "t" * 43)
    assert stage.ask("nobody", "select havre.accept('second', 'hashed')") == [(True,)]


def test_an_invitation_of_somebody_who_was_removed_meanwhile_is_worthless(stage, ferdinand):
    user = uuid.uuid4()
    stage.ask("ferdinand", *invite(user=user))
    stage.ask("ferdinand", "select havre.remove(%s)", user)
    assert refused_invitation(stage, "t" * 43)


def test_no_invitation_gives_another_password_to_whoever_works_here(stage, ferdinand):
    assert "not come yet" in stage.refused(
        "ferdinand", "select havre.invite_again(%s, 'h'::bytea)", stage.world.users["gita"].pk
    )


# What is changed holds at the next statement of a transaction that is open


def test_a_suspended_user_reaches_nothing_at_the_next_statement(stage, ferdinand):
    assert stage.ask("amina", SEEN) == [(1,)]
    stage.ask("ferdinand", "select havre.suspend(%s, false)", stage.world.users["amina"].pk)
    assert stage.ask("amina", SEEN) == [(0,)]
    assert stage.ask("amina", "select havre.actor()") == [(None,)]


def test_whoever_is_let_back_signs_in_anew(stage, ferdinand):
    amina = stage.world.users["amina"].pk
    stage.ask("ferdinand", "select havre.suspend(%s, false)", amina)
    stage.ask("ferdinand", "select havre.suspend(%s, true)", amina)
    assert stage.own(STATE, amina)[0][:3] == (True, True, True)
    assert stage.ask("amina", "select havre.actor()") == [(None,)]


def test_a_user_who_is_suspended_in_another_transaction_loses_access_in_an_open_one(world):
    with world.connect("havre_app") as asked, world.owner() as owner:
        asked.execute("select set_config('havre.token', %s, true)", [world.tokens["lucas"]])
        assert asked.execute(SEEN).fetchone() == (1,)
        owner.execute("update accounts_user set is_active = false where login = 'lucas'")
        owner.commit()
        try:
            assert asked.execute(SEEN).fetchone() == (0,)
        finally:
            owner.execute("update accounts_user set is_active = true where login = 'lucas'")
            owner.commit()


def test_a_moved_supervisor_reaches_the_house_no_more(stage, ferdinand):
    assert stage.ask("chloe", SEEN) == [(1,)]
    stage.ask("ferdinand", "select havre.appoint(%s, '{caseworker}', null)", stage.world.users["chloe"].pk)
    assert stage.ask("chloe", SEEN) == [(0,)]


def test_what_was_opened_for_an_earlier_role_closes_as_far_as_the_new_one_does_not_reach(stage, ferdinand):
    gita, where = stage.world.users["gita"], "select count(*) from people_personplace"
    assert stage.ask("gita", where) == [(1,)]
    stage.ask("ferdinand", "select havre.appoint(%s, '{health_worker}', null)", gita.pk)
    assert stage.ask("gita", where) == [(1,)]
    agree(stage)
    assert stage.ask("gita", where) == [(0,)] and stage.ask("gita", SEEN) == [(2,)]
    stage.ask("ferdinand", "select havre.appoint(%s, '{caseworker}', null)", gita.pk)
    agree(stage)
    assert stage.ask("gita", where) == [(0,)]


def test_a_role_ends_with_a_date_and_is_never_edited_away(stage, ferdinand):
    gita = stage.world.users["gita"].pk
    stage.ask("ferdinand", "select havre.appoint(%s, '{caseworker,supervisor}', null)", gita)
    agree(stage)
    stage.ask("ferdinand", "select havre.appoint(%s, '{supervisor}', null)", gita)
    kept = stage.own("select role, ends is null from accounts_membership where user_id = %s order by begins", gita)
    assert kept == [("caseworker", False), ("supervisor", True)]


def test_a_team_opens_its_files_and_leaving_it_closes_them(stage, ferdinand):
    team, gita = uuid.uuid4(), stage.world.users["gita"]
    stage.ask("ferdinand", "select havre.keep_team(%s, 'River', false)", team)
    stage.own(
        "insert into people_caseaccess (id, case_id, person_id, principal, compartments, level, opened) select"
        " gen_random_uuid(), c.id, c.person_id, t.principal, 1, 'read', c.opened_on from people_case c, accounts_team t"
        " where t.id = %s and c.owner_id = %s",
        team,
        stage.world.users["boris"].pk,
    )
    before = stage.ask("gita", SEEN)[0][0]
    stage.ask("ferdinand", "select havre.appoint(%s, '{caseworker}', %s)", gita.pk, team)
    assert stage.ask("gita", SEEN) == [(before,)]
    agree(stage)
    assert stage.ask("gita", SEEN) == [(before + 1,)]
    assert "nobody is in it" in stage.refused("ferdinand", "select havre.keep_team(%s, '', true)", team)
    stage.ask("ferdinand", "select havre.appoint(%s, '{caseworker}', null)", gita.pk)
    assert stage.ask("gita", SEEN) == [(before,)]
    stage.ask("ferdinand", "select havre.keep_team(%s, '', true)", team)
    assert stage.refused("ferdinand", *invite(team=team))


def test_a_lost_factor_is_taken_away_with_every_session_and_its_user_told(stage, ferdinand):
    gita = stage.world.users["gita"].pk
    stage.own(
        "insert into accounts_factor (id, user_id, kind, sealed, counted, began)"
        " values (gen_random_uuid(), %s, 'app', 'x'::bytea, 0, now())",
        gita,
    )
    stage.ask("ferdinand", "select havre.reset_factors(%s)", gita)
    assert stage.own("select count(*) from accounts_factor where user_id = %s", gita) == [(0,)]
    assert stage.ask("gita", "select havre.actor()") == [(None,)]
    assert stage.own("select kind from notices_notice where user_id = %s", gita)[-1] == ("account.factors_reset",)


def test_a_removed_user_is_gone_for_good_and_named_in_the_record(stage, ferdinand):
    amina = stage.world.users["amina"].pk
    stage.ask("ferdinand", "select havre.remove(%s)", amina)
    assert stage.own(STATE, amina) == [(False, True, False, "!")] and stage.own(HELD, amina) == []
    assert stage.ask("amina", SEEN) == [(0,)]
    for call in calls(amina):
        assert stage.refused("ferdinand", *call)
    assert stage.own("select name from accounts_user where id = %s", amina) == [("Amina D.",)]


def test_a_removed_user_reaches_no_file_of_others_and_their_own_wait(stage, ferdinand):
    gita = stage.world.users["gita"]
    stage.ask("ferdinand", "select havre.remove(%s)", gita.pk)
    rows = stage.own(
        "select purpose, until is null from people_caseaccess where principal = %s order by 1", gita.principal
    )
    assert rows == [("casework", True), ("cover", False)]


def told(stage):
    """Who was told that a colleague sees the agency."""
    text = "select u.login from notices_notice n join accounts_user u on u.id = n.user_id where n.kind = %s order by 1"
    return [login for (login,) in stage.own(text, "account.sees_agency")]


def test_whoever_sees_the_whole_agency_from_now_on_is_made_known_to_those_who_do(stage, ferdinand):
    gita = stage.world.users["gita"].pk
    stage.ask("ferdinand", "select havre.appoint(%s, '{legal_adviser}', null)", gita)
    assert told(stage) == []
    stage.ask("ferdinand", "select havre.appoint(%s, '{supervisor}', null)", gita)
    assert told(stage) == []
    agree(stage)
    assert told(stage) == ["chloe", "ines"]
    stage.ask("ferdinand", "select havre.appoint(%s, '{supervisor,legal_adviser}', null)", gita)
    stage.ask("ferdinand", *invite(roles=["supervisor"]))
    agree(stage)
    assert told(stage) == ["chloe", "chloe", "gita", "ines", "ines"]


# The last administrator


def test_the_last_administrator_stays(stage, ferdinand):
    greta = pk(stage, "greta")
    stage.own(
        "update accounts_membership set ends = clock_timestamp() + interval '1 day' where user_id = %s", ferdinand.pk
    )
    for call in (
        ("select havre.suspend(%s, false)", greta),
        ("select havre.remove(%s)", greta),
        ("select havre.appoint(%s, '{caseworker}', null)", greta),
    ):
        assert "last administrator" in stage.refused("ferdinand", *call)


def test_one_of_two_administrators_may_go(stage, ferdinand):
    stage.ask("ferdinand", "select havre.remove(%s)", pk(stage, "greta"))


# What an administrator learns


def test_an_administrator_learns_that_files_remain_and_not_how_many(stage, ferdinand):
    users = [stage.world.users[each].pk for each in ("amina", "gita", "boris", "dao")]
    gita = stage.world.users["gita"].pk
    case = stage.world.cases["amina"]
    stage.own("update people_case set owner_id = %s where id = %s", gita, case.pk)
    told = {
        login: dict(stage.ask(login, "select * from havre.caseloads(%s)", users)) for login in ("ferdinand", "chloe")
    }
    assert told == {"ferdinand": {gita: 1}, "chloe": {gita: 2}}
    assert stage.ask("amina", "select * from havre.caseloads(%s)", users) == []
    assert dict(stage.ask("gita", "select * from havre.caseloads(%s)", users)) == {gita: 2}


def test_an_administrator_reaches_no_file_by_any_of_this(stage, ferdinand):
    stage.ask("ferdinand", "select havre.appoint(%s, '{supervisor}', null)", stage.world.users["gita"].pk)
    assert stage.ask("ferdinand", "select havre.principals()") == [([],)]
    assert stage.ask("ferdinand", SEEN) == [(0,)]


def test_what_was_done_to_an_account_stands_in_its_history(stage, ferdinand):
    gita = stage.world.users["gita"].pk
    stage.ask("ferdinand", "select havre.appoint(%s, '{supervisor}', null)", gita)
    stage.ask("ferdinand", "select havre.suspend(%s, false)", gita)
    text = "select act, roles, by_id from accounts_accountchange where user_id = %s and act <> 'x' order by at"
    kept = [("account.ask", "supervisor", ferdinand.pk), ("account.suspend", "", ferdinand.pk)]
    assert stage.ask("ferdinand", text, gita) == stage.ask("dao", text, gita) == kept
    assert stage.ask("chloe", text, gita) == stage.ask("boris", text, gita) == []


@pytest.mark.parametrize(
    "statement",
    [
        "insert into accounts_rolereach values ('root', 63, true, true, true, true)",
        "update accounts_rolereach set sees_agency = true",
        "update accounts_team set name = 'x'",
        "update accounts_user set password = 'x'",
        "delete from accounts_membership",
        "insert into accounts_invitation select * from accounts_invitation",
        "update accounts_invitation set expires = 'infinity'",
        "delete from accounts_accountchange",
        "select havre.office()",
        "select havre.give_roles(null, null, '{supervisor}', null)",
        "select havre.offer(null, null)",
        "select havre.note_account(null, 'x', null, null)",
    ],
)
def test_injected_sql_of_an_administrator_writes_no_table(stage, ferdinand, statement):
    assert stage.refused("ferdinand", statement)
