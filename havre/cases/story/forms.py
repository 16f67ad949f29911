"""The forms of a story: the whole, a part of the way, what is known of it, who did it. Nothing is compulsory."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from havre.cases.people.forms.boxes import Boxes
from havre.cases.people.forms.fields import (
    NOT_LISTED,
    HalfKnownDate,
    Line,
    VersionedForm,
    code,
    codes,
    country,
    language,
    whole,
    words,
)
from havre.kernel.vocabularies import load

from .actions import EPISODE, LEG, PERPETRATOR, as_told
from .models import Episode, Leg, Perpetrator
from .parts import Part
from .rules.order import contradicts
from .told import Codes

HALF = _("A day, a month or a year, as the person remembers it: 12/05/2025, 05/2025 or 2025.")
OLDEST = 120
NO_AGE = _("Write the age in whole years.")
Row = Episode | Leg | Perpetrator


def stored(row: Row, names: Iterable[str]) -> dict[str, Any]:
    """The values of a row as its form shows them."""
    return {**{name: as_told(row, name) for name in names}, "version": row.version}


class EpisodeForm(VersionedForm):
    """What is known of the story as a whole."""

    started = HalfKnownDate(label=_("When it began"), help_text=HALF)
    ended = HalfKnownDate(label=_("When it was over"), help_text=_("Empty when it goes on, or is not known."))
    still_inside = Boxes("yes_no_unknown", label=_("Does it go on today?"))
    age_at_start = whole(_("Age of the person when it began"), OLDEST, NO_AGE)
    internal = Boxes("yes_no_unknown", label=_("Did all of it happen within one country?"))

    def __init__(self, *args: Any, sources: dict[str, str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, item in (sources or {}).items():
            self.fields[name].help_text = source_words(item)

    def clean(self) -> dict[str, Any]:
        """The days follow each other, and what goes on has no end."""
        sent = super().clean()
        if contradicts(sent.get("started"), sent.get("ended")):
            self.add_error("ended", _("It ends before it begins. Check both days."))
        if sent.get("still_inside") == "yes" and sent.get("ended"):
            self.add_error("still_inside", _("It goes on and has an end. Take one of the two back."))
        return sent

    def values(self) -> dict[str, Any]:
        """What an action writes."""
        return {name: self.cleaned_data[name] for name in EPISODE}


class LegForm(VersionedForm):
    """One part of the way: from where to where, when and how."""

    stage = Boxes(
        "leg_stages",
        label=_("What part is it?"),
        required=True,
        error_messages={"required": _("Choose which part it is.")},
    )
    from_place = Line(label=_("From: place"), help_text=_("A town or a region, as the person says it."))
    from_country = country(_("From: country"))
    place = Line(label=_("To: place"), help_text=_("Leave both empty when it happened where the way began."))
    country = country(_("To: country"))
    began = HalfKnownDate(label=_("When it began"), help_text=HALF)
    ended = HalfKnownDate(label=_("When it was over"), help_text=_("Arrival, or the end of what happened there."))
    transport = code("transports", _("Means of transport"))
    border_crossing = Boxes("border_crossings", label=_("How the border was crossed"))
    alone = Boxes("yes_no_unknown", label=_("Did the person travel alone?"))
    document = Boxes("way_papers", label=_("Who kept the papers"))
    note = words(_("What the person says of it"), 2)

    def clean(self) -> dict[str, Any]:
        """It is over after it began."""
        sent = super().clean()
        if contradicts(sent.get("began"), sent.get("ended")):
            self.add_error("ended", _("It ends before it begins. Check both days."))
        return sent

    def values(self) -> dict[str, Any]:
        """What an action writes."""
        return {name: self.cleaned_data[name] for name in LEG}


def source_words(item: str) -> str:
    """Where a value comes from."""
    return str(_("Told in the screening, question %(item)s.")) % {"item": item}


class Answers(forms.RadioSelect):
    """Yes, no, not known, in one row."""

    template_name = "story/widgets/answers.html"


class CodesForm(VersionedForm):
    """Each code of a part with yes, no or not known; what the interview told is chosen already."""

    def __init__(self, *args: Any, part: Part, known: Codes, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.part = part
        answers = load("yes_no_unknown").choices(language())
        for name, label in part.codes(language()):
            answer, item = known.get((part.vocabulary, name), ("", ""))
            # What was said once is yes, no or not known from then on.
            offered = answers if answer else [*answers, ("", _("Not said"))]
            wrong = {"invalid_choice": NOT_LISTED}
            field = forms.ChoiceField(label=label, required=False, widget=Answers, error_messages=wrong)
            field.choices = offered
            field.help_text = source_words(item) if item else ""
            self.fields[name] = field
            self.initial.setdefault(name, answer)

    def answers(self) -> dict[str, str]:
        """The codes that were answered."""
        names = dict(self.part.codes(language()))
        return {name: self.cleaned_data[name] for name in names if self.cleaned_data.get(name)}

    def boxes(self) -> list[forms.BoundField]:
        """The codes, as fields."""
        return [self[name] for name, _label in self.part.codes(language())]


class PerpetratorForm(VersionedForm):
    """Somebody who did it, as far as the person tells."""

    name = Line(label=_("Name"))
    alias = Line(
        label=pgettext_lazy("a nickname", "Called"), help_text=_("A nickname, or how the person speaks of them.")
    )
    roles = codes("per_RoleInProcess", _("What they did"))
    relation = Boxes("vic_RelationshipToTrafficker", label=_("Who they were to the person"))
    sex = Boxes("perpetrator_sexes", label=_("Sex"))
    citizenship = country(_("Nationality"))
    legal_stage = Boxes("legal_stages", label=_("Where the law stands"))

    def clean(self) -> dict[str, Any]:
        """Something is told of them."""
        sent = super().clean()
        if not self.errors and not any(sent.get(name) for name in (*PERPETRATOR, "roles")):
            raise forms.ValidationError(_("Write a name, what they are called, or what they did."))
        return sent

    def values(self) -> dict[str, Any]:
        """What an action writes, the roles apart."""
        return {name: self.cleaned_data[name] for name in PERPETRATOR}
