"""What was promised and what was paid, each money by itself.

The promise: no sum is ever made over two currencies, and no grant pays out more than was decided. It rests on SPEC 9.2.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

Standing = Literal["kept", "missing", "waived", "late", "today", "later"]


@dataclass(frozen=True)
class Total:
    """What was promised and paid in one currency."""

    currency: str
    granted: Decimal
    paid: Decimal


def fits(amount: Decimal, instalments: Iterable[Decimal]) -> bool:
    """Whether the instalments come to no more than the grant."""
    return sum(instalments, Decimal(0)) <= amount


def totals(granted: Iterable[tuple[str, Decimal]], paid: Iterable[tuple[str, Decimal]]) -> list[Total]:
    """One line for each currency, in the order the currencies come."""
    sums: dict[str, list[Decimal]] = {}
    for place, pairs in enumerate((granted, paid)):
        for currency, amount in pairs:
            sums.setdefault(currency, [Decimal(0), Decimal(0)])[place] += amount
    return [Total(currency, *both) for currency, both in sums.items()]


def standing(due: date | None, paid_on: date | None, receipt: str, today: date) -> Standing:
    """How one instalment stands: what was paid asks for its receipt, what was not has a day."""
    if paid_on:
        return "kept" if receipt == "yes" else "waived" if receipt == "waived" else "missing"
    if due is None or due > today:
        return "later"
    return "today" if due == today else "late"
