"""Entries of a list as records, or what is wrong with each: a list comes in whole or not at all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from havre.kernel import places
from havre.kernel.vocabularies import load

from .fields import LONGEST, MORE, OTHER_NAMES, OURS, TEXTS, by_entry, by_type

YEAR = re.compile(r"(?<!\d)(1[0-9]\d\d|20\d\d)(?!\d)")
WRONG: dict[str, Promise] = {
    "syntax": _("It does not end where it should: look for a missing comma, brace or quotation mark."),
    "twice": _("Its key stands twice in this file."),
    "field_twice": _("One of its fields stands twice."),
    "joined": _("It joins pieces with #. Write the words out."),
    "names": _("The names of its authors cannot be read."),
    "item": _("This is no entry."),
    "title": _("It has no title."),
    "year": _("Its year cannot be read. Write four figures."),
    "long": _("Its field “%(field)s” is too long."),
}


class Wrong(Exception):
    """An entry cannot be kept: a code of WRONG, and the field it is about."""

    def __init__(self, code: str, field: str = "") -> None:
        super().__init__(code)
        self.code, self.field = code, field


@dataclass(frozen=True)
class Fault:
    """One entry that cannot be kept: its line in BibTeX or its place in CSL-JSON, its key, and why."""

    line: int
    key: str
    code: str
    field: str = ""

    @property
    def why(self) -> str:
        """What is wrong, in the reader's words."""
        said = str(WRONG[self.code])
        return said % {"field": self.field} if "%(field)s" in said else said


def records(entries: Iterable[Mapping[str, Any]]) -> tuple[list[dict[str, Any]], list[Fault]]:
    """The values of each entry, and the faults of those that cannot be kept."""
    found, faults = [], []
    for each in entries:
        line, key = int(each["line"]), str(each["key"])
        if "wrong" in each:
            faults.append(Fault(line, key, each["wrong"]))
            continue
        try:
            found.append(checked(of_csl(each["csl"]) if "csl" in each else of_bibtex(each)))
        except Wrong as wrong:
            faults.append(Fault(line, key, wrong.code, wrong.field))
    return found, faults


def of_bibtex(entry: Mapping[str, Any]) -> dict[str, Any]:
    """The values of an entry of BibTeX."""
    fields = {OTHER_NAMES.get(name, name): text for name, text in entry["fields"].items() if text}
    kind, told = by_entry(entry["type"])
    if (subtype := fields.get("entrysubtype", "")) in OURS:
        kind, told = subtype, fields.get("entry", "")
    values: dict[str, Any] = {ours: fields.get(theirs, "") for ours, theirs, _csl in TEXTS}
    more = {name: fields[name] for name in MORE if name in fields}
    values |= {"kind": kind, "more": more | ({"entry": told} if told else {})}
    values["year"] = _year(fields.get("year") or fields.get("date", ""))
    values |= {f"{name}s": entry["names"].get(name, []) for name in ("author", "editor")}
    values["titles"] = {name[6:]: text for name, text in fields.items() if name.startswith("title_")}
    values |= {"title_language": fields.get("titlelanguage", ""), "citation": fields.get("citation", "")}
    values["languages"] = _languages(fields.get("language", ""))
    values["countries"] = _countries(fields.get("countries", "").split(","))
    values["downloadable"] = fields.get("downloadable") == "yes"
    return values | _topics(re.split(r"[,;]", fields.get("keywords", "")))


def of_csl(item: Mapping[str, Any]) -> dict[str, Any]:
    """The values of an item of CSL."""
    own = _dict(_dict(item.get("custom")).get("havre"))
    kind, told = by_type(_text(item.get("type")))
    if own.get("kind") in OURS:
        kind, told = own["kind"], _text(own.get("entry"))
    values: dict[str, Any] = {ours: _text(item.get(theirs)) for ours, _bibtex, theirs in TEXTS}
    values["number"] = values["number"] or _text(item.get("number"))
    more = {name: _text(item.get(theirs)) for name, theirs in MORE.items() if name not in ("booktitle", "month")}
    if told in ("incollection", "inbook", "inproceedings"):
        more["booktitle"] = more.pop("journal")
    more = {name: text for name, text in (more | {"month": _text(own.get("month")), "entry": told}).items() if text}
    values |= {"kind": kind, "more": more, "year": _issued(item.get("issued"))}
    values |= {f"{name}s": _names(item.get(name)) for name in ("author", "editor")}
    values |= {"titles": {str(code): _text(each) for code, each in _dict(own.get("titles")).items()}}
    values |= {"title_language": _text(own.get("title_language")), "citation": _text(own.get("citation"))}
    values["languages"] = _languages(", ".join(_list(own.get("languages"))) or _text(item.get("language")))
    values["countries"] = _countries(_list(own.get("countries")))
    values["downloadable"] = own.get("downloadable") is True
    return values | _topics(_list(item.get("keyword")))


