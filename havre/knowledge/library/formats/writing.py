"""Records as BibTeX and as CSL-JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

from havre.kernel.vocabularies import load
from havre.knowledge.library.models import Publication

from .fields import MORE, OWN_ENTRIES, TEXTS, entry_of, type_of

PLAIN = str.maketrans(
    {
        **{sign: f"\\{sign}" for sign in "&%$#_{}"},
        "\\": r"{\textbackslash}",
        "~": r"{\textasciitilde}",
        "^": r"{\textasciicircum}",
        "\u00a0": "~",
    }
)
LIGATURES = re.compile(r"(?<=-)(?=-)|(?<=`)(?=`)|(?<=')(?=')|(?<=[?!])(?=`)|(?<=<)(?=<)|(?<=>)(?=>)|(?<=,)(?=,)")


def bibtex(rows: Iterable[Publication]) -> str:
    """A list in BibTeX."""
    return "\n".join(_entry(each) for each in rows)


def csl(rows: Iterable[Publication]) -> str:
    """A list in CSL-JSON."""
    return json.dumps([item(each) for each in rows], ensure_ascii=False, indent=1)


def escaped(text: str) -> str:
    """The text as LaTeX prints it back."""
    return "".join(part.translate(PLAIN) + "{}" for part in LIGATURES.split(text))[:-2]


def _entry(row: Publication) -> str:
    entry = row.more.get("entry") or entry_of(row.kind)
    fields = {theirs: getattr(row, ours) for ours, theirs, _csl in TEXTS}
    fields |= {"year": str(row.year or ""), "language": ", ".join(row.languages), "keywords": ", ".join(_words(row))}
    fields |= {"countries": ", ".join(row.countries), "citation": row.citation, "titlelanguage": row.title_language}
    fields |= {f"title_{code}": text for code, text in row.titles.items()}
    fields |= {"downloadable": "yes" if row.downloadable else ""}
    fields |= {name: text for name, text in row.more.items() if name in MORE}
    fields |= {"entrysubtype": row.kind, "entry": row.more.get("entry", "")}
    names = {name: " and ".join(map(_name, getattr(row, f"{name}s"))) for name in ("author", "editor")}
    told = {**names, **{name: escaped(text) for name, text in fields.items()}}
    lines = [f"  {name} = {{{text}}}," for name, text in told.items() if text]
    return "\n".join([f"@{OWN_ENTRIES.get(entry, entry)}{{{row.code},", *lines, "}\n"])


def _name(name: dict[str, str]) -> str:
    if literal := name.get("literal"):
        return "others" if literal == "et al." else f"{{{escaped(literal)}}}"
    parts = (name.get("family", ""), name.get("suffix", ""), name.get("given", ""))
    family, suffix, given = (f"{{{escaped(each)}}}" if each else "" for each in parts)
    return f"{family}, {suffix}, {given}" if suffix else f"{family}, {given}"


def _words(row: Publication) -> list[str]:
    """Topics by their English name, so that others read them too, and keywords."""
    return [*(load("publication_topics").label(code, "en") for code in row.topics), *row.keywords]


def item(row: Publication) -> dict[str, Any]:
    """One publication in CSL."""
    entry = row.more.get("entry", "")
    told = {"id": row.code, "type": type_of(entry or entry_of(row.kind))}
    told |= {theirs: getattr(row, ours) for ours, _bibtex, theirs in TEXTS}
    told |= {theirs: row.more.get(name, "") for name, theirs in MORE.items() if name not in ("booktitle", "month")}
    told["container-title"] = row.more.get("journal") or row.more.get("booktitle", "")
    told |= {"language": ", ".join(row.languages), "keyword": ", ".join(_words(row))}
    more: dict[str, Any] = {"author": row.authors, "editor": row.editors}
    more["issued"] = {"date-parts": [[row.year]]} if row.year else None
    own = {name: getattr(row, name) for name in ("kind", "titles", "title_language", "languages", "countries")}
    own |= {"citation": row.citation, "entry": entry, "month": row.more.get("month", "")}
    own["downloadable"] = row.downloadable
    kept = {name: value for name, value in own.items() if value}
    return {name: value for name, value in (told | more).items() if value} | {"custom": {"havre": kept}}
