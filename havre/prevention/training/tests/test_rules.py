"""What a test shows and when each level is due."""

from __future__ import annotations

from datetime import date

import pytest

from havre.prevention.training import codes, forms, rules


@pytest.mark.parametrize(
    "pre, post, top, gain",
    [(4, 8, 12, 0.5), (0, 20, 20, 1), (10, 5, 20, -0.5), (20, 20, 20, None), (None, 5, 20, None), (5, 6, None, None)],
)
def test_the_gain_is_of_what_was_left_to_learn(pre, post, top, gain):
    assert rules.gain(pre, post, top) == gain


def test_the_gain_of_a_group_is_said_both_ways_for_they_differ():
    found = rules.group_gain([(0, 5), (8, 9), (10, 10), (3, None)], 10)
    assert (found.people, found.full, found.each, found.whole) == (3, 1, 0.5, 0.5)
    found = rules.group_gain([(0, 2), (9, 10)], 10)
    assert (found.each, found.pre, found.post) == (0.6, 4.5, 6)
    assert found.whole == pytest.approx(1.5 / 5.5)


def test_of_a_group_that_knew_everything_nothing_is_said():
    assert (rules.group_gain([(10, 10)], 10).each, rules.group_gain([(10, 10)], 10).whole) == (None, None)
    assert rules.group_gain([], 10).people == 0


def test_each_level_has_its_time():
    begins, ends = date(2026, 1, 30), date(2026, 1, 31)
    states = lambda day, done=(): [each.state for each in rules.levels(begins, ends, done, day)]  # noqa: E731
    assert states(date(2026, 1, 29)) == ["waits"] * 4
    assert states(date(2026, 1, 31)) == ["due", "due", "waits", "waits"]
    assert states(date(2026, 4, 30), {1, 2}) == ["done", "done", "due", "waits"]
    assert states(date(2026, 8, 1), {1}) == ["done", "late", "late", "due"]
    assert rules.levels(begins, ends, (), ends)[2].first == date(2026, 4, 30)


def test_a_code_is_read_however_it_is_typed_and_a_name_compared_as_people_write_it(db):
    code = codes.fresh()
    assert codes.bare(f" {codes.spelt(code).lower()} ") == code and codes.bare("made-up") == ""
    assert (
        codes.named(code, "Ève  Rémond") == codes.named(code, "REMOND Eve") != codes.named(codes.fresh(), "Ève Rémond")
    )
    assert codes.named(code, "Ève Rémond") != codes.named(code, "Ève Remont")


@pytest.mark.parametrize(
    "line, title, hours",
    [("Signs, 1.5", "Signs", "1.5"), ("Law – 2 h", "Law", "2"), ("Talk, listen", "Talk, listen", None)],
)
def test_a_module_is_typed_on_a_line(line, title, hours):
    found = forms.part_of(line)
    assert (found[0], None if found[1] is None else str(found[1])) == (title, hours)
