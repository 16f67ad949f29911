"""What is decided before anybody looks at the records: how far, how much on what, and how much say a person has.

Everything here is a function of public things: the number of columns, the cap, rho, and the *noisy* number of records.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import combinations

Set = tuple[int, ...]
TOTAL, VALUES = 0.01, 0.16  # shares of rho: the number of records; the first look at each value
SHARES = {1: (1.0,), 2: (0.3, 0.7), 3: (0.05, 0.3, 0.65)}  # of what is left, by length of combination
NARROW = 9  # columns: up to so many, "not recorded" is measured as a level like any other
REACH = (9, 7, 5)  # recorded attributes up to which a person counts in full, by length
UNIT = 64  # a person's say is a whole number of so many parts
ENOUGH = {3: 9_000, 2: 2_000}  # noisy records times sqrt(rho / 0.2) from which tables of that length are worth it


@dataclass(frozen=True)
class Plan:
    """The longest combination wanted, and the public shape of the register."""

    columns: int
    cap: int
    order: int = 3
    fixed: bool = False  # the order is wanted even where the register is too small for it

    @property
    def full(self) -> bool:
        """Whether "not recorded" is measured as a level; a person then changes one cell of each table."""
        return self.columns <= NARROW

    def affordable(self, noisy: float, rho: float) -> int:
        """The longest combination worth publishing for a noisy number of records."""
        if self.fixed:
            return min(self.order, self.columns)
        size = noisy * math.sqrt(rho / 0.2)
        return min(self.order, self.columns, 3 if size >= ENOUGH[3] else 2 if size >= ENOUGH[2] else 1)

    def sets(self, length: int) -> list[Set]:
        """Every combination of so many columns."""
        return list(combinations(range(self.columns), length))

    def say(self, length: int, recorded: int) -> int:
        """The parts, of `unit`, that a person with so many recorded attributes adds to each of their cells.

        Beyond the reach it shrinks with sqrt(C(recorded, length)), so that nobody's vector of changes is longer than
        that of a person at the reach: no answer is dropped, and long records do not set the noise for all.
        """
        if self.full:
            return 1
        cells, allowed = math.comb(recorded, length), math.comb(self._reach(length), length)
        return UNIT if cells <= allowed else math.isqrt(UNIT * UNIT * allowed // cells)

    @property
    def unit(self) -> int:
        """How many parts are one person."""
        return 1 if self.full else UNIT

    def sensitivity(self, length: int) -> float:
        """The largest L2 change, in parts, of all measured cells of this length when one record comes or goes."""
        if self.full:
            return math.sqrt(math.comb(self.columns, length))
        longest = min(self.cap, self.columns)
        return math.sqrt(max(math.comb(r, length) * self.say(length, r) ** 2 for r in range(longest + 1)))

    def _reach(self, length: int) -> int:
        return max(length, min(REACH[length - 1] if length <= len(REACH) else length, self.cap, self.columns))

    def values_sensitivity(self) -> float:
        """The largest L2 change, in parts, of the first look at recorded values when one record comes or goes."""
        return math.sqrt(min(self.cap, self.columns)) if self.full else self.sensitivity(1)

    def share(self, order: int, length: int) -> float:
        """The part of rho that combinations of this length get, when the longest is `order`."""
        shares = SHARES.get(order) or tuple(range(1, order + 1))
        return (1 - TOTAL - VALUES) * shares[length - 1] / sum(shares)


def sigma(sensitivity: float, rho: float) -> float:
    """The noise at which a change of this L2 length costs rho (Bun, Steinke 2016, Proposition 1.6)."""
    return sensitivity / math.sqrt(2 * rho)
