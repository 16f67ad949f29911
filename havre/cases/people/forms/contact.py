"""First contact: one page in the order of a telephone call, all of it optional."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from havre.cases.people.actions import Arrival
from havre.kernel.vocabularies import load

from .fields import Line, SheetForm, code, codes, spoken, tick, words
from .ways import WayFields


def dangerous(danger: str) -> bool:
    return load("immediate_dangers").row(danger)["danger"] == "yes" and danger != "not_known"


def asked(need: str) -> bool:
    return need != "none"


class ContactForm(WayFields, SheetForm):
    """What can be known when somebody comes in or calls."""

    in_danger = code("yes_no_unknown", _("Is the person in danger now?"))
    dangers = codes("immediate_dangers", _("What danger"), only=dangerous)
    called = Line(
        label=_("What the person wants to be called"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "dir": "auto"}),
    )
    language = spoken(_("Language"))
    gender = code("prs_Gender", _("Gender"))
    referred_by = code("referral_sources", _("Who sent the person"))
    needs = codes("immediate_needs", _("What is needed now"), only=asked)
    note = words(_("Note"), help_text=_("What a colleague must know who meets this person next."))
    restricted = tick(_("Seen by you alone"), help_text=_("Not even your supervisor finds this file."))

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        self.check_way(given)
        if given.get("dangers") and not given.get("in_danger"):
            given["in_danger"] = "yes"
        return given

    def arrival(self) -> Arrival:
        """What the form says, for the action."""
        given = self.cleaned_data
        way = self.way()
        return Arrival(
            on=localdate(),
            called=given["called"],
            gender=given["gender"],
            language=given["language"],
            referred_by=given["referred_by"],
            in_danger=given["in_danger"],
            dangers=given["dangers"] if given["in_danger"] != "no" else [],
            contact={**way, "safe": True} if way else {},
            needs=given["needs"],
            note=given["note"],
            restricted=given["restricted"],
        )
