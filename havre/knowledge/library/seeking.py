"""The search form and its page of results, signed in or not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from django.http import QueryDict
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from havre.kernel import places
from havre.kernel.vocabularies import load

from . import finding

Pairs = Sequence[tuple[str, str]]
LISTS: dict[str, tuple[Any, Any, Callable[[str], Pairs]]] = {
    "kinds": (_("Kind"), _("Any kind"), lambda of: load("publication_kinds").choices(of)),
    "topics": (_("Topic"), _("Any topic"), lambda of: load("publication_topics").choices(of)),
    "countries": (_("Country"), _("Any country"), lambda of: places.country_choices(of)),
    "languages": (_("Language"), _("Any language"), lambda of: places.language_choices(of)),
}


@dataclass(frozen=True)
class Listed:
    """One list of the form, with its options drawn."""

    name: str
    label: Any
    nothing: Any
    options: SafeString


def context_of(values: QueryDict, *, open: bool = False) -> dict[str, Any]:
    """What the form holds, and a page of what fits; without a question, the newest."""
    query, after = replace(finding.Query.read(values), open=open), values.get("after", "")[:60]
    page = finding.find(query, after)
    lists = [
        Listed(name, label, nothing, _chosen(_drawn(name, get_language() or "en"), getattr(query, name)))
        for name, (label, nothing, _choices) in LISTS.items()
    ]
    told = {"query": query, "page": page, "lists": lists, "address": query.address(), "first": not after}
    return told | {"later": query.address(page.later) if page.later else ""}


@lru_cache(maxsize=32)
def _drawn(name: str, language: str) -> SafeString:
    return format_html_join("", '<option value="{}">{}</option>', LISTS[name][2](language))


def _chosen(options: SafeString, codes: Sequence[str]) -> SafeString:
    """The options with the first of these codes chosen: they are many, so they are drawn once for a language."""
    if not codes:
        return options
    plain = format_html('<option value="{}">', codes[0])
    return mark_safe(options.replace(plain, f"{plain[:-1]} selected>", 1))  # noqa: S308 - both were escaped
