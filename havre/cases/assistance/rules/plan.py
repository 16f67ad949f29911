"""What changed since somebody agreed to the plan, said line by line."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

Sort = Literal["new_need", "met", "new", "status", "provider", "dates"]


@dataclass(frozen=True)
class Stood:
    """A service as it stood, or stands now."""

    code: str
    provider: str
    status: str
    start: object
    due: object


@dataclass(frozen=True)
class Change:
    """One difference between what was agreed and what stands now."""

    sort: Sort
    code: str
    before: str = ""
    now: str = ""


def changes(then: Mapping[UUID, Stood], now: Mapping[UUID, Stood]) -> list[Change]:
    """What is new or different among the services, in the order they stand now."""
    found: list[Change] = []
    for key, service in now.items():
        before = then.get(key)
        found += [Change("new", service.code, now=service.status)] if before is None else _differs(before, service)
    return found


def _differs(before: Stood, now: Stood) -> Iterable[Change]:
    if before.status != now.status:
        yield Change("status", now.code, before.status, now.status)
    if before.provider != now.provider:
        yield Change("provider", now.code, before.provider, now.provider)
    if before.due != now.due or before.start != now.start:
        yield Change("dates", now.code)
