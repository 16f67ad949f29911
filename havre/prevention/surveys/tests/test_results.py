"""What the answers show: paired or not, exposed against comparison, in sentences of both languages."""

import pytest

from havre.platform.accounts.claims import acting_as
from havre.prevention.surveys import actions, codes
from havre.prevention.surveys.models import Item
from havre.prevention.surveys.results import figures, telling
from havre.prevention.surveys.results.figures import Said

K = [Item(code="K1", kind="knowledge", right=True), Item(code="K2", kind="knowledge", right=False)]
A = [Item(code="A1", kind="attitude", reverse=True), Item(code="A2", kind="attitude")]
P = [Item(code="P1", kind="practice")]


def people(wave, group, many, answers, start=0, coded=True):
    return [
        Said(wave, group, bytes([n, group == "exposed"]) if coded else None, answers(n))
        for n in range(start, start + many)
    ]


def one_right(n):
    return {"K1": True, "K2": "unknown", "A1": 1 + n % 3, "A2": 5 - n % 3, "P1": n % 2 == 0}


def most_right(n):
    return {"K1": True, "K2": n % 4 == 0, "A1": 1, "A2": 5, "P1": True}


def test_the_same_people_are_compared_by_pairs_and_different_ones_by_groups():
    said = people("pre", "exposed", 20, one_right) + people("post", "exposed", 15, most_right)
    change = figures.of(said, K).measures[0].changes[0]
    assert change.pairs == 15 and change.test.value == pytest.approx(
        sum(0 if n % 4 == 0 else 0.5 for n in range(15)) / 15
    )
    strangers = people("pre", "exposed", 20, one_right) + people("post", "exposed", 15, most_right, start=100)
    assert figures.of(strangers, K).measures[0].changes[0].pairs is None


def test_those_reached_are_set_against_the_comparison():
    said = people("pre", "exposed", 20, one_right) + people("post", "exposed", 20, most_right)
    said += people("pre", "comparison", 12, one_right) + people("post", "comparison", 12, one_right)
    found = figures.of(said, K + A + P)
    more = {measure.kind: measure.more[0].test.value for measure in found.measures}
    assert more["knowledge"] == pytest.approx(0.375) and more["attitude"] > 0 and more["practice"] == pytest.approx(0.5)
    assert [(each.before, each.again) for each in found.losses] == [(20, 20), (12, 12)]
    assert "gained 38 points more than the comparison" in telling.headline(found)


def test_turning_is_counted_for_each_question():
    said = people("pre", "exposed", 20, one_right) + people("post", "exposed", 20, most_right)
    asked = {each.item.code: each for each in figures.of(said, K).asked}
    assert (asked["K2"].turned.gained, asked["K2"].turned.lost) == (15, 0)
    assert asked["K1"].turned.p == 1 and asked["K1"].waves["pre"].value == 1


def test_whoever_says_nothing_of_a_kind_has_no_score_and_nobody_is_no_error():
    assert figures.score(Said("pre", "exposed", None, {"A1": 2}), "knowledge", K) is None
    assert figures.score(Said("pre", "exposed", None, {"K1": True}), "knowledge", K) == 0.5
    found = figures.of([], K + A)
    assert found.people == 0 and telling.headline(found) == "Nobody has answered yet."
    single = figures.of(people("pre", "exposed", 1, one_right), K + A + P)
    assert "One wave alone" in telling.headline(single)


def test_loss_without_codes_says_that_nobody_knows():
    said = people("pre", "exposed", 9, one_right, coded=False) + people("post", "exposed", 3, one_right, coded=False)
    (loss,) = figures.of(said, K).losses
    assert (loss.before, loss.after, loss.again) == (9, 3, None)
    assert "nobody knows who came back" in telling.lost(loss)


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "words"), [("en", "What people know"), ("fr", "Ce que les gens savent")])
def test_the_pages_show_it_in_both_languages(asked, sign_in, language, words):
    cells = (("exposed", "pre", short), ("exposed", "post", long), ("comparison", "pre", short))
    told = {"sex": "female", "age_group": "18", "on": "2026-03-12"}
    rows = [
        {**told, "wave": wave, "group": group, "answers": answers(n), "person": person(asked, f"AA{n:02}{group}")}
        for group, wave, answers in (*cells, ("comparison", "post", short))
        for n in range(12)
    ]
    with acting_as(asked.by):
        actions.load(asked.survey, name="x.csv", digest="0" * 64, rows=rows, by=asked.by)
    browser = sign_in("amina", language=language)
    for page in ("results", "evaluation"):
        assert words in browser.get(f"/prevention/surveys/{asked.survey.pk}/{page}/").content.decode()
    assert browser.get(f"/prevention/surveys/{asked.survey.pk}/answers/").context["total"] == 48


def person(asked, code):
    return codes.person(asked.survey.pk, code)


def short(n):
    return {"K1": n % 3 != 0, "K2": "unknown", "A1": 3, "P1": False}


def long(n):
    return {"K1": False, "K2": True, "A1": 1 + n % 2, "P1": True}
