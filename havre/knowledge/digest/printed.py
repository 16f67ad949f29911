"""An issue as text and as the page of a mail; both hold a mark where the way out is put for each subscriber."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from havre.kernel.vocabularies import load

from . import shown
from .models import Issue

LEAVE = "{{leave}}"
WIDTH = 76


@dataclass(frozen=True)
class Body:
    """What a mail says."""

    title: str
    text: str
    page: str


def title_of(issue: Issue) -> str:
    """How an issue is called, in the language of the moment."""
    return _("Digest %(year)s, quarter %(quarter)s") % {"year": issue.year, "quarter": issue.quarter}


def address_of(issue: Issue, language: str) -> str:
    """Where it stands for good."""
    return f"{settings.HAVRE_URL}/digest/{issue.code}/?in={language}"


def body(issue: Issue, language: str) -> Body:
    """The mail of an issue in one language."""
    with translation.override(language):
        chapters = shown.chapters(shown.items_of(issue), language)
        context = {
            "title": title_of(issue),
            "intro": shown.intro(issue, language),
            "chapters": chapters,
            "address": address_of(issue, language),
            "leave": LEAVE,
            "language": language,
            "owner": issue.owner.name,
        }
        return Body(title_of(issue), text(issue, language, LEAVE), render_to_string("digest/mail.html", context))


def text(issue: Issue, language: str, leave: str = "") -> str:
    """The issue in plain text, in the language given."""
    with translation.override(language):
        parts = [title_of(issue), issue.owner.name, _wrapped(shown.intro(issue, language))]
        for theme in shown.chapters(shown.items_of(issue), language):
            heading = load("digest_themes").label(theme.code, language).upper()
            parts.append(f"{heading}\n{'=' * len(heading)}")
            for region in theme.regions:
                parts.append(load("world_regions").label(region.code, language))
                parts += [_item(each, language) for each in region.items]
        parts.append(
            _("On the web: %(address)s") % {"address": address_of(issue, language)} if settings.HAVRE_URL else ""
        )
        parts.append(_("To stop these mails: %(leave)s") % {"leave": leave} if leave else "")
        return "\n\n".join(filter(None, parts)) + "\n"


def _item(told: shown.Told, language: str) -> str:
    item = told.item
    kind = load("news_sources").label(item.source_kind, language) if item.source_kind else ""
    source = ", ".join(filter(None, (item.source_name, kind, item.day.isoformat() if item.day else "")))
    return "\n".join(filter(None, (_wrapped(f"* {told.title}"), _wrapped(told.abstract), source, item.link)))


def _wrapped(words: str) -> str:
    lines = [textwrap.fill(line, WIDTH, break_long_words=False, break_on_hyphens=False) for line in words.splitlines()]
    return "\n".join(lines)
