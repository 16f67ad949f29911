"""The table of the protected release is that of the last measurement."""

import json

import pytest

from bench import dp, dp_page, invented
from havre.workbench.privacy.noise import Seeded
from havre.workbench.protect.estimate import estimate
from havre.workbench.protect.plan import Plan


def test_the_page_shows_what_was_measured():
    assert dp_page.PAGE.read_text() == dp_page.written(dp_page.PAGE.read_text())


def test_a_figure_that_misses_its_goal_or_floor_is_marked(tmp_path, monkeypatch):
    kept = {"k7 3": {"havre": {"runs": 5, "commit": "c0ffee", "mean": {"syn TVD k1": 0.012, "syn TVD k2": 0.016}}}}
    kept["k7 3"]["Gaussian"] = {"runs": 5, "mean": {"syn TVD k2": 0.5}}
    (tmp_path / "dp.json").write_text(json.dumps(kept))
    monkeypatch.setattr(dp_page, "RESULTS", tmp_path / "dp.json")
    text = "".join(dp_page.lines())
    assert "| **.012** (.005) ✗ |" in text and "| **.016** (.015) | .5 |" in text and "not measured" in text


@pytest.mark.parametrize("rho", [0.1, 1.0])
def test_published_counts_are_as_far_off_as_their_sd_says(rho):
    coded = invented.register(20_000)
    found = dp.honesty(coded, estimate(coded, rho, Seeded(5), Plan(len(coded.columns), coded.cap, fixed=True)))
    assert all(0.8 <= found[f"error / sd k{length}"] <= 1.6 for length in (1, 2, 3)), found
    assert all(found[f"within 2 sd % k{length}"] >= 80 for length in (1, 2, 3)), found
