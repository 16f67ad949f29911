"""The drawing: one scale for all, a visit that was not scored as an open mark, and nothing a language could break."""

import re

from django.template.loader import render_to_string
from django.utils.translation import override

from havre.cases.reintegration.chart import HIGH, WIDE, Visit, draw

TICKS = [(0, "M0"), (3, "M3"), (6, "M6"), (12, "M12")]
LEVELS = ["0.00", "0.33", "0.66", "1.00"]


def drawn(*visits: Visit):
    return draw(visits, TICKS, LEVELS, "0.58")


def test_nought_lies_at_the_bottom_and_one_at_the_top():
    marks = drawn(Visit(0, "M0", 0), Visit(12, "M12", 1)).scored
    assert [(float(mark.x), float(mark.y)) for mark in marks] == [(0, HIGH), (WIDE, 0)]


def test_the_first_score_is_the_baseline():
    assert drawn(Visit(0, "M0", 0.5), Visit(6, "M6", 1)).baseline == "55.5"


def test_an_unscored_visit_is_an_open_mark_on_the_line():
    chart = drawn(Visit(0, "M0", 0.4), Visit(6, "M6", None), Visit(12, "M12", 0.6))
    assert [(mark.x, mark.y) for mark in chart.unscored] == [("95.0", "55.5")] and len(chart.scored) == 2


def test_a_score_without_one_of_its_parts_is_open_too():
    assert drawn(Visit(0, "M0", 0.4, partial=True), Visit(6, "M6", 0.5)).scored[0].open


def test_one_at_the_end_stands_at_the_height_of_the_last():
    assert drawn(Visit(0, "M0", 1), Visit(6, "M6", None)).unscored[0].y == "0.0"


def test_no_score_at_all_draws_the_bands_and_open_marks_only():
    chart = drawn(Visit(0, "M0", None))
    assert (chart.path, chart.baseline, chart.last) == ("", "", None)
    assert len(chart.bands) == 3 and len(chart.unscored) == 1


def test_a_visit_after_two_years_makes_the_axis_longer():
    chart = draw([Visit(0, "M0", 0.4), Visit(24, "M24", 0.5)], [*TICKS, (24, "M24")], LEVELS, "0.50")
    assert chart.scored[-1].x == f"{WIDE}" and chart.across[3].at == f"{WIDE / 2}"


def test_the_first_figure_stands_beside_its_mark():
    assert drawn(Visit(0, "M0", 0.2)).last_anchor == "start"
    assert drawn(Visit(0, "M0", 0.2), Visit(6, "M6", 0.3)).last_anchor == "middle"


def test_in_french_the_figures_have_a_comma_and_the_drawing_keeps_its_points():
    chart = draw([Visit(0, "M0", None)], TICKS, ["0,00", "0,33", "0,66", "1,00"], "")
    with override("fr"):
        figure = {"chart": chart, "label": "Aucune visite"}
        shown = render_to_string("reintegration/chart.html", {"figure": figure})
    assert 'cx="0.0" cy="55.5"' in shown and ">0,33</text>" in shown and not re.search(r'(y|x|d)="[^"]*,', shown)
