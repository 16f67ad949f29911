"""Somebody whom another body sent or identified."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from havre.cases.intake.actions import Birth, Elsewhere, Handover
from havre.cases.people.actions import Arrival
from havre.cases.people.forms.boxes import DayField
from havre.cases.people.forms.contact import asked
from havre.cases.people.forms.fields import Line, SheetForm, code, codes, spoken, tick, words
from havre.cases.people.forms.ways import WayFields

from .fields import BirthField, named


class FindingFields(SheetForm):
    """What another body found."""

    result = code("vic_TraffickingStatus", gettext_lazy("What was found"))
    body = code("vic_TraffickingStatusDecisionMakingOrg", gettext_lazy("Who found it"))
    decided_on = DayField(past=True, label=gettext_lazy("When it was decided"))
    paper = Line(label=gettext_lazy("Reference of the paper"))
    paper_seen = tick(gettext_lazy("I have seen the paper"))

    def finding(self) -> Elsewhere | None:
        """The finding, when there is one."""
        given = self.cleaned_data
        if not given["result"]:
            return None
        return Elsewhere(given["result"], given["body"], given["decided_on"], given["paper"], given["paper_seen"])


class ElsewhereForm(FindingFields):
    """The finding on file of somebody we know."""

    def clean_result(self) -> str:
        """What was found: without it there is nothing to keep."""
        if not self.cleaned_data["result"]:
            raise forms.ValidationError(_("Choose what the other body found."))
        return str(self.cleaned_data["result"])

    def clean_body(self) -> str:
        """Who found it."""
        if not self.cleaned_data["body"]:
            raise forms.ValidationError(_("Say which kind of body found it."))
        return str(self.cleaned_data["body"])


class PersonFields(WayFields, SheetForm):
    """Who it is, as far as the door needs to know."""

    called = named(gettext_lazy("What the person wants to be called"))
    language = spoken(gettext_lazy("Language"))
    gender = code("prs_Gender", gettext_lazy("Gender"))
    born = BirthField()
    in_danger = code("yes_no_unknown", gettext_lazy("Is the person in danger now?"))
    needs = codes("immediate_needs", gettext_lazy("What is needed now"), only=asked)
    note = words(gettext_lazy("Note"), help_text=gettext_lazy("What a colleague must know who meets this person next."))

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        self.check_way(given)
        return given

    def arrival(self, **more: Any) -> Arrival:
        """Who came, for the action."""
        given, way = self.cleaned_data, self.way()
        same = {name: given[name] for name in ("called", "language", "gender", "in_danger", "needs", "note")}
        return Arrival(on=localdate(), contact={**way, "safe": True} if way else {}, **same, **more)

    def birth(self) -> Birth | None:
        """When the person was born, as it was told."""
        told: Birth | None = self.cleaned_data["born"]
        return told


class IdentifiedForm(PersonFields, ElsewhereForm):
    """Somebody new whom another body identified."""

    referred_by = code("referral_sources", gettext_lazy("Who sent the person"))


class AbroadForm(PersonFields, FindingFields):
    """Somebody whom another country sends home."""

    sending_body = Line(
        label=gettext_lazy("Who sends the person"), help_text=gettext_lazy("The body, and the country it works in.")
    )
    contact_there = Line(label=gettext_lazy("Whom to ask there"))
    reason = code("cas_ReasonForIncomingReferral", gettext_lazy("Why we are asked"))
    arrived_on = DayField(
        past=True, label=gettext_lazy("Day of arrival"), help_text=gettext_lazy("Today when it is left empty.")
    )
    port = Line(label=gettext_lazy("Airport, port or border post"))

    def clean_sending_body(self) -> str:
        """Who sends the person: it opens the step to reception."""
        if not self.cleaned_data["sending_body"]:
            raise forms.ValidationError(_("Write which body sent the person."))
        return str(self.cleaned_data["sending_body"])

    def handover(self) -> Handover:
        """What the form says, for the action."""
        given = self.cleaned_data
        return Handover(
            self.arrival(),
            given["sending_body"],
            given["arrived_on"] or localdate(),
            port=given["port"],
            contact=given["contact_there"],
            reason=given["reason"],
            birth=self.birth(),
            finding=self.finding(),
        )
