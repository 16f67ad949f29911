"""Fields that the forms of help and follow-up share: a day of the calendar, and a choice from a list as boxes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from havre.cases.people.forms.fields import NOT_LISTED
from havre.kernel.dates import EARLIEST_YEAR
from havre.kernel.vocabularies import load

YEARS_AHEAD = 20
UNREADABLE = _("This is no day of the calendar. Write it as 12/03/2026.")
FAR_OFF = _("Check the year: this day is too far off.")
NOT_YET = _("This day has not come yet. Use today or an earlier day.")


def listed(name: str) -> Callable[[], list[tuple[str, str]]]:
    """The choices of a list in the language of whoever looks."""
    return lambda: load(name).choices(get_language() or "en")


class Boxes(forms.ChoiceField):
    """One choice from a list, as boxes with words."""

    widget = forms.RadioSelect

    def __init__(self, name: str, **kwargs: Any) -> None:
        errors = {"invalid_choice": NOT_LISTED, **kwargs.pop("error_messages", {})}
        super().__init__(choices=listed(name), error_messages=errors, **{"required": False, **kwargs})


class DayField(forms.DateField):
    """A day of the calendar in a year that can be meant; `past` takes none that is still to come."""

    default_error_messages = {"invalid": UNREADABLE}

    def __init__(self, *, past: bool = False, **kwargs: Any) -> None:
        self.past = past
        look = forms.DateInput(attrs={"type": "date", "class": "hv-input--short"}, format="%Y-%m-%d")
        super().__init__(**{"required": False, "widget": look, **kwargs})

    def clean(self, value: Any) -> date | None:
        """The day, or a sentence that says what to check."""
        day = super().clean(value)
        if day is None:
            return None
        today = localdate()
        if not EARLIEST_YEAR <= day.year <= today.year + YEARS_AHEAD:
            raise forms.ValidationError(FAR_OFF)
        if self.past and day > today:
            raise forms.ValidationError(NOT_YET)
        return day
