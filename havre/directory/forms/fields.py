"""Fields of the directory's forms: several of a long list, yes or no or not said, how far it is seen, a zone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any
from zoneinfo import available_timezones

from babel.core import get_global
from django import forms
from django.core.validators import EmailValidator, URLValidator
from django.utils.translation import gettext_lazy as _

from havre.kernel import places
from havre.kernel.vocabularies import load
from havre.platform.keeping.rows import Visibility
from havre.platform.ui.fields import NOT_LISTED, Line, language

MOST = 12
LEAST = 3
SPARE = 2
YES_NO = (("yes", _("Yes")), ("no", _("No")), ("", _("Not said")))
NO_MAIL = _("This is no mail address. Write it as name@place.org.")
MARKUP = re.compile(r"<\s*/?\s*[a-zA-Z!]")


class Several(forms.MultiWidget):
    """Some of a long list, each in a list of its own, with two to spare."""

    def __init__(self, label: Any, listed: Callable[[], Iterable[tuple[str, str]]]) -> None:
        self.listed, self.named = listed, label
        super().__init__([forms.Select(attrs={"aria-label": label}) for _each in range(MOST)])

    def decompress(self, value: Any) -> list[str]:
        """The codes, one for each list."""
        codes = list(value or ())[:MOST]
        return codes + [""] * (MOST - len(codes))

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """Draws as many lists as are needed."""
        codes = value if isinstance(value, list) else self.decompress(value)
        shown = min(MOST, max(LEAST, len([code for code in codes if code]) + SPARE))
        choices = [("", "–"), *self.listed()]
        self.widgets = self.widgets[:shown]
        for each in self.widgets:
            each.choices = choices  # type: ignore[attr-defined]
        return super().get_context(name, codes[:shown], attrs)

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        """The codes that were chosen."""
        sent = [data.get(f"{name}_{at}", "") for at in range(MOST)]
        return [code for code in sent if code]

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Whether the form did not have it."""
        return not any(f"{name}_{at}" in data for at in range(MOST))


class SeveralField(forms.Field):
    """Codes of a long list, each once, in the order they were chosen."""

    def __init__(self, label: Any, one: Any, listed: Callable[[], Iterable[tuple[str, str]]], **kwargs: Any) -> None:
        self.listed = listed
        super().__init__(label=label, required=False, widget=Several(one, listed), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return list(value or ())

    @property
    def choices(self) -> list[tuple[str, str]]:
        """All of the list, for the words of a comparison."""
        return list(self.listed())

    def clean(self, value: Any) -> list[str]:
        """The codes; refused when one is not of the list."""
        codes = list(dict.fromkeys(super().clean(value) or []))
        known = {code for code, _name in self.listed()}
        if any(code not in known for code in codes):
            raise forms.ValidationError(NOT_LISTED)
        return codes


def countries(label: Any, **kwargs: Any) -> SeveralField:
    """Some countries."""
    return SeveralField(label, _("Country"), lambda: places.country_choices(language()), **kwargs)


def languages(label: Any, **kwargs: Any) -> SeveralField:
    """Some languages."""
    return SeveralField(label, _("Language"), lambda: places.language_choices(language()), **kwargs)


class Said(forms.ChoiceField):
    """Yes, no, or not said."""

    widget = forms.RadioSelect

    def __init__(self, label: Any, **kwargs: Any) -> None:
        super().__init__(label=label, required=False, choices=YES_NO, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return {True: "yes", False: "no", None: ""}.get(value, value)

    def clean(self, value: Any) -> bool | None:
        """True, False, or None for what is not said."""
        return {"yes": True, "no": False}.get(super().clean(value))


class Plain(Line):
    """One line of words; what looks like a page of the web is refused."""

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        if MARKUP.search(text):
            raise forms.ValidationError(_("There is code of a web page in this. Write plain words."))
        return str(text)


class Mail(Line):
    """An address of mail."""

    default_validators = [EmailValidator()]

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"type": "email", "dir": "ltr", "autocomplete": "off"})
        super().__init__(**{"most": 254, "widget": widget, "error_messages": {"invalid": NO_MAIL}, **kwargs})
        self.validators = self.default_validators


class Web(Line):
    """An address on the web; without its beginning, https is meant."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "url", "dir": "ltr", "autocomplete": "off"})
        super().__init__(**{"most": 500, "widget": widget, **kwargs})

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        text = f"https://{text}" if text and "://" not in text else text
        if text:
            URLValidator(["http", "https"], message=_("This is no address on the web. Write it as https://place.org."))(
                text
            )
        return text


class Number(Line):
    """A telephone number as it is dialled."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"type": "tel", "dir": "ltr", "autocomplete": "off", "class": "hv-input--short"})
        super().__init__(**{"most": 60, "widget": widget, **kwargs})

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        if text and (not any(sign.isdigit() for sign in text) or re.search(r"[^\d\s+*#().\-/–]", text)):
            raise forms.ValidationError(_("This cannot be dialled. Write figures, with + and the country first."))
        return text


class Reach(forms.TypedChoiceField):
    """How far it is seen; no further than what it hangs on."""

    widget = forms.RadioSelect

    def __init__(self, **kwargs: Any) -> None:
        self.floor = int(Visibility.PUBLIC)
        super().__init__(label=_("Who sees it"), coerce=int, required=False, empty_value=None, **kwargs)

    def narrow(self, floor: int) -> None:
        """Offers nothing wider than that."""
        listed = load("visibilities").choices(language())
        self.choices = [(at, name) for at, (_code, name) in enumerate(listed) if at >= floor]


@lru_cache
def zones() -> list[tuple[str, str]]:
    """Every zone that is named after a place."""
    named = sorted(name for name in available_timezones() if "/" in name and name[0].isupper())
    return [(name, name.replace("_", " ")) for name in named if not name.startswith(("Etc/", "SystemV/"))]


def zone_of(countries: Iterable[str]) -> str:
    """The zone of the first of these countries that has one; of one with several, the first."""
    known = get_global("territory_zones")
    return next((str(known[each][0]) for each in countries if known.get(each)), "")
