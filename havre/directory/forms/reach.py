"""Whom to speak to, on which number, when, and where."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from havre.directory.keys import KeyField
from havre.platform.ui.boxes import DayField
from havre.platform.ui.fields import code, codes, country, offer, tick, words

from .base import CardForm, Hanging
from .fields import Mail, Number, Plain, Reach, Said, Web, languages, zone_of, zones

WEEK = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
KEY = {"rows": 6, "dir": "ltr", "class": "hv-ref", "spellcheck": "false"}
AWAY = _("This lies on no map. Write it in degrees, as 36.8065.")


def degrees(label: Any, most: int) -> forms.FloatField:
    """A place on earth, from one direction."""
    return forms.FloatField(
        label=label,
        required=False,
        min_value=-most,
        max_value=most,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "hv-input--short", "dir": "ltr"}),
        error_messages={"invalid": AWAY, "min_value": AWAY, "max_value": AWAY},
    )


class ContactForm(CardForm):
    """Somebody, or a desk, to speak to."""

    name = Plain(label=_("Name"), most=200, help_text=_("Empty for a desk."))
    title = Plain(label=_("What they do"), most=200)
    department = Plain(label=_("Department"), most=200)
    email = Mail(label=_("Mail address"))
    languages = languages(_("Languages spoken"))
    is_focal_point = tick(_("Is a focal point"))
    focal_role = code("focal_roles", _("As which"))
    out_of_hours = tick(_("Answers out of hours"))
    service = Hanging(_("For which service"))
    location = Hanging(_("At which place"))
    visibility = Reach()

    def clean(self) -> dict[str, Any]:
        """Somebody, or something, to ask for."""
        sent = super().clean()
        if not any(sent.get(each) for each in ("name", "title", "department", "email")):
            self.add_error("name", _("Write whom to ask for: a name, what they do, or a mail address."))
        return sent


class KeyForm(CardForm):
    """The key that seals what is sent to them, and how much may be sent."""

    public_key = KeyField(widget=forms.Textarea(attrs=KEY))
    key_expires = DayField(label=_("To be renewed by"), help_text=_("A day in the key itself counts in any case."))
    default_tlp_max = code("tlp", _("Most that may be sent"))
    clearance = code("clearances", _("Clearance"))

    def values(self) -> dict[str, Any]:
        """What an action writes."""
        given = super().values()
        return {**given, "clearance": given["clearance"] or "none"}


class PhoneForm(CardForm):
    """A number, and what it is good for."""

    number = Number(label=_("Number"), required=True, error_messages={"required": _("Write the number.")})
    description = Plain(label=_("What one reaches there"), most=300)
    hours_24_7 = tick(_("Answers day and night"))
    is_hotline = tick(_("Is a help line"))
    toll_free = tick(_("Costs nothing"))
    reachable_from_abroad = Said(_("Can be called from abroad"))
    channels = codes("phone_channels", _("Ways"))
    languages = languages(_("Languages spoken"))
    service = Hanging(_("For which service"))
    contact = Hanging(_("For which contact"))
    location = Hanging(_("At which place"))
    visibility = Reach()


class HoursForm(CardForm):
    """On which days, from when until when, by which clock."""

    days = codes("week_days", _("Days"))
    opens_at = forms.TimeField(
        label=_("Opens at"),
        required=True,
        widget=forms.TimeInput(attrs={"type": "time", "class": "hv-input--short"}, format="%H:%M"),
        error_messages={"invalid": _("This is no time of the day. Write it as 08:30.")},
    )
    closes_at = forms.TimeField(
        label=_("Closes at"),
        required=True,
        help_text=_("An earlier time means the next morning."),
        widget=forms.TimeInput(attrs={"type": "time", "class": "hv-input--short"}, format="%H:%M"),
        error_messages={"invalid": _("This is no time of the day. Write it as 08:30.")},
    )
    zone = forms.ChoiceField(label=_("By the clock of"))
    service = Hanging(_("For which service"))
    location = Hanging(_("At which place"))
    valid_from = DayField(label=_("First day"), help_text=_("Empty when it is always so."))
    valid_to = DayField(label=_("Last day"))
    description = Plain(label=_("Said in words"), most=300)

    def _offer(self) -> None:
        super()._offer()
        offer(self, "zone", [("", "–"), *zones()])
        self.initial.setdefault("zone", zone_of(self.card.countries) if self.card else "")
        self.initial["days"] = [each.strip() for each in str(self.initial.get("byday", "")).split(",") if each.strip()]

    def clean(self) -> dict[str, Any]:
        """At least one day, and the two dates in their order."""
        sent = super().clean()
        first, last = sent.get("valid_from"), sent.get("valid_to")
        if first and last and last < first:
            self.add_error("valid_to", _("The last day comes before the first. Check both days."))
        if "days" in sent and not sent["days"]:
            self.add_error("days", _("Choose at least one day."))
        return sent

    def values(self) -> dict[str, Any]:
        """What an action writes: the rule as HSDS has it."""
        given = super().values()
        days = given.pop("days")
        return {**given, "byday": ",".join(each for each in WEEK if each in days), "freq": "WEEKLY"}


class PlaceCardForm(CardForm):
    """Where it is; a confidential place shows its country and region and nothing else."""

    address_confidential = tick(
        _("Its address is confidential"),
        help_text=_("Only colleagues of your agency who must know see it. It is in no list, map, mail, file or print."),
    )
    location_type = code("location_types", _("What it is"))
    name = Plain(label=_("Name of the place"))
    country = country(_("Country"))
    region = Plain(label=_("Region"), most=120)
    city = Plain(label=_("Town"), most=120)
    address = words(_("Street and number"), rows=2)
    postal_code = Plain(label=_("Postal code"), most=20)
    latitude = degrees(_("Latitude"), 90)
    longitude = degrees(_("Longitude"), 180)
    transportation = words(_("How to get there"), rows=2)
    phone_there = Number(label=_("Number at a confidential place"))
    url = Web(label=_("Address on the web"), help_text=_("For what is given online."))
    visibility = Reach()

    def clean(self) -> dict[str, Any]:
        """Both degrees, or none."""
        sent = super().clean()
        if (sent.get("latitude") is None) != (sent.get("longitude") is None) and not self.errors:
            self.add_error("longitude", _("A point on the map needs both figures."))
        return sent

    def values(self) -> dict[str, Any]:
        """What an action writes."""
        given = super().values()
        return {**given, "location_type": given["location_type"] or "physical"}
