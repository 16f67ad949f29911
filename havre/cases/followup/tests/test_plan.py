"""Calls are planned from the day follow-up began, once, and never against the wish of the person."""

import re
from datetime import date

import pytest

from havre.cases.followup import actions
from havre.cases.followup.models import FollowUp
from havre.cases.followup.panels import anchor, calls_of, proposed
from havre.cases.people import actions as people
from havre.platform.accounts.claims import acting_as
from havre.platform.audit.actions import Refused

DAYS = {"M0": "2026-07-01", "M1": "2026-08-01", "M3": "2026-10-01", "M6": "2027-01-01", "M12": "2027-07-01"}


def page(case):
    return f"/people/{case.reference}/follow-up/"


def decide(personas, case, decision):
    with acting_as(personas.amina):
        talk = people.Talk(on=date(2026, 6, 1))
        people.record_consent(case, by=personas.amina, talk=talk, decisions=[people.Decision("follow_up", decision)])


def kept(personas, case):
    with acting_as(personas.amina):
        return {each.code: each.planned.isoformat() for each in FollowUp.objects.filter(case=case)}


def test_the_days_are_counted_from_the_day_follow_up_began(personas, stand):
    case = stand("S6")
    with acting_as(personas.amina):
        people.move(case, by=personas.amina, to="S12")
        case.refresh_from_db()
        first = proposed(case, "")[0]
        assert (first.code, first.on) == ("M0", anchor(case))
        assert calls_of(case).due


def test_they_are_planned_on_the_days_that_were_chosen(sign_in, personas, stand, case):
    stand("S12")
    answer = sign_in("amina").post(page(case), DAYS)
    assert answer.status_code == 302 and kept(personas, case) == DAYS


def test_planned_twice_they_stand_once_and_move(sign_in, personas, stand, case):
    stand("S12")
    amina = sign_in("amina")
    for day in ("2026-08-01", "2026-08-09"):
        amina.post(page(case), {**DAYS, "M1": day})
    assert kept(personas, case) == {**DAYS, "M1": "2026-08-09"}


def test_a_form_sent_twice_plans_once(sign_in, personas, stand, case):
    stand("S12")
    amina = sign_in("amina")
    token = re.search(r'name="form_token" value="([^"]+)"', amina.get(page(case)).content.decode())[1]
    sent = [amina.post(page(case), {**DAYS, "form_token": token}) for _ in range(2)]
    assert {answer.status_code for answer in sent} == {302} and len(kept(personas, case)) == 5


def test_the_long_term_contact_is_proposed_only_after_a_yes(sign_in, personas, stand, case):
    stand("S12")
    amina = sign_in("amina")
    assert "Long-term follow-up" not in amina.get(page(case)).content.decode()
    decide(personas, case, "given")
    assert "Long-term follow-up" in amina.get(page(case)).content.decode()


def test_without_it_the_long_term_contact_is_refused(personas, case):
    with acting_as(personas.amina), pytest.raises(Refused, match="agreed"):
        actions.plan_calls(case, by=personas.amina, days={"M24": date(2028, 7, 1)})


def test_nobody_is_called_against_their_wish(sign_in, personas, stand, case):
    stand("S12")
    decide(personas, case, "refused")
    assert "does not wish to be contacted" in sign_in("amina").get(page(case)).content.decode()
    with acting_as(personas.amina), pytest.raises(Refused, match="does not wish"):
        actions.plan_calls(case, by=personas.amina, days={"M1": date(2026, 8, 1)})


def test_a_closed_file_refuses_it(personas, stand):
    case = stand("S13")
    with acting_as(personas.amina), pytest.raises(Refused, match="closed"):
        actions.plan_calls(case, by=personas.amina, days={"M1": date(2026, 8, 1)})


@pytest.mark.parametrize("login", ["boris", "gita"])
def test_it_is_not_found_for_those_who_do_not_see_the_file(sign_in, case, login):
    other = sign_in(login)
    assert (other.get(page(case)).status_code, other.post(page(case), DAYS).status_code) == (404, 404)
