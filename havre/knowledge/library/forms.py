"""The form of a record; it warns of nothing: what a number lacks is said on the page of the record."""

from __future__ import annotations

import re
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from havre.directory.forms.fields import MARKUP, Plain, Reach, Web, countries, languages
from havre.kernel import places
from havre.platform.keeping.rows import Visibility
from havre.platform.ui.fields import Text, VersionedForm, code, codes, language, spoken, tick, whole, words
from havre.platform.ui.forms import Form

from .models import Publication

YEAR = _("Write the year in four figures.")
PLAIN_WORDS = _("There is code of a web page in this. Write plain words.")
NO_LANGUAGE = _("Begin each line with the language, as in “fr: La traite des personnes”.")


class Lines(Text):
    """One thing on each line."""

    def __init__(self, rows: int = 2, **kwargs: Any) -> None:
        super().__init__(most=20_000, widget=forms.Textarea(attrs={"rows": rows, "dir": "auto"}), **kwargs)

    def lines(self, value: Any) -> list[str]:
        """The lines that say something."""
        text = super().clean(value)
        if MARKUP.search(text):
            raise forms.ValidationError(PLAIN_WORDS)
        return [" ".join(each.split()) for each in text.split("\n") if each.strip()]


class Names(Lines):
    """People and bodies, one on each line."""

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(map(_written, value)) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[dict[str, str]]:
        """Each as family and given name, or as one name where there is no comma."""
        return [_read(each) for each in self.lines(value)]


class Titles(Lines):
    """The title in other languages, one on each line."""

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(f"{tongue}: {text}" for tongue, text in value.items()) if isinstance(value, dict) else value

    def clean(self, value: Any) -> dict[str, str]:
        """Titles by the code of their language."""
        found = {}
        for each in self.lines(value):
            tongue, colon, text = each.partition(":")
            known = _tongue(tongue)
            if not colon or not known or not text.strip() or len(text) > 500:
                raise forms.ValidationError(NO_LANGUAGE)
            found[known] = text.strip()
        return found


class Keywords(Plain):
    """Words between commas."""

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:  # type: ignore[override]
        """Each of them once."""
        some = [each.strip() for each in super().clean(value).split(",")]
        return list(dict.fromkeys(each[:100] for each in some if each))


class PublicationForm(VersionedForm):
    """What a publication is, who made it, what it is about, and who reads of it."""

    kind = code("publication_kinds", _("What it is"))
    title = Plain(label=_("Title"), most=500, required=True, error_messages={"required": _("A record needs a title.")})
    title_language = spoken(_("Language of the title"))
    titles = Titles(
        label=_("Title in other languages"), help_text=_("One a line, as in “fr: La traite des personnes”.")
    )
    authors = Names(rows=3, label=_("Authors"), help_text=_("One a line: “Haddad, Salam”, or the name of a body."))
    editors = Names(label=_("Editors"))
    year = whole(_("Year"), 2100, YEAR)
    publisher = Plain(label=_("Publisher"))
    place = Plain(label=_("Place"), most=200)
    isbn = Plain(
        label=_("ISBN"), most=40, help_text=_("As it is printed. One that does not fit is kept, and you are told.")
    )
    issn = Plain(label=_("ISSN"), most=20)
    series = Plain(label=_("Series or periodical it is part of"), most=500)
    number = Plain(label=_("Number in it"), most=40)
    languages = languages(_("Languages of the text"))
    countries = countries(_("Countries it is about"))
    topics = codes("publication_topics", _("Topics"))
    keywords = Keywords(label=_("Other keywords"), most=1000, help_text=_("With commas between them."))
    abstract = words(_("What it says, in a few sentences"), rows=5)
    link = Web(label=_("Where it stands on the web"))
    downloadable = tick(_("Everybody may download its files"))
    citation = words(_("How it wishes to be cited"), rows=2, help_text=_("Left empty, it is made of the rest."))
    visibility = Reach()

    def __init__(self, *args: Any, row: Publication | None = None, **kwargs: Any) -> None:
        self.row = row
        names = [name for name in self.base_fields if name not in ("shape", "version")]
        stands = {name: getattr(row, name) for name in names} | {"version": row.version} if row else {}
        super().__init__(*args, **{**kwargs, "initial": {**stands, **(kwargs.get("initial") or {})}})
        cast(Reach, self.fields["visibility"]).narrow(0)
        self.initial.setdefault("visibility", int(Visibility.PUBLIC))
        self.initial.setdefault("kind", "report")

    def clean_year(self) -> int | None:
        year: int | None = self.cleaned_data["year"]
        if year is not None and year < 1000:
            raise forms.ValidationError(YEAR)
        return year

    def values(self) -> dict[str, Any]:
        """What an action writes."""
        told = {name: value for name, value in self.cleaned_data.items() if name not in ("shape", "version")}
        if told["visibility"] is None:
            told["visibility"] = self.row.visibility if self.row else int(Visibility.PUBLIC)
        return told | {"kind": told["kind"] or "report"}


class FileForm(Form):
    """The language of a file; the file itself is taken from the request."""

    language = spoken(_("Language of the file"))


class BringForm(Form):
    """Who reads of a list that comes in."""

    visibility = Reach()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(Reach, self.fields["visibility"]).narrow(0)
        self.initial.setdefault("visibility", int(Visibility.PARTNERS))
        self.label_suffix = ""


def _written(name: dict[str, str]) -> str:
    literal = name.get("literal", "")
    if literal:
        return f"{{{literal}}}" if "," in literal else literal
    return ", ".join(filter(None, (name.get("family"), name.get("given"), name.get("suffix"))))


def _read(line: str) -> dict[str, str]:
    if found := re.fullmatch(r"\{(.+)\}", line):
        return {"literal": found[1]}
    family, _comma, rest = (each.strip() for each in line.partition(","))
    given, _comma, suffix = (each.strip() for each in rest.partition(","))
    if not given or not family:
        return {"literal": (family or given)[:300]}
    return {"family": family, "given": given} | ({"suffix": suffix} if suffix else {})


def _tongue(text: str) -> str:
    known = places.read_language(text)
    named = {name.casefold(): each for each, name in places.language_choices(language())}
    return known or named.get(text.strip().casefold(), "")
