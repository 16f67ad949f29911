"""The services of an organisation: to whom, when, in what languages, with how many places, on which number."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

from django.utils import timezone

from havre.directory.models import Language, Location, Schedule, Service, ServiceArea, ServiceAtLocation
from havre.platform.keeping.rows import Visibility
from havre.site.demo.directory import lists
from havre.site.demo.directory.card import Card
from havre.site.demo.directory.lists import in_latin, said
from havre.site.demo.tables import Row

EVERY_DAY = "MO,TU,WE,TH,FR,SA,SU"
NATIONAL = ("line", "police", "return")
SAYS = ("call", "free", "interpreter", "stay", "papers")
MEN = {"men", "boys"}
WORK = ["ForcedLabour", "Servitude", "ForcedBegging"]


def offer(card: Card, key: str, body: Row, place: Location, town: Row) -> Service:
    """A service at a place, with its area, its hours, its languages and, where one rings at night, its number."""
    cards, kind = card.cards, lists.service(key)
    service = card.put(Service, **_about(card, key, body), **_whom(card, kind, body), **_places(card, kind))
    card.put(ServiceAtLocation, service=service, location=place)
    _area(card, service, town, national=body["body"] in NATIONAL)
    for code in cards.spoken[: cards.rng.randint(1, 3) + 2 * bool(cards.part)]:
        card.put(Language, service=service, code=code)
    _hours(card, service, kind["hours"])
    _night(card, service, key)
    return service


def _about(card: Card, key: str, body: Row) -> dict[str, Any]:
    cards, language, rng = card.cards, card.cards.country.language, card.cards.rng
    kind = lists.service(key)
    told = [said(language, "say", each).own for each in rng.sample(SAYS, 2)]
    english = "" if language in ("en", "fr") else said("en", "service", key).own
    return {
        "name": said(language, "service", key).own,
        "alternate_name": english,
        "description": " ".join(told),
        "email": card.organisation.email,
        "url": card.organisation.website if rng.random() < 0.3 else "",
        "status": rng.choices(("active", "temporarily closed"), (97, 3))[0],
        "service_type": lists.codes(kind["types"]),
        "cost_to_person": kind["cost"],
        "referral_procedure": said(language, "say", rng.choice(("refer", "write"))).own,
        "interpretation_services": said(language, "say", "interpreter").own if rng.random() < 0.4 else "",
        "exploitation_types_served": WORK if body["body"] in ("men", "labour") else [],
        "conditional_on_cooperation": rng.choices((True, False, None), (35 if key == "witness" else 2, 60, 38))[0],
        **cards.checked(),
    }


def _whom(card: Card, kind: Row, body: Row) -> dict[str, Any]:
    rng = card.cards.rng
    people = lists.codes(kind["populations"] or body["populations"])
    source = kind if kind["minimum_age"] or kind["maximum_age"] else body
    if kind["populations"] and not kind["minimum_age"]:
        source = kind
    least, most = lists.number(source["minimum_age"]), lists.number(source["maximum_age"])
    return {
        "population_served": people,
        "minimum_age": least,
        "maximum_age": most,
        "accepts_men": "men" in people,
        "accepts_children_accompanied": "families" in people or ("women" in people and (rng.random() < 0.6 or None)),
        "accepts_unaccompanied_minors": most == 17 or (None if least is None else False),
        "accepts_with_pets_or_dependants": rng.choice((None, None, True, False)),
    }


def _places(card: Card, kind: Row) -> dict[str, Any]:
    if not kind["places"]:
        return {}
    rng = card.cards.rng
    total = rng.choice((6, 8, 10, 12, 14, 18, 24, 30))
    free = rng.choice((0, 0, 1, 2, 2, 3, 4, None))
    since = timezone.now() - timedelta(hours=rng.randint(3, 500))
    known = {"capacity_available": free, "capacity_as_of": since} if free is not None else {}
    return {"capacity_total": total, "max_stay_days": lists.number(kind["stay"]), **known}


def _area(card: Card, service: Service, town: Row, *, national: bool) -> None:
    country = card.cards.country
    name = country.title if national else town["region"]
    latin = "" if national or town["region"] == in_latin(town, "region") else in_latin(town, "region")
    card.put(ServiceArea, service=service, name=name, description=latin, country=country.code)


def _hours(card: Card, service: Service, kind: str) -> None:
    row, rng = card.cards.country.row, card.cards.rng
    if kind == "line":
        kind = "always" if rng.random() < 0.7 else "late"
    if kind == "day":
        return _working_day(card, service)
    days, opens, closes = {
        "always": (EVERY_DAY, "00:00", "23:59"),
        "long": (f"{row['days']},SA" if "SA" not in row["days"] else row["days"], "08:00", "20:00"),
        "evening": ("TU,TH", "18:00", "21:00"),
        "late": (EVERY_DAY, "08:00", "02:00"),  # until after midnight
    }[kind]
    return _schedule(card, service, days, opens, closes)


def _working_day(card: Card, service: Service) -> None:
    row = card.cards.country.row
    if row["pause"]:
        noon, again = row["pause"].split(";")
        _schedule(card, service, row["days"], row["opens"], noon)
        _schedule(card, service, row["days"], again, row["closes"])
    else:
        _schedule(card, service, row["days"], row["opens"], row["closes"])


def _schedule(card: Card, service: Service, days: str, opens: str, closes: str) -> None:
    zone: dict[str, Any] = {
        "zone": card.cards.country.row["zone"],
        "timezone": card.cards.offset(),
        "freq": "WEEKLY",
        "wkst": "MO",
    }
    hours: dict[str, Any] = {"opens_at": time.fromisoformat(opens), "closes_at": time.fromisoformat(closes)}
    card.put(Schedule, service=service, byday=days, **zone, **hours)


def _night(card: Card, service: Service, key: str) -> None:
    """The numbers that answer day and night. They are examples: nobody answers them."""
    cards = card.cards
    at = [each.code for each in lists.countries()].index(cards.country.code)
    hotline = {"is_hotline": True, "hours_24_7": True}
    spoken = cards.spoken
    if key == "helpline":
        free = {"toll_free": True, "reachable_from_abroad": False, "channels": ["voice", "sms"]}
        card.phone(f"00 80 {(at - 1) % 30:03d} 112", spoken, service=service, **hotline, **free)
        abroad = {"reachable_from_abroad": True, "channels": ["voice", "whatsapp"]}
        card.phone(cards.number(), spoken[:2], service=service, **hotline, **abroad)
    elif key == "guardian":
        free = {"toll_free": True, "reachable_from_abroad": False}
        card.phone(f"00 80 {(at - 1) % 30:03d} 119", spoken[:2], service=service, **hotline, **free)
    elif key in ("emergency_bed", "men_home", "safety", "examination"):
        partners = int(Visibility.PARTNERS)
        at_night = {"visibility": partners, "hours_24_7": True, "is_hotline": key == "emergency_bed"}
        card.phone(cards.number(), spoken[:3], service=service, reachable_from_abroad=True, **at_night)
