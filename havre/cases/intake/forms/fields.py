"""Fields that the doors share."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from havre.cases.intake.actions import Birth
from havre.cases.intake.rules import Unreadable, born
from havre.cases.people.forms.fields import Line

NAMED = {"autocomplete": "off", "spellcheck": "false", "dir": "auto"}
AGE = _("Write the age in years, the year of birth or the date: 17, or 2009, or 12/03/2009.")


class BirthField(Line):
    """An age, a year of birth or a date, as it was told."""

    def __init__(self, **kwargs: Any) -> None:
        look = forms.TextInput(attrs={"autocomplete": "off", "class": "hv-input--short", "size": 10})
        super().__init__(**{"label": _("Age or year of birth"), "widget": look, "most": 30, **kwargs})

    def clean(self, value: Any) -> Birth | None:
        """When, and how it is known: an age is an estimate, a date was told by the person."""
        try:
            told = born(super().clean(value), localdate())
        except Unreadable:
            raise forms.ValidationError(AGE) from None
        return Birth(told.when, "estimated" if told.as_age else "stated") if told else None


def named(label: Any, **more: Any) -> Line:
    """A name, in any script."""
    return Line(label=label, widget=forms.TextInput(attrs=NAMED), **more)
