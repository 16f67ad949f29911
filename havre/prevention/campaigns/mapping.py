"""Where outputs were, on a map drawn on the server: a place where it is known, else the country."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.translation import get_language

from havre.directory.search.places import APART
from havre.kernel import outlines
from havre.kernel.places import country_label
from havre.platform.ui.land import HEIGHT, WIDTH, Point, land, together, view_over
from havre.prevention.counting.sums import total

from .models import Output


@dataclass
class Spot:
    """A number on the map, and what was done near it."""

    x: int
    y: int
    outputs: list[Output] = field(default_factory=list)
    number: int = 0

    @property
    def base(self) -> int:
        """Where the figure stands, so that it sits in the middle."""
        return self.y + 5

    @property
    def title(self) -> str:
        """The places of it."""
        language = get_language() or "en"
        return ", ".join(dict.fromkeys(each.place or country_label(each.country, language) for each in self.outputs))

    @property
    def people(self) -> int:
        """How many were reached there."""
        return sum(total(each.people) for each in self.outputs)


@dataclass(frozen=True)
class Map:
    """What is drawn, the same as a list, and how many outputs say no place."""

    land: str
    scale: int
    spots: Sequence[Spot]
    nowhere: int
    width: int = WIDTH
    height: int = HEIGHT


def point(output: Output) -> Point | None:
    """Longitude and latitude, of the place or of the country."""
    if output.latitude is not None and output.longitude is not None:
        return output.longitude, output.latitude
    country = outlines.countries().get(output.country)
    return country.at if country else None


def drawn(outputs: Iterable[Output]) -> Map | None:
    """The map of these outputs; nothing where no place is known."""
    known = [(each, point(each)) for each in outputs]
    points = {each.pk: at for each, at in known if at is not None}
    if not points:
        return None
    spread = together(points)
    view = view_over(list(spread.values()))
    spots: list[Spot] = []
    for each, _at in known:
        if each.pk in spread:
            x, y = view.at(spread[each.pk])
            near = next((s for s in spots if abs(s.x - x) < APART and abs(s.y - y) < APART), None)
            if near is None:
                spots.append(near := Spot(round(x), round(y)))
            near.outputs.append(each)
    spots.sort(key=lambda spot: (spot.y // APART, spot.x))
    for number, spot in enumerate(spots, 1):
        spot.number = number
    ground, scale = land(view)
    return Map(ground, scale, spots, len(known) - len(points))
