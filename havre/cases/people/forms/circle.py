"""Whom to bring in, why, and until when."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from havre.cases.people import circle
from havre.platform.accounts.models import Team, User

from .boxes import DayField
from .fields import FEW, NOT_LISTED, SheetForm, code, offer, words

INNATE = ("casework", "supervision", "break_glass")  # come with the file itself or by an emergency, never given


def _given(purpose: str) -> bool:
    return purpose not in INNATE and not purpose.startswith("share_")


def _team(team: Team) -> str:
    return gettext("Team “%(name)s”, as far as it works together") % {"name": team.name}


class LetInForm(SheetForm):
    """One colleague."""

    colleague = forms.ChoiceField(
        label=_("Colleague"), required=False, widget=forms.RadioSelect, error_messages={"invalid_choice": NOT_LISTED}
    )
    purpose = code("access_purposes", _("Why"), only=_given)
    reason = words(
        _("In your words"), rows=2, help_text=_("It stands as a note in the file. Everyone who works on it reads it.")
    )
    until = DayField(label=_("Until"), help_text=_("Leave it empty when no end is known."))

    def __init__(self, *args: Any, users: list[User], teams: list[Team], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.users: dict[str, User | Team] = {str(user.pk): user for user in users}
        self.users |= {str(team.pk): team for team in teams}
        choices = [*circle.described(users), *((str(each.pk), _team(each)) for each in teams)]
        if len(choices) >= FEW:
            self.fields["colleague"].widget = forms.Select()
            choices = [("", ""), *choices]
        offer(self, "colleague", choices)

    def clean_colleague(self) -> User | Team:
        """The colleague, or a whole team; somebody must be named."""
        user = self.users.get(self.cleaned_data["colleague"])
        if user is None:
            raise forms.ValidationError(_("Choose a colleague first."))
        return user

    def clean_purpose(self) -> str:
        """Why: access without a reason is none."""
        if not self.cleaned_data["purpose"]:
            raise forms.ValidationError(_("Say why this colleague is brought in."))
        return str(self.cleaned_data["purpose"])

    def clean_until(self) -> date | None:
        """A day that has not passed."""
        until: date | None = self.cleaned_data["until"]
        if until and until < localdate():
            raise forms.ValidationError(_("This day has passed. Choose today or a later day, or leave it empty."))
        return until
