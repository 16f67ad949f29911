"""The how-to on protected tables, run as it is written, in a folder with an invented register."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "docs" / "how-to" / f"protect-a-table{language}.md" for language in ("", ".fr")]
COLUMNS = {
    "year": [str(year) for year in range(2019, 2027)],
    "country": ["NA", "ZA", "BW", "FR", "DE", "BE", ""],
    "sex": ["f", "m", ""],
    "form": ["labour", "sexual", "other"],
}


def register(seed: int) -> str:
    """A thousand invented people, each with a reference."""
    random = np.random.default_rng(seed)
    first = {len(values): np.arange(len(values), 0, -1) ** 3.0 for values in COLUMNS.values()}
    rows = zip(
        *(random.choice(values, 1000, p=first[len(values)] / first[len(values)].sum()) for values in COLUMNS.values()),
        strict=True,
    )
    return f"reference,{','.join(COLUMNS)}\n" + "".join(f"R{seed}-{n},{','.join(row)}\n" for n, row in enumerate(rows))


def lines(page: Path) -> list[str]:
    blocks = re.findall(r"```console\n(.*?)```", page.read_text(), re.DOTALL)
    return [line.removeprefix("$ ") for block in blocks for line in block.splitlines()]


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    (tmp_path / "cases.csv").write_text(register(1))
    (tmp_path / "control.csv").write_text(register(2))
    (tmp_path / "cases-2025.csv").write_text(register(3))
    return tmp_path


def test_both_languages_type_the_same():
    english, french = (lines(page) for page in PAGES)
    assert english == french and len(english) == 7


@pytest.mark.parametrize("page", PAGES, ids=["en", "fr"])
def test_each_command_does_what_the_page_says(desk, page):
    havre = f'"{sys.executable}" -P -c "from havre.site.cli import main; main()"'
    for line in lines(page):
        done = subprocess.run(
            line.replace(".venv/bin/havre", havre),
            shell=True,
            cwd=desk,
            env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8"},
            text=True,
            capture_output=True,
            stdin=subprocess.DEVNULL,
        )
        assert done.returncode == 0, f"{line}\n{done.stdout}{done.stderr}"
    assert "reference" not in (desk / "codebook.csv").read_text()
    assert ",not published\n" in (desk / "table-1" / "table.csv").read_text()
    assert "country=Southern Africa" in (desk / "table-2" / "table.csv").read_text()
    assert "confidentialité différentielle" in (desk / "records" / "notes.txt").read_text()
    assert len((desk / "2026.jsonl").read_text().splitlines()) == 4
    assert "year=2019," in (desk / "release" / "aggregates.csv").read_text()
    assert '"act": "published"' in (desk / "2025.jsonl").read_text().splitlines()[-1]
