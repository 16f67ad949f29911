"""What people looked for in a country and nobody offers, as numbers that tell of nobody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.utils.timezone import localdate

from .models import Missing

COUNTED = "select need, sum(count)::int from directory_missing where country = %s and month > %s group by need"
FEW = 11  # smaller numbers are told as “fewer than 11”


@dataclass(frozen=True)
class Lack:
    """A need that found nothing, and how often; None for fewer than 11 times."""

    need: str  # a code of `needs`
    count: int | None


def count(country: str, need: str, on: date) -> None:
    """One more for whom nothing was found; only within an action."""
    Missing.objects.bulk_create([Missing(country=country, need=need, month=on.replace(day=1))], ignore_conflicts=True)
    row = Missing.objects.select_for_update().get(country=country, need=need, month=on.replace(day=1))
    row.count += 1
    row.save(update_fields=["count"])


def of(country: str) -> list[Lack]:
    """What was missing in that country in the last twelve months: one statement. Small numbers are in no order."""
    today = localdate()
    since = today.replace(year=today.year - 1, day=1)
    with connection.cursor() as cursor:
        cursor.execute(COUNTED, [country, since])
        return told(dict(cursor.fetchall()))


def told(counts: Mapping[str, int]) -> list[Lack]:
    """The numbers as they may be told: the greatest first, then the small ones by their code."""
    many = sorted((each for each in counts.items() if each[1] >= FEW), key=lambda each: (-each[1], each[0]))
    few = sorted(need for need, times in counts.items() if 0 < times < FEW)
    return [*(Lack(need, times) for need, times in many), *(Lack(need, None) for need in few)]
