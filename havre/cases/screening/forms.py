"""What is asked: the setting, one section of the interview, a decision, and its second reading."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from havre.cases.people.forms.fields import NOT_LISTED, HalfKnownDate, Line, Version, spoken, whole
from havre.cases.people.forms.fields import words as sentences
from havre.cases.people.models import Person
from havre.kernel import dates
from havre.kernel.vocabularies import load
from havre.platform.ui.forms import Form, StateField

from . import questionnaire
from .answers import TO_PERSON, Told
from .fields import CountriesField, MoneyField
from .models import Finding
from .questionnaire import Item
from .rules.decision import Decision, Reading, needs_reason
from .rules.interview import ANSWERED, NOT_ASKED, Said

LARGEST, CODES = 1000, 400
ELEMENT = _("Say yes, no, or not known yet.")
# Kept as codes; the rest as sealed text.
CHOSEN = frozenset({"choice", "multi", "bool", "number", "country", "language"})


def words(name: str) -> list[tuple[str, str]]:
    """Codes and labels of a list, in the reader's language."""
    return load(name).choices(get_language() or "en")


def radios(name: str, **kwargs: Any) -> forms.ChoiceField:
    """One code of a list, as boxes with words."""
    return forms.ChoiceField(choices=lambda: words(name), widget=forms.RadioSelect, **kwargs)


