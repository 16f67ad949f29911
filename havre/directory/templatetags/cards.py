"""What the pages of the directory say of a card in words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from babel.dates import format_timedelta
from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from havre.directory.countries import Agency, Number
from havre.directory.finding import Dated, is_stale
from havre.directory.models import Language, Phone
from havre.directory.naming import Named, first_name, in_a_row, second_name
from havre.directory.standing import contact_of
from havre.kernel import places, vocabularies
from havre.platform.keeping.rows import Visibility
from havre.platform.ui.templatetags.havre import icon
from havre.platform.ui.templatetags.words import day

register = template.Library()
register.filter("contact_of", contact_of)


@register.filter
def labels(codes: Iterable[str] | None, name: str) -> str:
    """The words for several codes of a list, one after the other."""
    language = get_language() or "en"
    return in_a_row(vocabularies.load(name).label(each, language) for each in codes or ())


@register.filter
def spoken(codes: Iterable[str] | None) -> str:
    """The names of languages."""
    language = get_language() or "en"
    return ", ".join(dict.fromkeys(places.language_label(each, language) for each in codes or () if each))


@register.filter
def lands(codes: Iterable[str] | None) -> str:
    """The names of countries."""
    return ", ".join(places.country_label(each, get_language() or "en") for each in codes or ())


@register.filter
def stale(row: Dated) -> bool:
    """Whether nobody has checked it for half a year."""
    return is_stale(row, localdate())


@register.filter
def ago(day: date | None) -> str:
    """How long ago a day was, roughly: 8 months ago."""
    if day is None:
        return _("never")
    locale = (get_language() or "en").replace("-", "_")
    return str(format_timedelta(day - localdate(), add_direction=True, locale=locale))


@register.filter
def reach(visibility: int) -> str:
    """The code of a visibility, as its list has it."""
    return Visibility(visibility).name.lower()


@register.filter
def for_whom(agency: Agency) -> str:
    """Whom an agency is for, in few words; nothing when it does not say."""
    low, high = agency.ages
    who = _("Everyone") if agency.people == ["everybody"] else labels(agency.people, "populations")
    if high is not None and high < 18 and not low:
        return ", ".join(filter(None, (who, _("under %(age)d") % {"age": high + 1})))
    if low:
        return ", ".join(filter(None, (who, _("from %(age)d") % {"age": low})))
    return who


def name_of(house: Named) -> str:
    """Its name, and the other one beside it."""
    other = second_name(house)
    return f"{first_name(house)} ({other})" if other else first_name(house)


# The cells of a table of many agencies: a template would ask a dozen things of each row, and they are most of its page.
@register.filter
def house_cell(agency: Agency) -> SafeString:
    """Its other name, its towns, and that it has a place that stays confidential."""
    other, towns = second_name(agency.card), format_html_join(", ", "<bdi>{}</bdi>", ((t,) for t in agency.towns[:2]))
    also = format_html("<small><bdi>{}</bdi></small>", other) if other else ""
    hidden = format_html("{} {}", icon("lock"), _("place confidential")) if agency.hidden else ""
    between = ", " if towns and hidden else ""
    return format_html("{}<small>{}{}{}</small>", also, towns, between, hidden)


@register.filter
def offers_cell(agency: Agency) -> SafeString | str:
    """Three of what it offers, and how many more there are."""
    few, more = labels(agency.offers[:3], "services"), len(agency.offers) - 3
    return format_html('{} <span class="hv-muted">+{}</span>', few, more) if more > 0 else few


@register.filter
def room_cell(agency: Agency) -> SafeString | str:
    """How many places are free; nothing where nobody says."""
    if agency.room is None:
        return ""
    if agency.room == 0:
        return format_html('<span class="hv-muted">{}</span>', _("full"))
    return format_html('<span class="hv-only-s">{} </span>{}', _("Places"), agency.room)


@register.filter
def checked_cell(agency: Agency) -> SafeString:
    """When its contact was checked, or that this is too long ago."""
    tone, drawn = ("lamp", "clock-exclamation") if agency.stale else ("calm", "circle-check")
    when = ago(agency.checked) if agency.stale and agency.checked else day(agency.checked)
    words = when or _("never checked")
    return format_html('<span class="hv-badge hv-badge--{}">{}{}</span>', tone, icon(drawn), words)


@register.filter
def line_name(number: Number) -> str:
    """What a number is called in a list: what it says itself, else what answers it, else whose it is."""
    answers = number.description or (first_name(number.service) if number.service else "") or number.contact
    return answers or name_of(number.house)


@register.filter
def line_says(number: Number) -> str:
    """Languages, whose number it is and whether it costs anything, in one line."""
    house = name_of(number.house)
    said = [
        house if house != line_name(number) else "",
        spoken(number.languages),
        _("Free from any phone") if number.toll_free else "",
    ]
    return " · ".join(filter(None, said))


@register.filter
def dialled(phone: Phone | Number) -> str:
    """The number without blanks, for a link that calls."""
    return phone.e164 or "".join(sign for sign in phone.number if sign.isdigit() or sign in "+*#")


@register.filter
def tongues(rows: Iterable[Language]) -> str:
    """The languages of such rows, by code or as they were written."""
    language = get_language() or "en"
    return ", ".join(places.language_label(each.code, language) if each.code else each.name for each in rows)
