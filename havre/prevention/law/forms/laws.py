"""The record of a law, a part at a time, and what it covers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from havre.directory.forms.fields import Plain, Reach
from havre.kernel.vocabularies import load
from havre.platform.ui.boxes import Boxes, DayField
from havre.platform.ui.fields import Line, VersionedForm, code, codes, country, language, whole, words
from havre.prevention.law.rules import coverage

from .base import RowForm, StandingBoxes, checked_on, source

YEARS = _("Write whole years, from 0 to 99.")
DAYS = _("Write whole days, from 0 to 999.")


class LawForm(RowForm):
    """What it is and how far it came."""

    country = country(_("Country"))
    title = Plain(label=_("Title"), required=True, error_messages={"required": _("A record needs a title.")})
    original_title = Plain(label=_("Title in its own language"))
    law_type = code("law_types", _("What it is"))
    stage = code("law_stages", _("How far it came"))
    stage_on = DayField(label=_("Since"))
    summary = words(_("In a few sentences"))
    visibility = Reach()

    def clean_country(self) -> str:
        """A record stands under a country."""
        if not self.cleaned_data["country"]:
            raise forms.ValidationError(_("Choose the country first."))
        return str(self.cleaned_data["country"])


class TermsForm(RowForm):
    """What it provides in figures."""

    penalty_min_years = whole(_("Least penalty, in years"), 99, YEARS)
    penalty_max_years = whole(_("Highest penalty, in years"), 99, YEARS)
    aggravating = codes("law_aggravations", _("What makes it graver"))
    reflection_days = whole(
        _("Time to recover and reflect, in days"), 999, DAYS, help_text=_("The Council of Europe asks for 30 at least.")
    )

    def clean(self) -> dict[str, Any]:
        """The least penalty is not above the highest."""
        given = super().clean()
        least, most = given.get("penalty_min_years"), given.get("penalty_max_years")
        if least is not None and most is not None and least > most:
            self.add_error("penalty_min_years", _("The least penalty is above the highest. Check both."))
        return given


class SourceForm(RowForm):
    """Where it was read, how sure it is, and what was done for it."""

    standing = StandingBoxes()
    source = source()
    checked_on = checked_on()
    assistance_role = Boxes("law_help_roles", label=_("What our agency did for it"))


PARTS: dict[str, tuple[type[RowForm], Any]] = {
    "about": (LawForm, _("What it is")),
    "terms": (TermsForm, _("Penalties and time to reflect")),
    "source": (SourceForm, _("Where this was read")),
}
NOT_READ = ("", _("Not read up"))


class PointsForm(VersionedForm):
    """For each point of a group: covered, partly, not; in which article, and what there is to say."""

    def __init__(self, *args: Any, group: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.group, self.points = group, coverage.points(group)
        listed, said = load("law_answers"), load(coverage.vocabulary(group))
        for point in self.points:
            self.fields[point] = forms.ChoiceField(
                label=said.label(point, language()),
                choices=[*listed.choices(language()), NOT_READ],
                required=False,
                widget=forms.RadioSelect,
            )
            self.fields[f"{point}_article"] = Line(label=_("Article"), most=100)
            self.fields[f"{point}_note"] = Line(label=_("Note"), most=2000)

    def rows(self) -> Iterator[tuple[BoundField, BoundField, BoundField, str]]:
        """For each point its three fields, and what international text it comes from."""
        known = load(coverage.vocabulary(self.group))
        for point in self.points:
            row = known.row(point)
            named = row.get("provision") or row["source"]
            yield self[point], self[f"{point}_article"], self[f"{point}_note"], named

    def answers(self) -> dict[str, dict[str, str]]:
        """What the action writes: the points that were sent."""
        given = self.cleaned_data
        return {
            point: {"answer": given[point], "article": given[f"{point}_article"], "note": given[f"{point}_note"]}
            for point in self.points
            if self.sent(f"{point}_article")
        }
