"""Whether the days of a way can all be true.

The promise: only what cannot be is refused. A day somebody half remembers is taken as every day it can mean, so that
May 2025 and 12 May 2025 never contradict each other, in whatever order they are told (SPEC 2.2, hte_Date).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from havre.kernel.dates import PartialDate


class Span(NamedTuple):
    """When a leg began and when it was over, as far as each is known."""

    began: PartialDate | None
    ended: PartialDate | None


def contradicts(began: PartialDate | None, ended: PartialDate | None) -> bool:
    """Whether it was over before it can have begun."""
    return began is not None and ended is not None and ended.last < began.first


def out_of_order(spans: Sequence[Span]) -> tuple[int, int] | None:
    """The places of two legs, the later of which was over or under way before the earlier one can have been."""
    for later, span in enumerate(spans):
        first = span.began or span.ended
        if first is None:
            continue
        for earlier in range(later):
            before = spans[earlier].ended or spans[earlier].began
            if before is not None and first.last < before.first:
                return earlier, later
    return None
