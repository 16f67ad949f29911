"""What was done on a day at a place, and how many calls came."""

from __future__ import annotations

import re
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from havre.platform.ui.boxes import DayField
from havre.platform.ui.fields import Line, SheetForm, code, country, offer, whole, words
from havre.prevention.counting.forms import CountsField
from havre.prevention.counting.sums import total

from .forms import ENDS
from .models import Calls, Campaign, Material, Output

MANY, OFTEN = 1_000_000_000, 100_000
FIGURES = _("Write the number in figures, for example 40.")
POINT = re.compile(r"^\s*([+-]?\d{1,2}(?:[.,]\d+)?)\s*[,;\s]\s*([+-]?\d{1,3}(?:[.,]\d+)?)\s*$")


class PointField(Line):
    """A place on earth as a map or a telephone shows it: latitude, then longitude."""

    def clean(self, value: Any) -> tuple[float, float] | None:
        """Both figures, or a sentence that says how to write them."""
        text = super().clean(value)
        if not text:
            return None
        found = POINT.match(text.replace("\u2212", "-"))
        at = tuple(float(each.replace(",", ".")) for each in found.groups()) if found else ()
        if len(at) != 2 or abs(at[0]) > 90 or abs(at[1]) > 180:
            raise forms.ValidationError(_("Write it as a map shows it: latitude, then longitude, as 14.69, -17.44."))
        return at[0], at[1]

    def prepare_value(self, value: Any) -> Any:
        """As it is typed."""
        return f"{value[0]}, {value[1]}" if isinstance(value, tuple) else value


class OutputForm(SheetForm):
    """When, where, through which channel, whom it reached."""

    title = Line(label=_("What is done"), required=True, most=200)
    on = DayField(label=_("On"), required=True)
    until = DayField(label=_("Until, if it lasts longer"))
    channel = code("campaign_channels", _("Channel"))
    group = code("target_groups", _("For whom"))
    place = Line(label=_("Place"), most=200)
    country = country(_("Country"))
    point = PointField(label=_("On the map"), most=60, help_text=_("Latitude, longitude. Empty: the country alone."))
    people = CountsField(label=_("People it reached"), help_text=_("Afterwards: as counted or estimated."))
    again = whole(_("Of them, reached before by this campaign"), MANY, FIGURES)
    times = whole(_("How often each of them saw or heard it"), OFTEN, FIGURES)
    engaged = whole(_("How often somebody asked, answered or shared"), MANY, FIGURES)
    clicks = whole(_("Clicks"), MANY, FIGURES)
    material = forms.ChoiceField(label=_("Material given out"), required=False)
    copies = whole(_("Copies given out"), MANY, FIGURES)
    note = words(_("Note"), 2)

    def __init__(self, *args: Any, campaign: Campaign, row: Output | None = None, **kwargs: Any) -> None:
        stands: dict[str, Any] = {"country": campaign.country, "times": 1}
        if row:
            stands = {name: getattr(row, name) for name in self.base_fields if hasattr(row, name)}
            stands["material"] = str(row.material_id or "")
            stands["point"] = (row.latitude, row.longitude) if row.latitude is not None else ""
        super().__init__(*args, **{**kwargs, "initial": {**stands, **(kwargs.get("initial") or {})}})
        self.materials = {str(each.pk): each for each in Material.objects.filter(campaign=campaign)}
        listed = [(key, f"{each.title} ({each.language}, {each.number})") for key, each in self.materials.items()]
        offer(self, "material", [("", "–"), *listed])

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        on, until = given.get("on"), given.get("until")
        if on and until and until < on:
            self.add_error("until", ENDS)
        if "people" in given and (given.get("again") or 0) > total(given["people"]):
            self.add_error("again", _("No more can have been reached before than were reached now."))
        return given

    def values(self) -> dict[str, Any]:
        """What the action writes."""
        given = {name: value for name, value in self.cleaned_data.items() if name not in ("shape", "point")}
        at = self.cleaned_data["point"] or (None, None)
        return given | {
            "latitude": at[0],
            "longitude": at[1],
            "again": given["again"] or 0,
            "times": given["times"] or 1,
            "material": self.materials.get(given["material"]),
        }


class CallsForm(SheetForm):
    """Calls to the hotline in some days."""

    begins = DayField(label=_("From"), required=True, past=True)
    ends = DayField(label=_("To"), required=True, past=True)
    calls = whole(_("Calls"), MANY, FIGURES)
    trafficking = whole(_("Of them, about trafficking"), MANY, FIGURES)

    def __init__(self, *args: Any, row: Calls | None = None, **kwargs: Any) -> None:
        stands = {name: getattr(row, name) for name in self.base_fields if hasattr(row, name)} if row else {}
        super().__init__(*args, **{**kwargs, "initial": {**stands, **(kwargs.get("initial") or {})}})
        cast(forms.IntegerField, self.fields["calls"]).required = True

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        begins, ends, calls = given.get("begins"), given.get("ends"), given.get("calls")
        if begins and ends and ends < begins:
            self.add_error("ends", ENDS)
        if calls is not None and (given.get("trafficking") or 0) > calls:
            self.add_error("trafficking", _("No more calls can be about trafficking than came in."))
        return given

    def values(self) -> dict[str, Any]:
        """What the action writes."""
        return {name: self.cleaned_data[name] for name in ("begins", "ends", "calls", "trafficking")}
