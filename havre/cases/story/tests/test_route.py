"""The small map: every part has its number, and the ground is light."""

import re

import pytest

from havre.cases.story.route import ROUND, Step, chained, draw
from havre.platform.ui.land import HEIGHT, MOST, WIDTH, View, land

WAY = [
    Step(1, "recruitment", "LB", "TR"),
    Step(2, "transit", "", "TN"),
    Step(3, "transit", "", "FR"),
    Step(4, "exploitation", "FR", "FR"),
]


def test_a_part_begins_where_the_one_before_it_led():
    assert [(step.start, step.end) for step in chained(WAY)][1:3] == [("TR", "TN"), ("TN", "FR")]


def test_each_part_has_its_number_and_those_that_lead_abroad_a_curve():
    drawing = draw(WAY)
    assert [mark.number for mark in drawing.marks] == [1, 2, 3, 4] and len(drawing.curves) == 3
    assert {mark.stage for mark in drawing.marks} == {"recruitment", "transit", "exploitation"}


@pytest.mark.parametrize("code", ["LB", "RE", "XK", "NA", "FJ", "AQ"])
def test_parts_within_one_country_stand_beside_each_other(code):
    marks = draw([Step(number, "exploitation", code, code) for number in (1, 2, 3)]).marks
    pairs = [(one, other) for one in marks for other in marks if one.number < other.number]
    assert all(abs(a.x - b.x) >= 2 * ROUND or abs(a.y - b.y) >= 2 * ROUND for a, b in pairs)
    assert all(0 < mark.x < WIDTH and 0 < mark.y < HEIGHT for mark in marks)


def test_without_a_country_there_is_no_map():
    assert draw([Step(1, "transit", "", "")]) is None and draw([]) is None


def test_a_part_without_a_country_keeps_its_number_in_the_list_only():
    assert [mark.number for mark in draw([Step(1, "transit", "", ""), Step(2, "transit", "", "FR")]).marks] == [2]


def test_a_way_over_the_pacific_does_not_go_round_the_world():
    curve = draw([Step(1, "transit", "PH", "US")]).curves[0].d
    (x1, _y1), *_bend, (x2, _y2) = ((int(x), int(y)) for x, y in re.findall(r"(-?\d+) (-?\d+)", curve))
    assert x1 < x2


def test_a_way_and_the_way_back_are_two_curves():
    there, back, again = draw(
        [Step(n, "transit", *way) for n, way in enumerate(("FRDE", "DEFR", "FRDE"), 1) for way in [(way[:2], way[2:])]]
    ).curves
    assert len({there.d, back.d, again.d}) == 3


@pytest.mark.parametrize("view", [View(-20, -70, 60), View(-180, -100, 360), View(0, -60, 14), View(150, -60, 120)])
def test_the_ground_is_light_and_in_sight(view):
    path, scale = land(view)
    assert 100 < len(path) < MOST + 1500
    assert re.fullmatch(r"(M-?\d+[ -]\d+l[-\d ]+z)+", path) and scale < 13
