"""Which service fits somebody, and why: each check with its answer, yes, no or not known.

The promise: nothing is scored and nothing is hidden. What the card does not say, or the file does not hold, is “not
known” and never counts as a no; that help hangs on giving evidence is said of every service. It rests on SPEC 12 and
8.2 (help is nobody's reward for testimony).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol
from uuid import UUID

from havre.kernel.dates import ADULT_FROM

PLACES_HOLD = 14  # days for which a count of free places is believed; provisional, see docs/adr/0030
KNOWN_SEX = {"Masculine": "m", "Feminine": "f", "TransgenderMasculine": "m", "TransgenderFeminine": "f"}
GROUPS = {"m": ("men", "boys"), "f": ("women", "girls")}
SEXES = frozenset({"women", "men", "girls", "boys", "transgender"})
ABROAD = frozenset({"foreigners", "irregular_migrants", "asylum_seekers"})
# A no to one of these means that the service is not for this person; any other no is something to speak about.
HARD = frozenset({"kind", "whom", "age", "nationality", "exploitation", "country", "runs"})


@dataclass(frozen=True)
class Wanted:
    """What is known of somebody who looks for help, and nothing that says who they are."""

    kinds: tuple[str, ...] = ()  # codes of services that meet the need; empty when any may
    country: str = ""
    sex: str = ""  # a code of prs_Gender
    ages: tuple[int, int] | None = None  # the lowest and the highest age it can be
    languages: frozenset[str] = frozenset()
    citizenships: frozenset[str] = frozenset()
    exploitation: frozenset[str] = frozenset()
    children: bool = False  # has children who may come along

    @property
    def is_child(self) -> bool | None:
        """Whether they are under eighteen; None when it can be either."""
        if self.ages is None or self.ages[0] < ADULT_FROM <= self.ages[1]:
            return None
        return self.ages[1] < ADULT_FROM


class Offer(Protocol):
    """What the checks read of a service."""

    status: str
    service_type: list[str]
    population_served: list[str]
    minimum_age: int | None
    maximum_age: int | None
    accepts_men: bool | None
    accepts_children_accompanied: bool | None
    accepts_unaccompanied_minors: bool | None
    exploitation_types_served: list[str]
    conditional_on_cooperation: bool | None
    capacity_total: int | None
    capacity_available: int | None
    capacity_as_of: Any
    cost_to_person: str
    interpretation_services: str
    countries: list[str]
    languages: list[str]


@dataclass(frozen=True)
class Reason:
    """One check: whether it fits, by which code, and what its sentence needs."""

    fits: bool | None
    code: str
    values: Mapping[str, Any] = field(default_factory=dict)

    @property
    def state(self) -> str:
        """What `c-conditions` calls it."""
        return {True: "yes", False: "no", None: "wait"}[self.fits]


@dataclass(frozen=True)
class Match:
    """A service with its reasons, and whether it was checked long ago."""

    service: Any
    reasons: tuple[Reason, ...]
    stale: bool = False

    @property
    def met(self) -> int:
        """How many checks are a yes."""
        return sum(each.fits is True for each in self.reasons)

    @property
    def fits(self) -> bool:
        """Whether nothing says that the service is not for this person."""
        return not any(each.fits is False and each.code in HARD for each in self.reasons)


def reasons(wanted: Wanted, offer: Offer, today: date) -> tuple[Reason, ...]:
    """Every check that has something to say of this service for this person, in the order they are read."""
    found = (check(wanted, offer) for check in CHECKS)
    return (*(each for each in found if each is not None), *_places(offer, today), cooperation(offer))


def ordered(matches: Iterable[Match]) -> list[Match]:
    """Those checked lately before those that were not; in each, those that fit, by fewer noes, then by more yeses."""
    return sorted(matches, key=_rank)


def speak_with(contacts: Iterable[Any], service: UUID, *, child: bool, stale: Callable[[Any], bool]) -> list[Any]:
    """Whom to speak with about a service: its own contacts, then the focal points of the house; checked ones first."""
    near = [each for each in contacts if each.service_id == service or each.service_id is None]
    return sorted(near, key=lambda each: (stale(each), *_nearness(each, service, child), each.name))


def _nearness(contact: Any, service: UUID, child: bool) -> tuple[bool, bool, bool]:
    of_children = contact.focal_role == "child_focal_point"
    return contact.service_id != service, of_children != child, not contact.is_focal_point


def _rank(match: Match) -> tuple[Any, ...]:
    noes = sum(each.fits is False for each in match.reasons)
    checked = getattr(match.service, "verified_on", None) or date.min
    free = match.service.capacity_available or 0
    return match.stale, not match.fits, noes, -match.met, -free, -checked.toordinal(), str(match.service.name)


def _runs(_wanted: Wanted, offer: Offer) -> Reason | None:
    return None if offer.status == "active" else Reason(False, "runs", {"status": offer.status})


def _kind(wanted: Wanted, offer: Offer) -> Reason | None:
    meant = tuple(each for each in wanted.kinds if each in offer.service_type)
    return Reason(bool(meant), "kind", {"kinds": meant or tuple(offer.service_type)}) if wanted.kinds else None


def _country(wanted: Wanted, offer: Offer) -> Reason | None:
    if not wanted.country or wanted.country in offer.countries:
        return None  # said once at the head of the page
    return Reason(False if offer.countries else None, "country", {"countries": tuple(offer.countries)})


def _whom(wanted: Wanted, offer: Offer) -> Reason:
    """Women, men, girls or boys: whom the service names against who the person can be."""
    named, asked = set(offer.population_served) & SEXES, _groups(wanted)
    values = {"asked": tuple(sorted(asked)), "served": tuple(each for each in offer.population_served if each in SEXES)}
    if offer.accepts_men is False and asked == {"men"}:
        return Reason(None if "men" in named else False, "whom", {**values, "no_men": True})
    named |= {"men"} if offer.accepts_men else set()
    return Reason(_taken(wanted.sex, asked, named), "whom", values)


def _taken(sex: str, asked: set[str], named: set[str]) -> bool | None:
    """Whether those who may be meant are among those who are named."""
    if sex not in KNOWN_SEX:
        return True if asked <= named else None
    if sex.startswith("Transgender"):
        if "transgender" in named:
            return True
        return False if named and not asked & named else None
    return True if asked <= named else False if named and not asked & named else None


def _groups(wanted: Wanted) -> set[str]:
    """The groups a person may be counted in, both where age or sex is not known."""
    sexes = [KNOWN_SEX[wanted.sex]] if wanted.sex in KNOWN_SEX else list(GROUPS)
    ages = {True: (1,), False: (0,), None: (0, 1)}[wanted.is_child]
    return {GROUPS[sex][age] for sex in sexes for age in ages}


def _age(wanted: Wanted, offer: Offer) -> Reason | None:
    """Whether every age it can be lies within the limits; a card without limits sets none."""
    low, high = offer.minimum_age, offer.maximum_age
    if low is None and high is None:
        return None
    values = {"low": low, "high": high}
    if wanted.ages is None:
        return Reason(None, "age", values)
    least, most = low or 0, 200 if high is None else high
    inside = least <= wanted.ages[0] and wanted.ages[1] <= most
    apart = wanted.ages[1] < least or most < wanted.ages[0]
    return Reason(True if inside else False if apart else None, "age", values)


def _alone(wanted: Wanted, offer: Offer) -> Reason | None:
    """A child: whether one who comes alone is taken. A no is a question, for nobody said that this child is alone."""
    if not wanted.is_child:
        return None
    return Reason(offer.accepts_unaccompanied_minors or None, "alone", {"taken": offer.accepts_unaccompanied_minors})


def _children(wanted: Wanted, offer: Offer) -> Reason | None:
    return Reason(offer.accepts_children_accompanied, "children") if wanted.children else None


def _languages(wanted: Wanted, offer: Offer) -> Reason | None:
    """A language in common; an interpreter where there is none is worth a question."""
    if not wanted.languages:
        return None
    common = wanted.languages & set(offer.languages)
    if common:
        return Reason(True, "languages", {"languages": tuple(sorted(common))})
    unsure = not offer.languages or bool(offer.interpretation_services)
    values = {"languages": tuple(offer.languages), "interpreter": bool(offer.interpretation_services)}
    return Reason(None if unsure else False, "languages", values)


def _nationality(wanted: Wanted, offer: Offer) -> Reason | None:
    """A service for nationals, or for foreigners, of the country where it is."""
    named = set(offer.population_served) & (ABROAD | {"nationals"})
    if not named or not wanted.country:
        return None
    return Reason(_of_country(wanted, named), "nationality", {"served": tuple(sorted(named))})


def _of_country(wanted: Wanted, named: set[str]) -> bool | None:
    if not wanted.citizenships:
        return True if {"nationals", "foreigners"} <= named else None
    if wanted.country in wanted.citizenships:
        # Whoever names people without papers does not turn others away by it.
        return True if "nationals" in named else None if named <= {"irregular_migrants"} else False
    return True if "foreigners" in named else None if named & ABROAD else False


def _exploitation(wanted: Wanted, offer: Offer) -> Reason | None:
    served = set(offer.exploitation_types_served)
    if not served:
        return None  # a card that names no kind sets no limit
    common = served & wanted.exploitation
    fits = True if common else False if wanted.exploitation else None
    return Reason(fits, "exploitation", {"served": tuple(sorted(common or served))})


def _cost(_wanted: Wanted, offer: Offer) -> Reason | None:
    if not offer.cost_to_person:
        return None
    return Reason(True if offer.cost_to_person == "free" else None, "cost", {"cost": offer.cost_to_person})


def _places(offer: Offer, today: date) -> tuple[Reason, ...]:
    """How many places are free, as long as somebody said so lately; where one sleeps it is always said."""
    free, said = offer.capacity_available, offer.capacity_as_of
    sleeps = any(each.startswith("SHELTER") for each in offer.service_type)
    if free is None:
        return (Reason(None, "places", {"free": None}),) if sleeps or offer.capacity_total is not None else ()
    values = {"free": free, "on": said.date() if said else None}
    fresh = said is not None and (today - said.date()).days <= PLACES_HOLD
    return (Reason(free > 0 if fresh else None, "places", values),)


def cooperation(offer: Offer) -> Reason:
    """Whether the help hangs on giving evidence: said of every service, and a no where it does (SPEC 8.2)."""
    hangs = offer.conditional_on_cooperation
    return Reason(None if hangs is None else not hangs, "cooperation")


CHECKS: tuple[Callable[[Wanted, Offer], Reason | None], ...] = (
    *(_runs, _country, _kind, _whom, _age, _alone, _children, _nationality, _exploitation, _languages, _cost),
)
