"""What `facets.refresh` writes, of rows that are still in memory: for many cards that come in whole.

A service that is written once, with what it is found by, costs a third of one that is written and then told thrice.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date, time
from typing import Any

from django.db import models

from . import facets, folding, opening
from .models import Language, Location, Organisation, Phone, Schedule, Service, ServiceArea, ServiceAtLocation

Rows = Mapping[type[models.Model], Collection[Any]]
Services = Mapping[Any, Service]
WEEK = {"MO", "TU", "WE", "TH", "FR", "SA", "SU"}


def gather(rows: Rows) -> None:
    """Says of these organisations and services what they are found by; all that hangs on them is among the rows."""
    for rule in rows.get(Schedule, ()):
        rule.last_on = opening.last_day(rule) if rule.count is not None else None
    cards = {each.pk: each for each in rows.get(Organisation, ())}
    for card in cards.values():
        card.folded = folding.fold(f"{card.name} {card.alternate_name}")[:600]
    services = {each.pk: each for each in rows.get(Service, ())}
    places, where = _places(rows, services)
    numbers = _numbers(rows, services)
    spoken = _spoken(rows, services, places, numbers)
    areas = _by(rows.get(ServiceArea, ()), services)
    rules = _by(rows.get(Schedule, ()), services)
    hours = _hours(rows, services, rules)
    for pk, service in services.items():
        card = cards[service.organisation_id]
        lands = {each.country for each in (*places[pk], *areas[pk])} - {""}
        service.countries = sorted(lands) or card.countries
        service.languages = sorted(spoken[pk] - {""})
        service.always_open = any(each.hours_24_7 for each in numbers[pk]) or any(map(_day_and_night, rules[pk]))
        service.hours = sorted(hours[pk])
        towns = " ".join(where[pk]), " ".join(each.name for each in areas[pk])
        names = card.name, card.alternate_name, service.name, service.alternate_name
        service.folded = facets.vector_of(*names, service.description, service.service_type, *towns)


def _by(rows: Iterable[Any], services: Services) -> dict[Any, list[Any]]:
    """Rows by their service, those that go as far as it does."""
    found: dict[Any, list[Any]] = defaultdict(list)
    for each in rows:
        service = services.get(each.service_id)
        if service is not None and each.visibility <= service.visibility:
            found[each.service_id].append(each)
    return found


def _places(rows: Rows, services: Services) -> tuple[dict[Any, list[Any]], dict[Any, list[str]]]:
    """The places of each service, and their names."""
    every = {each.pk: each for each in rows.get(Location, ())}
    found: dict[Any, list[Any]] = defaultdict(list)
    for pk, some in _by(rows.get(ServiceAtLocation, ()), services).items():
        near = [every[each.location_id] for each in some if each.location_id in every]
        found[pk] = [each for each in near if each.visibility <= services[pk].visibility]
    names = {pk: [" ".join((each.city, each.region, each.name)) for each in some] for pk, some in found.items()}
    return found, defaultdict(list, names)


def _numbers(rows: Rows, services: Services) -> dict[Any, list[Phone]]:
    """The numbers of each service, and those at which it answers somewhere."""
    found = _by(rows.get(Phone, ()), services)
    offered = {each.pk: each for some in _by(rows.get(ServiceAtLocation, ()), services).values() for each in some}
    for each in rows.get(Phone, ()):
        at = offered.get(each.service_at_location_id)
        if at is not None and each.visibility <= services[at.service_id].visibility:
            found[at.service_id].append(each)
    return found


def _spoken(
    rows: Rows, services: Services, places: Mapping[Any, list[Any]], numbers: Mapping[Any, list[Phone]]
) -> dict[Any, set[str]]:
    """The languages of each service, of its numbers and of its places."""
    by_phone: dict[Any, list[Language]] = defaultdict(list)
    by_place: dict[Any, list[Language]] = defaultdict(list)
    for each in rows.get(Language, ()):
        by_phone[each.phone_id].append(each)
        by_place[each.location_id].append(each)
    found: dict[Any, set[str]] = defaultdict(set)
    own = _by(rows.get(Language, ()), services)
    for pk, service in services.items():
        some = [*own[pk]]
        some += [each for phone in numbers[pk] for each in by_phone.get(phone.pk, ())]
        some += [each for place in places[pk] for each in by_place.get(place.pk, ())]
        found[pk] = {each.code for each in some if each.visibility <= service.visibility}
    return found


def _hours(rows: Rows, services: Services, rules: Mapping[Any, list[Schedule]]) -> dict[Any, Collection[Any]]:
    """The schedules of each service and of what it offers somewhere, or else those of its places."""
    at: dict[Any, list[Schedule]] = defaultdict(list)
    there: dict[Any, list[Schedule]] = defaultdict(list)
    for each in rows.get(Schedule, ()):
        if each.service_at_location_id:
            at[each.service_at_location_id].append(each)
        elif each.service_id is None:
            there[each.location_id].append(each)
    found: dict[Any, Collection[Any]] = {pk: {each.pk for each in rules[pk]} for pk in services}
    offers = _by(rows.get(ServiceAtLocation, ()), services)
    for pk, some in offers.items():
        near = services[pk].visibility
        found[pk] = {*found[pk], *(rule.pk for each in some for rule in at[each.pk] if rule.visibility <= near)}
        places = [rule.pk for each in some for rule in there[each.location_id] if rule.visibility <= near]
        found[pk] = found[pk] or places
    return found


def _day_and_night(rule: Schedule) -> bool:
    """Whether it is open always, as the statement of `facets` reads it."""
    if rule.opens_at is None or rule.closes_at is None or rule.freq.upper() not in ("", "WEEKLY"):
        return False
    whole = rule.opens_at == rule.closes_at or (rule.opens_at == time(0) and rule.closes_at >= time(23, 59))
    ends = (rule.valid_from, rule.valid_to, rule.until, rule.byweekno, rule.bymonthday, rule.byyearday, rule.count)
    known = rule.zone or rule.timezone is not None
    begun = rule.dtstart is None or rule.dtstart <= date.today()
    each_time = rule.interval in (None, 1) and not any(ends)
    return bool(whole and known and begun and each_time and set(re.split(r"[,;\s]+", rule.byday.upper())) >= WEEK)
