"""Judging a risk: what may happen, how likely and how bad, what is done, what the person says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from havre.cases.assistance.actions.risk import JUDGED
from havre.cases.assistance.models import Risk
from havre.cases.people.forms.boxes import Boxes, DayField
from havre.cases.people.forms.fields import NOT_LISTED, Line, SheetForm, VersionedForm, offer, words
from havre.platform.accounts.models import User

MEASURES = ("likelihood", "impact", "residual_likelihood", "residual_impact")
CHOOSE = _("Choose one.")


class RiskForm(VersionedForm):
    """One risk, before and after what is done against it."""

    about = Boxes("risk_subjects", label=_("About"), required=True, error_messages={"required": CHOOSE})
    threat = words(_("What may happen"), 2)
    source = Line(label=_("From whom or what"))
    likelihood = Boxes(
        "risk_likelihood", label=_("How likely is it now?"), required=True, error_messages={"required": CHOOSE}
    )
    impact = Boxes("risk_impact", label=_("How bad would it be?"), required=True, error_messages={"required": CHOOSE})
    controls = words(_("What is done against it"), 2)
    residual_likelihood = Boxes("risk_likelihood", label=_("How likely is it then?"))
    residual_impact = Boxes("risk_impact", label=_("How bad would it be then?"))
    own_view = words(
        _("What the person says about it"), 2, help_text=_("Beside your judgement, never instead of it, and as said.")
    )
    country_level = Boxes(
        "risk_levels",
        label=_("The country or place in general"),
        help_text=_("As reports describe it for everybody. It is kept apart and does not change this person’s risk."),
    )
    owner = forms.ChoiceField(
        label=_("Who keeps an eye on it"),
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": NOT_LISTED},
    )
    review_on = DayField(label=_("Judged again on"))

    def __init__(self, *args: Any, people: Sequence[User], again: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(each.pk): each for each in people}
        if again:
            del self.fields["about"]
        if len(self.people) > 1:
            offer(self, "owner", [(key, each.name) for key, each in self.people.items()])
        else:
            del self.fields["owner"]

    def clean_owner(self) -> User | None:
        """The colleague; nobody named leaves it to whoever writes."""
        return self.people.get(self.cleaned_data["owner"])

    def clean(self) -> dict[str, Any]:
        """What remains of a risk is judged by both questions or by none."""
        sent = super().clean()
        for one, other in (MEASURES[2:], MEASURES[:1:-1]):
            if sent.get(one) and not sent.get(other) and other not in self.errors:
                self.add_error(other, _("Answer both questions about what remains, or neither."))
        return sent

    def values(self) -> dict[str, Any]:
        """What an action writes."""
        sent = {name: self.cleaned_data[name] for name in JUDGED if name in self.fields}
        return sent | {name: int(sent[name]) if sent[name] else None for name in MEASURES}

    @staticmethod
    def of(risk: Risk) -> dict[str, Any]:
        """The stored values; the day of the next look is given anew."""
        stored = {name: getattr(risk, name) for name in JUDGED if name not in ("owner", "review_on")}
        return {**stored, "owner": str(risk.owner_id), "version": risk.version}


class OverrideForm(SheetForm):
    """Why a journey may go on in spite of a high risk."""

    reason = words(
        _("Why the journey may go on in spite of this risk"), 5, help_text=_("It is kept with your name and the day.")
    )

    def clean_reason(self) -> str:
        """A decision without a reason is none."""
        if not self.cleaned_data["reason"]:
            raise forms.ValidationError(_("Say in a few sentences why."))
        return str(self.cleaned_data["reason"])
