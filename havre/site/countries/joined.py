"""What the rooms know of a country, each asked for its own; the policies decide how far each reader sees."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.timezone import localdate
from django.utils.translation import get_language

from havre.cases.assessment.models import PlaceFactor
from havre.directory import countries as cards
from havre.directory.models import Organisation
from havre.directory.paper import lines
from havre.kernel import places
from havre.knowledge.digest import shown as digest
from havre.knowledge.library import finding as library
from havre.prevention.campaigns.models import OPEN_TO_ALL, Campaign
from havre.prevention.events import shown as events
from havre.prevention.law import shown as law
from havre.prevention.training.models import Session

from .models import WayAbroad

SHOWN = 6


@dataclass(frozen=True)
class Whole:
    """Everything for the page, as rows of the rooms."""

    numbers: list[lines.Line]
    organisations: int
    law: law.OfCountry
    campaigns: list[Campaign]
    events: dict[str, Any]
    publications: list[Any]
    news: list[Any]
    ways: list[WayAbroad]


def of(country: str, agency: UUID | None) -> Whole:
    """What the reader may see; without an agency, what everybody may."""
    campaigns = Campaign.objects.filter(country=country)
    if agency is None:
        campaigns = campaigns.filter(status=OPEN_TO_ALL)
    return Whole(
        numbers=lines.day_and_night(country, localdate()).lines[:SHOWN],
        organisations=Organisation.objects.filter(countries__contains=[country]).count(),
        law=law.of_country(country, agency),
        campaigns=list(campaigns.order_by("-begins", "title")[:SHOWN]),
        events=events.of_country(country),
        publications=library.of_country(country),
        news=list(digest.of_country(country)),
        ways=list(WayAbroad.objects.filter(country=country).select_related("owner").order_by("title")),
    )


def sessions(country: str, agency: UUID) -> list[Session]:
    """The agency's own training days there, the latest first."""
    rows = Session.objects.filter(country=country, owner=agency).select_related("course")
    return list(rows.order_by("-begins")[:SHOWN])


def factors(country: str) -> tuple[int, list[PlaceFactor]]:
    """The causes that were found present there, of the latest year; 0 without any."""
    rows = list(PlaceFactor.objects.filter(country=country, present="yes").order_by("-period", "area", "factor"))
    latest = rows[0].period if rows else 0
    return latest, [each for each in rows if each.period == latest]


def listed() -> list[tuple[str, str]]:
    """The countries of which something is known, by their names."""
    language = get_language() or "en"
    known = {code for code, _name, _many in cards.listed(language)}
    known |= {land for land, _laws, _bound in law.counts()}
    known |= set(WayAbroad.objects.values_list("country", flat=True))
    known |= set(Campaign.objects.exclude(country="").values_list("country", flat=True))
    named = [(code, places.country_label(code, language)) for code in known if code in places.countries]
    return sorted(named, key=lambda each: each[1])
