"""Nobody lets a colleague in to people in care alone: a supervisor or the data-protection lead agrees to the role."""

from __future__ import annotations

import pytest

from havre.platform.accounts.claims import acting_as
from havre.platform.agreements.models import Agreement
from havre.platform.permissions import Permission

from .conftest import NEW, named
from .test_managing import roles


@pytest.mark.parametrize("role", ["supervisor", "caseworker", "health_worker", "data_protection_lead"])
def test_until_somebody_agrees_an_account_reaches_nothing(office, invite, choose, agree, role):
    choose(invite(roles=[role]))
    assert named("juno").is_active and roles("juno") == [] and not named("juno").may(Permission.CASE_READ)
    page = office.get(f"/accounts/{named('juno').pk}/").content.decode()
    assert "A second person is asked" in page and "Chloé R." in page and "Inès L." in page
    assert agree("ines").status_code == 302
    assert roles("juno") == [role]
    assert "A second person is asked" not in office.get(f"/accounts/{named('juno').pk}/").content.decode()


@pytest.mark.parametrize("role", ["auditor", "administrator"])
def test_a_role_that_reaches_nobody_in_care_holds_at_once(invite, role):
    invite(roles=[role])
    assert roles("juno") == [role]


def test_whoever_reads_the_question_sees_whom_it_is_about_and_a_refusal_gives_nothing(office, invite, agree, sign_in):
    invite(roles=["supervisor"])
    page = sign_in("chloe").get("/agreements/").content.decode()
    assert "A role for" in page and "Junó P." in page and "Ferdinand O." in page
    agree("chloe", "no")
    assert roles("juno") == []
    assert "Nobody waits for you" in sign_in("ines").get("/agreements/").content.decode()


def test_a_role_that_reaches_less_holds_at_once(office, personas):
    office.post(f"/accounts/{personas.chloe.pk}/roles/", {"roles": ["caseworker"]})
    assert roles("chloe") == ["caseworker"]


def test_what_was_asked_before_is_worth_nothing_once_other_roles_are_asked_for(office, personas, agree):
    for role in ("supervisor", "health_worker"):
        office.post(f"/accounts/{personas.gita.pk}/roles/", {"roles": [role]})
    agree()
    assert roles("gita") == ["health_worker"]


def test_nobody_agrees_to_a_role_of_their_own(office, personas, sign_in):
    office.post(f"/accounts/{personas.chloe.pk}/roles/", {"roles": ["supervisor", "health_worker"]})
    with acting_as(personas.ines):
        asked = Agreement.objects.get(subject_id=personas.chloe.pk)
    chloe = sign_in("chloe")
    assert chloe.post(f"/agreements/{asked.pk}/answer/", {"answer": "yes"}).status_code == 422
    assert sign_in("boris").post(f"/agreements/{asked.pk}/answer/", {"answer": "yes"}).status_code == 404
    assert roles("chloe") == ["supervisor"]


def test_where_nobody_could_agree_the_sentence_says_what_to_do(office, personas):
    for one in (personas.chloe, personas.ines):
        office.post(f"/accounts/{one.pk}/suspend/")
    answer = office.post("/accounts/invite/", NEW | {"roles": ["supervisor"]})
    assert answer.status_code == 422 and "havre add user" in answer.content.decode()
