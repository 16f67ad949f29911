"""What waits on the editor's desk: stories that nobody picked, those that tell the same together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import urlencode

from django.db.models import Count, QuerySet
from django.utils import timezone

from havre.kernel.vocabularies import load
from havre.platform.accounts.models import User

from .models import Issue, Item, Story

LISTS = {"theme": "digest_themes", "region": "world_regions", "source_kind": "news_sources"}
PAGE, KEPT = 30, timedelta(days=120)


@dataclass(frozen=True)
class Asked:
    """What of the desk is to be seen."""

    theme: str = ""
    region: str = ""
    source_kind: str = ""
    aside: bool = False
    page: int = 1

    @classmethod
    def of(cls, told: Mapping[str, str]) -> Asked:
        """From an address; what it says that is not there is nothing."""
        codes = {name: told.get(name, "") if told.get(name, "") in load(lists) else "" for name, lists in LISTS.items()}
        page = told.get("page", "1")
        number = int(page) if page.isascii() and page.isdigit() and len(page) < 5 else 1
        return cls(**codes, aside=told.get("aside") == "1", page=max(1, number))

    def address(self, **other: object) -> str:
        """The address of this, with something otherwise."""
        said = {**{name: getattr(self, name) for name in LISTS}, "aside": "1" if self.aside else "", **other}
        return urlencode({name: value for name, value in said.items() if value})


@dataclass
class Group:
    """A story, and the others that tell the same."""

    story: Story
    others: list[Story] = field(default_factory=list)


@dataclass(frozen=True)
class Desk:
    """One page of it."""

    groups: Sequence[Group]
    total: int
    more: bool
    counts: Mapping[str, Mapping[str, int]]


def waiting(user: User, asked: Asked) -> Desk:
    """The stories of the user's agency that fit, newest first."""
    rows = Story.objects.filter(owner=user.agency_id, aside=asked.aside, at__gt=timezone.now() - KEPT)
    rows = rows.exclude(pk__in=_picked(user)).exclude(leader__in=_picked(user))
    some = _only(rows, asked)
    leads = some.filter(leader=None)
    first = (asked.page - 1) * PAGE
    shown = list(leads.select_related("feed").order_by("-day", "-at", "pk")[first : first + PAGE + 1])
    groups = {each.pk: Group(each) for each in shown[:PAGE]}
    for other in Story.objects.filter(leader__in=groups).order_by("at"):
        if other.leader_id in groups:
            groups[other.leader_id].others.append(other)
    counts = {name: Counter(rows.filter(leader=None).values_list(name, flat=True)) for name in LISTS}
    return Desk(list(groups.values()), leads.count(), len(shown) > PAGE, counts)


def _picked(user: User) -> QuerySet:
    return Item.objects.filter(owner=user.agency_id).exclude(story=None).values("story")


def _only(rows: QuerySet[Story], asked: Asked) -> QuerySet[Story]:
    told = {name: getattr(asked, name) for name in LISTS}
    return rows.filter(**{name: value for name, value in told.items() if value})


def issues(user: User) -> list[Issue]:
    """Of the user's agency, newest first."""
    found = Issue.objects.filter(owner=user.agency_id).annotate(many=Count("items"))
    return list(found.order_by("-year", "-quarter"))
