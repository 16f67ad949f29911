"""BibTeX: blocks by bibtexparser, which goes on after a broken one; words out of LaTeX by pylatexenc."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import bibtexparser
from bibtexparser import model
from bibtexparser.middlewares import RemoveEnclosingMiddleware, ResolveStringReferencesMiddleware
from bibtexparser.middlewares.names import parse_single_name_into_parts, split_multiple_persons_names
from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db

NAMES = ("author", "editor")
LATEX = re.compile(r"[\\{}$~%]|--|``|''|[?!]`")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def warm() -> None:
    """Reads a little of everything, so that whatever is opened late is open."""
    list(entries("@book{a, title = \"{\\'E}t{\\'e}\", author = {A and B}}"))


def entries(text: str) -> Iterator[dict[str, Any]]:
    """Each entry in its order, with plain words in its fields."""
    known = "".join(f"@string{{{each} = {{{each}}}}}" for each in MONTHS)  # which every style knows
    stack = [ResolveStringReferencesMiddleware(True), RemoveEnclosingMiddleware(True)]
    for block in bibtexparser.parse_string(known + text, parse_stack=stack).blocks:
        if isinstance(block, model.Entry):
            yield _entry(block)
        elif isinstance(block, model.ParsingFailedBlock):
            yield _failed(block)


def _entry(block: model.Entry) -> dict[str, Any]:
    told = {"line": (block.start_line or 0) + 1, "key": block.key}
    if any(each.enclosing == "no-enclosing" and "#" in str(each.value) for each in block.fields):
        return {**told, "wrong": "joined"}
    fields: dict[str, str] = {}
    names: dict[str, list[dict[str, str]]] = {}
    for each in block.fields:
        name, value = each.key.lower(), str(each.value)
        if name in NAMES:
            try:
                names[name] = _names(value)
            except ValueError:
                return {**told, "wrong": "names"}
        else:
            fields[name] = plain(value)
    return {**told, "type": block.entry_type.lower(), "fields": fields, "names": names}


def _failed(block: model.ParsingFailedBlock) -> dict[str, Any]:
    inner = getattr(block, "ignore_error_block", None)
    kinds = {model.DuplicateBlockKeyBlock: "twice", model.DuplicateFieldKeyBlock: "field_twice"}
    key = getattr(inner, "key", "") or re.sub(r"(?s)^.*?@\w+\s*[{(]\s*([^\s,{}]{0,80}).*", r"\1", block.raw or "")
    return {"line": (block.start_line or 0) + 1, "key": key[:80], "wrong": kinds.get(type(block), "syntax")}


def _names(value: str) -> list[dict[str, str]]:
    return [name for each in split_multiple_persons_names(value) if (name := _name(each))]


def _name(text: str) -> dict[str, str]:
    if text.strip() == "others":
        return {"literal": "et al."}
    parts = parse_single_name_into_parts(text, strict=False)
    family, given, suffix = (
        " ".join(filter(None, map(plain, some))) for some in ([*parts.von, *parts.last], parts.first, parts.jr)
    )
    if not given and not suffix:
        return {"literal": family} if family else {}
    return {"family": family, "given": given} | ({"suffix": suffix} if suffix else {})


def plain(text: str) -> str:
    """The words that LaTeX would print, on one line."""
    if LATEX.search(text):
        text = _reader().latex_to_text(text)
    return " ".join(text.split())


@cache
def _reader() -> LatexNodes2Text:
    known = get_default_latex_context_db()
    circum = MacroTextSpec("textasciicircum", simplify_repl="^")  # by itself it gives the accent
    known.add_context_category("ours", prepend=True, macros=[circum])
    return LatexNodes2Text(known, keep_comments=False, math_mode="text", strict_latex_spaces=False)
