"""Moving, suspending, removing colleagues; teams: by an administrator of the agency, never their own account."""

from __future__ import annotations

import uuid

import pytest
from django.contrib.auth import authenticate

from havre.platform.accounts.claims import acting_as
from havre.platform.accounts.models import Team, User
from havre.platform.audit.models import AuditEvent
from tests.personas import PASSWORD

from .conftest import named

ACTS = ("invitation", "roles", "suspend", "back", "remove")


def roles(login: str) -> list[str]:
    """The roles somebody holds now."""
    return sorted(each.role for each in User.objects.get(login=login).held)


def test_a_colleague_is_moved_and_the_earlier_role_keeps_its_dates(office, personas, agree):
    office.post("/accounts/teams/", {"name": "River"})
    team = Team.objects.get(name="River")
    answer = office.post(f"/accounts/{personas.gita.pk}/roles/", {"roles": ["supervisor"], "team": str(team.pk)})
    assert answer.status_code == 302 and roles("gita") == ["caseworker"]
    agree()
    assert roles("gita") == ["supervisor"]
    kept = personas.gita.memberships.order_by("begins")
    assert [(each.role, each.ends is None, each.team_id) for each in kept] == [
        ("caseworker", False, None),
        ("supervisor", True, team.pk),
    ]
    page = office.get(f"/accounts/{personas.gita.pk}/").content.decode()
    assert "River" in page and "A second person agreed to roles" in page
    assert "by Chloé R." in page and "by Ferdinand O." in page


def test_a_role_that_is_not_listed_or_does_not_go_together_changes_nothing(office, personas):
    for given in (["owner"], [], ["administrator", "caseworker"]):
        assert office.post(f"/accounts/{personas.gita.pk}/roles/", {"roles": given}).status_code == 422
    assert roles("gita") == ["caseworker"]


def test_a_suspended_colleague_is_out_at_the_next_request_and_signs_in_once_let_back(office, personas, sign_in):
    amina = sign_in("amina")
    assert amina.get("/").status_code == 200
    office.post(f"/accounts/{personas.amina.pk}/suspend/")
    assert amina.get("/").status_code == 302 and authenticate(login="amina", password=PASSWORD) is None
    office.post(f"/accounts/{personas.amina.pk}/back/")
    assert amina.get("/").status_code == 302 and authenticate(login="amina", password=PASSWORD) == personas.amina
    assert sign_in("amina").get("/").status_code == 200


def test_a_removed_colleague_is_gone_for_good_and_named_in_the_list(office, personas):
    office.post(f"/accounts/{personas.gita.pk}/remove/")
    assert authenticate(login="gita", password=PASSWORD) is None and roles("gita") == []
    page = office.get("/accounts/").content.decode()
    assert "Gita N." in page and "1 colleague is no longer here" in page
    for act in ("suspend", "back", "remove", "invitation"):
        assert office.post(f"/accounts/{personas.gita.pk}/{act}/").status_code == 422
    assert office.post(f"/accounts/{personas.gita.pk}/roles/", {"roles": ["caseworker"]}).status_code == 422
    assert named("gita").ended and roles("gita") == []


@pytest.mark.parametrize("act", ACTS)
def test_nobody_changes_their_own_account(office, personas, act):
    answer = office.post(f"/accounts/{personas.ferdinand.pk}/{act}/", {"roles": ["administrator"]})
    assert answer.status_code == 422 and "your own" in answer.content.decode()
    assert roles("ferdinand") == ["administrator"] and named("ferdinand").is_active


@pytest.mark.parametrize("act", ACTS)
def test_an_account_of_another_agency_looks_like_none(office, personas, act):
    theirs = office.post(f"/accounts/{personas.boris.pk}/{act}/", {"roles": ["caseworker"]})
    nobodys = office.post(f"/accounts/{uuid.uuid4()}/{act}/", {"roles": ["caseworker"]})
    assert (theirs.status_code, nobodys.status_code) == (404, 404)
    assert office.get(f"/accounts/{personas.boris.pk}/").status_code == 404
    assert roles("boris") == ["supervisor"] and named("boris").is_active


@pytest.mark.parametrize("login", ["amina", "chloe", "dao"])
def test_nobody_but_an_administrator_changes_an_account(sign_in, personas, refusals, login):
    browser = sign_in(login)
    for act in ACTS:
        assert browser.post(f"/accounts/{personas.gita.pk}/{act}/", {"roles": ["supervisor"]}).status_code == 403
    assert roles("gita") == ["caseworker"] and named("gita").is_active


def test_that_files_remain_is_said_without_a_number_or_a_name(office, personas, case):
    office.post(f"/accounts/{personas.amina.pk}/suspend/")
    page = office.get(f"/accounts/{personas.amina.pk}/").content.decode()
    assert "Files are still in this colleague’s care" in page
    assert case.reference not in page and "Salam" not in page
    office.post(f"/accounts/{personas.gita.pk}/suspend/")
    assert "in this colleague’s care" not in office.get(f"/accounts/{personas.gita.pk}/").content.decode()


def test_a_team_is_created_renamed_and_ends_once_nobody_is_in_it(office, personas, agree):
    office.post("/accounts/teams/", {"name": "  River \u0000 "})
    team = Team.objects.get(agency=personas.ferdinand.agency)
    office.post(f"/accounts/teams/{team.pk}/", {"name": "Shore", "agency": str(personas.boris.agency_id)})
    office.post(f"/accounts/{personas.gita.pk}/roles/", {"roles": ["caseworker"], "team": str(team.pk)})
    agree()
    assert office.post(f"/accounts/teams/{team.pk}/end/").status_code == 422
    office.post(f"/accounts/{personas.gita.pk}/roles/", {"roles": ["caseworker"], "team": ""})
    assert office.post(f"/accounts/teams/{team.pk}/end/").status_code == 302
    team.refresh_from_db()
    assert team.name == "Shore" and team.ended and team.agency_id == personas.ferdinand.agency_id
    assert office.get(f"/accounts/teams/{team.pk}/").status_code == 404


def test_every_act_stands_in_the_record(office, personas):
    office.post(f"/accounts/{personas.gita.pk}/suspend/")
    office.post(f"/accounts/{personas.gita.pk}/back/")
    with acting_as(personas.dao):
        acts = set(AuditEvent.objects.filter(user_id=personas.ferdinand.pk).values_list("act", flat=True))
    assert {"account.suspend", "account.let_back"} <= acts


def test_the_auditor_reads_what_was_done_to_whom(office, invite, choose, personas, sign_in):
    office.post(f"/accounts/{personas.gita.pk}/suspend/")
    choose(invite())
    page = sign_in("dao").get("/seen/").content.decode()
    assert "Suspended a colleague: Gita N." in page and "Invited a colleague: Junó P." in page
    assert "Account of Junó P." in page and "Chose a password after an invitation" in page
