"""Treaties and scores."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from havre.directory.forms.fields import Reach
from havre.platform.ui.boxes import Boxes, DayField
from havre.platform.ui.fields import country, whole, words
from havre.prevention.law.models.register import FIRST_YEAR
from havre.prevention.law.rules.scores import LEAST, MOST

from .base import RowForm, StandingBoxes, checked_on, source

RANGE = _("A score goes from 1, nothing is done, to 5, everything is done. Choose one of these.")
YEAR = _("The index begins with 2000. Write a year from then to this one.")
ENDS = {1: _("1, nothing is done"), 5: _("5, everything is done")}


class StatusForm(RowForm):
    """Where a country stands with a treaty, since when, and with which words of its own."""

    status = Boxes(
        "treaty_statuses",
        label=_("Where it stands"),
        required=True,
        error_messages={"required": _("Choose where the country stands first.")},
    )
    on = DayField(label=_("Since"), past=True)
    reservation = words(_("Reservation or declaration"), help_text=_("In the words of the instrument, or in short."))
    standing = StandingBoxes()
    source = source()
    checked_on = checked_on()
    visibility = Reach()


class Marks(forms.TypedChoiceField):
    """One score, from 1 to 5."""

    widget = forms.RadioSelect

    def __init__(self, label: Any) -> None:
        choices = [(each, ENDS.get(each, str(each))) for each in range(LEAST, MOST + 1)]
        said = {"required": RANGE, "invalid_choice": RANGE, "invalid": RANGE}
        super().__init__(label=label, choices=choices, coerce=int, error_messages=said)


class ScoreForm(RowForm):
    """The three scores of a year, as somebody published or gave them."""

    country = country(_("Country"))
    year = whole(_("Year"), 2100, YEAR)
    prosecution = Marks(_("Prosecution"))
    protection = Marks(_("Protection"))
    prevention = Marks(_("Prevention"))
    source = source(
        required=True, error_messages={"required": _("Name where these scores come from, or who gave them.")}
    )
    standing = StandingBoxes()
    checked_on = checked_on()
    visibility = Reach()

    def clean_country(self) -> str:
        """Of which country."""
        if not self.cleaned_data["country"]:
            raise forms.ValidationError(_("Choose the country first."))
        return str(self.cleaned_data["country"])

    def clean_year(self) -> int:
        """A year that the index can have."""
        year: int | None = self.cleaned_data["year"]
        if year is None or not FIRST_YEAR <= year <= localdate().year:
            raise forms.ValidationError(YEAR)
        return year
