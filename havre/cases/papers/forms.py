"""Asking for a paper: why, in which language, how many."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from havre.cases.assistance.models import Referral
from havre.cases.papers.models import LANGUAGES, MOST
from havre.cases.people.forms.boxes import Boxes
from havre.cases.people.forms.fields import NOT_LISTED, Line, SheetForm, language, offer, tick
from havre.platform.ui.templatetags.words import day

OTHER = "other"
TONGUES = [("en", "English"), ("fr", "Français")]


class PaperForm(SheetForm):
    """Why the paper is printed stands in its first line, so that whoever finds it knows."""

    reason = Boxes("paper_purposes", label=_("What it is for"))
    purpose = Line(
        label=_("In words"),
        most=200,
        help_text=_("Stands in the first line of the paper. Write no address and no number here."),
    )
    language = forms.ChoiceField(
        label=_("Language of the paper"),
        choices=TONGUES,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": NOT_LISTED},
    )
    copies = forms.TypedChoiceField(
        label=_("Copies"),
        choices=[(each, str(each)) for each in range(1, MOST + 1)],
        coerce=int,
        initial=1,
        required=False,
        widget=forms.RadioSelect,
        help_text=_("Each copy has a number of its own."),
        error_messages={"invalid_choice": NOT_LISTED},
    )
    named = tick(
        _("With the name of the person"),
        initial=True,
        help_text=_("Without it the paper has the reference alone, for a desk or a bag where others may look."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = language().partition("-")[0]
        self.initial.setdefault("language", mine if mine in LANGUAGES else "en")

    def clean(self) -> dict[str, Any]:
        """A purpose, chosen or in words; words alone are a purpose of their own."""
        given = super().clean()
        reason, purpose = given.get("reason"), given.get("purpose")
        if reason == OTHER and not purpose and "purpose" not in self.errors:
            self.add_error("purpose", _("Write in a few words what the paper is for."))
        if not reason and not purpose and not self.errors.keys() & {"reason", "purpose"}:
            self.add_error("reason", _("Choose what the paper is for, or write it in words."))
        given["reason"] = reason or OTHER
        return given

    def values(self) -> dict[str, Any]:
        """What the action keeps."""
        return {name: self.cleaned_data[name] for name in ("reason", "purpose", "language", "copies", "named")}


class LetterForm(PaperForm):
    """A letter about one of the referrals that may go out now."""

    about = forms.ChoiceField(
        label=_("To whom"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose to whom the letter goes."), "invalid_choice": NOT_LISTED},
    )

    def __init__(self, *args: Any, going: Sequence[Referral], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["about"])
        offer(self, "about", [(str(each.pk), f"{each.organisation}, {day(each.sent_on)}") for each in going])
        if len(going) == 1:
            self.initial.setdefault("about", str(going[0].pk))
        self.initial.setdefault("reason", "to_body")

    def values(self) -> dict[str, Any]:
        """What the action keeps, with the referral it is about."""
        return {**super().values(), "about": UUID(self.cleaned_data["about"])}
