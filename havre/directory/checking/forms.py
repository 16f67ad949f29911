"""What a contact corrects, what a partner suggests, what a keeper answers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from havre.platform.ui.forms import Form

from .suggestible import LABELS, LONG

THEIRS = {
    "contact-name": _("Your name"),
    "contact-title": _("What you are there"),
    "contact-department": _("Department"),
    "contact-email": _("Your mail address"),
    "organisation-email": _("Mail address of the organisation"),
    "organisation-website": _("Website"),
}


class CorrectForm(Form):
    """What the card says, to be put right; a number that is emptied is to go."""

    gone = forms.BooleanField(label=_("I am no longer the person to ask here"), required=False)
    why = forms.CharField(
        label=_("Anything else that is not right"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Nothing about a person in care, and no address of a place that is kept secret."),
    )

    def __init__(self, *args: Any, shown: dict[str, str] | None = None, **kwargs: Any) -> None:
        self.shown = shown or {}
        super().__init__(*args, **{**kwargs, "initial": self.shown})
        told = {name: self._field(name) for name in self.shown}
        self.fields = {**told, **self.fields}

    def _field(self, name: str) -> forms.CharField:
        phone = name.startswith("phone-")
        label = THEIRS.get(name) or _("Number")
        length = 60 if phone else 500 if name.endswith("website") else 200
        kind = "tel" if phone else "email" if name.endswith("email") else "text"
        widget = forms.TextInput(attrs={"type": kind, "dir": "ltr" if phone else "auto"})
        return forms.CharField(label=label, required=False, max_length=length, widget=widget)

    def given(self) -> dict[str, str]:
        """What stands in the fields of the card now; a field that was not sent says nothing."""
        return {name: self.cleaned_data[name] for name in self.shown if name in self.data}

    def facts(self) -> list[forms.BoundField]:
        """The fields of the card."""
        return [self[name] for name in self.shown]


class SuggestForm(Form):
    """One row of a card as it stands, to be changed into what it should be."""

    gone = forms.BooleanField(label=_("This is no longer there at all"), required=False)
    why = forms.CharField(
        label=_("How you know, or what is missing"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Nothing about a person in care, and no address of a place that is kept secret."),
    )

    def __init__(self, *args: Any, texts: dict[str, str] | None = None, **kwargs: Any) -> None:
        self.texts = texts or {}
        super().__init__(*args, **{**kwargs, "initial": self.texts})
        self.fields = {**{name: self._field(name) for name in self.texts}, **self.fields}

    def _field(self, name: str) -> forms.CharField:
        long = name in LONG
        widget = forms.Textarea(attrs={"rows": 3, "dir": "auto"}) if long else forms.TextInput(attrs={"dir": "auto"})
        return forms.CharField(label=str(LABELS[name]), required=False, max_length=5000 if long else 300, widget=widget)

    def given(self) -> dict[str, str]:
        """What stands in the fields of the row now."""
        return {name: self.cleaned_data[name] for name in self.texts if name in self.data}

    def facts(self) -> list[forms.BoundField]:
        """The fields of the row."""
        return [self[name] for name in self.texts]


class NewForm(SuggestForm):
    """Something that is missing on a card."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["gone"]


class WordForm(Form):
    """A word to whoever suggested."""

    answer = forms.CharField(
        label=_("A word to whoever suggested it"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Needed when it stays as it is."),
    )
