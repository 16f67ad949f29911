"""Each proof that docs/explanation/security.md names exists, and each promise names one."""

from __future__ import annotations

import re
from importlib.util import find_spec

import pytest

from .code import ROOT

PAGE = ROOT / "docs" / "explanation" / "security.md"
TEXT = PAGE.read_text()
ROWS = [line for line in TEXT.splitlines() if line.startswith("| ") and "| proof |" not in line]
TESTS = sorted(set(re.findall(r"`((?:tests|havre)/[\w/.]+\.py)`", TEXT)))
COMMANDS = sorted(set(re.findall(r"`python -m ([\w.]+)`", TEXT)))


def test_each_promise_names_its_proof():
    assert [f"P{n}" for n in range(1, 9)] == re.findall(r"^\| (P\d) \|", TEXT, flags=re.M)
    assert len(ROWS) > 25
    assert [row[:60] for row in ROWS if not re.search(r"`(?:tests|havre)/[\w/.]+\.py`|`python -m ", row)] == []


@pytest.mark.parametrize("path", TESTS)
def test_a_test_that_is_named_is_there_and_tests_something(path):
    file = ROOT / path
    assert file.name.startswith("test_") and "def test_" in file.read_text()


@pytest.mark.parametrize("module", COMMANDS)
def test_a_command_that_is_named_is_there(module):
    assert find_spec(module) is not None


@pytest.mark.parametrize("module", [each for each in COMMANDS if each != "bench.dp"])
def test_make_prove_runs_each_long_proof(module):
    assert f"python -m {module}" in (ROOT / "Makefile").read_text().partition("prove:")[2]


def test_a_link_leads_somewhere():
    links = re.findall(r"\]\(([^)#]+)\)", TEXT)
    assert links and [each for each in links if not (PAGE.parent / each).exists()] == []
