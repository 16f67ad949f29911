"""Choosing, declaring, naming who receives, legs and papers, leaving and arriving."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from havre.cases.people.forms.boxes import FAR_OFF, YEARS_AHEAD, Boxes, DayField
from havre.cases.people.forms.fields import NOT_LISTED, Line, SheetForm, VersionedForm, codes, country, offer, words

from . import rules, zones
from .actions.travel import ARRIVAL, DECLARATION, HANDOVER, RECEIVING
from .actions.way import LEG, PAPER
from .models import ReturnJourney, TravelDocument, TravelLeg

CHOOSE = {"required": _("Choose one.")}
CLOCK = _("By the clocks of")
EARLIEST = 2000


class HourField(forms.Field):
    """A day and an hour as a clock on the wall shows it; of which zone, the field beside it says."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"type": "datetime-local", "class": "hv-input--short"}
        super().__init__(**{"required": True, "widget": forms.TextInput(attrs=attrs), **kwargs})
        self.error_messages["required"] = _("Give a day and an hour.")

    def to_python(self, value: Any) -> datetime | None:
        """The time without a zone."""
        if value in self.empty_values:
            return None
        try:
            read = datetime.fromisoformat(str(value)).replace(tzinfo=None, second=0, microsecond=0)
        except ValueError:
            raise forms.ValidationError(_("This could not be read. Write it as 2026-03-12 14:30.")) from None
        if not EARLIEST <= read.year <= localdate().year + YEARS_AHEAD:
            raise forms.ValidationError(FAR_OFF)
        return read

    def prepare_value(self, value: Any) -> Any:
        """What the control of a browser reads."""
        return value.strftime("%Y-%m-%dT%H:%M") if isinstance(value, datetime) else value


def clock(**kwargs: Any) -> forms.ChoiceField:
    """The place whose clocks are meant."""
    errors = {"invalid_choice": NOT_LISTED, "required": _("Choose the place whose clocks are meant.")}
    return forms.ChoiceField(label=CLOCK, error_messages=errors, **kwargs)


