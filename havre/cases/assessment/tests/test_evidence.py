"""What is known already fills the indicators: answers of the screening, codes of the story, and a mark above both."""

from datetime import date

import pytest

from havre.cases.assessment import lists
from havre.cases.assessment.evidence import known, questions
from havre.cases.assessment.models import IndicatorMark
from havre.cases.screening import questionnaire
from havre.cases.screening.rules.interview import Said
from havre.kernel.vocabularies import BrokenList, load

TODAY = date(2026, 4, 1)


def told(codes=None, marks=None, child=False, **said):
    answered = {item: Said("answered", tuple(text.split(";"))) for item, text in said.items()}
    return known(answered, codes or {}, marks or {}, child)


@pytest.mark.parametrize(
    ("said", "indicator", "answer"),
    [
        ({"F07": "WithholdsDocuments"}, "CD01", "yes"),
        ({"C05": "recruiter"}, "CR05", "yes"),
        ({"F07": "none"}, "CD01", "no"),
        ({"F07": "DebtBondage"}, "CD01", None),
        ({"F04": "14"}, "EX01", "yes"),
        ({"F04": "8"}, "EX01", None),
        ({"F05": "0 EUR"}, "EX02", "yes"),
        ({"F05": "300 EUR"}, "EX02", None),
        ({"D06": "paid"}, "CR04", "no"),
    ],
)
def test_an_answer_shows_an_indicator_or_rules_it_out(said, indicator, answer):
    assert told(**said).answers.get(indicator) == answer


def test_a_figure_stands_as_it_was_said():
    assert [basis.code for basis in told(F04="14").bases] == ["14"]


def test_one_yes_goes_before_a_no():
    assert told(F07="none", F06="leave").answers["CD03"] == "yes"


def test_who_would_rather_not_say_says_neither_yes_nor_no():
    assert known({"F07": Said("declined")}, {}, {}, False).answers == {}


def test_a_code_of_the_story_shows_an_indicator_too():
    assert told({("vic_MethodsOfControl", "DebtBondage"): "yes"}).answers == {"CD02": "yes"}


def test_what_a_worker_wrote_of_the_story_stands_over_the_answer():
    there = told({("vic_MethodsOfControl", "DebtBondage"): "no"}, F07="DebtBondage")
    assert there.answers == {"CD02": "no"} and there.ilo == []


def test_a_mark_goes_before_the_answers_and_an_empty_one_does_not():
    marks = {("delphi", "CD01"): IndicatorMark(answer="no"), ("delphi", "CD02"): IndicatorMark(answer="")}
    there = told(marks=marks, F07="WithholdsDocuments;DebtBondage")
    assert (there.answers["CD01"], there.answers["CD02"]) == ("no", "yes")


def test_methods_of_control_fill_in_the_eleven():
    assert told({("vic_MethodsOfControl", "TakesEarnings"): "yes"}, F07="PhysicalAbuse").ilo == ["5", "8"]


@pytest.mark.parametrize(
    ("said", "child", "profile"),
    [
        ({}, False, "adult_labour"),
        ({"F02": "agriculture"}, True, "child_labour"),
        ({"F02": "prostitution"}, False, "adult_sexual"),
        ({"F11": "P2"}, True, "child_sexual"),
    ],
)
def test_the_profile_follows_the_file(said, child, profile):
    assert told(child=child, **said).profile == profile


def test_every_source_is_an_answer_that_can_be_given():
    for source in lists.sources():
        if source.kind == "code":
            assert source.answer in load(source.source)
        else:
            options = [option.code for option in questionnaire.item(source.source).options]
            assert source.kind != "answer" or source.answer in options


def test_every_source_is_provisional_and_asked():
    with lists.SHIPPED.open(encoding="utf-8") as file:
        assert all(",provisional," in line for line in file.readlines()[1:])
    assert {"F07", "F04", "F02"} <= questions()


def test_a_list_of_sources_with_an_unknown_indicator_is_refused(tmp_path, monkeypatch):
    monkeypatch.setenv("HAVRE_VOCABULARIES", str(tmp_path))
    head = "kind,source,answer,shows,indicators,status,note\n"
    (tmp_path / lists.NAME).write_text(f"{head}answer,F07,DebtBondage,yes,ZZ99,provisional,\n", "utf-8")
    with pytest.raises(BrokenList, match="ZZ99"):
        lists.sources()
