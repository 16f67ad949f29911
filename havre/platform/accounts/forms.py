"""Signing in and unlocking."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.contrib.auth.password_validation import validate_password
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from havre.platform.ui.forms import Form

from . import tries
from .models import User

WRONG = _("This login and this password do not go together. Check both, or ask your administrator.")
TOO_MANY = _("Too many tries. Wait ten minutes, then try again.")


class PasswordForm(Form):
    """A new password, written twice; long enough, and in no list of common ones."""

    new = forms.CharField(
        label=_("New password"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("12 characters or more. Four words that do not belong together are easy to keep in mind."),
        error_messages={"required": _("Write a new password.")},
    )
    again = forms.CharField(
        label=_("Once more"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": _("Write it once more.")},
    )

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_new(self) -> str:
        """The password, when it is strong enough."""
        new = str(self.cleaned_data["new"])
        validate_password(new, self.user)
        return new

    def clean_again(self) -> str:
        """The same once more."""
        again = str(self.cleaned_data["again"])
        if "new" in self.cleaned_data and again != self.cleaned_data["new"]:
            raise forms.ValidationError(_("This is not what stands above. Write it once more."))
        return again


class SignInForm(Form):
    """A login and a password; the answer is the same whichever of them is wrong."""

    login = forms.CharField(
        label=_("Login"),
        max_length=60,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false", "autofocus": True}
        ),
        error_messages={"required": _("Write your login."), "max_length": WRONG, "null_characters_not_allowed": WRONG},
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={
            "required": _("Write your password."),
            "max_length": WRONG,
            "null_characters_not_allowed": WRONG,
        },
    )
    shared = forms.BooleanField(
        label=_("This is a shared computer"),
        required=False,
        help_text=_("The screen locks after 5 quiet minutes instead of 15."),
    )

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        self.user: User | None = None
        if self.data.get("login"):
            self.fields["login"].widget.attrs.pop("autofocus")
            self.fields["password"].widget.attrs["autofocus"] = True

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if self.errors:
            return given
        login, password = str(given.get("login", "")), str(given.get("password", ""))
        # Whatever comes out, a password is hashed once and two tries are written: the time tells nobody what is wrong.
        held = tries.too_many(login, self.request)
        user = authenticate(self.request, login=login, password=password)
        if held:
            tries.count_in_vain(login, self.request)
            raise forms.ValidationError(TOO_MANY)
        if user is None:
            tries.count(login, self.request)
            raise forms.ValidationError(WRONG)
        self.user = user
        return given
