"""`havre research release` as it is typed: what it makes, charges and refuses, and what a kill leaves behind."""

from __future__ import annotations

import json
import subprocess
import sys

import numpy as np
import pytest

from havre.site.tests.register import left, people
from havre.workbench import whole

FILES = {"aggregates.csv", "synthetic.csv", "report.json", "report.html", "custodian.html"}
COUNTED = "--ledger ledger.jsonl --cohort 2024"
LINE = "release people.csv --codebook book.csv --epsilon 3 --seed 1"


def acts(home):
    return [json.loads(line)["act"] for line in (home / "ledger.jsonl").read_text().splitlines()]


def test_it_makes_the_five_files_and_charges_once(typed, home):
    done = typed(f"{LINE} {COUNTED} --out out")
    assert done.exit_code == 0, done.output
    assert {each.name for each in (home / "out").iterdir()} == FILES and "Never publish custodian" in done.stdout
    assert acts(home) == ["opened", "charged", "drawn", "published"] and "Nobody counts" not in done.stderr
    again = typed(f"{LINE} {COUNTED} --out b.out")
    assert again.exit_code == 1 and "budget of cohort '2024' is spent" in again.stderr and not (home / "b.out").exists()
    assert "Spent: epsilon 3 of 3" in typed("ledger ledger.jsonl").stdout


def test_a_budget_holds_several_and_no_table_beside_them(typed, home):
    for name in ("out", "b.out"):
        assert typed(f"{LINE} {COUNTED} --budget 5 --out {name}").exit_code == 0
    done = typed(f"table people.csv --codebook book.csv --by land {COUNTED} --out t.out")
    assert done.exit_code == 1 and "never both" in done.stderr
    assert "another cohort" not in done.stderr and acts(home).count("charged") == 2


@pytest.mark.parametrize(
    ("where", "said", "noted"),
    [
        ("reading.read", "nothing was charged", []),
        ("protect.trial.rehearse", "nothing was charged", ["opened"]),
        ("protect.release.estimate", "the charge of this run stays", ["opened", "charged", "lost"]),
    ],
)
def test_whoever_stops_it_is_told_what_became_of_it(typed, home, monkeypatch, where, said, noted):
    def stopped(*given, **named):
        raise KeyboardInterrupt

    if noted:
        typed("ledger ledger.jsonl --cohort 2024 --epsilon 6")
    monkeypatch.setattr(f"havre.workbench.{where}", stopped)
    done = typed(f"{LINE} {COUNTED} --out out")
    assert done.exit_code == 130 and said in done.stderr and len(done.stderr.splitlines()) == 1
    assert left(home) == ({"ledger.jsonl"} if noted else set()) and (acts(home) if noted else []) == noted


def test_attacks_with_people_from_outside_are_in_the_page_for_the_custodian(typed, home):
    columns = {f"x{each}": "abcdef" for each in range(6)}
    (home / "wide.csv").write_text("column,value\n" + "".join(f"{c},{v}\n" for c in columns for v in columns[c]))
    for name, seed in (("m.csv", 1), ("c.csv", 2)):
        rows = np.random.default_rng(seed).choice(list("abcdef"), (80, 6))
        (home / name).write_text(",".join(columns) + "\n" + "".join(",".join(row) + "\n" for row in rows))
    line = "release m.csv --codebook wide.csv --epsilon 3 --seed 1"
    assert typed(f"{line} --control c.csv --secret x1 --quasi x2 --out out").exit_code == 0
    page = (home / "out" / "custodian.html").read_text()
    assert "the control file has 80 persons" in page and ">x1<" in page and ">x3<" not in page.partition("worst")[0]
    done = typed(f"{line} --secret y --out b.out")
    assert done.exit_code == 1 and "no column 'y'" in done.stderr and not (home / "b.out").exists()


