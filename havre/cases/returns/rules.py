"""What must hold before somebody travels, and when silence after a journey is alarming.

The promise: nobody leaves into a danger that was known, without papers, unfit or against their will; an unaccompanied
child never travels alone; and nobody is forgotten on the way. It rests on SPEC 8.4, 8.7 and 9.1. Times are compared as
moments, wherever their clocks stand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from havre.kernel.vocabularies import load

NOBODY = "none"
HELD = "held"
GRACE = timedelta(hours=24)  # SPEC 8.2: the arrival is confirmed within 24 hours of the plan
Lateness = Literal["waits", "late", "silent"]


@dataclass(frozen=True)
class Part:
    """One leg: when it leaves and arrives, and who travels along."""

    departs: datetime
    arrives: datetime
    escort: str = NOBODY


@dataclass(frozen=True)
class Paper:
    """A paper: what it is, whether it is in hand, and until when it holds."""

    kind: str
    state: str
    valid_until: date | None


@dataclass(frozen=True)
class Will:
    """What the person, and for a child the guardian, said about the journey."""

    declared: bool = False
    is_child: bool = False
    guardian: bool = False
    assent: bool | None = None


class NoSuchTime(ValueError):
    """The clocks of this place jump over this hour."""


def moment(local: datetime, zone: str, after: datetime | None = None) -> datetime:
    """The moment a clock of that zone shows this time; of an hour that comes twice, the first one after `after`."""
    place = ZoneInfo(zone)
    first, second = (local.replace(tzinfo=place, fold=fold).astimezone(UTC) for fold in (0, 1))
    if first.astimezone(place).replace(tzinfo=None) != local:
        raise NoSuchTime
    return second if after is not None and first <= after else first


def arrives_later(part: Part) -> bool:
    """Whether a leg arrives after it departs, by the moment and not by the clocks."""
    return part.arrives > part.departs


def broken(parts: Sequence[Part]) -> list[int]:
    """The numbers of the legs that do not arrive, or do not arrive before the next one departs."""
    pairs = zip(parts, [*parts[1:], None], strict=True)
    return [
        number
        for number, (part, following) in enumerate(pairs, 1)
        if not arrives_later(part) or (following is not None and part.arrives >= following.departs)
    ]


def alone(parts: Sequence[Part]) -> list[int]:
    """The numbers of the legs on which nobody travels along."""
    return [number for number, part in enumerate(parts, 1) if part.escort in ("", NOBODY)]


def has_papers(papers: Sequence[Paper], until: date) -> bool:
    """Whether a paper one may travel with is in hand and holds through that day."""
    return any(_travels(paper) and paper.valid_until is not None and paper.valid_until >= until for paper in papers)


def _travels(paper: Paper) -> bool:
    kinds = load("travel_papers")
    return paper.state == HELD and paper.kind in kinds and kinds.row(paper.kind)["travels"] == "yes"


def is_willed(will: Will) -> bool:
    """Whether the journey is wanted: an adult's declaration, or a guardian's consent and the child's own assent."""
    if will.is_child:
        return will.guardian and will.assent is True
    return will.declared


def hours_late(due: datetime | None, now: datetime) -> int:
    """Full hours since the arrival was due; none before."""
    return max(0, int((now - due).total_seconds() // 3600)) if due else 0


def lateness(due: datetime | None, now: datetime) -> Lateness:
    """How long nobody has heard: not yet due, late, or so long that nobody knows where the person is."""
    if due is None or now <= due:
        return "waits"
    return "late" if now - due <= GRACE else "silent"
