"""Asking another body for help, being asked, and the answer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from havre.cases.assistance import rules
from havre.cases.people.forms.boxes import Boxes, DayField
from havre.cases.people.forms.fields import NOT_LISTED, Line, SheetForm, VersionedForm, language, offer, tick, words
from havre.kernel.vocabularies import load

NAME_IT = _("Name the body.")
SURE = _("Whom you rang or wrote to, and when. It is kept with the referral.")
DAY = {"required": _("Give a day.")}


class ReferralForm(SheetForm):
    """What a referral in either direction says."""

    organisation = Line(label=_("Which body"), most=200, required=True, error_messages={"required": NAME_IT})
    sent_on = DayField(label=_("On which day"), required=True, past=True, error_messages=DAY)
    contact = Line(label=_("Whom to speak with there"))
    services = forms.MultipleChoiceField(
        label=_("For which help"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": NOT_LISTED, "invalid_list": NOT_LISTED},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "services", rules.by_phase(language()))
        self.initial.setdefault("sent_on", localdate())

    def values(self, *names: str) -> dict[str, Any]:
        """What an action writes."""
        sent = self.cleaned_data
        return {"on": sent["sent_on"], **{name: sent[name] for name in names}}


class SendForm(ReferralForm):
    """A referral to another body."""

    reason = Boxes("cas_ReasonForOutgoingReferral", label=_("Why"))
    details = words(_("What the other body needs to know"), help_text=_("Only what it needs, and nothing on health."))
    handover = tick(_("The other body takes over the whole file"))
    checked = words(_("How you made sure of this contact"), 2, help_text=SURE)

    def __init__(self, *args: Any, held_back: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not held_back:
            del self.fields["checked"]


class ReceiveForm(ReferralForm):
    """A referral from another body."""

    reason = Boxes("cas_ReasonForIncomingReferral", label=_("Why"))
    details = words(_("What the other body told us"))
    handover = tick(_("The other body hands the whole file over to us"))
    finding = Boxes("vic_TraffickingStatus", label=_("The finding it made, if it sent one"))


class AnswerForm(VersionedForm):
    """What became of a referral."""

    state = forms.ChoiceField(
        label=_("The answer"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one."), "invalid_choice": NOT_LISTED},
    )
    answered_on = DayField(label=_("On which day"), required=True, past=True, error_messages=DAY)
    answer = words(_("In words"))

    def __init__(self, *args: Any, states: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = load("referral_states")
        offer(self, "state", [(each, labels.label(each, language())) for each in states])
        self.initial.setdefault("answered_on", localdate())
