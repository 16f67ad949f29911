"""What is asked: a grant with its instalments, an enterprise and how it stands, one dimension of the survey."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from havre.cases.people.forms.boxes import AmountField, Boxes, CurrencyField, DayField
from havre.cases.people.forms.fields import Line, SheetForm, VersionedForm, language, offer, whole, words
from havre.cases.screening.forms import SectionForm
from havre.cases.screening.questionnaire import Item
from havre.kernel.vocabularies import load

from .actions import CHECK, ENTERPRISE, GRANT, PART, stored
from .models import Enterprise, EnterpriseCheck, Grant, Instalment
from .survey import Told

AT_LEAST, SPARE, MOST = 3, 1, 12
GIVE_DAY = {"required": _("Give a day.")}
SOME_JOBS = _("Write a whole number, from 0 to 500.")


def kinds() -> list[tuple[str, str]]:
    """The kinds of help with reintegration."""
    services = load("services")
    return [pair for pair in services.choices(language()) if services.row(pair[0])["phase"] == "reintegration"]


class GrantForm(VersionedForm):
    """A grant and its instalments, one line each; a line without a sum is none."""

    kind = forms.ChoiceField(
        label=_("Kind of help"),
        choices=kinds,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the kind of help.")},
    )
    title = Line(label=_("What it is for"), help_text=_("For example: a sewing machine and cloth."))
    amount = AmountField(label=_("Sum"), required=True, error_messages={"required": _("Write the sum of the grant.")})
    currency = CurrencyField(required=True)
    provider = Line(label=_("Who pays"), most=200)
    decided_on = DayField(label=_("Decided on"), past=True)
    condition = words(_("What was agreed with it"), 2, help_text=_("Never that the person gives evidence."))

    def __init__(self, *args: Any, parts: Sequence[Instalment] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parts = {each.seq: each for each in parts}
        last = max(self.parts, default=0)
        self.numbers = range(1, min(max(AT_LEAST, last + SPARE), max(MOST, last)) + 1)
        for number in self.numbers:
            self.fields[f"purpose_{number}"] = Line(label=_("For what"))
            self.fields[f"amount_{number}"] = AmountField(label=_("Sum"))
            self.fields[f"due_{number}"] = DayField(label=_("Due"))
            if number in self.parts:
                self.fields[f"paid_on_{number}"] = DayField(label=_("Paid on"), past=True)
                self.fields[f"receipt_{number}"] = Boxes("receipts", label=_("Receipt"), required=True)

    def rows(self) -> list[dict[str, Any]]:
        """The boxes of each instalment, with its number."""
        return [
            {"number": number, "known": number in self.parts}
            | {name: self[f"{name}_{number}"] for name in PART if f"{name}_{number}" in self.fields}
            for number in self.numbers
        ]

    def clean(self) -> dict[str, Any]:
        """An instalment has a sum, and a receipt only once it was paid."""
        sent = super().clean()
        for number in self.numbers:
            filled = any(sent.get(f"{name}_{number}") for name in ("purpose", "due", "paid_on"))
            if filled and not sent.get(f"amount_{number}") and f"amount_{number}" not in self.errors:
                self.add_error(f"amount_{number}", _("Write the sum of this instalment, or empty its line."))
            if sent.get(f"receipt_{number}") in ("yes", "waived") and not sent.get(f"paid_on_{number}"):
                self.add_error(f"paid_on_{number}", _("Give the day it was paid: the receipt comes with the payment."))
        return sent

    def values(self) -> dict[str, Any]:
        """What an action writes of the grant."""
        return {name: self.cleaned_data[name] for name in GRANT}

    def sent_parts(self) -> list[dict[str, Any]]:
        """What an action writes of the instalments."""
        sent = self.cleaned_data
        named = [
            {"seq": number} | {name: sent[f"{name}_{number}"] for name in PART if f"{name}_{number}" in sent}
            for number in self.numbers
        ]
        return [each for each in named if each["amount"]]

    @staticmethod
    def of(grant: Grant, parts: Sequence[Instalment]) -> dict[str, Any]:
        """The stored values."""
        return {**stored(grant, parts), "version": grant.version}


class EnterpriseForm(VersionedForm):
    """What the person plans or runs, what it began with and how much of that was their own."""

    sector = Boxes(
        "enterprise_sectors",
        label=_("What kind of enterprise"),
        required=True,
        error_messages={"required": _("Choose what kind of enterprise it is.")},
    )
    plan = words(_("The plan, in the person’s words"))
    capital = AmountField(label=_("What it began with"), help_text=_("Everything put in at the start."))
    own_share = AmountField(label=_("Of that, the person’s own"))
    currency = CurrencyField()
    licence = Boxes("enterprise_licences", label=_("Licence or registration"))
    started_on = DayField(label=_("Began on"), help_text=_("Empty while it is only planned."))

    def clean(self) -> dict[str, Any]:
        """The own share is a part of what it began with."""
        sent = super().clean()
        capital, own = sent.get("capital"), sent.get("own_share")
        if own and not capital and "capital" not in self.errors:
            self.add_error("capital", _("Write what it began with: the person’s own share is a part of it."))
        elif own and capital and own > capital:
            self.add_error("own_share", _("The person’s own share is more than the whole. Check both sums."))
        return sent

    def values(self) -> dict[str, Any]:
        """What an action writes."""
        return {name: self.cleaned_data[name] for name in ENTERPRISE}

    @staticmethod
    def of(enterprise: Enterprise) -> dict[str, Any]:
        """The stored values."""
        return {name: getattr(enterprise, name) for name in (*ENTERPRISE, "version")}


class CheckForm(VersionedForm):
    """How an enterprise stands after some months."""

    status = Boxes(
        "enterprise_statuses",
        label=_("How it stands"),
        required=True,
        error_messages={"required": _("Choose how it stands.")},
    )
    turnover_band = Boxes("enterprise_turnover", label=_("Sales in a month"))
    profit_band = Boxes("enterprise_profit", label=_("Left after costs, in a month"))
    jobs = whole(_("How many people work in it, the person included"), 500, SOME_JOBS)
    on = DayField(label=_("Day of the check"), required=True, past=True, error_messages=GIVE_DAY)
    words = words(_("In the person’s own words"))

    def values(self) -> dict[str, Any]:
        """What an action writes."""
        return {name: self.cleaned_data[name] for name in CHECK}

    @staticmethod
    def of(check: EnterpriseCheck | None) -> dict[str, Any]:
        """The stored values; of a check that was not made, today and the first version."""
        if check is None:
            return {"on": localdate(), "version": 0}
        return {name: getattr(check, name) for name in (*CHECK, "version")}


class BeginForm(SheetForm):
    """Which contact the survey belongs to, and the day of it."""

    contact = forms.ChoiceField(
        label=_("Which contact it belongs to"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the contact.")},
    )
    on = DayField(label=_("Day of the conversation"), required=True, past=True, error_messages=GIVE_DAY)

    def __init__(self, *args: Any, contacts: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "contact", contacts)

    def begun(self) -> dict[str, Any]:
        """What an action needs."""
        return {"contact": self.cleaned_data["contact"], "on": self.cleaned_data["on"]}


class DimensionForm(SectionForm):
    """The questions of one dimension: none is compulsory, each has a state."""

    def __init__(self, *args: Any, items: Sequence[Item], told: Told, dimension: str, **kwargs: Any) -> None:
        kwargs["initial"] = {**_said(items, told), "version": told.version(dimension), **(kwargs.get("initial") or {})}
        super().__init__(*args, items=items, **kwargs)


def _said(items: Sequence[Item], told: Told) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for item in items:
        said = told.said(item.code)
        values |= {f"{item.code}_state": said.state, f"{item.code}_codes": next(iter(said.codes), "")}
        values[f"{item.code}_text"] = said.text
    return values
