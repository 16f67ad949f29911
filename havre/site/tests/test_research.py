"""`havre research` as it is typed: what it makes, what it refuses in a line, and that a refusal leaves nothing."""

from __future__ import annotations

import csv
import json
import subprocess
import sys

import numpy as np
import pytest

from havre.site.tests.register import BOOK, left, people
from havre.workbench import codebook as codebooks
from havre.workbench import reading


def test_a_table_hides_the_rare_and_says_so_in_two_languages(typed, home):
    done = typed("table people.csv --codebook book.csv --by land --by sex --out out")
    assert done.exit_code == 0, done.output
    rows = list(csv.DictReader((home / "out" / "table.csv").read_text().splitlines()))
    assert {row["status"] for row in rows} == {"published", "not published"}
    assert all(row["count"] == "" for row in rows if row["status"] == "not published")
    assert all(int(row["count"]) >= 11 for row in rows if row["count"])
    notes = (home / "out" / "notes.txt").read_text()
    assert "“not published”" in notes and "ne se déduit" in notes
    assert left(home) == {"out"} and "Nobody counts" in done.stderr


def test_it_runs_where_only_its_own_libraries_are_installed(home):
    program = (
        "import sys; sys.modules.update(dict.fromkeys(('django', 'psycopg', 'cryptography', 'nacl', 'altair')));"
        "from havre.site.cli import main; main()"
    )
    words = ["table", home / "people.csv", "--codebook", home / "book.csv", "--by", "land", "--out", home / "out"]
    done = subprocess.run([sys.executable, "-c", program, "research", *words], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert (home / "out" / "table.csv").exists()


def test_a_level_up_and_rounding(typed, home):
    done = typed("table people.csv --codebook book.csv --by land --up land --round 10 --out out")
    assert done.exit_code == 0, done.output
    text = (home / "out" / "table.csv").read_text()
    assert "land=Africa" in text and "land=NA" not in text and ",300,rounded" in text


def test_a_second_table_is_checked_against_the_first_and_noted(typed, home):
    with_ledger = "--ledger ledger.jsonl --cohort 2024"
    assert typed(f"table people.csv --codebook book.csv --by land {with_ledger} --out out").exit_code == 0
    (home / "people.csv").write_text(people(1) + "FR,f,labour\n")
    line = f"table people.csv --codebook book.csv --by land --released out/table.csv {with_ledger} --out b.out"
    done = typed(line)
    assert done.exit_code == 1 and "differs by fewer than 11" in done.stderr
    assert left(home) == {"out", "ledger.jsonl"}
    assert len((home / "ledger.jsonl").read_text().splitlines()) == 2


def test_a_cohort_with_a_private_release_gets_no_table_and_no_file_of_records(typed, home):
    from havre.workbench.privacy.ledger import DP, held

    with held(home / "ledger.jsonl", "2024", DP, (3.0, 1e-6)):
        pass
    for command in ("table people.csv --by land", "kanon people.csv --quasi land"):
        done = typed(f"{command} --codebook book.csv --ledger ledger.jsonl --cohort 2024 --out out")
        assert done.exit_code == 1 and "never both" in done.stderr and not (home / "out").exists()


def test_a_k_anonymous_file_reads_back_and_tells_l_and_t(typed, home):
    line = "kanon people.csv --codebook book.csv --quasi land --quasi sex --sensitive form --out out"
    done = typed(line)
    assert done.exit_code == 0, done.output
    book = codebooks.read(home / "book.csv").with_parents()
    codes = reading.read(home / "out" / "records.csv", book).coded.codes[:2].T.tolist()
    assert min(codes.count(each) for each in codes) >= 11
    notes = (home / "out" / "notes.txt").read_text()
    assert "is not differentially private" in notes and "t = 0," in notes and "t = 0." in notes


def test_risk_finds_a_release_of_the_members_and_says_it_is_not_for_publication(typed, home):
    columns = {f"x{each}": "abcdef" for each in range(6)}
    (home / "wide.csv").write_text("column,value\n" + "".join(f"{c},{v}\n" for c in columns for v in columns[c]))
    for name, seed in (("m.csv", 1), ("c.csv", 2)):
        rows = np.random.default_rng(seed).choice(list("abcdef"), (80, 6))
        (home / name).write_text(",".join(columns) + "\n" + "".join(",".join(row) + "\n" for row in rows))
    done = typed("risk m.csv m.csv --control c.csv --codebook wide.csv --secret x1 --out risk.json")
    assert done.exit_code == 0, done.output
    assert "NOT FOR PUBLICATION" in done.stdout and "copies: " in done.stdout and "ALARM" in done.stdout
    told = json.loads((home / "risk.json").read_text())
    assert next(iter(told)) == "not for publication" and told["figures"]["secret x1"]["alarm"]
    done = typed("risk m.csv m.csv --codebook wide.csv --out more.json")
    assert done.exit_code == 0 and "Nothing was attacked" in done.stdout and "k-map) 2: 100.0 %" in done.stdout


def test_a_codebook_asks_about_what_came_from_the_file(typed, home):
    (home / "raw.csv").write_text("country,year,form\nFR,2002,labour\nNA,2003,sexual\n")
    done = typed("codebook raw.csv --range year=2002:2004 --out new.csv", input="n\n")
    assert done.exit_code == 0, done.output
    assert "form: 2 values from the file itself" in done.stdout and "Would you list the same without it?" in done.stdout
    assert codebooks.read(home / "new.csv").names == ("country", "year")
    assert typed("codebook raw.csv --out taken.csv --take form --take year").exit_code == 0
    assert codebooks.read(home / "taken.csv").names == ("country", "year", "form")


def test_without_an_answer_nothing_of_the_file_is_listed(typed, home):
    (home / "raw.csv").write_text("form\nlabour\nsexual\n")
    done = typed("codebook raw.csv --out new.csv")
    assert done.exit_code == 1 and "no column has a public list" in done.stderr and not (home / "new.csv").exists()


@pytest.mark.parametrize(
    ("file", "content", "said"),
    [
        ("people.csv", "land,sex,form\nXX,f,labour\nNA,f,labour\n", "people.csv:2: column 'land'"),
        ("people.csv", "land,sex,form\nNA,,labour\nNA,,labour\n", "column 'sex' is empty"),
        ("people.csv", "land,sex,form\nNA,f,labour\n", "one record only"),
        ("people.csv", "land,land,form\nNA,NA,labour\n", "people.csv:1: column 'land' stands twice"),
        ("people.csv", "land,sex,form\nCôte,f,labour\n".encode("latin-1"), "people.csv:2: not UTF-8"),
        ("people.csv", b"", "is empty"),
        ("book.csv", "column,valeur\nland,FR\n", "book.csv:1: "),
        ("book.csv", BOOK + "land,NA,\n", "book.csv:9: 'NA' stands twice"),
        ("book.csv", BOOK + "date,2021-03-04,\n", "book.csv:9: "),
    ],
)
@pytest.mark.parametrize("command", ["table people.csv --by land", "kanon people.csv --quasi land"])
def test_bad_input_is_refused_with_a_line_and_leaves_nothing(typed, home, command, file, content, said):
    (home / file).write_bytes(content if isinstance(content, bytes) else content.encode())
    done = typed(f"{command} --codebook book.csv --ledger ledger.jsonl --cohort 2024 --out out")
    assert done.exit_code == 1 and said in done.stderr and "Traceback" not in done.output
    assert left(home) == set()


def test_a_hundred_thousand_different_values_are_one_line(typed, home):
    (home / "people.csv").write_text("land,sex,form\n" + "".join(f"X{n},f,labour\n" for n in range(100_000)))
    done = typed("table people.csv --codebook book.csv --by land --out out")
    assert done.exit_code == 1 and len(done.stderr.splitlines()) == 1 and "(100,000 such cells)" in done.stderr


def test_a_broken_parquet_file_is_one_line(typed, home):
    (home / "people.parquet").write_bytes(b"PAR1" + b"\0" * 40 + b"PAR1")
    done = typed("table people.parquet --codebook book.csv --by land --out out")
    assert done.exit_code == 1 and len(done.stderr.splitlines()) == 1 and "no whole Parquet" in done.stderr


def test_a_byte_order_mark_and_namibia_are_read(typed, home):
    (home / "people.csv").write_bytes(b"\xef\xbb\xbf" + people(1).encode())
    assert typed("table people.csv --codebook book.csv --by land --out out").exit_code == 0
    assert "land=NA," in (home / "out" / "table.csv").read_text()


@pytest.mark.parametrize(
    "line",
    ["table people.csv --by land --out out", "codebook people.csv --range year --out new.csv", "kanon", "nothing"],
)
def test_wrong_words_are_a_matter_of_usage(typed, home, line):
    assert typed(line).exit_code == 2 and left(home) == set()


def test_a_place_that_is_taken_is_left_as_it_is(typed, home):
    (home / "out").mkdir()
    (home / "out" / "old.txt").write_text("kept")
    done = typed("table people.csv --codebook book.csv --by land --out out")
    assert done.exit_code == 1 and "choose another name" in done.stderr
    assert (home / "out" / "old.txt").read_text() == "kept" and left(home) == {"out"}


def test_a_ledger_is_opened_with_a_budget_shown_and_not_opened_otherwise(typed, home):
    done = typed("ledger ledger.jsonl --cohort 2024 --epsilon 6")
    assert done.exit_code == 0 and "Spent: epsilon 0 of 6 at delta 1e-06, by 0 runs." in done.stdout
    assert typed("ledger ledger.jsonl").exit_code == 0
    assert typed("ledger ledger.jsonl --cohort 2024 --epsilon 7").exit_code == 2
    assert "ledger of cohort '2024'" in typed("ledger ledger.jsonl --cohort 2025 --epsilon 6").stderr
    assert "ledger of cohort '2024', not of '2025'" in typed("ledger ledger.jsonl --cohort 2025").stderr
    assert "no ledger to read" in typed("ledger none.jsonl").stderr and not (home / "none.jsonl").exists()
    (home / "ledger.jsonl").write_text((home / "ledger.jsonl").read_text().replace("6.0", "60.0"))
    assert "ledger.jsonl:1: this is no ledger line" in typed("ledger ledger.jsonl").stderr


def test_several_ledgers_are_shown_by_cohort_with_what_is_left(typed, home):
    for cohort in ("2024", "2025"):
        typed(f"ledger l{cohort}.jsonl --cohort {cohort} --epsilon 6")
    typed("release people.csv --codebook book.csv --epsilon 3 --seed 1 --ledger l2024.jsonl --cohort 2024 --out out")
    told = typed("ledger l2024.jsonl l2025.jsonl").stdout
    assert "Spent: epsilon 3 of 6 at delta 1e-06, by 1 run." in told and "Left: one more run of epsilon 6 at" in told
    left = float(told.partition("Left: one more run of epsilon ")[2].split()[0])
    line = "release people.csv --codebook book.csv --seed 1 --ledger l2024.jsonl --cohort 2024 --out b.out --epsilon="
    assert 4.8 < left < 5 and "is spent" in typed(f"{line}{left + 0.002}").stderr
    assert typed(f"{line}{left}").exit_code == 0
    spent = typed("ledger l2024.jsonl").stdout.partition("Spent: epsilon ")[2]
    assert 5.99 < float(spent.split()[0]) <= 6
    assert typed("ledger l2024.jsonl l2025.jsonl --cohort 2024").exit_code == 1


@pytest.mark.parametrize("epsilon", ["0", "-1", "nan", "1e6"])
def test_a_budget_that_is_no_promise_opens_nothing(typed, home, epsilon):
    done = typed(f"ledger x{home.name}.jsonl --cohort 2024 --epsilon={epsilon}")
    assert done.exit_code == 1 and "epsilon is" in done.stderr and left(home) == set()
