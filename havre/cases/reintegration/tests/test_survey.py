"""The survey keeps every answer in its state, half of it is kept and shown as half, and nobody is asked on the way."""

import re
from datetime import date

import pytest

from havre.cases.people import actions as people
from havre.cases.reintegration import actions
from havre.cases.reintegration.models import Survey
from havre.cases.reintegration.shown import sittings
from havre.cases.reintegration.survey import Told, items
from havre.cases.screening import answers
from havre.cases.screening.models import Answer
from havre.cases.screening.rules.interview import Said
from havre.platform.accounts.claims import acting_as
from havre.platform.audit.actions import Refused

from .conftest import page

DAY = date(2026, 6, 4)


def sent(version=0, **given):
    """A dimension's form with these answers, the rest not asked: `sent(RI01="good")`."""
    data = {f"{each.code}_state": "not_asked" for each in items("economic")}
    for code, answer in given.items():
        if answer in ("declined", "unknown"):
            data[f"{code}_state"] = answer
        else:
            data |= {f"{code}_state": "answered", f"{code}_codes": answer}
    return {**data, "version": str(version)}


def economic(case):
    return page(case, "reintegration", "survey", "M0", "economic")


def test_a_survey_begins_at_a_contact_and_opens_again(sign_in, personas, case):
    amina = sign_in("amina")
    for _time in range(2):
        answer = amina.post(page(case, "reintegration", "survey"), {"contact": "M6", "on": "2026-06-04"})
        assert answer.headers["Location"].endswith("/survey/M6/economic/")
    with acting_as(personas.amina):
        assert Survey.objects.filter(case=case).count() == 1


def test_each_answer_is_kept_in_its_own_state(sign_in, personas, case, survey):
    given = sent(RI01="satisfied", RI02="declined", RI03="unknown")
    assert sign_in("amina").post(economic(case), given).status_code == 302
    with acting_as(personas.amina):
        told = Told.of(survey)
        states = [told.said(code).state for code in ("RI01", "RI02", "RI03", "RI04")]
        assert states == ["answered", "declined", "unknown", "not_asked"] and told.said("RI01").codes == ("satisfied",)


def test_half_a_survey_is_kept_and_shown_with_what_is_missing(sign_in, personas, case, survey):
    amina = sign_in("amina")
    amina.post(economic(case), sent(RI01="very_satisfied", RI02="never", RI03="yes", RI04="never", RI05="no_debt"))
    shown = amina.get(page(case, "reintegration")).content.decode()
    assert "Month 0: 5 of 9 answered" in shown and "Month 0 not scored: 0 of 11 answered" in shown
    assert "Month 0 without: social, psychosocial" in shown and "Equal weights" in shown


def test_a_change_since_the_first_survey_is_said_in_words(sign_in, personas, case, survey):
    with acting_as(personas.amina):
        later = actions.begin_survey(case, by=personas.amina, contact="M6", on=date(2026, 11, 20))
        for row, answer in ((survey, "poor"), (later, "good")):
            said = {
                each.code: Said("answered", (answer,))
                for each in items("social")
                if each.options[0].code == "very_good"
            }
            actions.save_survey(row, by=personas.amina, dimension="social", sent=said, version=0)
    shown = sign_in("amina").get(page(case, "reintegration")).content.decode()
    assert "+0.50 since the start" in shown and "Life goes better than at first" in shown
    assert "0.75, low need" in shown


def test_the_table_shows_every_answer(sign_in, case, survey):
    amina = sign_in("amina")
    amina.post(economic(case), sent(RI01="satisfied", RI02="declined"))
    shown = amina.get(page(case, "reintegration", "answers")).content.decode()
    assert "Rather not say" in shown and "Not asked" in shown and "RI32" in shown


def test_the_story_is_not_disturbed_by_a_survey(personas, case, survey):
    with acting_as(personas.amina):
        before = answers.Told(case).rows
        actions.save_survey(
            survey, by=personas.amina, dimension="economic", sent={"RI01": Said("answered", ("ok",))}, version=0
        )
        assert Answer.objects.filter(case=case).count() == len(before) + 1
        assert answers.Told(case).rows == before and answers.latest_interview(case) is None


def test_of_two_who_write_the_later_sees_both_answers(sign_in, personas, case, survey):
    with acting_as(personas.chloe):
        given = {"RI01": Said("answered", ("very_satisfied",)), "RI03": Said("answered", ("yes",))}
        actions.save_survey(survey, by=personas.chloe, dimension="economic", sent=given, version=0)
    answer = sign_in("amina").post(economic(case), sent(RI01="dissatisfied"))
    assert answer.status_code == 409 and "Very satisfied" in answer.content.decode()
    with acting_as(personas.amina):
        assert Told.of(survey).said("RI03").codes == ("yes",)


def test_an_answer_that_is_not_listed_loses_nothing(sign_in, personas, case, survey):
    answer = sign_in("amina").post(economic(case), sent(RI01="happy", RI02="rarely"))
    assert answer.status_code == 422
    assert re.search(r'name="RI02_codes" value="rarely"[^>]* checked', answer.content.decode())
    with acting_as(personas.amina):
        assert not Answer.objects.filter(case=case).exists()


@pytest.mark.parametrize("state", ["S8", "S9"])
def test_nobody_is_asked_on_the_way(sign_in, stand, case, state, refusals):
    stand(state)
    answer = sign_in("amina").post(page(case, "reintegration", "survey"), {"contact": "M0", "on": "2026-06-04"})
    assert answer.status_code == 422 and "has not arrived yet" in refusals[0]


def test_who_wants_no_contact_is_not_asked(personas, case):
    with acting_as(personas.amina):
        talk = people.Talk(on=DAY)
        people.record_consent(case, by=personas.amina, talk=talk, decisions=[people.Decision("follow_up", "refused")])
        with pytest.raises(Refused, match="does not wish to be contacted"):
            actions.begin_survey(case, by=personas.amina, contact="M0", on=DAY)


def test_a_closed_file_refuses_it(sign_in, stand, case, survey, refusals):
    stand("S13")
    amina = sign_in("amina")
    assert amina.post(economic(case), sent(RI01="ok")).status_code == 422
    assert "data-draft" not in amina.get(economic(case)).content.decode()


@pytest.mark.parametrize("login", ["boris", "gita"])
def test_it_is_not_found_for_those_who_do_not_see_the_file(sign_in, case, survey, login):
    other = sign_in(login)
    assert (other.get(economic(case)).status_code, other.post(economic(case), sent()).status_code) == (404, 404)
    assert other.get(page(case, "reintegration", "answers")).status_code == 404


def test_a_dimension_that_is_none_is_not_found(sign_in, personas, case, survey):
    assert sign_in("amina").get(page(case, "reintegration", "survey", "M0", "spiritual")).status_code == 404
    with acting_as(personas.amina):
        assert [each.row.contact for each in sittings(case)] == ["M0"]
