"""Whom to invite, which roles and team somebody has, what a team is called, and the password of somebody new."""

from __future__ import annotations

import unicodedata
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from havre.platform.accounts.models import Agency, Team, User
from havre.platform.permissions import ROLES
from havre.platform.ui.forms import Form

from . import tokens

LOGIN = r"[a-z0-9][a-z0-9._-]{1,59}"
WORTHLESS = _(
    "This invitation is not good any more: it was used, replaced by a newer one, or is older than three days."
    " Ask your administrator for a new one."
)


class NameField(forms.CharField):
    """A name on one line, without signs that cannot be seen."""

    def to_python(self, value: Any) -> str:
        text = "".join(sign for sign in str(value or "") if unicodedata.category(sign) not in ("Cc", "Cs"))
        return " ".join(text.split())


class AppointForm(Form):
    """Which roles somebody has, and in which team."""

    roles = forms.MultipleChoiceField(
        label=_("What they may do"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose one role or more.")},
    )
    team = forms.ChoiceField(label=_("Team"), required=False, widget=forms.RadioSelect)

    def __init__(self, *args: Any, agency: Agency, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.teams = {str(each.pk): each for each in Team.objects.filter(agency=agency, ended=None).order_by("name")}
        roles = self.fields["roles"]
        roles.choices = [(code, _said(code)) for code in ROLES]  # type: ignore[attr-defined]
        if self.teams:
            none = pgettext_lazy("no team", "None")
            self.fields["team"].choices = [("", none), *((key, each.name) for key, each in self.teams.items())]  # type: ignore[attr-defined]
        else:
            del self.fields["team"]

    def clean_roles(self) -> list[str]:
        """Roles that go together: an administrator sees no file, so holds no role that does."""
        roles: list[str] = self.cleaned_data["roles"]
        if "administrator" in roles and len(roles) > 1:
            raise forms.ValidationError(
                _("Whoever is administrator holds no other role, since an administrator sees no file.")
            )
        return roles

    @property
    def team_chosen(self) -> Team | None:
        """The team, or none."""
        return self.teams.get(self.cleaned_data.get("team", ""))


def _said(code: str) -> str:
    return f"{ROLES[code].title} · {ROLES[code].sentence}"


class AddressForm(Form):
    """Where somebody gets mail."""

    address = forms.EmailField(
        label=_("Mail address"),
        required=False,
        max_length=200,
        help_text=_("For mails that say only that something waits. It is kept sealed."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={"invalid": _("This is no mail address. Check it, or leave it empty.")},
    )


class InviteForm(AddressForm, AppointForm):
    """Somebody new."""

    name = NameField(
        label=_("Name"),
        max_length=120,
        help_text=_("As colleagues call them."),
        error_messages={"required": _("Write the name.")},
    )
    login = forms.RegexField(
        LOGIN,
        label=_("Login"),
        max_length=60,
        help_text=_("Small letters without accents, figures, dots and hyphens. It never changes and is given once."),
        error_messages={
            "required": _("Write a login."),
            "invalid": _("Write two signs or more: small letters without accents, figures, dots and hyphens."),
        },
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES, widget=forms.RadioSelect)
    field_order = ("name", "login", "roles", "team", "language", "address")


class TeamForm(Form):
    """What a team is called."""

    name = NameField(
        label=_("Name of the team"), max_length=200, error_messages={"required": _("Write the name of the team.")}
    )


class WelcomeForm(Form):
    """The invitation somebody holds, and the password they choose."""

    invitation = forms.CharField(
        label=_("Your invitation"),
        max_length=500,
        help_text=_("Paste the link you were given."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "data-invitation": ""}),
        error_messages={"required": WORTHLESS, "max_length": WORTHLESS, "null_characters_not_allowed": WORTHLESS},
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=200,
        strip=False,
        help_text=_("Twelve signs or more. Four words that do not belong together are a good password."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": _("Choose a password.")},
    )
    again = forms.CharField(
        label=_("The same password again"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": _("Write the password a second time.")},
    )

    def clean_invitation(self) -> str:
        """The secret in what was pasted."""
        secret = tokens.read(self.cleaned_data["invitation"])
        if not secret:
            raise forms.ValidationError(WORTHLESS)
        return secret

    def check(self, user: User) -> bool:
        """Whether the password will do for this user."""
        password, again = self.cleaned_data["password"], self.cleaned_data["again"]
        if password != again:
            self.add_error("again", _("The two passwords differ. Write the same one twice."))
            return False
        try:
            validate_password(password, user)
        except forms.ValidationError as weak:
            self.add_error("password", weak)
        return not self.errors
