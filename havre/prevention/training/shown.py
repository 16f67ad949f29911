"""What the pages of a session show: who is expected, who came, and how the four levels stand."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings

from havre.kernel.vocabularies import load
from havre.platform.accounts.models import User
from havre.platform.keeping.models import Kept
from havre.platform.permissions import Permission

from . import rules
from .models import Outcome, Reaction, Session, Trainee

MARKS = ("relevance", "engagement", "satisfaction")


def mine(row: Kept, user: User) -> bool:
    """Whether this user may change it."""
    return row.owner_id == user.agency_id and user.may(Permission.PREVENTION_WRITE)


@dataclass(frozen=True)
class Shown:
    """A level of Kirkpatrick with what was recorded of it."""

    level: rules.Level
    told: Any  # of each level something else

    @property
    def row(self) -> Any:
        """The words of the level."""
        return load("kirkpatrick_levels").row(self.level.code)


def told(session: Session, today: date) -> dict[str, Any]:
    """All that the agency sees of a session of its own."""
    people = sorted(session.trainees.all(), key=lambda each: each.name.casefold())
    came = [each for each in people if each.came]
    return {
        "people": people,
        "expected": [each for each in people if each.answer != "declined"],
        "came": came,
        "by_sex": counted(came, "sex", "sexes"),
        "by_role": counted(came, "role", "trainee_roles"),
        "levels": levels(session, people, today),
        "mails": bool(settings.EMAIL_HOST and settings.HAVRE_URL),
    }


def counted(people: list[Trainee], name: str, vocabulary: str) -> list[tuple[str, int]]:
    """How many of each code, in the order of the list; what is not known last."""
    found = Counter(getattr(each, name) for each in people)
    order = [*load(vocabulary), ""]
    return [(code, found[code]) for code in order if found[code]]


def levels(session: Session, people: list[Trainee], today: date) -> list[Shown]:
    """The four levels, each with what it shows so far."""
    marks = list(Reaction.objects.filter(session=session).values(*MARKS))
    later = list(Outcome.objects.filter(session=session).select_related("by").order_by("-on", "-at"))
    learned = rules.group_gain([(each.pre, each.post) for each in people], session.top_score)
    recorded = {each.level for each in later} | ({1} if marks else set()) | ({2} if learned.people else set())
    told = {
        1: {"many": len(marks), "means": [(name, *rules.mean_mark(each[name] for each in marks)) for name in MARKS]},
        2: learned,
        3: [each for each in later if each.level == 3],
        4: [each for each in later if each.level == 4],
    }
    return [Shown(level, told[level.number]) for level in rules.levels(session.begins, session.ends, recorded, today)]


def due(user: User, today: date) -> list[tuple[Session, rules.Level]]:
    """The follow-ups of the agency that are to be asked now, or were not asked in time."""
    if not user.may(Permission.PREVENTION_WRITE):
        return []
    since = today - timedelta(days=3 * 365)
    held = Session.objects.filter(owner=user.agency_id, ends__range=(since, today)).select_related("course")
    done: dict[Any, set[int]] = {}
    for pk, level in Outcome.objects.filter(session__in=held).values_list("session", "level"):
        done.setdefault(pk, set()).add(level)
    found = [
        (each, level)
        for each in held
        for level in rules.levels(each.begins, each.ends, done.get(each.pk, ()), today)[2:]
        if level.state in ("due", "late")
    ]
    return sorted(found, key=lambda pair: pair[1].last)
