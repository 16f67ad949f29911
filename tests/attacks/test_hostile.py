"""Some hundred hostile requests over every page; `make prove` fires 20,000 (bench/attacks.py)."""

from __future__ import annotations

import pytest

from .hostile import Gun
from .judging import Judge, memory


@pytest.mark.parametrize("seed", ["havre"])
def test_no_hostile_request_breaks_a_page_stores_anything_or_shows_what_is_anothers(fort, seed):
    judge = Judge(fort, Gun(fort, seed))
    judge.fire(100)
    before = memory()
    judge.fire(400)
    assert judge.wrong == []
    assert memory() - before < 64
    assert sum(judge.answers.values()) == 500
