"""The places of what was found on a map drawn on the server; a confidential place only counts in its country."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import hypot
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import get_language

from havre.directory.models import ServiceAtLocation
from havre.directory.naming import first_name
from havre.kernel import outlines
from havre.kernel.places import country_label
from havre.platform.database.reading import PreparedForMany
from havre.platform.ui.land import HEIGHT, WIDTH, Point, land, together, view_over

APART = 30  # two numbers nearer than this are one
AROUND = sorted(((a, b) for a in range(-4, 5) for b in range(-4, 5)), key=lambda at: (hypot(*at), at))
NAMED = 5  # organisations told of one number


def _offers(keys: Iterable[UUID]) -> QuerySet[ServiceAtLocation]:
    rows = ServiceAtLocation.objects.filter(service_id__in=keys)
    return rows.select_related("location", "organisation").order_by("location__country", "location__city", "pk")


OFFERS = PreparedForMany(_offers)


@dataclass
class Mark:
    """A number on the map: some public places near each other, or the confidential ones of a country."""

    number: int
    x: int
    y: int
    hidden: int  # how many confidential places; none for a mark of public ones
    title: str
    organisations: list[tuple[UUID, str]]
    more: int

    @property
    def base(self) -> int:
        """Where the figure stands, so that it sits in the middle."""
        return self.y + 5

    @property
    def corner(self) -> tuple[int, int]:
        """Of the square of a confidential one."""
        return self.x - 12, self.y - 12


@dataclass(frozen=True)
class Map:
    """What is drawn, and the same as a list."""

    land: str
    scale: int
    marks: Sequence[Mark]
    nowhere: int  # services whose place is not told at all
    width: int = WIDTH
    height: int = HEIGHT


def drawn(keys: Sequence[UUID]) -> Map | None:
    """The map of these services; nothing where no place is known."""
    offers = OFFERS(keys)
    public = [each for each in offers if _is_public(each)]
    hidden = [each for each in offers if each.location.address_confidential]
    lands = {each.location.country for each in hidden} & set(outlines.countries())
    points: dict[object, Point] = {each.location_id: _point(each) for each in public}
    points |= {code: outlines.countries()[code].at for code in lands}
    nowhere = len(set(keys) - {each.service_id for each in [*public, *hidden]})
    if not points:
        return None
    spread = together(points)
    view = view_over(list(spread.values()))
    at = {key: view.at(point) for key, point in spread.items()}
    marks = [*_public(public, at), *_hidden(hidden, lands, at)]
    _spread(marks)
    marks.sort(key=lambda mark: (mark.y // APART, mark.x))
    for number, mark in enumerate(marks, 1):
        mark.number = number
    ground, scale = land(view)
    return Map(ground, scale, marks, nowhere)


def _spread(marks: Sequence[Mark]) -> None:
    """Numbers that would hide each other move to the nearest free spot; those of public places stay."""
    taken: list[Mark] = []
    for mark in sorted(marks, key=lambda each: each.hidden):
        x, y = mark.x, mark.y
        spots = ((x + a * APART, y + b * APART) for a, b in AROUND)
        inside = (spot for spot in spots if 15 < spot[0] < WIDTH - 15 and 15 < spot[1] < HEIGHT - 15)
        free = (s for s in inside if all(abs(s[0] - t.x) >= APART - 4 or abs(s[1] - t.y) >= APART - 4 for t in taken))
        mark.x, mark.y = next(free, (x, y))
        taken.append(mark)


def _is_public(offer: ServiceAtLocation) -> bool:
    place = offer.location
    return not place.address_confidential and place.latitude is not None and place.longitude is not None


def _point(offer: ServiceAtLocation) -> Point:
    return float(offer.location.longitude or 0), float(offer.location.latitude or 0)


def _public(offers: Iterable[ServiceAtLocation], at: dict[object, Point]) -> list[Mark]:
    """Places nearer than a number is wide stand under one."""
    together: list[tuple[Point, list[ServiceAtLocation]]] = []
    for offer in offers:
        x, y = at[offer.location_id]
        near = next((some for (a, b), some in together if abs(a - x) < APART and abs(b - y) < APART), None)
        if near is None:
            together.append(((x, y), [offer]))
        else:
            near.append(offer)
    return [_mark(point, some, 0, _towns(some)) for point, some in together]


def _hidden(offers: Sequence[ServiceAtLocation], lands: Iterable[str], at: dict[object, Point]) -> list[Mark]:
    told = []
    for code in lands:
        some = [each for each in offers if each.location.country == code]
        count = len({each.location_id for each in some})
        told.append(_mark(at[code], some, count, country_label(code, get_language() or "en")))
    return told


def _mark(point: Point, offers: Sequence[ServiceAtLocation], hidden: int, title: str) -> Mark:
    names = list({each.organisation_id: first_name(each.organisation) for each in offers}.items())
    return Mark(0, round(point[0]), round(point[1]), hidden, title, names[:NAMED], max(0, len(names) - NAMED))


def _towns(offers: Iterable[ServiceAtLocation]) -> str:
    language = get_language() or "en"
    towns = dict.fromkeys(each.location.city or country_label(each.location.country, language) for each in offers)
    return ", ".join([*towns][:4]) + (" …" if len(towns) > 4 else "")
