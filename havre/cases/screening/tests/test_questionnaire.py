"""The interview is data, each question bears on what it says, and silence rules nothing out."""

import csv
from pathlib import Path

import pytest

from havre.cases.screening import questionnaire
from havre.cases.screening.rules.finding import Element, compute, element
from havre.kernel.vocabularies import BrokenList, load

SHARED = Path(__file__).parents[4].parent / "shared" / "domain" / "screening_form_items.csv"
KEPT = Path(__file__).parent / "data" / "screening_form_items.csv"
FOLDER = Path(questionnaire.__file__).parent
NOTHING = {
    "D07": ("answered", ["none"]),
    "D08": ("answered", ["no"]),
    "E06": ("answered", ["none"]),
    "F06": ("answered", ["none"]),
    "F07": ("answered", ["none"]),
    "F11": ("answered", ["none"]),
}


def elements(answers: dict[str, tuple[str, list[str]]]) -> tuple[Element, Element, Element]:
    told = questionnaire.element_answers(answers)
    given = {name: [one.answer for one in told if one.element == name] for name in questionnaire.ELEMENTS}
    return element(given["ACT"]), element(given["MEANS"]), element(given["PURPOSE"])


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HAVRE_VOCABULARIES", str(tmp_path))
    return tmp_path


def test_every_item_of_the_form_is_there_with_its_element() -> None:
    with (SHARED if SHARED.exists() else KEPT).open(encoding="utf-8", newline="") as file:
        form = [(row["item"], row["element"]) for row in csv.DictReader(file)]
    ours = {item.code: item.element for item in questionnaire.items()}
    assert len(form) == 56 and [(code, ours.get(code)) for code, _ in form] == form


def test_sections_run_from_a_to_h_and_hold_all_items() -> None:
    codes = [section.code for section in questionnaire.sections()]
    assert codes == list("ABCDEFGH")
    assert [item for code in codes for item in questionnaire.items(code)] == list(questionnaire.items())


def test_every_choice_has_options_and_nothing_else_has() -> None:
    for item in questionnaire.items():
        if item.kind in {"choice", "multi", "bool"}:
            assert len(item.options) >= 2, item.code
        elif item.kind != "elsewhere":
            assert not item.options, item.code


def test_a_yes_or_no_is_offered_as_such() -> None:
    assert all({"yes", "no"} == {o.code for o in item.options} for item in questionnaire.items() if item.kind == "bool")


def test_an_option_shows_only_the_element_its_item_asks_about() -> None:
    shown = {(i.code, e, i.element) for i in questionnaire.items() for o in i.options for e, _, _ in o.shows}
    # Taken by force and handed over for money tell of the act and of the means alike.
    assert {found for found in shown if found[1] != found[2]} == {("D02", "MEANS", "ACT")}


def test_methods_of_control_are_those_of_the_data_standard() -> None:
    codes = {option.code for option in questionnaire.item("F07").options}
    assert codes - {"none"} == set(load("vic_MethodsOfControl").codes)


def test_what_rests_on_a_choice_of_ours_is_marked_so() -> None:
    with (FOLDER / "options.csv").open(encoding="utf-8", newline="") as file:
        assert {row["status"] for row in csv.DictReader(file) if row["element_code"]} == {"provisional", "local"}


def test_each_element_can_be_ruled_out_and_found() -> None:
    some = {"E06": ("answered", ["A4"]), "D08": ("answered", ["yes"]), "F11": ("answered", ["P3"])}
    assert elements(NOTHING) == ("no", "no", "no")
    assert elements(some) == ("yes", "yes", "yes")


@pytest.mark.parametrize("code", sorted(NOTHING))
@pytest.mark.parametrize("state", ["declined", "unknown", "not_asked"])
def test_a_question_without_an_answer_rules_nothing_out(code: str, state: str) -> None:
    changed = {**NOTHING, code: (state, ["none"])}
    assert "unknown" in elements(changed) and "yes" not in elements(changed)


def test_with_no_answer_the_person_is_a_possible_victim() -> None:
    assert compute("unknown", *elements({})) == "PossibleVictimOfTrafficking"


def test_a_yes_beside_none_of_these_stays_a_yes() -> None:
    told = questionnaire.element_answers({"D07": ("answered", ["M6", "none"])})
    assert [(one.code, one.answer) for one in told if one.item == "D07"] == [("M6", "yes")]


def test_each_answer_says_from_which_item_it_comes() -> None:
    told = questionnaire.element_answers({"C05": ("answered", ["exploiter"]), "D02": ("answered", ["kidnapping"])})
    assert [tuple(one) for one in told if one.answer == "yes"] == [
        ("MEANS", "M3", "yes", "C05"),
        ("ACT", "A2", "yes", "D02"),
        ("MEANS", "M4", "yes", "D02"),
    ]


def test_answers_to_unknown_items_and_options_are_passed_over() -> None:
    assert elements({"X99": ("answered", ["none"]), "D07": ("answered", ["gone"])}) == ("unknown",) * 3


def test_texts_come_in_the_language_asked_for() -> None:
    item = questionnaire.item("D08")
    assert item.question("fr").startswith("Quelqu’un a-t-il reçu de l’argent")
    assert item.question("ar") == item.question("en")
    assert item.choices("fr") == [("yes", "Oui"), ("no", "Non")] and item.option_label("gone", "fr") == "gone"


def test_the_version_follows_the_files(own: Path) -> None:
    before = questionnaire.version()
    text = (FOLDER / "items.csv").read_text("utf-8").replace("How did it begin?", "How did all this begin?")
    (own / "screening_items.csv").write_text(text, "utf-8")
    questionnaire._load.cache_clear()
    assert len(before) == 8 and questionnaire.version() != before
    assert questionnaire.item("D02").question("en") == "How did all this begin?"


@pytest.mark.parametrize(
    ("name", "old", "new", "fault"),
    [
        ("items", ",money_paid,", ",money_lost,", "D08: no list money_lost"),
        ("items", "D08,D,bool", "D08,D,guess", "D08: no kind guess"),
        ("options", "none:PURPOSE", "none:REASON", "purposes none: no element none:REASON"),
        ("options", ",M9,", ",M10,", "no element M10"),
    ],
)
def test_a_broken_questionnaire_says_where(own: Path, name: str, old: str, new: str, fault: str) -> None:
    text = (FOLDER / f"{name}.csv").read_text("utf-8")
    assert old in text
    (own / f"screening_{name}.csv").write_text(text.replace(old, new), "utf-8")
    with pytest.raises(BrokenList, match=fault):
        questionnaire.items()
