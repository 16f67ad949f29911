"""What is only seen when rows stand beside each other: order, place, what leads in a circle, what leads nowhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import models

from havre.directory import bulk
from havre.directory.models import Address, Contact, Detail, Location, Organisation, Phone
from havre.exchange.formats.faults import _
from havre.kernel import outlines

from . import lookup, mapping

if TYPE_CHECKING:
    from .loading import Loader
    from .reading import Row

AGES = _("less than minimum_age")
PLACES_FREE = _("more than capacity_total")
HALF = _("latitude and longitude go together; fill both or none")
SWAPPED = _("latitude and longitude stand in each other’s place: as they are, the point lies outside its country")
CIRCLE = _("leads in a circle back to itself")
HIDDEN = ("name", "alternate_name", "description", "transportation", "url", "city", "external_identifier")
NEAR = 2.0  # degrees around a country that still count as within it
Made = list[tuple["Row", Any]]


def whole(made: dict[str, Made], to: Loader) -> None:
    """Finds what is wrong between the fields of these rows, or with what they hang on."""
    for row, one in made.get("service", ()):
        _service(one, row, to)
    for row, one in made.get("location", ()):
        _place(one, row, to)
    if "address" in made and not to.unwritten:
        _addresses(made["address"], {one.pk: one for _row, one in made.get("location", ())}, to)


def _place(one: Any, row: Row, to: Loader) -> None:
    from .loading import CONFIDENTIAL

    if (one.latitude is None) != (one.longitude is None):
        to.faults.append(row.fault("longitude" if one.longitude is None else "latitude", HALF))
    if one.address_confidential:
        told = [name for name in HIDDEN if getattr(one, name)] + ["latitude"] * (one.latitude is not None)
        to.faults += [row.fault(name, CONFIDENTIAL) for name in told]


def _service(one: Any, row: Row, to: Loader) -> None:
    if None not in (one.minimum_age, one.maximum_age) and one.maximum_age < one.minimum_age:
        to.faults.append(row.fault("maximum_age", AGES))
    if None not in (one.capacity_total, one.capacity_available) and one.capacity_available > one.capacity_total:
        to.faults.append(row.said_by("capacity_available").fault("value", PLACES_FREE))


def implied(address: Any) -> dict[str, str]:
    """What an address says of where its place lies."""
    return {"country": address.country, "region": address.state_province or address.region, "city": address.city}


def _addresses(made: Made, near: dict[Any, Any], to: Loader) -> None:
    """Looks where the places of these addresses lie, and says it of those that do not say it themselves."""
    earlier = {one.location_id for _row, one in made} - near.keys()
    if earlier:
        to.settle()
    places = {**near, **Location.objects.in_bulk(earlier)} if earlier else near
    completed = {}
    for row, one in made:
        place: Any = places.get(one.location_id)
        if place is None:
            continue
        if place.latitude is not None and is_swapped(place.latitude, place.longitude, one.country):
            to.faults.append(row.fault("location_id", SWAPPED))
        if not (place.country or place.region or place.city):
            vars(place).update(implied(one))
            if place.pk in earlier:
                completed[place.pk] = place
    bulk.update(Location, completed.values(), ("country", "region", "city"))


def is_swapped(latitude: float, longitude: float, country: str) -> bool:
    """Whether a point lies outside its country for sure, and within it the other way round."""
    box = _box(country)
    return box is not None and not _within(box, latitude, longitude, NEAR) and _within(box, longitude, latitude, 0)


@cache
def _box(country: str) -> tuple[float, float, float, float] | None:
    known = outlines.countries().get(country)
    points = [point for ring in known.rings for point in ring] if known else []
    if not points:
        return None
    east, north = [x for x, _y in points], [y for _x, y in points]
    return min(north), max(north), min(east), max(east)


def _within(box: tuple[float, float, float, float], latitude: float, longitude: float, near: float) -> bool:
    south, north, west, east = box
    return south - near <= latitude <= north + near and west - near <= longitude <= east + near


@dataclass
class Links:
    """What can only be looked at when all rows are there, and attributes that come apart from their rows."""

    parents: dict[str, dict[UUID, tuple[UUID, Row]]] = field(default_factory=lambda: defaultdict(dict))
    terms: dict[tuple[str, str], Row] = field(default_factory=dict)  # of rows that name a term or a taxonomy
    apart: dict[str, dict[UUID, dict[str, Row]]] = field(default_factory=lambda: defaultdict(dict))

    def parent(self, entity: str, pk: UUID, parent: UUID, row: Row) -> None:
        """That a row is below another of its kind."""
        self.parents[entity][pk] = (parent, row)

    def detail(self, entity: str, pk: UUID, said: dict[str, Any], row: Row) -> None:
        """What a term, or whatever names one, leads to."""
        if entity == "taxonomy_term" and (parent := said.get("parent_id")):
            self.parent(entity, pk, parent, row)
        for name in ("taxonomy_term_id", "taxonomy_id"):
            if name in said:
                self.terms.setdefault((name, str(said[name])), row)

    def later(self, entity: str, name: str, row: Row) -> None:
        """A field of ours for a row that is written already."""
        pk = lookup.key_of(row.values.get("link_id"))
        if pk is not None:
            self.apart[entity].setdefault(pk, {})[name] = row

    def apply(self, to: Loader) -> None:
        """Writes the fields of ours that came apart from their rows."""
        from .loading import BROKEN

        apart, self.apart = self.apart, defaultdict(dict)
        if apart:
            to.settle()
        for entity, rows in apart.items():
            model = mapping.MODELS[entity]
            known = model._default_manager.filter(owner=to.by.agency_id).in_bulk(list(rows))
            names: set[str] = set()
            for pk, said in rows.items():
                if pk not in known and to.unwritten:
                    continue
                if pk not in known:
                    to.faults.append(next(iter(said.values())).fault("link_id", BROKEN))
                    continue
                names |= set(said)
                self._set(entity, known[pk], said, to)
            if entity == "location":
                stay_hidden(known.values(), rows, to)
            if not to.faults:
                bulk.update(model, known.values(), names)
                to.apart.update(getattr(one, "organisation_id", one.pk) for one in known.values())

    def _set(self, entity: str, one: models.Model, said: dict[str, Row], to: Loader) -> None:
        for name, row in said.items():
            found: dict[str, Any] = {}
            to.value(entity, name, row.values.get("value"), row, found)
            for value in found.values():
                setattr(one, name, max(getattr(one, name), value) if name == mapping.VISIBILITY else value)

    def finish(self, to: Loader) -> None:
        """Looks at what leads nowhere or in a circle, and hangs organizations below each other."""
        from .loading import BROKEN

        for entity, below in self.parents.items():
            model = mapping.MODELS.get(entity, Detail)
            mine = model._default_manager.filter(owner=to.by.agency_id)
            there = set(mine.filter(pk__in={parent for parent, _row in below.values()}).values_list("pk", flat=True))
            name = "parent_id" if model is Detail else "parent_organization_id"
            for pk in below:
                parent, row = below[pk]
                if _in_circle(pk, below):
                    to.faults.append(row.fault(name, CIRCLE))
                elif parent not in there and not to.unwritten:
                    to.faults.append(row.fault(name, BROKEN))
            if model is Organisation and not to.faults:
                rows = [Organisation(pk=pk, parent_organisation_id=parent) for pk, (parent, _row) in below.items()]
                bulk.update(Organisation, rows, ("parent_organisation",))
        if to.unwritten:
            return
        named = {pk for _name, pk in self.terms if pk not in lookup.mapping_ids()}
        there = {str(pk) for pk in Detail.objects.filter(pk__in=named).values_list("pk", flat=True)}
        lost = [(name, row) for (name, pk), row in self.terms.items() if pk in named - there]
        to.faults += [row.fault(name, BROKEN) for name, row in lost]


def stay_hidden(places: Iterable[Any], said: dict[UUID, dict[str, Row]], to: Loader) -> None:
    """A place that turns out confidential after it was written must have told nothing."""
    from .loading import CONFIDENTIAL

    hidden = {place.pk: place for place in places if place.address_confidential}
    open_there = set()
    models_there: tuple[Any, ...] = (Address, Phone, Contact)
    for model in models_there:
        open_there |= set(model.objects.filter(location__in=hidden).values_list("location_id", flat=True))
    for model in models_there[1:]:
        at = model.objects.filter(service_at_location__location__in=hidden)
        open_there |= set(at.values_list("service_at_location__location_id", flat=True))
    for pk, place in hidden.items():
        if pk in open_there or place.latitude is not None or any(getattr(place, name) for name in HIDDEN):
            row = said[pk].get("address_confidential") or next(iter(said[pk].values()))
            to.faults.append(row.fault("link_id", CONFIDENTIAL))


def _in_circle(start: UUID, below: dict[UUID, tuple[UUID, Row]]) -> bool:
    at, seen = start, set()
    while at in below and at not in seen:
        seen.add(at)
        at = below[at][0]
    return at == start and start in seen
