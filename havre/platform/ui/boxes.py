"""Fields that the forms of every stage share: a day of the calendar, a choice as boxes, a sum of money."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from havre.kernel.dates import EARLIEST_YEAR
from havre.kernel.money import currency_choices
from havre.kernel.vocabularies import load

from .fields import NOT_LISTED

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


class AmountField(forms.DecimalField):
    """A sum of money above zero, written with a comma or a point: two figures behind it at most."""

    default_error_messages = {"invalid": _("Write the sum in figures, for example 120,50.")}

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"inputmode": "decimal", "autocomplete": "off", "class": "hv-input--short", "size": 12}
        look = forms.TextInput(attrs=attrs)
        super().__init__(**{"required": False, "max_digits": 12, "decimal_places": 2, "widget": look, **kwargs})

    def to_python(self, value: Any) -> Any:
        """The sum; blanks between thousands do not count."""
        return super().to_python("".join(str(value or "").split()).replace(",", "."))

    def validate(self, value: Any) -> None:
        """Nothing, or more than nothing."""
        super().validate(value)
        if value is not None and value <= 0:
            raise forms.ValidationError(_("A sum is more than zero. Leave it empty when there is none."))


class CurrencyField(forms.ChoiceField):
    """A currency in use today."""

    def __init__(self, **kwargs: Any) -> None:
        listed = lambda: currency_choices(get_language() or "en")  # noqa: E731 - asked anew for each reader
        super().__init__(**{"required": False, "choices": listed, "label": _("Currency"), **kwargs})
