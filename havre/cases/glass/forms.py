"""Which file, which parts, and why; and what the review says."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from havre.cases.people.circle import PARTS, ceiling
from havre.cases.people.forms.boxes import Boxes
from havre.cases.people.forms.fields import NOT_LISTED, Line, SheetForm, offer, words
from havre.kernel import references
from havre.platform.accounts.models import User
from havre.platform.permissions import Compartment


class AskForm(SheetForm):
    """One file, by its exact reference."""

    reference = Line(
        label=_("Reference"),
        most=40,
        help_text=_("As it was told to you, each sign of it."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "class": "hv-input--short"}),
    )
    reason = Boxes("emergency_reasons", label=_("What has happened"), widget=forms.RadioSelect)
    parts = forms.MultipleChoiceField(
        label=_("Which parts you need"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("The course of things is always open. Take only what helps now."),
        error_messages={"invalid_choice": NOT_LISTED, "invalid_list": NOT_LISTED},
    )
    words = words(
        _("In your words"), help_text=_("Why it cannot wait, and who asked you. Whoever reviews it reads this.")
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reach = ceiling(user) & ~Compartment.FACTS
        offer(self, "parts", [(str(int(part)), capfirst(str(said))) for part, said in PARTS.items() if part & reach])

    def clean_reference(self) -> str:
        """A reference as ours are written."""
        reference = references.clean(self.cleaned_data["reference"])
        if not reference:
            raise forms.ValidationError(_("Write the reference as it was told to you, for example 7QK-4M2."))
        return str(reference)

    def clean_reason(self) -> str:
        """What has happened: nobody opens a file without a reason."""
        if not self.cleaned_data["reason"]:
            raise forms.ValidationError(_("Say what has happened."))
        return str(self.cleaned_data["reason"])

    def clean_words(self) -> str:
        """Why, in words."""
        if not self.cleaned_data["words"]:
            raise forms.ValidationError(_("Say in a sentence why this cannot wait."))
        return str(self.cleaned_data["words"])

    @property
    def chosen(self) -> Compartment:
        """The parts that were asked for."""
        chosen = Compartment.FACTS
        for part in self.cleaned_data["parts"]:
            chosen |= Compartment(int(part))
        return chosen


class ReviewForm(SheetForm):
    """Whether it was justified, and a sentence."""

    verdict = Boxes("emergency_verdicts", label=_("Your answer"), widget=forms.RadioSelect)
    sentence = words(
        _("In a sentence"), rows=2, help_text=_("Whoever opened the file reads it, and whoever looks after the file.")
    )

    def clean_verdict(self) -> str:
        """One of the two answers."""
        if not self.cleaned_data["verdict"]:
            raise forms.ValidationError(_("Choose one of the two answers."))
        return str(self.cleaned_data["verdict"])

    def clean_sentence(self) -> str:
        """Why."""
        if not self.cleaned_data["sentence"]:
            raise forms.ValidationError(_("Say in a sentence why."))
        return str(self.cleaned_data["sentence"])