def test_a_handful_and_a_full_disk_are_told_in_a_line(typed, home, monkeypatch):
    (home / "people.csv").write_text("land,sex,form\nNA,f,labour\nFR,m,labour\n")
    assert "too few for this epsilon" in typed(f"{LINE} --out out").stdout

    def full(*given):
        raise OSError(28, "No space left on device", "aggregates.csv")

    monkeypatch.setattr("havre.workbench.protect.release.write", full)
    done = typed(f"{LINE} {COUNTED} --out b.out")
    assert done.exit_code == 1 and done.stderr == "aggregates.csv: No space left on device; nothing was published\n"
    assert acts(home) == ["opened", "charged", "lost"] and left(home) == {"out", "ledger.jsonl"}


def test_without_a_ledger_nobody_counts(typed, home):
    done = typed(f"{LINE} --out out")
    assert done.exit_code == 0 and done.stderr.startswith("Nobody counts")
    assert json.loads((home / "out" / "report.json").read_text())["first"][0].startswith("Nobody counts")


def test_structural_zeros_are_told_with_their_source_and_checked_first(typed, home):
    (home / "zeros.csv").write_text("column,value,other_column,other_value,source\nsex,f,form,hats,hearsay\n")
    done = typed(f"{LINE} {COUNTED} --zeros zeros.csv --out out")
    assert done.exit_code == 1 and done.stderr.strip().endswith(
        "zeros.csv:2: the codebook lists no value 'hats' for 'form'"
    )
    assert left(home) == {"zeros.csv"}
    (home / "zeros.csv").write_text("column,value,other_column,other_value,source\nsex,f,form,labour,hearsay\n")
    assert typed(f"{LINE} --zeros zeros.csv --out out").exit_code == 0
    document = json.loads((home / "out" / "report.json").read_text())
    assert document["structural zeros"][0]["source"] == "hearsay"
    assert "hearsay" in (home / "out" / "report.html").read_text()
    assert not [
        row
        for row in (home / "out" / "aggregates.csv").read_text().splitlines()
        if {"sex=f", "form=labour"} <= set(row.split(",")[0].split(";"))
    ]


def test_answers_in_one_cell_become_yes_and_no(typed, home):
    rows = people(1).splitlines()
    (home / "people.csv").write_text(
        "\n".join([rows[0], *(row.replace("labour", "labour;sexual") for row in rows[1:])])
    )
    assert "--many form" in typed(f"{LINE} --out out").stderr and left(home) == set()
    assert typed(f"{LINE} --many form --cap 3 --out out").exit_code == 0
    assert "form:labour=yes" in (home / "out" / "aggregates.csv").read_text()


@pytest.mark.parametrize(
    ("more", "said"),
    [
        *((f"--epsilon={each}", "epsilon is") for each in ("0", "-1", "nan", "1e6", "inf")),
        *((f"--delta={each}", "delta is") for each in ("0", "1", "2", "nan")),
        ("--order 4", "give --order 1, 2 or 3"),
        ("--cap 0", "--cap is 0"),
        ("--budget 1", "the budget is 1"),
        ("--many forms", "may hold several answers"),
        ("--engine spark", "Spark is not installed"),
    ],
)
def test_settings_that_promise_nothing_are_one_line_and_cost_nothing(typed, home, more, said, monkeypatch):
    monkeypatch.setattr("havre.workbench.counting.find_spec", lambda name: None)
    done = typed(f"{LINE} {more} {COUNTED} --out out")
    assert done.exit_code == 1 and said in done.stderr and len(done.stderr.splitlines()) == 1
    assert left(home) == set()


