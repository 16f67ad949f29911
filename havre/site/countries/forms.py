"""The form of a lawful way to work abroad."""

from __future__ import annotations

from typing import Any, cast
from urllib.parse import urlsplit

from django import forms
from django.utils.translation import gettext_lazy as _

from havre.directory.forms.fields import Reach
from havre.kernel import places
from havre.platform.ui.boxes import DayField
from havre.platform.ui.fields import NOT_LISTED, Line, VersionedForm, language, spoken, words

from .models import WayAbroad


class WayForm(VersionedForm):
    """One permit, scheme or agency of a state."""

    title = Line(label=_("What it is called"), required=True, error_messages={"required": _("Say what it is called.")})
    language = spoken(_("Language of this text"))
    origins = forms.MultipleChoiceField(
        label=_("For people from"),
        required=False,
        choices=lambda: places.country_choices(language()),
        widget=forms.SelectMultiple(attrs={"size": 6}),
        help_text=_("Nobody chosen: for everybody."),
        error_messages={"invalid_choice": NOT_LISTED, "invalid_list": NOT_LISTED},
    )
    how = words(_("How one goes about it"), 5, help_text=_("Which office, which papers, how long it takes."))
    costs = words(_("What it costs, and what nobody may ask for"), 2)
    link = Line(label=_("Page of the office"), most=500, widget=forms.TextInput(attrs={"dir": "ltr"}))
    source = Line(label=_("Source"))
    checked_on = DayField(label=_("Checked on"), past=True)
    visibility = Reach()

    def __init__(self, *args: Any, row: WayAbroad | None = None, **kwargs: Any) -> None:
        stands = {name: getattr(row, name) for name in self.base_fields if row and hasattr(row, name)}
        super().__init__(*args, **{**kwargs, "initial": {**stands, **(kwargs.get("initial") or {})}})
        cast(Reach, self.fields["visibility"]).narrow(0)
        self.initial.setdefault("visibility", 0)

    def clean_link(self) -> str:
        """An address of the web, or nothing."""
        link = self.cleaned_data["link"]
        if link and (urlsplit(link).scheme not in ("http", "https") or not urlsplit(link).netloc):
            raise forms.ValidationError(_("Write the whole address, beginning with https://."))
        return str(link)

    def values(self) -> dict[str, Any]:
        """What the action writes; who sees it stays where nothing was chosen."""
        given = {name: value for name, value in self.cleaned_data.items() if name not in ("shape", "version")}
        if given["visibility"] is None:
            del given["visibility"]
        return given
