"""The table of the protected release is that of the last measurement."""

import json

from bench import dp_page


def test_the_page_shows_what_was_measured():
    assert dp_page.PAGE.read_text() == dp_page.written(dp_page.PAGE.read_text())


def test_a_figure_that_misses_its_goal_or_floor_is_marked(tmp_path, monkeypatch):
    kept = {"k7 3": {"havre": {"runs": 5, "commit": "c0ffee", "mean": {"syn TVD k1": 0.012, "syn TVD k2": 0.016}}}}
    kept["k7 3"]["Gaussian"] = {"runs": 5, "mean": {"syn TVD k2": 0.5}}
    (tmp_path / "dp.json").write_text(json.dumps(kept))
    monkeypatch.setattr(dp_page, "RESULTS", tmp_path / "dp.json")
    text = "".join(dp_page.lines())
    assert "| **.012** (.005) ✗ |" in text and "| **.016** (.015) | .5 |" in text and "not measured" in text
