"""A risk is judged before and after measures, superseded and never overwritten; a return waits for a low one."""

from datetime import date

import pytest
from django.db import transaction
from django.db.utils import IntegrityError

from havre.cases.assistance import actions
from havre.cases.assistance.models import Risk
from havre.cases.assistance.panels import risk_facts
from havre.cases.assistance.rules import risk as rules
from havre.cases.assistance.standing import return_risk_allows, risk_level
from havre.platform.accounts.claims import acting_as
from havre.platform.audit.actions import Refused

SENT = {"about": "person", "threat": "They look for her.", "likelihood": "4", "impact": "3", "own_view": "I am calmer."}
AFTER = {"residual_likelihood": 3, "residual_impact": 2}


def page(case, *more):
    return "/".join(["", "people", case.reference, "risks", *map(str, more), ""])


@pytest.fixture
def judge(personas, case):
    """Judges a risk: `judge("return", 4, 4)`."""

    def assess(about: str, likelihood: int, impact: int, again: Risk | None = None, **more: object) -> Risk:
        values = {"about": about, "likelihood": likelihood, "impact": impact, **more}
        with acting_as(personas.amina):
            return actions.assess_risk(case, by=personas.amina, values=values, again=again)

    return assess


@pytest.mark.parametrize(
    ("score", "level"),
    [
        (1, "low"),
        (4, "low"),
        (5, "medium"),
        (9, "medium"),
        (10, "high"),
        (15, "high"),
        (16, "extreme"),
        (25, "extreme"),
    ],
)
def test_a_score_has_its_level(score, level):
    assert rules.level(score) == level


def test_no_score_has_none():
    assert rules.level(None) == "" and rules.worst([]) == "" and not rules.allows([])


@pytest.mark.parametrize(
    ("risks", "allowed"),
    [([(9, False)], True), ([(10, False)], False), ([(25, True)], True), ([(4, False), (16, False)], False)],
)
def test_a_return_waits_for_every_risk_to_be_below_high_or_overridden(risks, allowed):
    assert rules.allows(risks) is allowed


def test_a_risk_is_judged_on_the_page(sign_in, personas, case):
    amina = sign_in("amina")
    assert amina.post(page(case, "new"), SENT).status_code == 302
    shown = amina.get(page(case)).content.decode()
    assert "They look for her." in shown and "I am calmer." in shown and "not judged yet" in shown
    assert "Provisional" in shown
    with acting_as(personas.amina):
        assert risk_level(case, "person") == "high" and risk_level(case, "family") == ""


def test_judged_again_it_takes_the_place_of_the_earlier_one(sign_in, personas, case, judge):
    first = judge("person", 4, 3)
    sent = {"likelihood": "4", "impact": "3", "residual_likelihood": "3", "residual_impact": "2", "version": "1"}
    assert sign_in("amina").post(page(case, first.pk), sent).status_code == 302
    with acting_as(personas.amina):
        assert risk_level(case, "person") == "medium"
        assert Risk.objects.filter(case=case).count() == 2 and Risk.objects.standing().count() == 1


def test_of_two_who_judge_it_the_later_sees_both(sign_in, case, judge):
    first = judge("person", 4, 3, own_view="Hers.")
    judge("person", 5, 5, again=first, own_view="Theirs.")
    sent = {"likelihood": "2", "impact": "2", "own_view": "Mine.", "version": "1"}
    amina = sign_in("amina")
    answer = amina.post(page(case, first.pk), sent)
    shown = answer.content.decode()
    assert answer.status_code == 409 and "Mine." in shown and "Theirs." in shown and "Almost certain" in shown
    assert amina.post(page(case, first.pk), {**sent, "version": "2"}).status_code == 302


@pytest.mark.parametrize(
    "sent",
    [{"likelihood": "9"}, {"likelihood": ""}, {"impact": "0"}, {"about": "weather"}, {"residual_likelihood": "2"}],
)
def test_bad_input_loses_nothing(sign_in, personas, case, sent):
    answer = sign_in("amina").post(page(case, "new"), {**SENT, **sent})
    assert answer.status_code == 422 and "They look for her." in answer.content.decode()
    with acting_as(personas.amina):
        assert not Risk.objects.exists()


@pytest.mark.parametrize("values", [{"likelihood": 9}, {"impact": 0}, {"residual_likelihood": 2}])
def test_the_database_refuses_it_too(judge, values):
    with pytest.raises(IntegrityError), transaction.atomic():
        judge("person", **{"likelihood": 3, "impact": 3, **values})


def test_an_unjudged_return_waits(personas, case, judge):
    with acting_as(personas.amina):
        assert not return_risk_allows(case)
    judge("return", 3, 3)
    with acting_as(personas.amina):
        assert return_risk_allows(case)


def test_a_high_return_goes_on_only_by_a_written_decision(sign_in, personas, case, judge):
    risk = judge("return", 4, 4)
    chloe = sign_in("chloe")
    assert "The journey waits" in chloe.get(page(case)).content.decode()
    assert chloe.post(page(case, risk.pk, "override"), {"reason": ""}).status_code == 422
    assert chloe.post(page(case, risk.pk, "override"), {"reason": "She knows it."}).status_code == 302
    with acting_as(personas.amina):
        assert return_risk_allows(case) and risk_level(case, "return") == "extreme"
    judge("return", 5, 5, again=risk)
    with acting_as(personas.amina):
        assert not return_risk_allows(case)


def test_a_caseworker_cannot_decide_so(sign_in, personas, case, judge, refusals):
    risk = judge("return", 4, 4)
    assert sign_in("amina").post(page(case, risk.pk, "override"), {"reason": "I say so."}).status_code == 403
    with acting_as(personas.amina), pytest.raises(Refused):
        actions.override_risk(risk, by=personas.amina, reason="I say so.")


@pytest.mark.parametrize(("about", "score"), [("person", 5), ("return", 2)])
def test_only_a_high_risk_of_a_journey_waits_for_it(personas, case, judge, about, score):
    risk = judge(about, score, score)
    with acting_as(personas.chloe), pytest.raises(Refused, match="Only a high"):
        actions.override_risk(risk, by=personas.chloe, reason="No need.")


def test_the_safety_card_has_the_worst_one_with_her_own_view(personas, case, judge):
    judge("person", 2, 2)
    judge("person", 4, 3, own_view="I am calmer.", review_on=date(2026, 12, 7), **AFTER)
    judge("return", 5, 5)
    with acting_as(personas.amina):
        facts = {each.label: each.value for each in risk_facts(case)}
    assert facts["Risk now"] == "High, 12 of 25" and facts["After measures"] == "Medium, 6"
    assert facts["In the person’s words"] == "“I am calmer.”" and "Amina D." in facts["Review"]


def test_without_any_the_card_says_nothing(personas, case):
    with acting_as(personas.amina):
        assert risk_facts(case) == []


@pytest.mark.parametrize("login", ["boris", "gita"])
def test_it_is_not_found_for_those_who_do_not_see_the_file(sign_in, case, judge, login):
    risk, other = judge("person", 4, 4), sign_in(login)
    for at in (page(case), page(case, "new"), page(case, risk.pk)):
        assert other.get(at).status_code == 404
    assert other.post(page(case, "new"), SENT).status_code == 404
