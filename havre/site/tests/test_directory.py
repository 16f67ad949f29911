"""`havre directory import` and `export` as they are typed: what they say, where, and how they leave."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from havre.directory.models import Organisation, Service
from havre.platform.accounts.claims import acting_as
from havre.site import directory
from havre.site.cli import main

KEY = "9f2b1c1e-6d0a-4c55-8b0e-3f6f1f1c2a77"
HOUSE = {
    "id": KEY,
    "name": "House of the Quay",
    "description": "Beds",
    "services": [{"id": KEY[:-1] + "8", "name": "Beds for men", "status": "active"}],
}


@pytest.fixture
def typed(personas, tmp_path, monkeypatch):
    """Types a command of the directory; Django runs already."""
    monkeypatch.setattr(directory, "start_django", lambda: None)
    monkeypatch.chdir(tmp_path)
    return lambda *words: CliRunner().invoke(main, ["directory", *map(str, words)])


@pytest.fixture
def quay(tmp_path):
    """A file of one organization."""
    path = tmp_path / "quay.json"
    path.write_text(json.dumps([HOUSE]))
    return path


def test_cards_come_in_and_go_out_in_each_form(personas, typed, quay, tmp_path):
    done = typed("import", quay, "--as", "chloe", "--visibility", "public")
    assert done.exit_code == 0, done.output
    assert "1 organisation with 1 service came in, 2 rows" in done.stdout
    for kind, name in (("json", "out.json"), ("tabular", "out.zip"), ("tabular", "out"), ("xlsx", "out.xlsx")):
        done = typed("export", "--as", "chloe", "--format", kind, "--out", name)
        assert done.exit_code == 0 and f"{name}: 1 organisation" in done.stdout, done.output
    assert json.loads((tmp_path / "out.json").read_text())["organizations"][0]["name"] == HOUSE["name"]
    assert {path.name for path in (tmp_path / "out").iterdir()} >= {"organization.csv", "datapackage.json"}
    assert not list(tmp_path.glob(".*"))


def test_a_folder_is_read_as_it_was_written_and_a_dry_run_writes_nothing(personas, typed, quay):
    typed("import", quay, "--as", "chloe", "--visibility", "public")
    typed("export", "--as", "chloe", "--format", "tabular", "--out", "out")
    done = typed("import", "out", "--as", "boris", "--dry-run")
    assert done.exit_code == 1 and "out/organization.csv:2: organization.id: this id is that of a card" in done.stderr
    again = typed("import", "out", "--as", "chloe", "--replace")
    assert "1 card of these in the place of what was here" in again.stdout, again.output
    with acting_as(personas.chloe):
        assert Organisation.objects.count() == Service.objects.count() == 1


def test_faults_are_a_line_each_and_nothing_is_written(personas, typed, quay):
    quay.write_text(json.dumps([{**HOUSE, "name": "<b>Quay</b>"}]))
    done = typed("import", quay, "--as", "chloe")
    assert done.exit_code == 1 and done.stdout == ""
    first, last = done.stderr.splitlines()
    assert first == f"{quay}: organizations[0]: organization.name: holds HTML; write plain text"
    assert last.endswith("1 fault; nothing was written.")
    with acting_as(personas.chloe):
        assert not Organisation.objects.exists()


def test_somebody_who_keeps_no_cards_brings_none_in(typed, quay):
    done = typed("import", quay, "--as", "amina")
    assert done.exit_code == 1 and "Your role does not include this" in done.stderr


def test_a_file_that_is_there_is_never_written_over(typed, quay):
    done = typed("export", "--as", "chloe", "--out", quay)
    assert done.exit_code == 1 and "is there already" in done.stderr


def test_ctrl_c_leaves_one_line_and_no_file(personas, typed, quay, tmp_path, monkeypatch):
    from havre.exchange.hsds import leaving, reading

    def stopped(*_what):
        raise KeyboardInterrupt

    monkeypatch.setattr(leaving, "batches", stopped)
    monkeypatch.setattr(reading, "lines", stopped)
    for words in (("export", "--out", "x.json"), ("import", quay)):
        done = typed(*words, "--as", "chloe")
        assert done.exit_code == 1 and done.stderr.strip() == "Stopped; nothing was written."
    assert [path.name for path in tmp_path.iterdir()] == [quay.name]
