"""How far cards that come in are read, and what of the directory goes out."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from havre.directory.countries import listed
from havre.kernel.vocabularies import load
from havre.platform.keeping.rows import Visibility
from havre.platform.ui.forms import Form

PROFILES = (
    ("hsds", _("What is for everybody: to publish it, or to give it to anybody")),
    ("full", _("All that I may read, with what the standard has no field for: not to be passed on")),
)
KINDS = (
    ("json", _("HSDS JSON (.json): for another system")),
    ("tabular", _("Data package (.zip): a table for each kind of row")),
    ("xlsx", _("Workbook (.xlsx): to read and to correct by hand")),
)


class BringForm(Form):
    """How far the cards are read at most, and what is done with those that are here."""

    visibility = forms.TypedChoiceField(
        label=_("Who may read them at most"),
        help_text=_("A card that says of itself that fewer may read it stays so."),
        coerce=int,
        widget=forms.RadioSelect,
        initial=int(Visibility.PARTNERS),
    )

    replace = forms.BooleanField(
        label=_("Replace the cards we keep that have the same id"),
        help_text=_("Such a card is then what the file says, with nothing else on it. Cards of others stay."),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = load("visibilities")
        choices = [(number, known.label(code, get_language() or "en")) for number, code in enumerate(known.codes)]
        field: Any = self.fields["visibility"]
        field.choices = choices


class TakeForm(Form):
    """What goes out, of which country, and as what."""

    profile = forms.ChoiceField(label=_("What goes out"), choices=PROFILES, widget=forms.RadioSelect, initial="hsds")
    country = forms.ChoiceField(label=_("Country"), required=False)
    kind = forms.ChoiceField(label=_("Format"), choices=KINDS, widget=forms.RadioSelect, initial="json")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["country"]
        field.choices = [
            ("", _("All countries")),
            *((code, name) for code, name, _many in listed(get_language() or "en")),
        ]
