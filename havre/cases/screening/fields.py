"""Boxes for what people remember: an amount with its currency, several countries."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from havre.cases.people.forms.fields import NOT_LISTED, Line
from havre.kernel import places

COUNTRIES = 3
AMOUNT = re.compile(r"(?:([A-Za-z]{3}) ?)?(\d{1,12}(?:[.,]\d{1,2})?)(?: ?([A-Za-z]{3}))?")


class MoneyField(Line):
    """An amount, and its currency when it is known; kept as `300 USD`."""

    def clean(self, value: Any) -> str:
        """The amount as it is stored, or the sentence that says how to write it."""
        text = super().clean(value)
        if not text:
            return ""
        found = AMOUNT.fullmatch(re.sub(r"(?<=\d)\s(?=\d)", "", text))
        if not found or (found[1] and found[3]):
            raise forms.ValidationError(_("Write an amount, and the currency if it is known: 300 USD."))
        return f"{found[2].replace(',', '.')} {(found[1] or found[3] or '').upper()}".strip()


class CountriesWidget(forms.MultiWidget):
    """Up to three countries, each in a list of its own."""

    def __init__(self, choices: list[tuple[str, str]]) -> None:
        names = [_("First country"), _("Second country"), _("Third country")]
        super().__init__([forms.Select(attrs={"aria-label": name}, choices=choices) for name in names])

    def decompress(self, value: Any) -> list[str]:
        """The countries of a stored list."""
        codes = list(value or ())[:COUNTRIES]
        return codes + [""] * (COUNTRIES - len(codes))

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        """The countries that were chosen."""
        return [code for code in super().value_from_datadict(data, files, name) if code]


class CountriesField(forms.Field):
    """Some countries, each once, in the order they were chosen."""

    def __init__(self, **kwargs: Any) -> None:
        choices = [("", "–"), *places.country_choices(get_language() or "en")]
        super().__init__(widget=CountriesWidget(choices), **kwargs)

    def clean(self, value: Any) -> list[str]:
        """The codes, refused when one is no country's."""
        codes = list(dict.fromkeys(super().clean(value) or []))
        if any(code not in places.countries for code in codes):
            raise forms.ValidationError(NOT_LISTED)
        return codes
