"""`havre import htcds` as it is typed: what it says, where, and how it leaves."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from havre.cases.people.models import Case
from havre.platform.accounts.claims import acting_as
from havre.site import importing
from havre.site.cli import main

GOOD = "reference,prs_FirstName,prs_Title,remark,con_Consent\nR-1,Ana,Director,x,false\nR-2,Ion,,,true\n"


@pytest.fixture
def typed(personas, tmp_path, monkeypatch):
    """Types the command for a file with this content; Django runs already."""
    monkeypatch.setattr(importing, "start_django", lambda: None)
    path = tmp_path / "register.csv"

    def run(content, *more):
        path.write_text(content)
        return CliRunner().invoke(main, ["import", "htcds", str(path), "--agency", "balise", "--as", "amina", *more])

    return run


def count(user):
    with acting_as(user):
        return Case.objects.count()


def test_a_register_comes_in_and_what_is_kept_as_a_cell_is_named(personas, typed):
    done = typed(GOOD)
    assert done.exit_code == 0, done.output
    assert "2 people with a case each came in" in done.stdout
    assert "1 given, 1 refused, 0 not recorded" in done.stdout
    assert "remark: 1 cell" in done.stdout and "prs_Title" not in done.stdout
    assert count(personas.amina) == 2


def test_a_dry_run_says_what_would_come_in_and_writes_nothing(personas, typed):
    done = typed(GOOD, "--dry-run")
    assert done.exit_code == 0 and "could come in" in done.stdout and "nothing was written" in done.stdout
    assert count(personas.amina) == 0


def test_a_fault_writes_nothing_and_is_a_line_on_the_error_stream(personas, typed):
    done = typed(GOOD.replace("true", "perhaps"))
    assert done.exit_code == 1 and done.stdout == ""
    first, last = done.stderr.splitlines()
    assert ":3: con_Consent: neither true nor false" in first and "1 fault; nothing was written" in last
    assert count(personas.amina) == 0


def test_a_reference_that_is_held_already_is_named(personas, typed):
    typed(GOOD)
    done = typed(GOOD)
    assert done.exit_code == 1 and "register.csv:2: reference: your agency already holds" in done.stderr
    assert count(personas.amina) == 2


def test_another_agency_is_refused_in_one_line(typed):
    done = typed(GOOD, "--agency", "phare")
    assert done.exit_code == 1 and done.stderr.count("\n") == 1 and "does not work for phare" in done.stderr


def test_a_file_that_is_not_there_is_a_matter_of_usage():
    done = CliRunner().invoke(main, ["import", "htcds", "nowhere.csv", "--agency", "balise", "--as", "amina"])
    assert done.exit_code == 2
