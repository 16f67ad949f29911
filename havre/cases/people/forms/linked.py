"""With whom a person belongs, by the reference of the other file."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from havre.cases.people.models import Case, CaseAccess
from havre.kernel import references
from havre.platform.permissions import Compartment

from .boxes import Boxes
from .fields import Line, SheetForm


def may_link(case: Case) -> bool:
    """Whether the reader writes in this file and knows who the person is."""
    if not case.is_open or case.anonymous:
        return False
    held = CaseAccess.objects.filter(case=case, level="write").values_list("compartments", flat=True)
    return any(Compartment(each) & Compartment.IDENTITY for each in held)


class LinkForm(SheetForm):
    """The other file, and what that person is to this one."""

    other = Line(
        label=gettext_lazy("Reference of the other file"),
        help_text=gettext_lazy("For example 7QK-4M2. It stands at the head of that file."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "hv-input--short", "size": 12}),
    )
    kind = Boxes(
        "person_link_kinds",
        label=gettext_lazy("What the other person is to this one"),
        required=True,
        error_messages={"required": gettext_lazy("Choose what the other person is to this one.")},
    )

    def clean_other(self) -> Case:
        """The other file, when the reader may write in it; a file out of reach is not there."""
        typed = self.cleaned_data["other"]
        if not typed:
            raise forms.ValidationError(_("Write the reference of the other file."))
        reference = references.clean(typed)
        found = Case.objects.filter(reference=reference).first() if reference else None
        if found is None:
            raise forms.ValidationError(_("You have no file with this reference. Check it, or ask to be let in."))
        if not may_link(found):
            raise forms.ValidationError(_("You cannot write in that file. Ask a colleague who does."))
        return found

    def link(self) -> dict[str, Any]:
        """What the action writes."""
        return {"other": self.cleaned_data["other"], "kind": self.cleaned_data["kind"]}
