"""The needs of a person on one page: chosen by boxes, each said to be met or not."""

import re
from datetime import date

import pytest

from havre.cases.assistance import actions
from havre.cases.assistance.models import Need
from havre.cases.assistance.panels import plan_of
from havre.platform.accounts.claims import acting_as
from havre.platform.audit.actions import Refused
from havre.platform.audit.models import AuditEvent

CHOSEN = {"need_accommodation": "on", "urgency_accommodation": "week", "goal_accommodation": "A door I can lock."}


def page(case, *more):
    return "/".join(["", "people", case.reference, "needs", *map(str, more), ""])


def needs(personas, case):
    with acting_as(personas.amina):
        return [(each.code, each.urgency, each.goal) for each in Need.objects.filter(case=case)]


def test_a_need_is_chosen_with_its_urgency_and_a_goal(sign_in, personas, case):
    answer = sign_in("amina").post(page(case), CHOSEN)
    assert answer.status_code == 302 and answer.headers["Location"] == page(case)
    assert needs(personas, case) == [("accommodation", "week", "A door I can lock.")]


def test_several_are_chosen_at_once_and_what_is_not_ticked_is_not_kept(sign_in, personas, case):
    sign_in("amina").post(page(case), {**CHOSEN, "need_legal": "on", "goal_work": "typed and not ticked"})
    assert sorted(need[0] for need in needs(personas, case)) == ["accommodation", "legal"]


def test_choosing_nothing_is_answered_with_a_sentence(sign_in, case):
    answer = sign_in("amina").post(page(case), {})
    assert answer.status_code == 422 and "Choose at least one need." in answer.content.decode()


def test_a_need_without_help_is_named_unmet(sign_in, case):
    amina = sign_in("amina")
    amina.post(page(case), CHOSEN)
    assert "Need not met" in amina.get(page(case)).content.decode()


def test_a_form_sent_twice_is_saved_once(sign_in, personas, case):
    amina = sign_in("amina")
    token = re.search(r'name="form_token" value="([^"]+)"', amina.get(page(case)).content.decode())[1]
    first, again = (amina.post(page(case), {"need_other": "on", "form_token": token}) for _ in range(2))
    assert first.headers["Location"] == again.headers["Location"] and len(needs(personas, case)) == 1


def test_the_same_need_is_not_written_down_twice(personas, case):
    with acting_as(personas.amina):
        actions.add_need(case, by=personas.amina, code="legal")
        with pytest.raises(Refused, match="already"):
            actions.add_need(case, by=personas.amina, code="legal")


def test_a_need_is_met_and_is_a_need_again(sign_in, personas, case):
    with acting_as(personas.amina):
        need = actions.add_need(case, by=personas.amina, code="legal")
    amina = sign_in("amina")
    amina.post(page(case, need.pk, "met"))
    with acting_as(personas.amina):
        assert plan_of(case).asked[0].standing == "over"
    amina.post(page(case, need.pk, "met"), {"again": "1"})
    with acting_as(personas.amina):
        assert plan_of(case).unmet == 1


def test_of_two_who_change_a_goal_the_later_sees_both(sign_in, personas, case):
    with acting_as(personas.chloe):
        need = actions.add_need(case, by=personas.chloe, code="legal", goal="Know my rights")
        actions.save_need(need, by=personas.chloe, version=1, values={"goal": "A lawyer", "urgency": "now"})
    answer = sign_in("amina").post(page(case, need.pk), {"goal": "Papers", "version": "1"})
    shown = answer.content.decode()
    assert answer.status_code == 409 and "A lawyer" in shown and "Papers" in shown and "Chloé R." in shown


@pytest.mark.parametrize("login", ["boris", "gita"])
def test_it_is_not_found_for_those_who_do_not_see_the_file(sign_in, personas, case, login):
    with acting_as(personas.amina):
        need = actions.add_need(case, by=personas.amina, code="legal")
    other = sign_in(login)
    assert {other.get(page(case)).status_code, other.post(page(case), CHOSEN).status_code} == {404}
    assert {other.get(page(case, need.pk)).status_code, other.post(page(case, need.pk, "met")).status_code} == {404}


def test_it_is_recorded(sign_in, personas, case):
    sign_in("amina").post(page(case), CHOSEN)
    with acting_as(personas.dao):
        assert AuditEvent.objects.filter(act="need.add", user_id=personas.amina.pk).count() == 1


def test_the_day_a_need_was_met_is_kept(personas, case):
    with acting_as(personas.amina):
        need = actions.add_need(case, by=personas.amina, code="family")
        assert actions.meet_need(need, by=personas.amina, on=date(2026, 4, 1)).met_on == date(2026, 4, 1)
