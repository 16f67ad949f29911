"""The days of the calls, and one try with what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from havre.cases.assistance.models import ServiceDelivery
from havre.cases.people.forms.boxes import Boxes, DayField
from havre.cases.people.forms.fields import SheetForm, VersionedForm, language, words
from havre.cases.people.models import Case
from havre.kernel.vocabularies import load

from .actions import REACHED, TOLD, Try
from .models import FollowUp
from .rules import Planned
from .said import Word, standing, version_of

CHOOSE = _("Choose one.")
GIVE_DAY = _("Give a day.")


class PlanForm(SheetForm):
    """A day for each call, proposed by the schedule."""

    def __init__(self, *args: Any, contacts: Sequence[Planned], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.contacts = contacts
        labels = load("monitoring_schedule")
        for each in contacts:
            missing = {"required": _("Give a day.")}
            label = labels.label(each.code, language())
            self.fields[each.code] = DayField(label=label, required=True, initial=each.on, error_messages=missing)

    def days(self) -> dict[str, date]:
        """The days by code."""
        return {each.code: self.cleaned_data[each.code] for each in self.contacts}


class CallForm(VersionedForm):
    """One try; what the person told is asked only when they were reached."""

    on = DayField(label=_("Day of the try"), required=True, past=True, error_messages={"required": _("Give a day.")})
    means = Boxes("contact_means", label=_("By which means"), required=True, error_messages={"required": CHOOSE})
    result = Boxes("contact_results", label=_("What came of it"), required=True, error_messages={"required": CHOOSE})
    safe = Boxes("yes_no_unknown", label=_("Does the person feel safe?"))
    re_trafficking_sign = Boxes(
        "yes_no_unknown",
        label=_("Are there signs of new trafficking?"),
        help_text=_("Papers taken, pay kept back, debts, threats, somebody who decides for the person."),
    )
    living = Boxes("living_situations", label=_("Where the person lives"))
    work = Boxes("work_situations", label=_("Work or study"))
    health = Boxes("changes", label=_("Health, since the last contact"))
    family = Boxes("changes", label=_("Family life, since the last contact"))
    wish_to_leave = Boxes("yes_no_unknown", label=_("Does the person wish to leave again?"))
    words = words(_("In the person’s own words"))

    def attempt(self) -> Try:
        """The try."""
        sent = self.cleaned_data
        return Try(sent["on"], sent["means"], sent["result"])

    def told(self) -> dict[str, Any]:
        """What the person told; nothing when they were not reached."""
        return {name: self.cleaned_data[name] for name in TOLD} if self.cleaned_data["result"] == REACHED else {}

    @staticmethod
    def of(call: FollowUp) -> dict[str, Any]:
        """The values a form starts with."""
        return {"on": localdate(), "version": call.version}


class SatisfactionForm(VersionedForm):
    """From 1 to 5 for each service, with a few words; none is compulsory."""

    on = DayField(label=_("Day of the conversation"), required=True, past=True, error_messages={"required": GIVE_DAY})

    def __init__(self, *args: Any, services: Sequence[ServiceDelivery], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.services = services
        labels = load("services")
        for each in services:
            self.fields[f"score_{each.pk}"] = Boxes("satisfaction", label=labels.label(each.code, language()))
            self.fields[f"words_{each.pk}"] = words(_("In the person’s own words"), 2)

    def rows(self) -> list[dict[str, Any]]:
        """The boxes of each service."""
        return [
            {"service": each, "score": self[f"score_{each.pk}"], "words": self[f"words_{each.pk}"]}
            for each in self.services
        ]

    def clean(self) -> dict[str, Any]:
        """Words need a figure beside them: it is the figure that is counted."""
        sent = super().clean()
        for each in self.services:
            if sent.get(f"words_{each.pk}") and not sent.get(f"score_{each.pk}"):
                self.add_error(f"score_{each.pk}", _("Choose a figure as well, or leave the words out."))
        return sent

    def said(self) -> dict[UUID, Word]:
        """What was said, service by service."""
        sent = self.cleaned_data
        scored = [each.pk for each in self.services if sent[f"score_{each.pk}"]]
        return {pk: Word(int(sent[f"score_{pk}"]), sent[f"words_{pk}"]) for pk in scored}

    @staticmethod
    def of(case: Case) -> dict[str, Any]:
        """What was said before."""
        values: dict[str, Any] = {"on": localdate(), "version": version_of(case)}
        for pk, row in standing(case).items():
            values |= {f"score_{pk}": str(row.score), f"words_{pk}": row.words}
        return values
