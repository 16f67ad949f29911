"""Help with a law: the request, lines of the log, a version of the text, a comment and its answer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from havre.directory.forms.fields import Plain, Reach
from havre.platform.ui.boxes import Boxes, DayField
from havre.platform.ui.fields import SheetForm, Text, VersionedForm, country, offer, spoken, words
from havre.prevention.law.models import HelpStep, NationalLaw

from .base import RowForm

MOST_TEXT = 150_000  # signs of a text of law: in any script that is less than a form may weigh


class HelpForm(RowForm):
    """Who asked for what, and how far it came."""

    country = country(_("Country"))
    about = Boxes("law_help_subjects", label=_("What it is about"))
    title = Plain(label=_("Title"), required=True, error_messages={"required": _("Say in a few words what it is.")})
    law = forms.ChoiceField(label=_("Record of the law"), required=False)
    asked_by = Plain(label=_("Which body asked"), help_text=_("A ministry, a parliament, a court: never a person."))
    asked_on = DayField(label=_("Asked on"), past=True)
    request = words(_("What it asked for"))
    state = Boxes("law_help_states", label=_("How it stands"))
    result = words(_("What came of it"))
    result_on = DayField(label=_("Since"), past=True)
    visibility = Reach()

    def __init__(self, *args: Any, laws: Iterable[NationalLaw], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.laws = {str(each.pk): each for each in laws}
        offer(self, "law", [("", "–"), *((key, each.title) for key, each in self.laws.items())])
        law = self.initial.get("law")
        self.initial["law"] = str(law.pk) if isinstance(law, NationalLaw) else law or ""

    def clean_law(self) -> NationalLaw | None:
        """The record, or none."""
        return self.laws.get(self.cleaned_data["law"])

    def clean_country(self) -> str:
        """Help is given to a country."""
        if not self.cleaned_data["country"]:
            raise forms.ValidationError(_("Choose the country first."))
        return str(self.cleaned_data["country"])

    def clean_about(self) -> str:
        """A law, when nothing else is said."""
        return self.cleaned_data["about"] or "law"

    def clean_state(self) -> str:
        """Asked for, when nothing else is said."""
        return self.cleaned_data["state"] or "asked"


LABELS: dict[str, dict[str, Any]] = {
    "expert": {"title": _("Field of work"), "who": _("Name"), "on": _("From"), "until": _("Until")},
    "mission": {"title": _("What for"), "who": _("Who went"), "on": _("First day"), "until": _("Last day")},
    "meeting": {"title": _("About what"), "who": _("Who was there"), "on": _("Day")},
    "deliverable": {"title": _("What"), "who": _("By whom"), "on": _("Due on"), "done_on": _("Handed over on")},
}


class StepForm(VersionedForm):
    """One line of the log, with the fields of its kind."""

    title = Plain()
    who = Plain(help_text=_("Sealed: your agency alone reads it."))
    on = DayField()
    until = DayField()
    done_on = DayField(past=True)
    note = words(_("What was said or agreed"), help_text=_("Sealed: your agency alone reads it."))

    def __init__(self, *args: Any, kind: str, row: HelpStep | None = None, **kwargs: Any) -> None:
        if row is not None:
            stands = {name: getattr(row, name) for name in (*self.base_fields, "version") if hasattr(row, name)}
            kwargs["initial"] = {**stands, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        for name in ("title", "who", "on", "until", "done_on"):
            if name in LABELS[kind]:
                self.fields[name].label = LABELS[kind][name]
            else:
                del self.fields[name]

    def values(self) -> dict[str, Any]:
        """What the action writes."""
        return {name: self.cleaned_data[name] for name in self.fields if name not in ("shape", "version")}


class TextForm(SheetForm):
    """One version of the text, pasted whole."""

    called = Plain(
        label=_("What this version is called"), help_text=_("For example: first draft, text of the committee.")
    )
    language = spoken(_("Language"))
    on = DayField(label=_("As of"), past=True)
    body = Text(
        label=_("The text"),
        most=MOST_TEXT,
        widget=forms.Textarea(attrs={"rows": 18, "dir": "auto"}),
        help_text=_("Each article begins on a line of its own, as “Article 4” or “Art. 4 bis. Compensation”."),
        required=True,
        error_messages={"required": _("There is no text yet. Paste it first.")},
    )

    def values(self) -> dict[str, Any]:
        """What the action writes."""
        return {name: self.cleaned_data[name] for name in ("called", "language", "on", "body")}


class CommentForm(SheetForm):
    """What is said of one article."""

    said = words(_("Your comment"), required=True, error_messages={"required": _("Write your comment first.")})


class ReplyForm(SheetForm):
    """What became of a comment."""

    answer = Boxes("comment_answers", label=_("What became of it"))
    reply = words(_("Why"), rows=2)
