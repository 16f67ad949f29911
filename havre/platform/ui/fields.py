"""Fields that keep what people write, and say in one sentence what to write instead when they cannot."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from typing import Any, cast
from zlib import crc32

from django import forms
from django.http import QueryDict
from django.utils.timezone import localdate
from django.utils.translation import get_language, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from havre.kernel import dates, places
from havre.kernel.vocabularies import load
from havre.platform.ui.forms import SENTENCES, Form

NAME = 300
LONG = 20_000
FEW = 8  # fewer choices than this are shown as boxes, more as a list to open

NOT_LISTED = SENTENCES["invalid_choice"]
DATE_SENTENCES = {
    "unreadable": _("This could not be read as a date. Write 12/03/1998, or 03/1998, or 1998."),
    "impossible": _("There is no such day in the calendar. Check the day and the month."),
    "too_early": _("This lies before 1900. Check the year."),
    "future": _("This day has not come yet. Use today or an earlier day."),
}


def language() -> str:
    """The reader's language."""
    return get_language() or "en"


class Text(forms.CharField):
    """Text as it was written: any script, marks of direction and emoji; only what cannot be shown is left out."""

    def __init__(self, *, most: int = NAME, **kwargs: Any) -> None:
        self.most = most
        super().__init__(**{"required": False, **kwargs})
        self.validators = []

    def to_python(self, value: Any) -> str:
        text = str(value or "").replace("\r\n", "\n").replace("\r", "\n")
        return "".join(
            sign for sign in text if unicodedata.category(sign) not in ("Cc", "Cs") or sign in "\n\t"
        ).strip()

    def validate(self, value: str) -> None:
        super().validate(value)
        if len(value) > self.most:
            sentence = ngettext_lazy(
                "This is longer than the %(most)d character kept here. Shorten it and write the rest in a note.",
                "This is longer than the %(most)d characters kept here. Shorten it and write the rest in a note.",
                self.most,
            )
            raise forms.ValidationError(sentence % {"most": self.most})


class Line(Text):
    """Text on one line."""

    def to_python(self, value: Any) -> str:
        return " ".join(super().to_python(value).split())


def words(label: Any, rows: int = 3, **kwargs: Any) -> Text:
    """A field for a few sentences."""
    return Text(label=label, most=LONG, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


def _listed(name: str, only: Callable[[str], bool]) -> Callable[[], list[tuple[str, str]]]:
    return lambda: [pair for pair in load(name).choices(language()) if only(pair[0])]


def code(
    name: str, label: Any, *, only: Callable[[str], bool] = bool, needed: Any = "", **kwargs: Any
) -> forms.ChoiceField:
    """One code of a list: boxes when they are few, else a list that opens with nothing chosen.

    With `needed`, the sentence that is said when nothing was chosen.
    """
    few = sum(only(each) for each in load(name)) < FEW
    listed = _listed(name, only)
    return forms.ChoiceField(
        label=label,
        required=bool(needed),
        choices=listed if few else lambda: [("", ""), *listed()],
        widget=forms.RadioSelect if few else forms.Select,
        error_messages={"invalid_choice": NOT_LISTED, "required": needed},
        **kwargs,
    )


def codes(name: str, label: Any, *, only: Callable[[str], bool] = bool, **kwargs: Any) -> forms.MultipleChoiceField:
    """Any number of codes of a list."""
    return forms.MultipleChoiceField(
        label=label,
        required=False,
        choices=_listed(name, only),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": NOT_LISTED, "invalid_list": NOT_LISTED},
        **kwargs,
    )


def _place(label: Any, choices: Callable[[], Iterable[tuple[str, str]]], **kwargs: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        required=False,
        choices=lambda: [("", ""), *choices()],
        error_messages={"invalid_choice": NOT_LISTED},
        **kwargs,
    )


def spoken(label: Any, **kwargs: Any) -> forms.ChoiceField:
    """A language."""
    return _place(label, lambda: places.language_choices(language()), **kwargs)


def country(label: Any, **kwargs: Any) -> forms.ChoiceField:
    """A country."""
    return _place(label, lambda: places.country_choices(language()), **kwargs)


def whole(label: Any, most: int, sentence: Any, **kwargs: Any) -> forms.IntegerField:
    """A whole number from zero to `most`, typed on any keyboard."""
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=0,
        max_value=most,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "off", "class": "hv-input--short", "size": 6}
        ),
        error_messages={"invalid": sentence, "min_value": sentence, "max_value": sentence},
        **kwargs,
    )


def tick(label: Any, **kwargs: Any) -> forms.BooleanField:
    """A box to tick."""
    return forms.BooleanField(label=label, required=False, **kwargs)


def offer(form: forms.Form, name: str, choices: Iterable[tuple[str, Any]]) -> None:
    """Gives a field of the form the choices that depend on the file."""
    cast(forms.ChoiceField, form.fields[name]).choices = choices  # Django's type of `fields` knows of any field only


class HalfKnownDate(Line):
    """A day, a month of a year or a year, as somebody remembers it; nothing when it is left empty."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"autocomplete": "off", "class": "hv-input--short", "size": 18}
        super().__init__(**{"most": 60, "widget": forms.TextInput(attrs=attrs), **kwargs})

    def clean(self, value: Any) -> dates.PartialDate | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            return dates.parse(text, not_after=localdate())
        except dates.DateRefused as refused:
            raise forms.ValidationError(DATE_SENTENCES[refused.code]) from None

    def prepare_value(self, value: Any) -> Any:
        return value.typed() if isinstance(value, dates.PartialDate) else value


class Version(forms.IntegerField):
    """The version a form was opened on, in a hidden field; what cannot be read is none."""

    def __init__(self) -> None:
        super().__init__(required=False, widget=forms.HiddenInput)

    def to_python(self, value: Any) -> int | None:
        try:
            return super().to_python(value)
        except forms.ValidationError:
            return None


class SheetForm(Form):
    """A form that knows its own shape: one opened before the program changed is shown again, as it was filled."""

    shape = Text(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.shape_now = f"{crc32('|'.join(self.base_fields).encode()):x}"
        self.initial["shape"] = self.shape_now

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("shape") not in ("", None, self.shape_now):
            data = cast(QueryDict, self.data).copy()  # a form that was sent; Django's type leaves room for others
            data[self.add_prefix("shape")] = self.shape_now
            self.data = data
            self.add_error(
                None, _("This form has changed since you opened it. Your words are here: check them and send it again.")
            )
        return given

    def sent(self, name: str) -> bool:
        """False when the form that was sent did not have this field: what stands is left alone."""
        return not self.fields[name].widget.value_omitted_from_data(self.data, self.files, self.add_prefix(name))


class VersionedForm(SheetForm):
    """A form over a row that others may change meanwhile."""

    version = Version()

    def clean_version(self) -> int:
        """The version this form was opened on; without one it fits nothing, and both values are shown."""
        version = self.cleaned_data.get("version")
        return -1 if version is None else int(version)
