"""The way of one person as the pages show it: the map, and each part in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from havre.cases.people.models import Case
from havre.kernel import places
from havre.kernel.dates import PartialDate
from havre.kernel.vocabularies import load
from havre.platform.crypto import keyring
from havre.platform.database.reading import Prepared

from .models import Episode, Leg
from .route import Drawing, Step, draw

EPISODES = Prepared(lambda case: Episode.objects.filter(case_id=case).order_by("-number"))
LEGS = Prepared(lambda case: Leg.objects.filter(case_id=case).order_by("seq"))


@dataclass(frozen=True)
class Line:
    """One part of the way, in words."""

    number: int
    leg: Leg
    title: SafeString
    said: str

    @property
    def facts(self) -> str:
        """What is known of it beside the day: how a border was crossed, with whom, what became of the papers."""
        alone = {"yes": _("Travelled alone"), "no": _("Travelled with somebody")}
        known = [
            _label("border_crossings", self.leg.border_crossing),
            alone.get(self.leg.alone, ""),
            _label("way_papers", self.leg.document),
        ]
        return " · ".join(each for each in known if each)


@dataclass(frozen=True)
class Route:
    """The parts of an episode in their order, and the map of them when a country is known."""

    lines: Sequence[Line]
    map: Drawing | None
    label: str

    @property
    def stages(self) -> list[str]:
        """The stages that occur, for the legend."""
        return [stage for stage in load("leg_stages") if any(line.leg.stage == stage for line in self.lines)]


def panel(case: Case) -> dict[str, Any]:
    """What `story/panel.html` shows of a case: the last story that has parts, else that none is told. Two queries."""
    keyring.load([case.pk])
    legs = LEGS(case.pk)
    episodes = EPISODES(case.pk)
    told = {leg.episode_id for leg in legs}
    shown = next((each for each in episodes if each.pk in told), None)
    route = route_of([leg for leg in legs if shown and leg.episode_id == shown.pk])
    return {"case": case, "episode": shown, "route": route, "several": len(episodes) > 1}


def route_of(legs: Sequence[Leg]) -> Route:
    """The parts of one episode, in their order, in words and on the map."""
    lines = []
    named: set[str] = set()
    here = ("", "")
    for number, leg in enumerate(legs, start=1):
        start = (leg.from_country, leg.from_place) if leg.from_country or leg.from_place else here
        end = (leg.country, leg.place)
        lines.append(Line(number, leg, _title(start, end, named), _said(leg)))
        here = end if any(end) else start
    steps = [Step(line.number, line.leg.stage, line.leg.from_country, line.leg.country) for line in lines]
    return Route(lines, draw(steps), _described(lines))


def _title(start: tuple[str, str], end: tuple[str, str], named: set[str]) -> SafeString:
    """From where to where; a country is named with the first of its places only."""
    one = _where(*start, named)
    stayed = end == start or (end[0] == start[0] and not end[1])
    other = "" if stayed else _where(*end, named)
    if one and other:
        return format_html(_("{0} to {1}"), one, other)
    return format_html("{}", one or other or _("Place not known"))


def _where(country: str, place: str, named: set[str]) -> str:
    name = places.country_label(country, _language()) if country else ""
    first = country not in named
    named.add(country)
    if place and name and first:
        return format_html("<bdi>{0}</bdi> ({1})", place, name)
    return format_html("<bdi>{}</bdi>", place or name) if place or name else ""


def _said(leg: Leg) -> str:
    """When and by what, as one sentence."""
    how = ""
    if leg.transport in load("transports"):
        row = load("transports").row(leg.transport)
        how = row.get(f"say_{_language()}") or row["say_en"]
    parts = [each for each in (period(leg.departs, leg.arrives), how) if each]
    said = ", ".join(parts)
    return f"{said[0].upper()}{said[1:]}." if said else ""


def period(began: PartialDate | None, ended: PartialDate | None) -> str:
    """From when to when, each as far as it is known."""
    first, last = (each.words(_language()) if each else "" for each in (began, ended))
    if first and last and first != last:
        return _("%(first)s to %(last)s") % {"first": first, "last": last}
    if last and not first:
        return pgettext("a day, a month or a year", "until %(day)s") % {"day": last}
    return first


def _described(lines: Sequence[Line]) -> str:
    """What the map shows, for those who do not see it."""
    count = len(lines)
    return ngettext(
        "Map of the way as it was told: %(n)s part, described below.",
        "Map of the way as it was told: %(n)s parts, described below.",
        count,
    ) % {"n": count}


def _label(name: str, code: str) -> str:
    return load(name).label(code, _language()) if code else ""


def _language() -> str:
    return (get_language() or "en").partition("-")[0]
