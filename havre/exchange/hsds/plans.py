"""How the values of a file are read: by the column each is for, the short ones that come again read once."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import Any

from .schema import values

ALWAYS = ("id", "name", "number", "status", "location_type", "address_type")  # a dash is none of these
SHORT, REMEMBERED = 60, 500  # signs of a text, texts of a field: codes, days and truths come again and again


@dataclass
class Plan:
    """How a field is read: whether a dash says that nobody knows, and the first short texts with what they say."""

    dash: bool
    known: dict[str, Any] = field(default_factory=dict)

    def keep(self, raw: Any, found: Any) -> None:
        """Remembers what a text says; of hundreds, the most frequent are among the first."""
        if found is not None and type(raw) is str and len(raw) < SHORT and len(self.known) < REMEMBERED:
            self.known[raw] = found


class Plans:
    """The plans of one file: what it says is forgotten with it."""

    def __init__(self) -> None:
        self._fields: dict[str, dict[str, Plan]] = {}
        self._ours: dict[tuple[str, str], Plan] = {}

    def fields(self, entity: str) -> dict[str, Plan]:
        """Those of the fields of an entity that are read."""
        if entity not in self._fields:
            every = values(entity).items()
            self._fields[entity] = {name: Plan(each.required and name not in ALWAYS) for name, each in every}
        return self._fields[entity]

    def ours(self, entity: str, name: str) -> Plan:
        """That of a field of ours."""
        return self._ours.setdefault((entity, name), Plan(dash=False))


@cache
def required(entity: str) -> tuple[str, ...]:
    """The fields that the standard wants."""
    return tuple(name for name, each in values(entity).items() if each.required)
