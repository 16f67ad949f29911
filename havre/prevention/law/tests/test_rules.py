"""Articles, differences between versions, what is missing, and the 3P index."""

from __future__ import annotations

from datetime import UTC, date, datetime
from types import SimpleNamespace
from uuid import uuid4

import pytest

from havre.prevention.law.rules import coverage, scores
from havre.prevention.law.rules.articles import split
from havre.prevention.law.rules.differences import compared, words
from havre.prevention.law.rules.register import one_of_each

OLD = """An Act
Article 1. Definition
Trafficking means recruitment by force.
Article 2. Penalty
Five to ten years.
Article 3. Repeal
The Act of 1950 is repealed."""
NEW = """An Act
Article 1. Definition
Trafficking means recruitment or transport by force.
Article 2. No punishment
A person who was trafficked is not punished for what they were made to do.
Article 3. Penalty
Five to ten years."""


@pytest.mark.parametrize(
    "line, number",
    [
        ("Article 12", "12"),
        ("ARTICLE PREMIER. – Définition", "1"),
        ("Art. 4 bis. Indemnisation", "4 bis"),
        ("Section 3(a)", None),
        ("المادة 7: التعويض", "7"),
        ("Article IV", "iv"),
        ("Article 3 of the Code applies.", None),
        ("The article 3", None),
    ],
)
def test_a_line_begins_an_article_or_not(line, number):
    assert split(f"before\n{line}\nwords")[-1].number == (number or "")


def test_a_text_without_articles_is_one_and_twice_the_same_number_is_told_apart():
    assert [each.number for each in split("Some words.")] == [""]
    assert [each.number for each in split("Article 1\na\nArticle 1\nb")] == ["1", "1 (2)"]
    assert split("")[0].body == ""


def test_an_article_that_moved_is_found_again():
    pairs = compared(split(OLD), split(NEW))
    assert [(each.number, each.state) for each in pairs] == [
        ("", "same"),
        ("1", "changed"),
        ("2", "added"),
        ("3", "renumbered"),
        ("3", "removed"),
    ]
    changed = pairs[1]
    assert [each.text.strip() for each in changed.new if each.kind == "added"] == ["or transport"]
    assert all(each.kind == "same" for each in changed.old)


@pytest.mark.parametrize("before, after", [("a b  c", "a b\nd"), ("", "x"), ("un deux, trois", "un trois"), ("é", "")])
def test_no_word_of_either_is_lost(before, after):
    old, new = words(before, after)
    assert "".join(each.text for each in old).split() == before.split()
    assert "".join(each.text for each in new).split() == after.split()


def test_a_very_long_article_is_compared_by_lines():
    text = "\n".join(f"line {number} of the act" for number in range(1500))
    old, new = words(text, text.replace("line 700 ", "row 700 "))
    assert [each.text.strip() for each in new if each.kind == "added"] == ["row 700 of the act"]
    assert len(old) == len(new) == 3


def test_what_is_missing_is_counted_by_group():
    act, means, purpose, points = coverage.tally({"A1": "yes", "A2": "no", "P7": "partly", "NON_PUNISHMENT": "no"})
    assert (act.yes, act.no, act.unread, act.total) == (["A1"], ["A2"], ["A3", "A4", "A5"], 5)
    assert (means.total, purpose.partly, points.no, points.total) == (9, ["P7"], ["NON_PUNISHMENT"], 11)
    assert coverage.best([{"A1": "no", "A2": "yes"}, {"A1": "partly"}]) == {"A1": "partly", "A2": "yes"}
    assert coverage.too_short(29) and not coverage.too_short(30) and not coverage.too_short(None)


def test_the_index_is_the_unweighted_sum_of_scores_from_one_to_five():
    assert (scores.total(1, 1, 1), scores.total(5, 5, 5), scores.total(4, 2, 3)) == (3, 15, 9)
    for wrong in (0, 6):
        with pytest.raises(ValueError):
            scores.total(wrong, 3, 3)


def test_the_trend_joins_neighbouring_years_alone():
    drawn = scores.drawing([(2000, 3), (2001, 9), (2004, 15)])
    assert [(one.year, other.year) for one, other in drawn.lines] == [(2000, 2001)]
    assert [(each.x, each.y) for each in drawn.marks] == [(30.0, 102.0), (100.0, 57.0), (310.0, 12.0)]


def test_of_several_that_say_the_same_thing_ones_own_counts_then_the_surest():
    mine, day = uuid4(), date(2026, 1, 1)

    def said(owner, standing, checked=None):
        at = datetime(2026, 1, 1, tzinfo=UTC)
        return SimpleNamespace(owner_id=owner, standing=standing, checked_on=checked, changed_at=at)

    rows = [said(uuid4(), "checked", day), said(mine, "recalled"), said(uuid4(), "checked")]
    assert one_of_each(rows, lambda row: 0, mine)[0] is rows[1]
    assert one_of_each(rows, lambda row: 0, None)[0] is rows[0]
