"""Rows as COPY takes them in: text cells by column, what is sealed sealed for its place, each model known by itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from random import Random
from typing import Any

from django.db.models import Model
from django.db.models.fields import NOT_PROVIDED
from psycopg import Connection

from havre.platform.crypto.fields import SealedText
from havre.platform.crypto.seal import seal

NULL = "\\N"
BYTES = "\\\\x"
DEFAULT = "\\D"  # the database puts what it puts for itself
CELLS: dict[type, Callable[[Any], str]] = {
    str: lambda text: text,
    int: str,
    bool: lambda yes: "t" if yes else "f",
    date: date.isoformat,
    type(None): lambda _nothing: NULL,
    bytes: lambda value: BYTES + value.hex(),
    Decimal: str,
}


def number(rng: Random) -> str:
    """The next identity, of the form of those that are drawn by chance."""
    drawn = f"{rng.getrandbits(128):032x}"
    return f"{drawn[:8]}-{drawn[8:12]}-4{drawn[13:16]}-a{drawn[17:20]}-{drawn[20:]}"


class Table:
    """A model's columns, what stands where nothing is said, and which of them are sealed."""

    def __init__(self, model: type[Model]) -> None:
        fields = model._meta.concrete_fields
        self.name = model._meta.db_table
        self.columns = [field.column for field in fields]
        self.at = {field.column: place for place, field in enumerate(fields)}
        self.sealed = {field.column: field.table or self.name for field in fields if isinstance(field, SealedText)}
        self.blank = [BYTES if field.column in self.sealed else _blank(field) for field in fields]

    def row(self, key: bytes, values: Mapping[str, Any]) -> str:
        """One line of the table; sealed under that key."""
        cells = self.blank.copy()
        for column, value in values.items():
            if column not in self.sealed:
                cells[self.at[column]] = CELLS[type(value)](value)
            elif value:
                place = (self.sealed[column], column, values["id"])
                cells[self.at[column]] = BYTES + seal(key, 1, place, value.encode()).hex()
        return "\t".join(cells)


def _blank(field: Any) -> str:
    """What the model or the database puts where nothing is said; a moment or identity is always said."""
    if field.has_db_default() and hasattr(field.db_default, "resolve_expression"):
        return DEFAULT
    known = field.db_default if field.has_db_default() else field.default
    if known is NOT_PROVIDED or callable(known):
        known = None
    if known is None and not field.null and field.empty_strings_allowed:
        known = ""
    return CELLS[type(known)](known)


@cache
def of(model: type[Model]) -> Table:
    """The table of a model."""
    return Table(model)


class Sheet:
    """Rows of many tables, until they are written."""

    def __init__(self) -> None:
        self.lines: dict[Table, list[str]] = defaultdict(list)

    def put(self, model: type[Model], key: bytes, /, **values: Any) -> str:
        """Adds a row; gives its identity."""
        table = of(model)
        self.lines[table].append(table.row(key, values))
        return str(values["id"])

    def write(self, owner: Connection[Any]) -> int:
        """Sends every row; gives how many there were."""
        with owner.cursor() as cursor:
            for table, lines in self.lines.items():
                columns = ", ".join(f'"{column}"' for column in table.columns)
                with cursor.copy(
                    f"copy {table.name} ({columns}) from stdin with (default '{DEFAULT}')".encode()
                ) as taken:
                    taken.write("\n".join(lines) + "\n")
        written = sum(map(len, self.lines.values()))
        self.lines.clear()
        return written
