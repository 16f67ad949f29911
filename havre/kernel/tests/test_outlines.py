"""Every country has a place on the map, and the outlines are whole."""

import json

import pytest

from havre.kernel import outlines, places
from havre.kernel.outlines.make import Atlas, inside, joined, steps, whole


def test_every_country_has_a_point_on_the_globe():
    known = outlines.countries()
    assert set(known) == set(places.countries)
    assert all(-180 <= each.at[0] <= 181 and -90 <= each.at[1] <= 90 for each in known.values())


@pytest.mark.parametrize("code", ["LB", "TR", "TN", "FR", "RU", "US", "CY", "SO", "VN", "PH"])
def test_the_point_of_a_country_lies_in_its_largest_part(code):
    country = outlines.countries()[code]
    assert inside(country.at, list(country.rings[0]))


def test_places_that_the_source_has_under_no_code_of_their_own_are_there():
    assert outlines.countries()["XK"].rings and not outlines.countries()["RE"].rings
    assert len(outlines.countries()["CY"].rings) == 1


def test_two_parts_that_touch_become_one():
    ends = {0: ((0, 0), (1, 1)), 1: ((1, 1), (0, 0)), 2: ((0, 0), (1, 1)), ~0: ((1, 1), (0, 0)), ~1: ((0, 0), (1, 1))}
    assert joined([[2, ~0], [0, 1]], ends.get) == [[2, 1]]


def test_a_ring_across_the_date_line_does_not_leap():
    assert whole([(170.0, 0.0), (-170.0, 0.0), (-170.0, 10.0)]) == [(170.0, 0.0), (190.0, 0.0), (190.0, 10.0)]


def test_a_ring_is_kept_as_a_point_and_ways():
    assert steps([(1.0, 2.0), (1.04, 2.0), (1.5, 1.0)]) == [10, 20, 5, -10]


def test_a_file_is_read_as_it_is_published(tmp_path):
    shape = {"type": "Polygon", "arcs": [[0]], "id": "442", "properties": {"name": "Luxembourg"}}
    told = {"objects": {"countries": {"geometries": [shape]}}, "arcs": [[[0, 0], [2, 0], [0, 2], [-2, -2]]]}
    path = tmp_path / "atlas.json"
    path.write_text(json.dumps({**told, "transform": {"scale": [1, 1], "translate": [5, 49]}}))
    assert Atlas(path).outlines("LU") == [[(5, 49), (7, 49), (7, 51)]]
