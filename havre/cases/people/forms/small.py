"""A note, a task, a step."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from havre.cases.people.models import Case
from havre.cases.people.rules.moves import Move
from havre.kernel.vocabularies import load
from havre.platform.accounts.models import User
from havre.platform.permissions import Compartment

from .fields import NOT_LISTED, Line, SheetForm, code, language, offer, words

READERS = [
    ("FACTS", _("Everyone who works on this file")),
    ("WHEREABOUTS", _("Only those who may know where the person is")),
    ("LEGAL", _("Only those who follow the legal side")),
    ("CHILD", _("Only those who look after the children")),
]


class NoteForm(SheetForm):
    """Something worth remembering, in the part of the file it belongs to."""

    text = words(_("Note"), rows=6)
    kind = code("note_kinds", _("About"))
    readers = forms.ChoiceField(
        label=_("Who may read it"),
        choices=READERS,
        initial="FACTS",
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": NOT_LISTED},
    )

    def clean_text(self) -> str:
        """What was written; a note without a word is none."""
        if not self.cleaned_data["text"]:
            raise forms.ValidationError(_("Write a sentence first."))
        return str(self.cleaned_data["text"])

    @property
    def compartment(self) -> Compartment:
        """The part of the file."""
        return Compartment[self.cleaned_data["readers"] or "FACTS"]


class TaskForm(SheetForm):
    """Something to do by a day."""

    text = Line(label=_("What is to be done"), most=1000)
    due = forms.DateField(
        label=_("By when"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "hv-input--short"}),
        help_text=_("Today when it is left empty."),
    )
    assignee = forms.ChoiceField(
        label=_("For whom"), required=False, widget=forms.RadioSelect, error_messages={"invalid_choice": NOT_LISTED}
    )

    def __init__(self, *args: Any, case: Case, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(each.pk): each for each in (user, case.owner)}
        if len(self.people) == 1:
            del self.fields["assignee"]
        else:
            offer(self, "assignee", [(key, each.name) for key, each in self.people.items()])
            self.initial.setdefault("assignee", str(user.pk))

    def clean_text(self) -> str:
        """What is to be done."""
        if not self.cleaned_data["text"]:
            raise forms.ValidationError(_("Write what is to be done first."))
        return str(self.cleaned_data["text"])

    def clean_due(self) -> date:
        """A day that has not passed."""
        due = self.cleaned_data["due"] or localdate()
        if due < localdate():
            raise forms.ValidationError(_("This day has passed. Choose today or a later day."))
        return due

    @property
    def given_to(self) -> User | None:
        """Whose task it becomes; nobody named means whoever writes it."""
        return self.people.get(self.cleaned_data.get("assignee", ""))


class MoveForm(SheetForm):
    """One of the steps that are open, and why."""

    to = forms.ChoiceField(
        label=_("Next step"), required=False, widget=forms.RadioSelect, error_messages={"invalid_choice": NOT_LISTED}
    )
    reason = words(_("Why"), rows=2, help_text=_("Needed for a step back, a new danger, or to open the file again."))
    closure_reason = code("closure_reasons", _("Why the file is closed"), help_text=_("Needed only to close it."))

    def __init__(self, *args: Any, options: list[Move], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.options = {each.target: each for each in options}
        steps = load("case_transitions")
        offer(self, "to", [(each.target, steps.label(each.code, language())) for each in options])

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        step = self.options.get(given.get("to", ""))
        if step is None and "to" not in self.errors:
            self.add_error("to", _("Choose a step."))
        if step and "reason" in step.needs and not given.get("reason"):
            self.add_error("reason", _("Say in a sentence why this step is taken."))
        if step and "closure_reason" in step.needs and not given.get("closure_reason"):
            self.add_error("closure_reason", _("Choose why the file is closed."))
        return given
