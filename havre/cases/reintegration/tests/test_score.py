"""The score of a survey (truth 13): all best is 1, all worst is 0, and what is missing neither helps nor harms."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from havre.cases.reintegration.rules import score
from havre.cases.reintegration.rules.score import Question

ASKED = score.questions()
DIMENSIONS = ("economic", "social", "psychosocial")


def ranked(each: Question) -> list[str]:
    """The answers of a question that are scored, worst first."""
    return sorted((code for code, value in each.scores.items() if value is not None), key=lambda c: each.scores[c])


BEST = {each.code: ranked(each)[-1] for each in ASKED if each.weight}
WORST = {each.code: ranked(each)[0] for each in ASKED if each.weight}
ANSWERS = st.fixed_dictionaries({}, optional={e.code: st.sampled_from(sorted(e.scores)) for e in ASKED if e.scores})


@pytest.mark.parametrize(("answers", "value"), [(BEST, 1), (WORST, 0)])
def test_all_best_is_one_and_all_worst_is_nought(answers, value):
    result = score.survey(answers)
    assert [result.scores[each].value for each in DIMENSIONS] == [value] * 3 and result.composite == value
    assert [result.scores[each].missing for each in DIMENSIONS] == [0] * 3


def test_a_dimension_is_a_mean_of_what_was_answered():
    result = score.survey(
        {"RI01": "very_satisfied", "RI02": "sometimes", "RI03": "no", "RI04": "never", "RI05": "no_debt"}
    )
    economic = result.scores["economic"]
    assert economic.value == pytest.approx((1 + 0.5 + 0 + 1 + 1) / 5)
    assert (economic.answered, economic.questions) == (5, 9) and economic.missing == pytest.approx(4 / 9)


def test_a_dimension_of_which_less_than_half_is_known_is_not_scored():
    result = score.survey({"RI01": "very_satisfied", "RI02": "never", "RI03": "yes", "RI04": "never"})
    assert result.scores["economic"].value is None and result.composite is None
    assert result.unscored == list(DIMENSIONS)


def test_a_survey_with_half_its_answers_is_scored_over_what_is_known():
    half = {code: answer for code, answer in BEST.items() if code <= "RI16"}
    result = score.survey(half)
    assert result.scores["economic"].value == 1 and result.scores["social"].value == 1
    assert result.unscored == ["psychosocial"] and result.composite == 1
    assert result.scores["social"].missing == pytest.approx(5 / 11)


def test_a_gap_in_a_later_survey_is_no_change():
    poor = {"RI03": "no", "RI07": "no", "RI08": "no", "RI09": "yes", "RI01": "very_dissatisfied"}
    first = score.survey({**BEST, **poor})
    last = score.survey({code: answer for code, answer in BEST.items() if code >= "RI11"})
    assert last.unscored == ["economic"] and last.composite > first.composite
    assert score.change(first, last) == 0


def test_nothing_to_compare_is_no_change_told():
    assert score.change(score.survey(BEST), score.survey({})) is None


def test_nothing_answered_is_nothing_scored():
    result = score.survey({})
    assert result.composite is None and all(each.missing == 1 for each in result.scores.values())


def test_who_can_stay_is_not_asked_whether_they_need_to_leave():
    assert score.survey(BEST).scores["psychosocial"].questions == 9
    assert score.survey({**BEST, "RI30": "no", "RI31": "wish"}).scores["psychosocial"].questions == 10


def test_a_household_without_children_is_not_judged_by_its_school():
    without = score.survey({**WORST, "RI14": "none_there"}).scores["social"]
    assert (without.questions, without.missing, without.value) == (10, 0, 0)


def test_an_answer_that_left_the_list_counts_as_missing():
    assert score.survey({**BEST, "RI01": "gone"}).scores["economic"].answered == 8


@pytest.mark.parametrize(
    ("value", "band"), [(0, "high"), (0.329, "high"), (0.33, "medium"), (0.66, "medium"), (0.661, "low"), (1, "low")]
)
def test_each_score_lies_in_one_band(value, band):
    assert score.band(value) == band


@given(ANSWERS)
def test_a_score_lies_between_nought_and_one(answers):
    result = score.survey(answers)
    known = [each.value for each in result.scores.values() if each.value is not None]
    assert all(0 <= value <= 1 for value in known)
    assert (result.composite is None) == (not known)
    assert result.composite is None or min(known) - 1e-9 <= result.composite <= max(known) + 1e-9


@given(ANSWERS, st.sampled_from([each for each in ASKED if each.weight and not each.only_if and each.code != "RI30"]))
def test_a_better_answer_never_lowers_the_score(answers, each):
    worse = score.survey({**answers, each.code: ranked(each)[0]}).scores[each.dimension]
    better = score.survey({**answers, each.code: ranked(each)[-1]}).scores[each.dimension]
    assert (worse.value is None) == (better.value is None)
    assert worse.value is None or better.value >= worse.value


@given(ANSWERS)
def test_an_answer_to_one_dimension_leaves_the_others(answers):
    economic = {each.code for each in ASKED if each.dimension == "economic"}
    without = {code: answer for code, answer in answers.items() if code not in economic}
    told, less = score.survey(answers), score.survey(without)
    assert [told.scores[each] for each in DIMENSIONS[1:]] == [less.scores[each] for each in DIMENSIONS[1:]]
