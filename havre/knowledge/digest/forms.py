"""What is asked on the pages of the digest."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from havre.directory.forms.fields import Mail, Plain, countries
from havre.platform.fetching import host_of
from havre.platform.ui.fields import Line, VersionedForm, code, tick, words
from havre.platform.ui.forms import Form

WEB = _("This is no address of the web. Copy the whole of it, from https:// on.")
OWN = _("In your own words: what happened, who says so, why it matters. Two or three sentences.")
HIDDEN = ("shape", "version")


class Link(Line):
    """An address of the web."""

    def __init__(self, *, schemes: tuple[str, ...] = ("https", "http"), **kwargs: Any) -> None:
        self.schemes = schemes
        widget = forms.TextInput(attrs={"type": "url", "dir": "ltr", "autocomplete": "off"})
        super().__init__(**{"most": 1000, "widget": widget, **kwargs})

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        if text and not (text.lower().startswith(tuple(f"{each}://" for each in self.schemes)) and host_of(text)):
            raise forms.ValidationError(WEB)
        return str(text)


class RowForm(VersionedForm):
    """A form over one row, or over one that is still to come."""

    def values(self) -> dict[str, Any]:
        """What an action writes."""
        return {name: value for name, value in self.cleaned_data.items() if name not in HIDDEN}

    @classmethod
    def standing(cls, row: Any) -> dict[str, Any]:
        """What the fields hold of a row."""
        return {name: getattr(row, name) for name in cls.base_fields if name != "shape"}


class FeedForm(RowForm):
    """An RSS or Atom feed."""

    url = Link(label=_("Address of the feed"), required=True, most=500, help_text=_("RSS or Atom, from https:// on."))
    name = Plain(label=_("Name of the source"), required=True, most=200)
    source_kind = code("news_sources", _("Kind of source"))
    theme = code("digest_themes", _("Usual theme"))
    countries = countries(_("Countries it writes about"), help_text=_("Empty when it writes about many."))
    paused = tick(_("Do not read it for now"))


class NewsForm(RowForm):
    """A story by hand."""

    title = Plain(label=_("Title"), required=True)
    link = Link(label=_("Link"))
    day = forms.DateField(label=_("Day it appeared"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    source_name = Plain(label=_("Source"), most=200)
    source_kind = code("news_sources", _("Kind of source"))
    theme = code("digest_themes", _("Theme"))
    countries = countries(_("Countries"))
    summary = words(_("What it says"), help_text=_("For you and your colleagues; it is not printed."))

    def clean_day(self) -> date | None:
        day: date | None = self.cleaned_data["day"]
        if day and day > localdate():
            raise forms.ValidationError(_("This day has not come yet. Use today or an earlier day."))
        return day


class ItemForm(RowForm):
    """A story as the digest tells it."""

    title_en = Plain(label=_("Title in English"))
    abstract_en = words(_("Abstract in English"), rows=4, help_text=OWN)
    title_fr = Plain(label=_("Title in French"))
    abstract_fr = words(_("Abstract in French"), rows=4, help_text=OWN)
    theme = code("digest_themes", _("Theme"))
    countries = countries(_("Countries"))
    region = code("world_regions", _("Region"), help_text=_("Empty: the region of the countries."))
    source_name = Plain(label=_("Source"), most=200)
    source_kind = code("news_sources", _("Kind of source"))


class IssueForm(RowForm):
    """What the editor says first."""

    intro_en = words(_("First words in English"), rows=5)
    intro_fr = words(_("First words in French"), rows=5)


class HostForm(Form):
    """A place from which feeds may be read."""

    name = Plain(
        label=_("Name of the place"),
        required=True,
        most=253,
        help_text=_("Such as news.example.org; example.org lets all its subdomains in."),
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off", "spellcheck": "false"}),
    )


class SubscribeForm(Form):
    """An address for the digest, without an account."""

    address = Mail(
        label=_("Mail address"),
        required=True,
        widget=forms.TextInput(attrs={"type": "email", "dir": "ltr", "autocomplete": "email"}),
    )
    language = forms.ChoiceField(
        label=_("Language"), choices=(("en", "English"), ("fr", "Français")), widget=forms.RadioSelect
    )
