"""`havre export htcds` as it is typed: a new file that its owner alone reads, or none."""

from __future__ import annotations

import stat
from datetime import date

import pytest
from click.testing import CliRunner

from havre.cases.people.actions.opening import open_case
from havre.exchange import leaving
from havre.platform.accounts.claims import acting_as
from havre.site import exporting
from havre.site.cli import main


@pytest.fixture
def typed(personas, tmp_path, monkeypatch):
    """Types the command for a new file in a folder of its own; Django runs already."""
    monkeypatch.setattr(exporting, "start_django", lambda: None)
    with acting_as(personas.amina):
        open_case(by=personas.amina, on=date(2026, 3, 12), state="S0")

    def run(name="register.csv", login="chloe"):
        return CliRunner().invoke(main, ["export", "htcds", "--as", login, "--out", str(tmp_path / name)])

    return run


@pytest.mark.parametrize("name", ["register.csv", "register.xlsx"])
def test_a_register_goes_out_for_its_owner_alone(typed, tmp_path, name):
    done = typed(name)
    assert done.exit_code == 0, done.output
    assert "1 row," in done.stdout
    assert [each.name for each in tmp_path.iterdir()] == [name]
    assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600


def test_who_may_not_gets_a_sentence_and_no_file(typed, tmp_path):
    done = typed(login="amina")
    assert done.exit_code == 1 and "Your role" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_there_stays_as_it_is(typed, tmp_path):
    (tmp_path / "register.csv").write_text("mine")
    done = typed()
    assert done.exit_code == 1 and "is there already" in done.stderr
    assert (tmp_path / "register.csv").read_text() == "mine"


def test_another_ending_is_refused(typed, tmp_path):
    assert "name it .csv or .xlsx" in typed("register.pdf").stderr
    assert list(tmp_path.iterdir()) == []


def test_what_breaks_off_half_way_leaves_nothing(typed, tmp_path, monkeypatch):
    def broken(*_args, **_more):
        raise KeyboardInterrupt

    monkeypatch.setattr(leaving, "cells", broken)
    assert typed().exit_code != 0
    assert list(tmp_path.iterdir()) == []
