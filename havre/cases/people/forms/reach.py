"""How to reach somebody: the page of its own."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from havre.cases.people.models import PersonContact

from .fields import Line, VersionedForm, code
from .ways import WayFields

SAFE = {"yes": True, "no": False}


class ReachForm(WayFields, VersionedForm):
    """One way to reach the person, and whether it is still safe."""

    who_answers = Line(label=_("Who else may answer"))
    safe = code("yes_no_unknown", _("Is this way safe?"))

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        self.check_way(given)
        if not self.errors and not self.way():
            self.add_error("value", _("Write the number, the address or the name first."))
        return given

    def values(self) -> dict[str, Any]:
        """The columns as the form says."""
        return {**self.way(), "safe": SAFE.get(self.cleaned_data["safe"])}

    @staticmethod
    def shown(contact: PersonContact) -> dict[str, Any]:
        """The columns as the form shows them."""
        names = ("kind", "value", "safe_times", "code_word", "who_answers", "leave_message", "version")
        return {**{name: getattr(contact, name) for name in names}, "safe": said(contact.safe)}


def said(safe: bool | None) -> str:
    """Yes, no, or nothing said."""
    return {True: "yes", False: "no"}.get(safe, "") if safe is not None else ""
