"""The fields of HTCDS 2.0, and how a column is known for one of them."""

from __future__ import annotations

import csv
import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from pathlib import Path

REFERENCE = "reference"
# The XLSForm of the toolkit names these otherwise (SPEC 2.5).
ALSO = {
    "prs_First_Name": "prs_FirstName",
    "prs_Second_Name": "prs_SecondName",
    "vic_Methods_of_Control": "vic_MethodsOfControl",
}
LIKE_A_FIELD = re.compile(r"(org|prs|vic|per|cas|cco|hte|spl|con)_\w+")
AROUND = " \t\r\n\u00a0\u200b\ufeff"  # what clings to a name that was copied into a header


@dataclass(frozen=True)
class Field:
    """A field of the standard: how its cells are read, and what the standard says of it."""

    name: str
    kind: str
    core: bool = False
    deprecated: bool = False


@cache
def fields() -> dict[str, Field]:
    """Every field of the standard by its name, in the order of the standard."""
    with (Path(__file__).parent / "htcds_fields.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["field"]: Field(row["field"], row["kind"], row["core"] == "yes", row["deprecated"] == "yes")
            for row in csv.DictReader(file)
        }


def missing(columns: Collection[str]) -> list[str]:
    """The core fields of the standard that are not among these columns."""
    return [each.name for each in fields().values() if each.core and not each.deprecated and each.name not in columns]


def named(title: str) -> str:
    """The name a column of that title has here."""
    bare = title.strip(AROUND)
    return ALSO.get(bare, bare)


def belongs(title: str) -> bool:
    """Whether a title is a name of the standard, or means to be one."""
    return LIKE_A_FIELD.fullmatch(title.strip(AROUND)) is not None
