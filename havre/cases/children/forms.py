"""Who came with the child, the guardian, and what is weighed to find what is best."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from havre.cases.people.forms.boxes import Boxes, DayField
from havre.cases.people.forms.fields import Line, SheetForm, VersionedForm, language, offer, words
from havre.kernel.vocabularies import load

from . import rules
from .actions import CIRCUMSTANCES, GUARDIAN, WEIGHED
from .models import Circumstances, Guardian

CHOOSE = {"required": _("Choose one.")}
DAY = {"required": _("Give a day.")}


class CircumstancesForm(VersionedForm):
    """Who the child came with and what holds them meanwhile."""

    accompanied = Boxes("yes_no_unknown", label=_("Is the child with an adult who is responsible for them?"))
    with_whom = Line(label=_("With whom"), help_text=_("Empty when the child is alone."))
    family_contact = Boxes("yes_no_unknown", label=_("Is there contact with the family?"))
    contact_safe = Boxes("yes_no_unknown", label=_("Is that contact safe for the child?"))
    school = Boxes("schooling", label=_("School"))
    words = words(_("In the child’s own words"))

    def values(self) -> dict[str, Any]:
        """What an action writes."""
        return {name: self.cleaned_data[name] for name in CIRCUMSTANCES}

    @staticmethod
    def of(row: Circumstances | None) -> dict[str, Any]:
        """The values a form starts with."""
        if row is None:
            return {"version": 0}
        return {**{name: getattr(row, name) for name in CIRCUMSTANCES}, "version": row.version}


class GuardianForm(VersionedForm):
    """Who speaks and decides for the child."""

    name = Line(label=_("Name of the guardian"))
    body = Line(
        label=_("Body"), most=200, help_text=_("The court, office or association that named them or is guardian.")
    )
    contact = Line(label=_("How to reach them"))
    appointed_on = DayField(label=_("Named on"), past=True, required=True, error_messages=DAY)
    ended_on = DayField(label=_("Until"), past=True, help_text=_("Empty while they are the guardian."))

    def clean(self) -> dict[str, Any]:
        """Somebody is named, and the days follow each other."""
        sent = super().clean()
        if not sent.get("name") and not sent.get("body"):
            self.add_error("name", _("Write the name of the guardian, or the body that is guardian."))
        start, end = sent.get("appointed_on"), sent.get("ended_on")
        if start and end and end < start:
            self.add_error("ended_on", _("The end comes before the start. Check both days."))
        return sent

    def values(self) -> dict[str, Any]:
        """What an action writes."""
        return {name: self.cleaned_data[name] for name in GUARDIAN}

    @staticmethod
    def of(row: Guardian) -> dict[str, Any]:
        """The values a form starts with."""
        return {**{name: getattr(row, name) for name in GUARDIAN}, "version": row.version}


class AssessForm(SheetForm):
    """What is weighed in one decision about the child."""

    about = Boxes("best_interest_decisions", label=_("Which decision"), required=True, error_messages=CHOOSE)
    views = words(_("What the child says, in their own words"))
    options = words(_("What could be done"), help_text=_("Each way that is open, with what speaks for and against it."))
    family_assessment = Boxes("yes_no_unknown", label=_("Was the family assessed?"))
    family_assessed_on = DayField(label=_("On which day"), past=True)
    carer_confirmed = Boxes("yes_no_unknown", label=_("Is it confirmed who will care for the child?"))
    carer = Line(label=_("Who that is"))
    safety = words(_("Safety"), 2)
    health = words(_("Health"), 2, help_text=_("What matters for this decision, without a diagnosis."))
    development = words(_("Growing up: school, friends, language, faith"), 2)
    outcome = Boxes("best_interest_outcomes", label=_("What was found"))
    reasons = words(_("Why"))
    on = DayField(label=_("Day"), past=True, required=True, error_messages=DAY)
    review_on = DayField(label=_("Next look"))

    def clean(self) -> dict[str, Any]:
        """The next look comes after this one."""
        sent = super().clean()
        on, review = sent.get("on"), sent.get("review_on")
        if on and review and review < on:
            self.add_error("review_on", _("The next look lies before this one. Check both days."))
        return sent

    def values(self) -> dict[str, Any]:
        """What an action writes."""
        return {name: self.cleaned_data[name] for name in ("about", *WEIGHED)}

    @staticmethod
    def start(about: str) -> dict[str, Any]:
        """The values a form starts with."""
        return {"on": localdate(), "about": about}


class DetermineForm(AssessForm):
    """What a panel determined: three members at least, an outcome and the reasons."""

    panel = words(_("Members of the panel"), 4, help_text=_("Three at least, each on a line of their own."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        decisions = load("best_interest_decisions")
        formal = [code for code in decisions if decisions.row(code)["panel"]]
        offer(self, "about", [(code, decisions.label(code, language())) for code in formal])
        for name in ("outcome", "reasons"):
            self.fields[name].required = True
        self.fields["outcome"].error_messages["required"] = _("Choose what the panel found.")
        self.fields["reasons"].error_messages["required"] = _("Write why, in a sentence at least.")

    def clean_panel(self) -> str:
        """The members; fewer than three are no panel."""
        written = str(self.cleaned_data["panel"])
        if len(rules.members(written)) < rules.PANEL:
            raise forms.ValidationError(_("A panel has three members at least. Name each on a line of their own."))
        return written

    def values(self) -> dict[str, Any]:
        """What an action writes."""
        return {**super().values(), "panel": self.cleaned_data["panel"]}