@pytest.mark.parametrize(
    ("file", "content", "said"),
    [
        ("people.csv", "land,sex,form\nXX,f,labour\nNA,f,labour\n", "people.csv:2: column 'land'"),
        ("people.csv", "land,sex,form\n" + "".join(f"X{n},f,labour\n" for n in range(100_000)), "(100,000 such cells)"),
        ("people.csv", "land,sex,form\nNA,,labour\nNA,,labour\n", "column 'sex' is empty"),
        ("people.csv", "land,sex,form\nNA,f,labour\n", "one record only"),
        ("people.csv", "land,land,form\nNA,NA,labour\n", "people.csv:1: column 'land' stands twice"),
        ("people.csv", "land,sex,form\nCôte,f,labour\n".encode("latin-1"), "people.csv:2: not UTF-8"),
        ("people.csv", "country,sex,form\nNA,f,labour\n", "people.csv:1: no column 'land'"),
        ("book.csv", "column,valeur\nland,FR\n", "book.csv:1: "),
        ("book.csv", "column,value\n" + "".join(f"land,X{n}\n" for n in range(100_000)), "more than 10,000 values"),
    ],
)
def test_bad_files_are_refused_with_a_line_and_cost_nothing(typed, home, file, content, said):
    (home / file).write_bytes(content if isinstance(content, bytes) else content.encode())
    done = typed(f"{LINE} {COUNTED} --out out")
    assert done.exit_code == 1 and said in done.stderr and "Traceback" not in done.output
    assert left(home) == set()


def test_a_broken_parquet_file_is_one_line(typed, home):
    (home / "people.parquet").write_bytes(b"PAR1" + b"\0" * 40 + b"PAR1")
    done = typed(f"{LINE.replace('people.csv', 'people.parquet')} {COUNTED} --out out")
    assert done.exit_code == 1 and "no whole Parquet" in done.stderr and left(home) == {"people.parquet"}


def test_a_byte_order_mark_and_namibia_are_read(typed, home):
    (home / "people.csv").write_bytes(b"\xef\xbb\xbf" + people(1).encode())
    assert typed(f"{LINE} --out out").exit_code == 0
    assert "land=NA," in (home / "out" / "aggregates.csv").read_text()


def test_the_ledger_of_another_cohort_or_none_or_of_tables_is_refused(typed, home):
    assert "--cohort NAME" in typed(f"{LINE} --ledger ledger.jsonl --out out").stderr
    assert "give --ledger FILE" in typed(f"{LINE} --cohort 2024 --out out").stderr and left(home) == set()
    typed("ledger ledger.jsonl --cohort 2023 --epsilon 9")
    done = typed(f"{LINE} {COUNTED} --out out")
    assert done.exit_code == 1 and "ledger of cohort '2023', not of '2024'" in done.stderr
    (home / "ledger.jsonl").unlink()
    typed(f"table people.csv --codebook book.csv --by land {COUNTED} --out out")
    done = typed(f"{LINE} {COUNTED} --out b.out")
    assert done.exit_code == 1 and "never both" in done.stderr and acts(home).count("charged") == 0


def killed(home, point):
    """Types the line in a process that dies at a planted point of the ledger's writes or the output's move."""
    words = [str(home / each) if "." in each or each == "out" else each for each in f"{LINE} {COUNTED}".split()]
    program = (
        "import sys; from havre.workbench.privacy.tests.kills import plant; plant(sys.argv.pop(1));"
        "from havre.site.cli import main; main()"
    )
    line = [sys.executable, "-c", program, point, "research", *words, "--budget", "9", "--out", str(home / "out")]
    return subprocess.run(line, capture_output=True).returncode


@pytest.mark.parametrize("point", ["half a charge", "half a drawn", "before move", "moved", "half a published"])
def test_a_kill_keeps_the_charge_or_the_noise(typed, home, point):
    assert killed(home, point) == -9
    staged = next(iter(home.glob(".out.*.part")), None)
    drawn = whole.hashes(staged) if staged and point == "before move" else None
    done = typed(f"{LINE} {COUNTED} --out out")
    published = {each for each in left(home) if "out" in each}
    assert published == {"out"} and {each.name for each in (home / "out").iterdir()} == FILES
    assert acts(home).count("charged") == (2 if point == "half a drawn" else 1)
    assert acts(home).count("lost") == (point == "half a drawn")
    if point == "before move":
        assert drawn == whole.hashes(home / "out") and "nothing more was charged" in done.stdout
    if point in ("moved", "half a published"):
        assert done.exit_code == 1 and "choose another name" in done.stderr
    assert acts(home)[-1] == "published"
