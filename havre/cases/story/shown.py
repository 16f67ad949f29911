"""What the page of a story shows: every episode, what is known of it with its sources, and who did it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from havre.cases.people.forms.fields import language
from havre.cases.people.models import Case
from havre.platform.crypto import keyring

from . import told
from .models import Episode, Leg, Perpetrator, PerpetratorRole
from .panels import Route, period, route_of
from .parts import PARTS, Part


@dataclass(frozen=True)
class Known:
    """What is known of one part: the words of what was, how much was ruled out, and what waits to be confirmed."""

    name: str
    title: Promise
    yes: Sequence[str]
    no: int
    unconfirmed: int

    @property
    def is_told(self) -> bool:
        """Whether anything is known of it."""
        return bool(self.yes or self.no or self.unconfirmed)


@dataclass(frozen=True)
class Told:
    """One episode with its way."""

    episode: Episode
    route: Route

    @property
    def when(self) -> str:
        """From when to when."""
        return period(self.episode.start, self.episode.end)


def story(case: Case) -> dict[str, Any]:
    """The context of the page, the standing episode first."""
    keyring.load([case.pk])
    legs = list(Leg.objects.filter(case=case).order_by("seq"))
    episodes = [
        Told(each, route_of([leg for leg in legs if leg.episode_id == each.pk]))
        for each in Episode.objects.filter(case=case).order_by("-number")
    ]
    every = known(case, episodes[0].episode if episodes else None)
    return {
        "told": episodes[0] if episodes else None,
        "earlier": episodes[1:],
        "known": [each for each in every if each.is_told],
        "open": [each for each in every if not each.is_told],
        "people": who(case),
    }


def known(case: Case, episode: Episode | None) -> list[Known]:
    """Every part with what is known of it."""
    codes = told.codes(case)
    kept = told.written(episode) if episode else {}
    return [_known(part, codes, kept) for part in PARTS.values()]


def _known(part: Part, codes: told.Codes, kept: told.Codes) -> Known:
    said = {
        code: codes[part.vocabulary, code]
        for code, _label in part.codes(language())
        if (part.vocabulary, code) in codes
    }
    yes = [label for code, label in part.codes(language()) if said.get(code, ("",))[0] == "yes"]
    no = sum(answer == "no" for answer, _item in said.values())
    waiting = sum((part.vocabulary, code) not in kept for code in said)
    return Known(part.name, part.title, yes, no, waiting)


def who(case: Case) -> list[tuple[Perpetrator, str]]:
    """Those who did it, with what they did, as codes joined by ';'."""
    roles: dict[object, list[str]] = {}
    for role in PerpetratorRole.objects.filter(case=case).order_by("code"):
        roles.setdefault(role.perpetrator_id, []).append(role.code)
    return [(each, ";".join(roles.get(each.pk, []))) for each in Perpetrator.objects.filter(case=case).order_by("pk")]
