"""What each step of a campaign needs (SPEC 13.1: assess, plan, create and pretest, implement, evaluate)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

ORDER = ("idea", "planned", "pretest", "live", "closed", "evaluated")
BACK = {"planned": "idea", "pretest": "planned", "live": "pretest"}


class Reviewed(Protocol):
    """A review of whether it does no harm."""

    at: datetime
    by_id: Any

    @property
    def passed(self) -> bool:
        """Whether nothing stands against it."""


@dataclass(frozen=True)
class Need:
    """One thing that must be there; `part` is the page on which it is written down."""

    code: str
    part: str
    met: bool


def after(status: str) -> str:
    """The step that comes next; nothing after the last."""
    at = ORDER.index(status)
    return ORDER[at + 1] if at + 1 < len(ORDER) else ""


def before(status: str) -> str:
    """The step to which it may be taken back; nothing where it may not."""
    return BACK.get(status, "")


def needs(status: str, campaign: Any, facts: Mapping[str, bool]) -> list[Need]:
    """What a campaign needs to go on from this step; `facts` says what hangs on it."""
    return NEEDS[status](campaign, facts) if status in NEEDS else []


def _plan(one: Any, facts: Mapping[str, bool]) -> list[Need]:
    return [
        Need("problem", "plan", bool(one.problem)),
        Need("objective", "plan", bool(one.objective)),
        Need("measure", "plan", bool(one.measure)),
        Need("due", "plan", one.due is not None),
        Need("country", "plan", bool(one.country)),
        Need("target_groups", "people", bool(one.target_groups)),
    ]


def _create(one: Any, facts: Mapping[str, bool]) -> list[Need]:
    return [
        Need("messages", "words", bool(one.messages)),
        Need("channels", "words", bool(one.channels)),
        Need("languages", "words", bool(one.languages)),
        Need("schedule", "work", one.begins is not None and one.ends is not None),
    ]


def _launch(one: Any, facts: Mapping[str, bool]) -> list[Need]:
    return [
        Need("pretest_result", "people", bool(one.pretest_result)),
        Need("call_to_action", "words", bool(one.call_to_action or one.hotline)),
        Need("rights", "rights", facts["rights"]),
        Need("harm", "harm", facts["harm"]),
    ]


def _close(one: Any, facts: Mapping[str, bool]) -> list[Need]:
    return [Need("output", "output", facts["output"])]


def _evaluate(one: Any, facts: Mapping[str, bool]) -> list[Need]:
    return [Need("people", "output", facts["people"]), Need("lessons", "work", bool(one.lessons))]


NEEDS: dict[str, Callable[[Any, Mapping[str, bool]], list[Need]]] = {
    "idea": _plan,
    "planned": _create,
    "pretest": _launch,
    "live": _close,
    "closed": _evaluate,
}


def may_review(campaign: Any, user_id: Any) -> bool:
    """Whether somebody is neither who began the campaign nor who last changed what it says."""
    return user_id not in (campaign.made_by_id, campaign.said_by_id)


def does_no_harm(campaign: Any, newest: Reviewed | None) -> bool:
    """Whether the newest review is of what the campaign says now, found nothing, and is by somebody else."""
    return newest is not None and newest.passed and newest.at >= campaign.said_at and may_review(campaign, newest.by_id)
