"""Every coded list of the program, one CSV file each, which an agency may replace by a file of its own.

An agency's file has the same name and stands in the folder named by HAVRE_VOCABULARIES. It may change labels,
drop or add codes and add `label_xx` columns; it may not lose a column that the program reads.
"""

import csv
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent
STATUSES = frozenset({"verified", "corroborated", "recalled", "provisional", "local", "deprecated"})
Row = Mapping[str, str]


class BrokenList(Exception):
    """A list cannot be read; the text says file, line and what is wrong."""


@dataclass(frozen=True)
class Vocabulary:
    """One coded list, in the order of its file."""

    name: str
    rows: tuple[Row, ...]
    _by_code: dict[str, Row] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_code", {row["code"]: row for row in self.rows})

    @property
    def codes(self) -> tuple[str, ...]:
        """All codes, those that may only be read included."""
        return tuple(self._by_code)

    def row(self, code: str) -> Row:
        """The row of a code; KeyError when the list has no such code."""
        return self._by_code[code]

    def label(self, code: str, language: str) -> str:
        """The words for a code, in English where the language has none, and the code itself once it left the list."""
        row = self._by_code.get(code)
        if row is None:
            return code
        return row.get(f"label_{language.partition('-')[0]}") or row["label_en"]

    def choices(self, language: str) -> list[tuple[str, str]]:
        """Codes and labels that may be written today; deprecated codes are read, never offered."""
        return [(row["code"], self.label(row["code"], language)) for row in self.rows if row["status"] != "deprecated"]

    def canonical(self, text: str) -> str | None:
        """The code meant by an imported value (stray blanks, names of other versions), or None."""
        wanted = text.strip()
        if wanted in self._by_code:
            return wanted
        also = (row["code"] for row in self.rows if wanted and wanted in row.get("also", "").split(";"))
        return next(also, None)

    def __contains__(self, code: object) -> bool:
        return code in self._by_code

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_code)

    def __len__(self) -> int:
        return len(self._by_code)


def names() -> list[str]:
    """The name of every list that the program ships."""
    return sorted(path.stem for path in HERE.glob("*.csv"))


def load(name: str) -> Vocabulary:
    """The list of that name, the agency's own where it has one; KeyError when the program has no such list."""
    return _load(name, os.environ.get("HAVRE_VOCABULARIES", ""))


@cache
def _load(name: str, folder: str) -> Vocabulary:
    shipped = HERE / f"{name}.csv"
    if not re.fullmatch(r"\w+", name) or not shipped.is_file():
        raise KeyError(name)
    return Vocabulary(name, read_rows(in_use(shipped, f"{name}.csv", folder), header(shipped)))


def in_use(shipped: Path, name: str, folder: str) -> Path:
    """The agency's own file of that name where its folder has one, else the file we ship."""
    own = Path(folder, name)
    return own if folder and own.is_file() else shipped


def header(path: Path) -> tuple[str, ...]:
    """The columns of a file, which a file that replaces it must have too."""
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(next(csv.reader(file)))


def read_rows(path: Path, columns: Sequence[str], *, key: Sequence[str] = ("code",)) -> tuple[dict[str, str], ...]:
    """The rows of a list; BrokenList names the file, the line and the fault when it cannot be trusted."""
    rows: dict[tuple[str, ...], dict[str, str]] = {}
    line = 1
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            lacking = [column for column in columns if column not in (reader.fieldnames or ())]
            if lacking:
                raise BrokenList(f"{path}:1: no column {', '.join(lacking)}")
            for row in reader:
                line = reader.line_num
                # DictReader files surplus cells under None and gives None for cells that are not there.
                whole = None not in row and None not in row.values()
                code = tuple(row[column] for column in key)
                fault = _fault(row, code, code in rows) if whole else "more or fewer cells than columns"
                if fault:
                    raise BrokenList(f"{path}:{line}: {fault}")
                rows[code] = row
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise BrokenList(f"{path}:{line + 1}: {error}") from error
    return tuple(rows.values())


def _fault(row: Mapping[str, str], code: tuple[str, ...], seen: bool) -> str:
    if any(not part or part != part.strip() for part in code):
        return "a code is empty or has blanks around it"
    if seen:
        return f"{' '.join(code)} stands twice"
    if not row.get("label_en", row.get("question_en", "text")).strip():
        return f"{' '.join(code)} has no English text"
    if row.get("status", "local") not in STATUSES:
        return f"unknown status {row['status']!r}"
    return ""