class Clocked(VersionedForm):
    """A form with times of places."""

    def __init__(self, *args: Any, near: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        near = list(near)
        for name, field in self.fields.items():
            if name.endswith("zone"):
                offer(self, name, zones.choices(near))
                field.initial = near[0] if near else None

    def moment(self, name: str, after: datetime | None = None) -> datetime | None:
        """The moment of a time and its zone; a time the clocks jump over is said so."""
        sent = self.cleaned_data
        local, zone = sent.get(f"{name}_at"), sent.get(f"{name}_zone")
        if not local or not zone:
            return None
        try:
            return rules.moment(local, zone, after)
        except rules.NoSuchTime:
            sentence = _("The clocks there jump over this hour that night. Check the hour.")
            self.add_error(f"{name}_at", sentence)
            return None


class OptionForm(SheetForm):
    """What the person chose, and what was explained before."""

    points = codes("return_points", _("What was explained, in a language the person understands"))
    option = Boxes("return_options", label=_("What the person chose"), required=True, error_messages=CHOOSE)
    chosen_on = DayField(label=_("On which day"), past=True, required=True)
    destination = country(_("To which country"))

    def values(self) -> dict[str, Any]:
        """What an action writes; who stays goes to no country."""
        sent = self.cleaned_data
        where = "" if sent["option"] == "stay" else sent["destination"]
        told = {"option": sent["option"], "chosen_on": sent["chosen_on"], "destination": where}
        return {**told, "points": ";".join(sent["points"])}


class DeclarationForm(VersionedForm):
    """An adult signs; for a child the guardian consents and the child says whether they wish it."""

    declared_on = DayField(label=_("The person declared on"), past=True)
    declared_how = Boxes("consent_methods", label=_("How"))
    guardian_on = DayField(label=_("The guardian consented on"), past=True)
    assent = forms.TypedChoiceField(
        label=_("Does the child wish to go?"),
        required=False,
        choices=[("yes", _("Yes")), ("no", _("No")), ("", _("Not asked yet"))],
        coerce=lambda value: value == "yes",
        empty_value=None,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, is_child: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_child:
            del self.fields["guardian_on"], self.fields["assent"]

    def values(self) -> dict[str, Any]:
        """What an action writes."""
        return {name: self.cleaned_data[name] for name in DECLARATION if name in self.cleaned_data}

    @staticmethod
    def of(journey: ReturnJourney) -> dict[str, Any]:
        """The stored values."""
        stored = {name: getattr(journey, name) for name in DECLARATION}
        said = {True: "yes", False: "no", None: ""}[journey.assent]
        return {**stored, "assent": said, "version": journey.version}


class ReceivingForm(VersionedForm):
    """Who receives the person there, whether they said yes, and about when."""

    receiving = Line(label=_("Who receives the person"), most=200, help_text=_("A body there, by its name."))
    receiving_confirmed_on = DayField(label=_("They said yes on"), past=True)
    planned_on = DayField(label=_("Departure planned on"))
    destination = country(_("Country of arrival"))

    def values(self) -> dict[str, Any]:
        """What an action writes."""
        return {name: self.cleaned_data[name] for name in RECEIVING}

    @staticmethod
    def of(journey: ReturnJourney) -> dict[str, Any]:
        """The stored values."""
        return {**{name: getattr(journey, name) for name in RECEIVING}, "version": journey.version}


class TravelLegForm(Clocked):
    """One part of the way, in the local times of both ends."""

    mode = Boxes("travel_modes", label=_("By what"), required=True, error_messages=CHOOSE)
    from_place = Line(label=pgettext_lazy("end of a leg", "From"), most=200)
    to_place = Line(label=pgettext_lazy("end of a leg", "To"), most=200)
    departs_at = HourField(label=_("Departs"))
    departs_zone = clock()
    arrives_at = HourField(label=_("Arrives"))
    arrives_zone = clock()
    carrier = Line(label=_("Company"), most=100)
    number = Line(label=_("Number of the flight, train or ticket"), most=60)
    escort = Boxes("escort_kinds", label=_("Who travels along"), initial="none")
    escort_name = Line(label=_("Name of who travels along"), most=200)
    note = words(_("To remember on the way"), 2)

    def clean(self) -> dict[str, Any]:
        """A leg arrives after it departs, whatever the clocks of both ends show."""
        sent = super().clean()
        departs = self.moment("departs")
        arrives = self.moment("arrives", departs)
        if departs and arrives and arrives <= departs:
            self.add_error("arrives_at", _("This leg arrives before it departs. Check the times and the clocks."))
        self.ends = {"departs_at": departs, "arrives_at": arrives}
        return sent

    def values(self) -> dict[str, Any]:
        """What an action writes."""
        sent = {name: self.cleaned_data[name] for name in LEG}
        return {**sent, **self.ends, "escort": sent["escort"] or rules.NOBODY}

    @staticmethod
    def of(leg: TravelLeg) -> dict[str, Any]:
        """The stored values, times as the clocks there show them."""
        stored = {name: getattr(leg, name) for name in LEG}
        stored["departs_at"] = zones.local(leg.departs_at, leg.departs_zone)
        stored["arrives_at"] = zones.local(leg.arrives_at, leg.arrives_zone)
        return {**stored, "version": leg.version}


class TravelPaperForm(VersionedForm):
    """A paper for the way."""

    kind = Boxes("travel_papers", label=_("Which paper"), required=True, error_messages=CHOOSE)
    state = Boxes("paper_states", label=_("How it stands"), required=True, error_messages=CHOOSE)
    number = Line(label=_("Its number"), most=60)
    issued_by = country(_("Issued by"))
    valid_until = DayField(label=_("Valid until"))

    def values(self) -> dict[str, Any]:
        """What an action writes."""
        return {name: self.cleaned_data[name] for name in PAPER}

    @staticmethod
    def of(paper: TravelDocument) -> dict[str, Any]:
        """The stored values."""
        return {**{name: getattr(paper, name) for name in PAPER}, "version": paper.version}


class DepartForm(Clocked):
    """When the person left."""

    departs_at = HourField(label=_("The person left"))
    departs_zone = clock()
    at: datetime

    def clean(self) -> dict[str, Any]:
        """The moment."""
        sent = super().clean()
        self.at = self.moment("departs") or timezone.now()  # nobody asks for it when the time could not be read
        return sent


class ArrivalForm(Clocked):
    """When the person arrived, and who says so."""

    arrives_at = HourField(label=_("The person arrived"))
    arrives_zone = clock()
    confirmed_by = Boxes("arrival_confirmers", label=_("Who says so"))
    confirmed_how = Boxes("contact_means", label=_("By which means"))

    def __init__(self, *args: Any, left: datetime | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.left = left

    def clean(self) -> dict[str, Any]:
        """The moment."""
        sent = super().clean()
        self.at = self.moment("arrives", self.left)
        return sent

    def values(self) -> dict[str, Any]:
        """What an action writes beside the moment."""
        return {name: self.cleaned_data[name] for name in ARRIVAL}


class HandoverForm(VersionedForm):
    """Who met the person there."""

    handover_on = DayField(label=_("They met on"), past=True, required=True)
    handover_to = Line(label=_("Who goes on with the person there"), most=200)
    onward = words(_("How the person goes on to the final place"), 2)

    def values(self) -> dict[str, Any]:
        """What an action writes."""
        return {name: self.cleaned_data[name] for name in HANDOVER}


class EndForm(SheetForm):
    """Why a journey does not take place; not a word is needed."""

    why = forms.ChoiceField(
        label=_("What happened"),
        choices=[
            ("withdrawn", _("The person takes the choice back")),
            ("cancelled", _("The journey is called off, and the wish stands")),
        ],
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": NOT_LISTED},
    )
    reason = words(_("In a sentence, if the person wishes"), 2)

    def __init__(self, *args: Any, departed: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if departed:
            del self.fields["why"]

    @property
    def withdrawn(self) -> bool:
        """Whether the person takes the choice back; before the departure that is meant when nothing else is said."""
        return "why" in self.fields and self.cleaned_data["why"] != "cancelled"
