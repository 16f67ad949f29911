"""Somebody new is invited, chooses a password once, and signs in."""

from __future__ import annotations

import pytest
from django.contrib.auth import authenticate
from django.db import connection
from django.test import Client

from havre.platform.accounts.models import User

from .conftest import NEW, named

WORTHLESS = "This invitation is not good any more"


def as_owner(statement: str) -> None:
    """Done as the owner of the tables."""
    with connection.cursor() as cursor:
        cursor.execute("set local role havre_owner")
        cursor.execute(statement)
        cursor.execute("set local role havre_app")


def test_whoever_was_invited_chooses_a_password_and_signs_in(invite, choose, agree):
    answer = choose(invite())
    agree()
    assert answer.status_code == 200 and "juno" in answer.content.decode()
    user = named("juno")
    assert authenticate(login="juno", password="a lantern on the pier") == user and user.language == "fr"
    assert [each.role for each in user.memberships.all()] == ["caseworker"]


def test_until_then_they_cannot_sign_in(invite, choose):
    invite()
    assert named("juno").is_active is False
    assert authenticate(login="juno", password="!") is None


def test_the_whole_link_may_be_pasted(invite, choose):
    assert choose(f" https://havre.example/welcome/#{invite()} ").status_code == 200


@pytest.mark.parametrize("secret", ["", "x", "a" * 43, "a" * 5000, "\0", "' or true --", "é" * 43])
def test_a_forged_invitation_is_one_clear_sentence(invite, choose, secret):
    invite()
    answer = choose(secret)
    assert answer.status_code == 422 and WORTHLESS in answer.content.decode()


def test_an_invitation_that_was_used_or_has_expired_says_the_same(invite, choose, personas):
    secret = invite()
    choose(secret)
    used = choose(secret, "another lantern on the pier")
    assert used.status_code == 422 and WORTHLESS in used.content.decode()
    late = invite(login="jo")
    as_owner("update accounts_invitation set expires = clock_timestamp() where used is null")
    assert WORTHLESS in choose(late).content.decode()
    assert authenticate(login="juno", password="another lantern on the pier") is None


def test_a_new_link_makes_the_earlier_one_worthless(office, invite, choose):
    first = invite()
    answer = office.post(f"/accounts/{named('juno').pk}/invitation/")
    assert answer.status_code == 200 and "/welcome/#" in answer.content.decode()
    assert WORTHLESS in choose(first).content.decode()


@pytest.mark.parametrize(
    "password, again, says",
    [
        ("short", "short", "12"),
        ("a lantern on the pier", "a lantern on the peer", "differ"),
        ("", "", "Choose a password."),
    ],
)
def test_a_weak_password_leaves_the_invitation_good(invite, choose, password, again, says):
    secret = invite()
    answer = choose(secret, password, again)
    assert answer.status_code == 422 and says in answer.content.decode() and secret in answer.content.decode()
    assert choose(secret).status_code == 200


def test_the_secret_stands_in_no_table_and_no_address(invite, choose):
    secret = invite()
    with connection.cursor() as cursor:
        cursor.execute("set local role havre_owner")
        cursor.execute("select (select count(*) from accounts_invitation i where i::text like %s)", [f"%{secret}%"])
        assert cursor.fetchone() == (0,)
        cursor.execute("set local role havre_app")
    assert Client().get("/welcome/").status_code == 200


@pytest.mark.parametrize(
    "changed, says",
    [
        ({"name": " "}, "Write the name."),
        ({"login": ""}, "Write a login."),
        ({"login": "Inès"}, "small letters"),
        ({"login": "amina"}, "This login is taken"),
        ({"login": "boris"}, "This login is taken"),
        ({"roles": []}, "Choose one role or more."),
        ({"roles": ["owner"]}, "no longer in the list"),
        ({"roles": ["administrator", "supervisor"]}, "holds no other role"),
        ({"language": "xx"}, "no longer in the list"),
        ({"address": "no address"}, "no mail address"),
    ],
)
def test_what_cannot_be_so_keeps_what_was_typed(office, changed, says):
    answer = office.post("/accounts/invite/", NEW | changed)
    page = answer.content.decode()
    assert answer.status_code == 422 and says in page
    assert "caseworker" in page and not User.objects.filter(name=NEW["name"]).exists()


def test_fields_that_nobody_asked_for_change_nothing(office, invite, personas, agree):
    phare = personas.boris.agency_id
    invite(agency=str(phare), agency_id=str(phare), is_active="1", principal="1", sees_agency="1", password="x", id="1")
    agree()
    user = named("juno")
    assert user.agency_id == personas.ferdinand.agency_id and not user.is_active and user.principal != 1
    assert not user.memberships.get().sees_agency


def test_a_team_of_another_agency_is_not_in_the_list(office, personas):
    as_owner(
        "insert into accounts_team (id, agency_id, name, principal) select gen_random_uuid(), id, 'Theirs', 77"
        " from accounts_agency where code = 'phare'"
    )
    theirs = personas.boris.agency.teams.get().pk
    office.post("/accounts/teams/", {"name": "Ours"})
    assert office.post("/accounts/invite/", NEW | {"team": str(theirs)}).status_code == 422
    assert office.get(f"/accounts/teams/{theirs}/").status_code == 404


def test_whoever_was_removed_is_not_invited_again_under_the_same_login(office, invite, choose):
    choose(invite())
    office.post(f"/accounts/{named('juno').pk}/remove/")
    answer = office.post("/accounts/invite/", NEW)
    assert answer.status_code == 422 and "a login is never given twice" in answer.content.decode()


def test_the_number_of_tries_is_limited(invite, choose):
    secret = invite()
    for _ in range(60):
        choose("a" * 43)
    assert "Too many tries" in choose(secret).content.decode()


def test_the_account_says_how_long_the_invitation_waits(office, invite):
    invite()
    where = f"/accounts/{named('juno').pk}/"
    assert "waits for an answer until" in office.get(where).content.decode()
    as_owner("update accounts_invitation set expires = clock_timestamp() where used is null")
    assert "The invitation has expired." in office.get(where).content.decode()


def test_the_list_says_that_somebody_was_invited(office, invite):
    invite()
    page = office.get("/accounts/").content.decode()
    assert "Junó P." in page and "Invited" in page
