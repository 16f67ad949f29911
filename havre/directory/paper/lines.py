"""The numbers of a country that answer, for its emergency sheet: those that were checked before stale ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Case, Q, QuerySet, Value, When
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from havre.directory.finding import CHECK_DAYS, is_stale
from havre.directory.models import Contact, Phone, Service
from havre.directory.models.base import Checked
from havre.directory.naming import first_name, in_a_row, is_latin
from havre.kernel.places import language_label
from havre.kernel.vocabularies import load

from . import hours

CAP = 200  # rows that are read for one part of the sheet, those one would print first
EVERYBODY = {"women", "men", "girls", "boys"}
STOPPED = ("inactive", "defunct", "temporarily closed")


@dataclass(frozen=True)
class Line:
    """One number, and what it is good for."""

    number: str
    extension: int | None
    name: str
    of: str  # the organisation, where the name does not say it
    facts: list[str] = field(default_factory=list)
    toll_free: bool = False
    checked: date | None = None
    stale: bool = False
    shared: bool = False  # not everybody may see it


def in_country(country: str) -> Q:
    """Of a row with a service and an organisation: what serves that country."""
    own = Q(organisation__countries__contains=[country])
    return Q(service__countries__contains=[country]) | Q(service__isnull=True) & own | Q(service__countries=[]) & own


def phones(country: str) -> QuerySet[Phone]:
    """Every number there of what still runs."""
    return (
        Phone.objects.filter(in_country(country))
        .exclude(service__status__in=STOPPED)
        .select_related("organisation", "service", "contact")
        .prefetch_related("spoken", "service__schedules")
    )


@dataclass(frozen=True)
class Some:
    """Lines in their order; `all` is False where there are more than were read."""

    lines: list[Line]
    all: bool


def day_and_night(country: str, today: date) -> Some:
    """What answers at any hour."""
    return _told(phones(country).filter(hours_24_7=True), today)


def help_lines(country: str, today: date) -> Some:
    """Help lines that answer at their hours."""
    return _told(phones(country).filter(hours_24_7=False, is_hotline=True), today)


def focal_points(country: str, today: date) -> Some:
    """The first number of each person or desk named as focal point, those who answer out of hours first."""
    found = (
        Contact.objects.filter(in_country(country), is_focal_point=True)
        .select_related("organisation", "service")
        .prefetch_related("phones__spoken")
        .order_by(_fresh("", today).desc(), "-out_of_hours", "focal_role", "pk")
    )
    rows = list(found[:CAP])
    told = [_of_contact(each, phone, today) for each in rows for phone in list(each.phones.all())[:1]]
    return Some(told, len(rows) < CAP)


def _told(found: QuerySet[Phone], today: date) -> Some:
    """Those that were checked and cost nothing are read first: of a large country not every number is."""
    contact, service, house = (_fresh(name, today) for name in ("contact__", "service__", "organisation__"))
    whose = Case(When(contact__isnull=False, then=contact), When(service__isnull=False, then=service), default=house)
    rows = list(found.order_by(whose.desc(), "-toll_free", "organisation__folded", "pk")[:CAP])
    lines = _once(_line(each, today) for each in rows)
    return Some(sorted(lines, key=lambda each: (each.stale, not each.toll_free, each.name.casefold())), len(rows) < CAP)


def _fresh(of: str, today: date) -> Case:
    """Whether a row was checked in time, as `is_stale` reads it."""
    due, checked = f"{of}next_check_due", f"{of}verified_on"
    since = today - timedelta(CHECK_DAYS)
    fresh = Q(**{f"{due}__gte": today}) | Q(**{f"{due}__isnull": True, f"{checked}__gte": since})
    return Case(When(fresh, then=Value(True)), default=Value(False))


def _once(lines: Iterable[Line]) -> Iterator[Line]:
    """A number that several services of an organisation give stands once."""
    seen: set[tuple[str, str]] = set()
    for each in sorted(lines, key=lambda line: (line.stale, line.name)):
        key = ("".join(sign for sign in each.number if sign.isdigit()), each.of or each.name)
        if key not in seen:
            seen.add(key)
            yield each


def _line(phone: Phone, today: date) -> Line:
    service, house, contact = phone.service, phone.organisation, phone.contact
    name = phone.description or (service and first_name(service)) or (contact and contact.title) or first_name(house)
    of = first_name(house) if name != first_name(house) else ""
    opens = hours.said(service.schedules.all()) if service and not phone.hours_24_7 else []
    facts = [_kind(service), *opens, _whom(service)] if service else []
    return _made(phone, contact or service or house, today, name, of, facts)


def _kind(service: Service) -> str:
    """What it is in the reader's words, where its own are in another script."""
    return "" if is_latin(service.name) else _listed("services", service.service_type)


def _whom(service: Service) -> str:
    people = service.population_served
    return _("for everybody") if set(people) >= EVERYBODY else _listed("populations", people)


def _of_contact(contact: Contact, phone: Phone, today: date) -> Line:
    name = contact.name or contact.title or contact.department
    role = _listed("focal_roles", [contact.focal_role]) if contact.focal_role else contact.title
    late = _("answers out of hours") if contact.out_of_hours else ""
    house = first_name(contact.organisation)
    return _made(phone, contact, today, name or house, house if name else "", [role if role != name else "", late])


def _made(phone: Phone, checked: Checked, today: date, name: str, of: str, facts: list[str]) -> Line:
    spoken = ", ".join(language_label(each, _language()) for each in _languages(phone))
    ways = _listed("phone_channels", [each for each in phone.channels if each != "voice"])
    calls = {True: _("also from abroad"), False: _("not from abroad"), None: ""}[phone.reachable_from_abroad]
    free = _("free of charge") if phone.toll_free else ""
    return Line(
        number=phone.number,
        extension=phone.extension,
        name=name,
        of=of,
        facts=[each for each in (*facts, spoken, ways, free, calls) if each],
        toll_free=phone.toll_free,
        checked=checked.verified_on,
        stale=is_stale(checked, today),
        shared=max(phone.visibility, checked.visibility) > 0,
    )


def _language() -> str:
    return get_language() or "en"


def _listed(name: str, codes: Iterable[str]) -> str:
    return in_a_row(load(name).label(each, _language()) for each in codes)


def _languages(phone: Phone) -> list[str]:
    """Of the number itself, else of whoever answers it."""
    answers = phone.contact or phone.service
    return [each.code for each in phone.spoken.all() if each.code] or (answers.languages if answers else [])
