"""The fields of a way to reach somebody, in the first contact and on the page of its own."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils.translation import gettext_lazy as _

from havre.kernel import phones
from havre.platform.ui.forms import Form

from .fields import Line, code, tick

PHONES = ("mobile", "phone")
ZEROS = _("Begin with + in place of the two zeros, then the country code: %(number)s.")
NO_COUNTRY = _("Begin with + and the country code, for example +33 6 12 34 56 78.")
NO_EMAIL = _("This is not a complete email address. It looks like name@example.org.")
KIND = _("Say what this is: a telephone, an email address, or another way.")


def guessed(value: str) -> str:
    """What kind of contact was written down, when nobody said."""
    if "@" in value:
        return "email"
    digits = phones.normalise(value).lstrip("+")
    return "mobile" if digits.isdigit() and len(digits) >= 5 else ""


def checked(kind: str, value: str) -> str:
    """The contact as it is kept; ValidationError says what to write instead."""
    if kind in PHONES:
        return _number(value)
    if kind == "email":
        try:
            EmailValidator()(value)
        except ValidationError:
            raise forms.ValidationError(NO_EMAIL) from None
    return value


def _number(value: str) -> str:
    number = phones.clean(value)
    if number:
        return number
    bare = phones.normalise(value)
    if bare.startswith("00") and phones.clean("+" + bare[2:]):
        raise forms.ValidationError(ZEROS, params={"number": "+" + bare[2:]})
    raise forms.ValidationError(NO_COUNTRY)


class WayFields(Form):
    """How to reach somebody without harm."""

    kind = code("contact_kinds", _("How"))
    value = Line(
        label=_("Number, address or name"),
        help_text=_("Only one that is safe. A telephone number begins with + and the country code."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    safe_times = Line(label=_("When it is safe"), help_text=_("For example: Tuesday and Thursday after 18:00."))
    code_word = Line(label=_("What to say first"), help_text=_("A word or a sentence agreed with the person."))
    leave_message = tick(_("A message may be left"))

    def check_way(self, given: dict[str, Any]) -> None:
        """Puts the contact into the form it is kept in, or says what is wrong with it."""
        value, kind = given.get("value", ""), given.get("kind", "")
        if not value or "kind" in self.errors:
            return
        given["kind"] = kind = kind or guessed(value)
        if not kind:
            self.add_error("kind", KIND)
            return
        try:
            given["value"] = checked(kind, value)
        except forms.ValidationError as refused:
            self.add_error("value", refused)

    def way(self) -> dict[str, Any]:
        """The values of one PersonContact, or nothing when none was filled; who answers is asked on one page only."""
        names = ("kind", "value", "safe_times", "code_word", "who_answers", "leave_message")
        values = {name: self.cleaned_data[name] for name in names if name in self.fields}
        return values if any(value for name, value in values.items() if name != "kind") else {}