class StartForm(Form):
    """Whether anything may be asked here and now."""

    private_and_safe = forms.ChoiceField(
        label=_("Is the place private and safe?"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Look round and say so: without a safe place nothing is asked.")},
    )
    emergency = forms.ChoiceField(
        label=_("Is there a medical emergency, or a risk of suicide?"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say so first: urgent care comes before any question.")},
    )


class SectionForm(Form):
    """The questions of one section. None is compulsory; each has a state, and what was chosen or written."""

    version = Version()

    def __init__(self, *args: Any, section: str = "", items: Sequence[Item] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = questionnaire.items(section) if items is None else items
        self.items = [item for item in asked if item.kind != "elsewhere"]
        for item in self.items:
            self.fields[f"{item.code}_state"] = StateField()
            for part, field in _boxes(item).items():
                self.fields[f"{item.code}_{part}"] = field

    def clean(self) -> dict[str, Any]:
        """Refuses more codes than a row can hold: an agency's own list may be longer than ours."""
        for item in self.items:
            if len(";".join(self._codes(item))) > CODES:
                self.add_error(f"{item.code}_codes", _("These are too many to keep. Choose those that matter most."))
        return self.cleaned_data

    def _codes(self, item: Item) -> tuple[str, ...]:
        chosen = self.cleaned_data.get(f"{item.code}_codes")
        if chosen in (None, "", []):
            return ()
        return tuple(chosen) if isinstance(chosen, list) else (str(chosen),)

    def sent(self) -> Mapping[str, Said]:
        """What was sent, question by question. A form of an older questionnaire says nothing of a newer question."""
        items = [item for item in self.items if f"{item.code}_state" in self.data]
        return {
            item.code: Said(self._given(item, "state"), self._codes(item), self._given(item, "text")) for item in items
        }

    def _given(self, item: Item, part: str) -> str:
        return str(self.cleaned_data.get(f"{item.code}_{part}") or "")

    def fill(self, answers: Mapping[str, Said], version: int) -> None:
        """Puts answers that somebody else saved where this form, as it was sent, says nothing, and their version."""
        data = cast(QueryDict, self.data).copy()
        data["version"] = str(version)
        for code, said in answers.items():
            data[f"{code}_state"], data[f"{code}_text"] = said.state, said.text
            if said.codes:
                data.setlist(f"{code}_codes", list(said.codes))
            for number, country in enumerate(said.codes):
                data[f"{code}_codes_{number}"] = country
        self.data = data


def stored(told: Told, section: str, person: Person) -> dict[str, Any]:
    """The initial values of a section's form; what is known of the person already is not asked again."""
    values: dict[str, Any] = {"version": told.version(section)}
    for item in questionnaire.items(section):
        said = _known(item, person, told.said(item.code))
        several = item.kind in ("multi", "country")
        values[f"{item.code}_state"] = said.state
        values[f"{item.code}_codes"] = list(said.codes) if several else next(iter(said.codes), "")
        values[f"{item.code}_text"] = dates.parse(said.text) if item.kind == "date" and said.text else said.text
    return values


def _known(item: Item, person: Person, said: Said) -> Said:
    """What was said, or what the person told elsewhere; who would rather not say is left at that."""
    value = getattr(person, TO_PERSON.get(item.field, ""), None)
    if value in (None, "") or said.state not in (ANSWERED, NOT_ASKED):
        return said
    return Said(ANSWERED, (str(value),), said.text)


def _boxes(item: Item) -> dict[str, forms.Field]:
    """The boxes of a question: codes, text, or both."""
    language = get_language() or "en"
    label = item.question(language)
    if item.kind not in CHOSEN:
        return {"text": _text(item.kind, label)}
    boxes = {"codes": _codes(item, label, language)}
    if (item.element and item.options) or any(option.code == "other" for option in item.options):
        boxes["text"] = sentences(_("In the person’s words"), rows=2)
    elif item.kind == "country":
        boxes["text"] = Line(label=_("Places, if the person remembers them"))
    return boxes


def _text(kind: str, label: str) -> forms.Field:
    if kind == "date":
        return HalfKnownDate(label=label, help_text=_("A day, a month or a year: 12/03/2019, 03/2019 or 2019."))
    if kind == "money":
        return MoneyField(label=label, help_text=_("With the currency if it is known: 300 USD."))
    return Line(label=label) if kind == "place" else sentences(label)


def _codes(item: Item, label: str, language: str) -> forms.Field:
    if item.kind == "number":
        return whole(label, LARGEST, _("Write a whole number, from 0 to 1000."))
    if item.kind == "country":
        return CountriesField(label=label, required=False)
    if item.kind == "language":
        return spoken(label)
    several = item.kind == "multi"
    kind = forms.MultipleChoiceField if several else forms.ChoiceField
    widget = forms.CheckboxSelectMultiple if several else forms.RadioSelect
    errors = {"invalid_choice": NOT_LISTED, "invalid_list": NOT_LISTED}
    return kind(label=label, choices=item.choices(language), required=False, widget=widget, error_messages=errors)


class FindingForm(Form):
    """What a person decides, and on what ground when the answers show something else."""

    version = Version()
    act = radios("element_answers", label=_("Is there an act?"), error_messages={"required": ELEMENT})
    means = radios("element_answers", label=_("Is there a means?"), error_messages={"required": ELEMENT})
    purpose = radios(
        "element_answers", label=_("Exploitation, done or intended?"), error_messages={"required": ELEMENT}
    )
    result = radios(
        "vic_TraffickingStatus", label=_("Decision"), error_messages={"required": _("Choose one of the three.")}
    )
    reason = sentences(
        _("Reason"), help_text=_("One sentence, needed only when you decide otherwise than the answers show.")
    )
    body = radios(
        "vic_TraffickingStatusDecisionMakingOrg",
        label=_("Who decides"),
        error_messages={"required": _("Say who decides.")},
    )
    definition = radios(
        "finding_definitions",
        label=_("By which definition"),
        error_messages={"required": _("Choose the definition you decided by.")},
    )

    def decision(self) -> Decision:
        """What was decided."""
        return Decision(**{name: value for name, value in self.cleaned_data.items() if name != "version"})

    def says_why(self, reading: Reading) -> bool:
        """False, with the error at the reason, when the decision departs from the answers without a word."""
        decision = self.decision()
        if decision.reason or not needs_reason(reading, decision):
            return True
        seen = decision.reading(reading.age_group)
        leads = load("vic_TraffickingStatus").label(seen.result, get_language() or "en")
        if seen == reading:
            said = _("The answers lead to “%(result)s”. Say in one sentence why you decide otherwise.")
        else:
            said = _(
                "As you set the elements they lead to “%(result)s”. Say in one sentence why you see them otherwise."
            )
        self.add_error("reason", said % {"result": leads})
        return False

    def renew(self, version: int) -> None:
        """Takes the version of a decision made meanwhile, once it has been shown."""
        data = cast(QueryDict, self.data).copy()
        data["version"] = str(version)
        self.data = data


def proposed(reading: Reading, standing: Finding | None, version: int) -> dict[str, Any]:
    """The initial values of the decision: the elements as the answers show them. The result is left to the person."""
    body = standing.body if standing else ""
    elements = {"act": reading.act, "means": reading.means, "purpose": reading.purpose}
    return {**elements, "body": body, "definition": "palermo", "version": version}


class ReadingForm(Form):
    """What the second reader says."""

    finding = forms.CharField(widget=forms.HiddenInput)
    reading = radios(
        "second_reading", label=_("Your reading"), error_messages={"required": _("Choose how you read it.")}
    )
    note = sentences(_("A sentence to the colleague who decided"), rows=2, help_text=_("Needed unless you agree."))
