"""What changed since somebody agreed to the plan, line by line.

The promise: what was agreed is never rewritten, and whatever came after it is named as such. It rests on SPEC 8.3.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

Sort = Literal["new_need", "met", "new", "status", "provider"]


@dataclass(frozen=True)
class Stood:
    """A service as it stood, or stands now."""

    code: str
    provider: str
    status: str


@dataclass(frozen=True)
class Change:
    """One difference between what was agreed and what stands now; `code` is a service's, or a need's."""

    sort: Sort
    code: str
    before: str = ""
    now: str = ""


def of_services(then: Mapping[UUID, Stood], now: Mapping[UUID, Stood]) -> list[Change]:
    """What is new or different among the services, in the order they stand now."""
    found: list[Change] = []
    for key, service in now.items():
        found += _differs(then[key], service) if key in then else [Change("new", service.code, now=service.status)]
    return found


def of_needs(then: Iterable[UUID], open_then: Iterable[UUID], now: Mapping[UUID, tuple[str, bool]]) -> list[Change]:
    """The needs that came up since, and those that were met; `now` has the code of each and whether it is over."""
    known, stood = set(then), set(open_then)
    new = [Change("new_need", code) for key, (code, over) in now.items() if key not in known and not over]
    return new + [Change("met", code) for key, (code, over) in now.items() if key in stood and over]


def _differs(before: Stood, now: Stood) -> Iterator[Change]:
    if before.status != now.status:
        yield Change("status", now.code, before.status, now.status)
    if before.provider != now.provider:
        yield Change("provider", now.code, before.provider, now.provider)