def checked(values: dict[str, Any]) -> dict[str, Any]:
    """The values as they can be kept; Wrong for the first that cannot."""
    if not values["title"]:
        raise Wrong("title")
    for name, longest in LONGEST.items():
        if len(values[name]) > longest:
            raise Wrong("long", name)
    if any(len(each) > 100 for each in values["keywords"]):
        raise Wrong("long", "keywords")
    if any(len(text) > 500 for text in (*values["titles"].values(), *values["more"].values())):
        raise Wrong("long", "title")
    values["titles"] = {code: text for code, text in values["titles"].items() if code in places.languages and text}
    if values["title_language"] not in places.languages:
        values["title_language"] = ""
    return values


def _text(value: Any) -> str:
    return " ".join(str(value).replace("\0", "").split()) if isinstance(value, str | int | float) else ""


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[str]:
    some = value if isinstance(value, list) else re.split(r"[,;]", value) if isinstance(value, str) else []
    return [text for each in some if (text := _text(each))]


def _year(text: str) -> int | None:
    found = YEAR.search(text)
    if text.strip() and not found:
        raise Wrong("year")
    return int(found[0]) if found else None


def _issued(value: Any) -> int | None:
    if not isinstance(value, dict):
        return None
    parts = value.get("date-parts")
    first = parts[0] if isinstance(parts, list) and parts else []
    text = _text(first[0] if isinstance(first, list) and first else value.get("raw") or value.get("literal"))
    return _year(text)


def _names(value: Any) -> list[dict[str, str]]:
    found = []
    for each in value if isinstance(value, list) else []:
        if not isinstance(each, dict):
            raise Wrong("names")
        told = {name: _text(each.get(name)) for name in ("literal", "given", "suffix")}
        particles = (each.get("dropping-particle"), each.get("non-dropping-particle"), each.get("family"))
        family = " ".join(filter(None, map(_text, particles)))
        found.append(_name(family, **told))
    return [each for each in found if each]


def _name(family: str, literal: str, given: str, suffix: str) -> dict[str, str]:
    if literal or (not given and not suffix):
        return {"literal": literal or family} if literal or family else {}
    return {"family": family, "given": given} | ({"suffix": suffix} if suffix else {})


@lru_cache(maxsize=1)
def _tongues() -> dict[str, str]:
    named = [(places.language_label(code, of).casefold(), code) for code in places.languages for of in ("fr", "en")]
    return dict(named)


def _languages(text: str) -> list[str]:
    """The languages that are named by a code or in English or French; others are left out."""
    found = []
    for each in re.split(r"[,;/]|\band\b|\bet\b", text):
        each = each.strip()
        code = places.read_language(each) or places.read_language(re.split("[-_]", each)[0])
        found.append(code or _tongues().get(each.casefold()))
    return list(dict.fromkeys(filter(None, found)))


def _countries(some: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(filter(None, (places.read_country(each) for each in some))))


def _topics(some: Iterable[str]) -> dict[str, list[str]]:
    """Topics of our list, by their code or their name, and other keywords as they are."""
    known = load("publication_topics")
    labels = {known.label(code, of).casefold(): code for code in known.codes for of in ("en", "fr")}
    words = list(dict.fromkeys(text for each in some if (text := _text(each))))
    topics = [labels.get(each.casefold(), each if each in known.codes else "") for each in words]
    others = [each for each, topic in zip(words, topics, strict=True) if not topic]
    return {"topics": list(dict.fromkeys(filter(None, topics))), "keywords": others}
