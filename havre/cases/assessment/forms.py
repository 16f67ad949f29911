"""Marking indicators by hand, assessing a level of vulnerability, noting what is seen of a place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from havre.cases.people.forms.boxes import Boxes, DayField, listed
from havre.cases.people.forms.fields import NOT_LISTED, Line, VersionedForm, language, whole, words
from havre.kernel.vocabularies import load
from havre.platform.ui.forms import Form

from .actions import Found, Place, marks_version
from .models import IndicatorMark, PlaceFactor, Vulnerability

YEAR = _("Write a year, for example 2026.")
OLDEST = 2000
SAYS = {"yes": _("As the answers say: yes"), "no": _("As the answers say: no")}
Row = tuple[forms.BoundField, ...]


class MarkForm(VersionedForm):
    """Each indicator with four boxes: as the answers say, or what the worker says."""

    def __init__(self, *args: Any, signs: Sequence[tuple[str, str]], filled: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.codes = [code for code, _label in signs]
        own = listed("yes_no_unknown")()
        for code, label in signs:
            silent = SAYS.get(filled.get(code, ""), _("Nothing said yet"))
            self.fields[code] = forms.ChoiceField(
                label=label,
                required=False,
                choices=[("", silent), *own],
                widget=forms.RadioSelect,
                error_messages={"invalid_choice": NOT_LISTED},
            )

    def rows(self) -> list[forms.BoundField]:
        """The indicators in the order of their list."""
        return [self[code] for code in self.codes]

    def answers(self) -> dict[str, str]:
        """What was said of each indicator; one that a form of an older list did not have is left alone."""
        return {code: self.cleaned_data[code] for code in self.codes if self.sent(code)}

    @staticmethod
    def of(marks: Iterable[IndicatorMark]) -> dict[str, Any]:
        """The marks that stand."""
        stand = list(marks)
        return {**{mark.code: mark.answer for mark in stand}, "version": marks_version(stand)}


class LevelForm(VersionedForm):
    """The factors of one level: whether each is there, how much it weighs, and a note."""

    on = DayField(label=_("Day of the assessment"), past=True, required=True)

    def __init__(self, *args: Any, level: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.factors = [row for row in load("vulnerability_factors").rows if row["level"] == level]
        for row in self.factors:
            code, label = row["code"], load("vulnerability_factors").label(row["code"], language())
            self.fields[f"{code}_present"] = Boxes("yes_no_unknown", label=label)
            self.fields[f"{code}_weight"] = Boxes("vulnerability_weights", label=_("How much it weighs"))
            self.fields[f"{code}_note"] = words(_("In a few words"), 2)

    def rows(self, direction: str) -> list[Row]:
        """The factors of a direction, each with its three fields."""
        codes = [row["code"] for row in self.factors if row["direction"] == direction]
        return [tuple(self[f"{code}_{part}"] for part in ("present", "weight", "note")) for code in codes]

    @property
    def risks(self) -> list[Row]:
        """What makes vulnerable."""
        return self.rows("risk")

    @property
    def protections(self) -> list[Row]:
        """What protects."""
        return self.rows("protective")

    def spell_out(self) -> None:
        """Names the factor in the label of each of its fields, for where they stand apart from it."""
        for row in self.factors:
            name = load("vulnerability_factors").label(row["code"], language())
            for part in ("weight", "note"):
                field = self[f"{row['code']}_{part}"]
                field.label = f"{name} · {field.label}"

    def found(self) -> dict[str, Found]:
        """What an action writes."""
        sent = self.cleaned_data
        return {
            code: Found(sent[f"{code}_present"], int(sent[f"{code}_weight"] or 0), sent[f"{code}_note"])
            for code in (row["code"] for row in self.factors)
        }

    @staticmethod
    def of(stand: Sequence[Vulnerability], version: int) -> dict[str, Any]:
        """What was found the last time, on the day of today."""
        values: dict[str, Any] = {"on": localdate(), "version": version}
        for row in stand:
            values |= {f"{row.factor}_present": row.present, f"{row.factor}_weight": str(row.weight)}
            values[f"{row.factor}_note"] = row.note
        return values


class WhereForm(Form):
    """Which year, and which area of a country."""

    period = whole(_("Year"), 9999, YEAR)
    area = Line(label=_("Area"), most=200, help_text=_("Empty for the whole country."))

    def place(self, country: str) -> Place:
        """The place that is meant; this year when none was said."""
        sent = self.cleaned_data if self.is_valid() else {}
        return Place(country, max(sent.get("period") or localdate().year, OLDEST), sent.get("area", ""))


class PlaceForm(VersionedForm):
    """The factors of a place, and where this is known from."""

    source = Line(label=_("Where this is known from"), most=300, help_text=_("A report, a visit, an office. No names."))

    def __init__(self, *args: Any, levels: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.levels = {
            level: [r for r in load("vulnerability_factors").rows if r["level"] == level] for level in levels
        }
        for rows in self.levels.values():
            for row in rows:
                label = load("vulnerability_factors").label(row["code"], language())
                self.fields[row["code"]] = Boxes("yes_no_unknown", label=label)

    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Each level with its factors."""
        return [(level, [self[row["code"]] for row in rows]) for level, rows in self.levels.items()]

    def answers(self) -> dict[str, str]:
        """What an action writes."""
        return {row["code"]: self.cleaned_data[row["code"]] for rows in self.levels.values() for row in rows}

    @staticmethod
    def of(stand: Sequence[PlaceFactor]) -> dict[str, Any]:
        """What is noted."""
        last = max(stand, key=lambda row: row.at, default=None)
        values: dict[str, Any] = {row.factor: row.present for row in stand}
        return {**values, "source": last.source if last else "", "version": sum(row.version for row in stand)}
