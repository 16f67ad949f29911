"""What the search says of each service, in the reader's words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from babel.dates import format_timedelta, get_day_names
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from havre.directory import finding, opening
from havre.directory.models import Phone, Service
from havre.directory.naming import in_a_row
from havre.directory.templatetags.naming import called
from havre.kernel.places import country_label, language_label
from havre.kernel.vocabularies import load
from havre.platform.ui.templatetags.words import short_day

HOLDS = timedelta(days=14)  # for which a count of free places is told without its day


@dataclass(frozen=True)
class Said:
    """A few words, and how much notice they need."""

    words: str
    tone: str = ""
    icon: str = ""


@dataclass(frozen=True)
class Found:
    """One service as the list shows it."""

    url: str
    name: SafeString
    organisation: SafeString
    where: str
    confidential: bool
    kinds: str
    whom: str
    languages: str
    phones: Sequence[Phone]
    hours: Said
    places: Said
    checked: Said
    cost: Said

    @property
    def says(self) -> list[Said]:
        """What is worth a few words beside it."""
        return [each for each in (self.hours, self.places, self.cost, self.checked) if each.words]


def found(service: Service, at: datetime) -> Found:
    """What is told of it at that moment."""
    language, at = get_language() or "en", localtime(at)
    places = [offer.location for offer in service.at_locations.all()]
    towns = dict.fromkeys(place.city for place in places if place.city)
    lands = [country_label(code, language) for code in service.countries[:3]]
    return Found(
        url=f"{reverse('directory:card', args=[service.organisation_id])}#s-{service.pk}",
        name=called(service),
        organisation=called(service.organisation),
        where=", ".join([*towns, *lands]),
        confidential=any(place.address_confidential for place in places),
        kinds=_labels("services", service.service_type, language),
        whom=_whom(service, language),
        languages=", ".join(language_label(code, language) for code in service.languages),
        phones=vars(service)["numbers"][:2],
        hours=hours(service, at),
        places=_places(service, at),
        checked=checked(service, at.date()),
        cost=Said(_cost(service.cost_to_person, language)),
    )


def hours(service: Service, at: datetime) -> Said:
    """Whether it is open, and until or from when by the clock of the place."""
    if service.always_open:
        return Said(_("Day and night"), "calm", "clock")
    rules = vars(service)["open_hours"]
    open_now = opening.is_open(rules, at)
    if open_now is None:
        return Said(_("Hours not known"))
    change = opening.next_change(rules, at)
    if change is None:
        return Said(_("Open, day and night"), "calm", "clock") if open_now else Said(_("Closed"))
    when = _clock(change, at)
    return Said(_("Open until %(when)s") % when, "calm", "clock") if open_now else Said(_("Opens %(when)s") % when)


def _clock(change: datetime, at: datetime) -> dict[str, str]:
    """The time of a change, with its day where that is another, and that it is theirs where the clocks differ."""
    there = at.astimezone(change.tzinfo)
    clock = date_format(change, "TIME_FORMAT")
    days = (change.date() - there.date()).days
    if days >= 7:
        clock = _("%(day)s, %(time)s") % {"day": short_day(change.date()), "time": clock}
    elif days:
        names = get_day_names("abbreviated", locale=(get_language() or "en").replace("-", "_"))
        clock = _("%(day)s, %(time)s") % {"day": names[change.weekday()], "time": clock}
    if change.utcoffset() != localtime(change).utcoffset():
        clock = _("%(time)s there") % {"time": clock}
    return {"when": clock}


def checked(row: finding.Dated, today: date) -> Said:
    """When somebody last checked it; after 180 days it is stale."""
    if row.verified_on is None:
        return Said(_("Never checked"), "lamp", "clock-exclamation")
    if not finding.is_stale(row, today):
        return Said(_("Checked %(day)s") % {"day": short_day(row.verified_on)}, "calm", "circle-check")
    ago = row.verified_on - today
    locale = (get_language() or "en").replace("-", "_")
    when = format_timedelta(ago, granularity="day", add_direction=True, locale=locale)
    return Said(_("Checked %(when)s") % {"when": when}, "lamp", "clock-exclamation")


def _places(service: Service, at: datetime) -> Said:
    free = service.capacity_available
    if free is None:
        return Said("")
    words = ngettext("%(n)d place free", "%(n)d places free", free) % {"n": free} if free else _("Full")
    if service.capacity_as_of and at - service.capacity_as_of < HOLDS:
        return Said(words, "calm" if free else "", "home-heart" if free else "")
    day = short_day(localtime(service.capacity_as_of).date()) if service.capacity_as_of else ""
    return Said(_("%(words)s, said on %(day)s") % {"words": words, "day": day} if day else words)


def _cost(code: str, language: str) -> str:
    return _("Free of charge") if code == "free" else load("service_costs").label(code, language) if code else ""


def _whom(service: Service, language: str) -> str:
    whom = _labels("populations", service.population_served, language)
    low, high = service.minimum_age, service.maximum_age
    if low is not None and high is not None:
        age = _("%(low)d to %(high)d years") % {"low": low, "high": high}
    elif low:
        age = _("from %(low)d years") % {"low": low}
    else:
        age = _("up to %(high)d years") % {"high": high} if high is not None else ""
    return ", ".join(filter(None, (whom, age)))


def _labels(name: str, codes: Iterable[str], language: str) -> str:
    listed = load(name)
    return in_a_row(listed.label(code, language) for code in codes)
