"""To whom, which files, why, and whether the colleague still reads them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from havre.cases.people.forms.fields import code
from havre.platform.accounts.models import User
from havre.platform.ui.forms import Form

ALL, SOME = "all", "some"


class HandOverForm(Form):
    """One act on a caseload."""

    to = forms.MultipleChoiceField(
        label=_("To whom"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Several share the files evenly; files that belong together stay together."),
        error_messages={"required": _("Choose a colleague first.")},
    )
    why = code("handover_reasons", _("Why"))
    stays = forms.BooleanField(
        label=_("They still read these files"),
        required=False,
        help_text=_("For somebody who comes back. A colleague can let them out later."),
    )
    which = forms.ChoiceField(
        label=_("Which files"),
        choices=[(ALL, _("All of them")), (SOME, _("Only those ticked below"))],
        widget=forms.RadioSelect,
        initial=ALL,
    )

    def __init__(self, *args: Any, receivers: list[User], files: list[UUID], may_stay: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.receivers = {str(each.pk): each for each in receivers}
        self.held = files
        self.fields["to"].choices = [(key, each.name) for key, each in self.receivers.items()]  # type: ignore[attr-defined]
        if not may_stay:
            del self.fields["stays"]
        self.ticked = set(self.data.getlist("file")) if isinstance(self.data, QueryDict) else set()

    def clean_why(self) -> str:
        """A reason: each file says why it went."""
        if not self.cleaned_data["why"]:
            raise forms.ValidationError(_("Say why the files are handed over."))
        return str(self.cleaned_data["why"])

    def clean_which(self) -> str:
        """All, or some that are ticked."""
        if self.cleaned_data["which"] == SOME and not self.chosen:
            raise forms.ValidationError(_("Tick at least one file, or hand over all of them."))
        return str(self.cleaned_data["which"])

    @property
    def chosen(self) -> list[UUID]:
        """The files that are handed over; what is not in the list is not chosen."""
        everything = self.cleaned_data.get("which") == ALL
        return [each for each in self.held if everything or str(each) in self.ticked]

    @property
    def given(self) -> dict[str, Any]:
        """What the act asks for."""
        to = [self.receivers[key] for key in self.cleaned_data["to"]]
        stays = bool(self.cleaned_data.get("stays"))
        return {"files": self.chosen, "to": to, "why": self.cleaned_data["why"], "stays": stays}


class RehomeForm(Form):
    """The new holder of files that open for nobody."""

    holder = forms.ChoiceField(
        label=_("To whom"), widget=forms.RadioSelect, error_messages={"required": _("Choose a colleague first.")}
    )

    def __init__(self, *args: Any, receivers: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.receivers = {str(each.pk): each for each in receivers}
        self.fields["holder"].choices = [(key, each.name) for key, each in self.receivers.items()]  # type: ignore[attr-defined]
