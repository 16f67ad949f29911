"""What the person tells about their health, one line of it, a restricted test, and whether they may travel."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from havre.cases.people.forms.boxes import Boxes, DayField
from havre.cases.people.forms.fields import (
    HalfKnownDate,
    Line,
    SheetForm,
    VersionedForm,
    code,
    codes,
    language,
    offer,
    tick,
    words,
)
from havre.kernel.dates import PartialDate
from havre.kernel.vocabularies import load
from havre.platform.accounts.models import User

from . import rules
from .actions import FITNESS, TEST
from .models import Fitness, HealthRecord, RestrictedResult

CHOOSE = {"required": _("Choose one.")}
DAY = {"required": _("Give a day.")}
PHASE = _("Which time is it about?")
SINCE = _("When it began or was seen")
SOURCE = _("Who says so")
ABOUT_DATE = _("A day, a month or a year, as far as it is known.")


def _day(said: PartialDate | None) -> dict[str, Any]:
    """A half-known day in the two columns that keep it."""
    return {"on": said.value, "precision": said.precision} if said else {"on": None, "precision": ""}


def _grade(said: str) -> int | None:
    return int(said) if said else None


class AddForm(SheetForm):
    """A box for each condition, by group, with how much it weighs; one phase at a time."""

    phase = Boxes("health_phases", label=PHASE, required=True, error_messages=CHOOSE)
    source = Boxes("health_sources", label=SOURCE, initial="self")
    on = HalfKnownDate(label=SINCE, help_text=ABOUT_DATE)
    note = words(_("In the person’s own words"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = load("health_conditions").rows
        for row in self.rows:
            self.fields[f"is_{row['code']}"] = tick(load("health_conditions").label(row["code"], language()))
            self.fields[f"weighs_{row['code']}"] = Boxes("health_severities", label=_("How much"))

    def groups(self) -> Iterator[tuple[str, bool, list[tuple[forms.BoundField, forms.BoundField]]]]:
        """Each group with its boxes, and whether one of them is ticked."""
        labels = load("health_groups")
        for group in labels:
            mine = [row["code"] for row in self.rows if row["group"] == group]
            pairs = [(self[f"is_{each}"], self[f"weighs_{each}"]) for each in mine]
            yield labels.label(group, language()), any(box.value() for box, _much in pairs), pairs

    def clean(self) -> dict[str, Any]:
        """At least one box is ticked."""
        sent = super().clean()
        if not any(sent.get(f"is_{row['code']}") for row in self.rows):
            raise forms.ValidationError(_("Choose at least one condition."))
        return sent

    def told(self) -> list[dict[str, Any]]:
        """A row for each box; what the person said in words stands with the first."""
        sent = self.cleaned_data
        chosen = [row["code"] for row in self.rows if sent[f"is_{row['code']}"]]
        same = {"phase": sent["phase"], "source": sent["source"], **_day(sent["on"])}
        return [
            {**same, "condition": each, "severity": _grade(sent[f"weighs_{each}"]), "note": "" if n else sent["note"]}
            for n, each in enumerate(chosen)
        ]


class RecordForm(VersionedForm):
    """One line of the record."""

    condition = code("health_conditions", _("Condition"))
    phase = Boxes("health_phases", label=PHASE, required=True, error_messages=CHOOSE)
    severity = Boxes("health_severities", label=_("How much"))
    source = Boxes("health_sources", label=SOURCE)
    on = HalfKnownDate(label=SINCE, help_text=ABOUT_DATE)
    note = words(_("In the person’s own words"))

    def values(self) -> dict[str, Any]:
        """What an action writes; an emptied condition stays what it was."""
        sent = self.cleaned_data
        values = {name: sent[name] for name in ("phase", "source", "note")} | _day(sent["on"])
        named = {"condition": sent["condition"]} if sent["condition"] else {}
        return values | named | {"severity": _grade(sent["severity"])}

    @staticmethod
    def shown(values: dict[str, Any]) -> dict[str, Any]:
        """Stored values as the form shows them."""
        day, grade = values["on"], values["severity"]
        said = PartialDate(day, values["precision"]) if day else None
        return {**values, "on": said, "severity": "" if grade is None else str(grade)}

    @classmethod
    def of(cls, row: HealthRecord) -> dict[str, Any]:
        """The values a form starts with."""
        names = ("phase", "condition", "severity", "source", "on", "precision", "note")
        return cls.shown({name: getattr(row, name) for name in names}) | {"version": row.version}


class TopicsForm(SheetForm):
    """The seventeen topics of the guide."""

    topics = codes("care_topics", _("Gone through with the person"))


class TestForm(VersionedForm):
    """A test: first the talk and the yes, then the rest."""

    test = Boxes("restricted_tests", label=_("Which test"), required=True, error_messages=CHOOSE)
    counselled_on = DayField(label=_("Talk before the test"), past=True, required=True, error_messages=DAY)
    consented_on = DayField(label=_("The person’s own yes to this test"), past=True, required=True, error_messages=DAY)
    on = DayField(label=_("Day of the test"), past=True)
    result = words(_("Result"), 2)
    counselled_after_on = DayField(label=_("Talk about the result"), past=True)
    readers = forms.MultipleChoiceField(
        label=_("Who else may read it"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("You, and only those you name. Nobody else learns that there was a test."),
    )

    def __init__(self, *args: Any, colleagues: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.colleagues = list(colleagues)
        offer(self, "readers", [(str(each.principal), each.name) for each in self.colleagues])
        if not self.colleagues:
            del self.fields["readers"]

    def values(self) -> dict[str, Any]:
        """What an action writes."""
        return {name: self.cleaned_data[name] for name in TEST}

    def named(self) -> list[int]:
        """The principals of those who may read it too."""
        return [int(each) for each in self.cleaned_data.get("readers", [])]

    @staticmethod
    def of(row: RestrictedResult) -> dict[str, Any]:
        """The values a form starts with."""
        stored = {name: getattr(row, name) for name in TEST}
        return {**stored, "readers": [str(each) for each in row.readers], "version": row.version}


class FitnessForm(SheetForm):
    """Whether the person may travel."""

    fit = Boxes("fitness", label=_("May the person travel?"), required=True, error_messages=CHOOSE)
    conditions = words(
        _("What the journey must offer"),
        2,
        help_text=_("Read by whoever prepares the journey. Write what is needed, never why: a seat by the aisle."),
    )
    clinician = Line(label=_("Who looked at the person"))
    on = DayField(label=_("Day of the look"), past=True, required=True, error_messages=DAY)
    valid_until = DayField(label=_("Holds until"), help_text=_("After that day somebody looks again."))

    def clean(self) -> dict[str, Any]:
        """A word that lets somebody travel has a last day; conditions are said."""
        sent = super().clean()
        fit, on, until = sent.get("fit"), sent.get("on"), sent.get("valid_until")
        if fit in (rules.FIT, rules.CONDITIONS) and until is None and "valid_until" not in self.errors:
            self.add_error("valid_until", _("Say until which day this holds."))
        if on and until and until < on:
            self.add_error("valid_until", _("The last day lies before the day of the look. Check both."))
        if fit == rules.CONDITIONS and not sent.get("conditions"):
            self.add_error("conditions", _("Write what the journey must offer, so that somebody can see to it."))
        return sent

    def values(self) -> dict[str, Any]:
        """What an action writes."""
        return {name: self.cleaned_data[name] for name in FITNESS}

    @staticmethod
    def of(said: Fitness | None, today: Any) -> dict[str, Any]:
        """Today; what the journey must offer is kept from the last look, to be read again."""
        return {"on": today, "conditions": said.conditions if said else ""}
