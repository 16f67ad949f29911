"""With whom to share, which parts, why, on what basis, until when; and a colleague to ask about."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from havre.cases.people.forms.boxes import DayField
from havre.cases.people.forms.fields import FEW, NOT_LISTED, SheetForm, code, offer, tick
from havre.platform.accounts.models import User
from havre.platform.permissions import Compartment

from .bodies import Recipient
from .parts import PLAIN, chosen, each_of


def _shared(purpose: str) -> bool:
    return purpose.startswith("share_")


class ShareForm(SheetForm):
    """One share."""

    to = forms.ChoiceField(
        label=_("With whom"), required=False, widget=forms.RadioSelect, error_messages={"invalid_choice": NOT_LISTED}
    )
    parts = forms.MultipleChoiceField(
        label=_("Which parts"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("The course of things always goes along: steps, needs, help. It names nobody."),
        error_messages={"invalid_choice": NOT_LISTED, "invalid_list": NOT_LISTED},
    )
    purpose = code("access_purposes", _("What for"), only=_shared)
    basis = code("sharing_bases", _("On what basis"))
    until = DayField(label=_("Until"), help_text=_("That day is the last one. Shorter is safer: you can share again."))
    onward = tick(
        _("They may share it on with colleagues of their own agency"),
        help_text=_("If it is left empty, only those you choose read it. What they share on ends with yours."),
    )

    def __init__(self, *args: Any, recipients: list[Recipient], parts: Compartment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.recipients = {str(each.principal): each for each in recipients}
        choices = [(key, each.name) for key, each in self.recipients.items()]
        if len(choices) >= FEW:
            self.fields["to"].widget = forms.Select()
            choices = [("", ""), *choices]
        offer(self, "to", choices)
        offered = each_of(parts & ~Compartment.FACTS)
        offer(self, "parts", [(str(int(each)), f"{PLAIN[each][0]} · {PLAIN[each][1]}") for each in offered])

    def clean_to(self) -> Recipient:
        """Somebody must be named."""
        found = self.recipients.get(self.cleaned_data["to"])
        if found is None:
            raise forms.ValidationError(_("Choose with whom."))
        return found

    def clean_parts(self) -> Compartment:
        """What is opened."""
        return chosen(self.cleaned_data["parts"])

    def clean_purpose(self) -> str:
        """A share has a purpose."""
        if not self.cleaned_data["purpose"]:
            raise forms.ValidationError(_("Say what they need it for."))
        return str(self.cleaned_data["purpose"])

    def clean_basis(self) -> str:
        """And a basis."""
        if not self.cleaned_data["basis"]:
            raise forms.ValidationError(_("Say on what basis it is shared."))
        return str(self.cleaned_data["basis"])

    def clean_until(self) -> date:
        """And an end."""
        until: date | None = self.cleaned_data["until"]
        if until is None:
            raise forms.ValidationError(_("Outside the agency a share has a last day. Choose one."))
        if until < localdate():
            raise forms.ValidationError(_("This day has passed. Choose today or a later day."))
        return until


class ColleagueForm(SheetForm):
    """A colleague of the agency to ask about."""

    colleague = forms.ChoiceField(label=_("Colleague"), required=False, error_messages={"invalid_choice": NOT_LISTED})

    def __init__(self, *args: Any, users: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.users = {str(user.pk): user for user in users}
        offer(self, "colleague", [("", ""), *((key, user.name) for key, user in self.users.items())])

    def clean_colleague(self) -> User:
        """Somebody must be named."""
        user = self.users.get(self.cleaned_data["colleague"])
        if user is None:
            raise forms.ValidationError(_("Choose a colleague first."))
        return user
