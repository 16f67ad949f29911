"""Several people found or returned together: what they share is asked once, then one row each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from havre.cases.intake import rules
from havre.cases.intake.actions import MOST, Birth, Group, Listed
from havre.cases.people.actions import Arrival
from havre.cases.people.forms.boxes import DayField
from havre.cases.people.forms.contact import asked, dangerous
from havre.cases.people.forms.fields import (
    LONG,
    NOT_LISTED,
    HalfKnownDate,
    Line,
    SheetForm,
    Text,
    code,
    codes,
    country,
    language,
    spoken,
    words,
)
from havre.kernel import places
from havre.kernel.vocabularies import load

from .fields import NAMED, BirthField, named

FIRST, MORE = 4, 4  # rows on a fresh page, and those a press adds
TIES = ("child", "spouse", "sibling", "relative", "companion")
KEPT = {"called": "called", "gender": "gender", "born": "birth", "tie": "tie", "to": "to"}
STAGES = ("recruitment", "transit", "exploitation")
FAULTS = {
    "no_row": gettext_lazy("Say to whom: write the number of their row."),
    "no_kind": gettext_lazy("Say what they are to each other."),
    "itself": gettext_lazy("This is the row itself. Write the number of another row."),
    "nobody": gettext_lazy("Nobody stands in that row. Write the number of another row."),
    "circle": gettext_lazy("These rows make somebody their own child. Check the numbers."),
}


class RowNumber(forms.IntegerField):
    """The number of another row."""

    def __init__(self) -> None:
        wrong = gettext_lazy("Write the number of a row, for example 1.")
        look = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "size": 3})
        super().__init__(label=gettext_lazy("Row"), required=False, widget=look, error_messages={"invalid": wrong})


@dataclass(frozen=True)
class Row:
    """The fields of one person."""

    number: int
    called: forms.BoundField
    born: forms.BoundField
    gender: forms.BoundField
    tie: forms.BoundField
    to: forms.BoundField

    @property
    def faulty(self) -> list[forms.BoundField]:
        """The fields that need another look."""
        return [each for each in (self.called, self.born, self.gender, self.tie, self.to) if each.errors]


class GroupForm(SheetForm):
    """What all share, a box for a list of names, and rows."""

    rows = forms.CharField(required=False, widget=forms.HiddenInput)
    when = DayField(past=True, label=gettext_lazy("When"), help_text=gettext_lazy("Today when it is left empty."))
    country = country(gettext_lazy("Country"))
    place = Line(label=gettext_lazy("Place"))
    referred_by = code("referral_sources", gettext_lazy("Who sent them"))
    in_danger = code("yes_no_unknown", gettext_lazy("Are they in danger now?"))
    dangers = codes("immediate_dangers", gettext_lazy("What danger"), only=dangerous)
    needs = codes("immediate_needs", gettext_lazy("What is needed now"), only=asked)
    gender = code("prs_Gender", gettext_lazy("Gender"))
    language = spoken(gettext_lazy("Language"))
    names = Text(
        label=gettext_lazy("A list of names"),
        most=LONG,
        widget=forms.Textarea(attrs={**NAMED, "rows": 3}),
        help_text=gettext_lazy("One name on each line. The age may follow after a comma: Mariam, 17."),
    )
    note = words(gettext_lazy("Note"), rows=2, help_text=gettext_lazy("It stands in each file. Name nobody here."))

    def __init__(self, *args: Any, count: int = FIRST, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.count = count
        self.initial["rows"] = str(count)
        for stage in STAGES:
            self.fields[f"{stage}_country"] = country(gettext_lazy("Country"))
            self.fields[f"{stage}_place"] = Line(label=gettext_lazy("Place"))
            self.fields[f"{stage}_when"] = HalfKnownDate(label=gettext_lazy("When, as far as it is known"))
        for number in range(1, count + 1):
            self._add_row(number)

    def _add_row(self, number: int) -> None:
        ties = [("", ""), *((each, load("group_ties").label(each, language())) for each in TIES)]
        genders = [("", _("As for all")), *load("prs_Gender").choices(language())]
        self.fields[f"called_{number}"] = named(gettext_lazy("Called"))
        self.fields[f"born_{number}"] = BirthField(label=gettext_lazy("Age or year"))
        self.fields[f"gender_{number}"] = _choice(gettext_lazy("Gender, if another"), genders)
        self.fields[f"tie_{number}"] = _choice(gettext_lazy("Belongs to"), ties)
        self.fields[f"to_{number}"] = RowNumber()

    @property
    def next_row(self) -> str:
        """The field of the first row without a name, where the worker goes on; the list of names when all have one."""
        free = (number for number in range(1, self.count + 1) if not self.initial.get(f"called_{number}"))
        return next((f"called_{number}" for number in free), "names")

    @property
    def people(self) -> list[Row]:
        """The rows on the page."""
        return [
            Row(number, *(self[f"{name}_{number}"] for name in ("called", "born", "gender", "tie", "to")))
            for number in range(1, self.count + 1)
        ]

    @property
    def faulty(self) -> list[tuple[int | None, forms.BoundField]]:
        """What needs another look, with the number of its row."""
        in_rows = {field.name: row.number for row in self.people for field in row.faulty}
        return [(in_rows.get(field.name), field) for field in self if field.errors]

    @property
    def way(self) -> list[tuple[str, forms.BoundField, forms.BoundField, forms.BoundField]]:
        """The parts of the way, each with its three fields."""
        parts = {"recruitment": _("Where they were recruited"), "transit": _("On the way")}
        parts["exploitation"] = _("Where they were exploited")
        return [(parts[each], self[f"{each}_country"], self[f"{each}_place"], self[f"{each}_when"]) for each in STAGES]

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("dangers") and not given.get("in_danger"):
            given["in_danger"] = "yes"
        self.listed = self._listed(given)
        if not self.listed and not self.errors:
            self.add_error("names", _("Write at least one name, or fill one row."))
        if len(self.listed) > MOST:
            sentence = _("A group has %(most)d people at most. Register the others as a second group.")
            self.add_error("names", sentence % {"most": MOST})
        self._check_ties()
        return given

    def _listed(self, given: Mapping[str, Any]) -> dict[int, Listed]:
        """Whoever is in a row, and those of the list of names that were not put into rows yet."""
        found: dict[int, Listed] = {}
        for number in range(1, self.count + 1):
            values = {kept: given.get(f"{name}_{number}") for name, kept in KEPT.items()}
            person = Listed(**{name: value for name, value in values.items() if value is not None})
            if any((person.called, person.birth, person.gender, person.tie)) or f"born_{number}" in self.errors:
                found[number] = person
        for number, (called, told) in enumerate(rules.jotted(given.get("names", "")), start=self.count + 1):
            found[number] = Listed(called, birth=self._told(told))
        return found

    def _told(self, told: str) -> Birth | None:
        try:
            return BirthField().clean(told)
        except forms.ValidationError as refused:
            self.add_error("names", refused)
            return None

    def _check_ties(self) -> None:
        there, ties = list(self.listed), {}
        for number, person in self.listed.items():
            if f"to_{number}" in self.errors or f"tie_{number}" in self.errors:
                continue
            fault = rules.tie_fault(number, person.to, person.tie, there)
            if fault:
                self.add_error(f"tie_{number}" if fault == "no_kind" else f"to_{number}", FAULTS[fault])
            elif person.to is not None:
                ties[number] = (person.tie, person.to)
        own = rules.circular(ties)
        if own is not None:
            self.add_error(f"to_{own}", FAULTS["circle"])

    def group(self) -> Group:
        """What the form says, for the action."""
        given = self.cleaned_data
        for person in self.listed.values():
            if person.tie == "child" and person.birth is None:
                person.birth = Birth(None, presumed_minor=True)  # in doubt the rules for children hold
        arrival = Arrival(
            on=localdate(),
            gender=given["gender"],
            language=given["language"],
            referred_by=given["referred_by"],
            in_danger=given["in_danger"],
            dangers=given["dangers"] if given["in_danger"] != "no" else [],
            needs=given["needs"],
            note=given["note"],
        )
        return Group(arrival, self.listed, self._account(), self._legs())

    def _account(self) -> str:
        given, many = self.cleaned_data, len(self.listed)
        where = [given["place"], places.country_label(given["country"], language()) if given["country"] else ""]
        told = {"day": date_format(given["when"] or localdate(), "DATE_FORMAT"), "n": many}
        sentence = _("Came in a group of %(n)d people, %(day)s") % told
        return ", ".join(part for part in (sentence, *where) if part) + "."

    def _legs(self) -> list[dict[str, Any]]:
        legs = []
        for stage in STAGES:
            names = {"country": "country", "place": "place", "when": "began"}
            values = {kept: self.cleaned_data[f"{stage}_{name}"] for name, kept in names.items()}
            if any(values.values()):
                legs.append({"stage": stage, **values})
        return legs

    @classmethod
    def again(cls, sent: QueryDict, *, filled: bool) -> GroupForm:
        """The page with more rows and all that was typed, unchecked; `filled`: the list of names is put into rows."""
        count = rows_in(sent)
        typed = sent.copy()
        waiting = rules.jotted(sent.get("names", "")) if filled else []
        free = [number for number in range(1, count + 1) if not _touched(sent, number)]
        need = max(0, len(waiting) - len(free)) if filled else MORE
        count = min(count + need, MOST)
        free = [number for number in range(1, count + 1) if not _touched(sent, number)]
        for number, (called, told) in zip(free, waiting, strict=False):
            typed[f"called_{number}"], typed[f"born_{number}"] = called, told
        if waiting:
            left = waiting[len(free) :]
            typed["names"] = "\n".join(", ".join(filter(None, each)) for each in left)
        form = cls(count=count)
        for name, field in form.fields.items():
            if name not in ("shape", "rows") and not field.widget.value_omitted_from_data(typed, {}, name):
                form.initial[name] = field.widget.value_from_datadict(typed, {}, name)
        return form


def rows_in(sent: Mapping[str, Any]) -> int:
    """How many rows the page had; what cannot be read is a fresh page."""
    told = str(sent.get("rows", ""))
    return min(max(int(told), 1), MOST) if told.isdecimal() and len(told) < 4 else FIRST


def _touched(sent: QueryDict, number: int) -> bool:
    return any(sent.get(f"{name}_{number}", "").strip() for name in ("called", "born", "gender", "tie", "to"))


def _choice(label: Any, choices: list[tuple[str, Any]]) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, required=False, choices=choices, error_messages={"invalid_choice": NOT_LISTED}
    )
