"""Trained people by country and role, with their sex; whoever came to two sessions counts twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Count, F, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import get_language

from havre.kernel import places
from havre.kernel.vocabularies import load

from .models import Trainee


@dataclass
class Cell:
    """How many, and of which sex."""

    total: int = 0
    by_sex: Counter[str] = field(default_factory=Counter)

    def add(self, sex: str, many: int) -> None:
        """So many more."""
        self.total += many
        self.by_sex[sex] += many

    @property
    def sexes(self) -> list[tuple[str, int]]:
        """In the order of the list; what nobody noted last."""
        order = [*load("sexes"), ""]
        return [(code, self.by_sex[code]) for code in order if self.by_sex[code]]


@dataclass
class Matrix:
    """Countries down, roles across."""

    roles: list[str]
    rows: list[tuple[str, list[Cell], Cell]]
    feet: list[Cell]
    total: Cell


Found = Iterable[tuple[str, str, str, int]]


def matrix(house: UUID, year: int | None = None) -> Matrix:
    """Of the agency's own sessions, of one year or of all."""
    land = Coalesce(NullIf(F("country"), Value("")), NullIf(F("session__country"), Value("")), Value(""))
    rows = Trainee.objects.filter(owner=house, attended__len__gt=0)
    rows = rows.filter(session__begins__year=year) if year else rows
    return of(rows.values_list(land, "role", "sex").annotate(many=Count("pk")).order_by())


def of(found: Found) -> Matrix:
    """The table of these counts."""
    cells: dict[tuple[str, str], Cell] = {}
    for land, role, sex, many in found:
        for key in ((land, role), (land, "*"), ("*", role), ("*", "*")):
            cells.setdefault(key, Cell()).add(sex, many)
    roles = [role for role in (*load("trainee_roles"), "") if ("*", role) in cells]
    names = {
        land: places.country_label(land, get_language() or "en") if land else "" for land, _role in cells if land != "*"
    }
    lands = sorted(names, key=lambda land: (not land, names[land]))
    rows = [(land, [cells.get((land, role), Cell()) for role in roles], cells[land, "*"]) for land in lands]
    return Matrix(roles, rows, [cells["*", role] for role in roles], cells.get(("*", "*"), Cell()))
