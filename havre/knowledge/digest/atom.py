"""The issues as an Atom feed (RFC 4287), for those who would rather not give an address."""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree.ElementTree import Element, SubElement, tostring

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from . import shown
from .models import Issue
from .printed import address_of, title_of

SPACE = "http://www.w3.org/2005/Atom"


def feed(issues: Iterable[Issue], language: str) -> bytes:
    """The feed in one language."""
    issues = list(issues)
    with translation.override(language):
        root = Element("feed", {"xmlns": SPACE, "xml:lang": language})
        _put(root, "id", f"{settings.HAVRE_URL}/digest/feed.xml?in={language}")
        _put(root, "title", _("Quarterly digest"))
        stamps = [each.published_at for each in issues if each.published_at]
        _put(root, "updated", max(stamps).isoformat() if stamps else "1970-01-01T00:00:00+00:00")
        author = SubElement(root, "author")
        _put(author, "name", issues[0].owner.name if issues else "Havre")
        for each in issues:
            entry = SubElement(root, "entry")
            _put(entry, "id", address_of(each, language))
            _put(entry, "title", title_of(each))
            SubElement(entry, "link", {"href": address_of(each, language), "hreflang": language})
            _put(entry, "updated", each.published_at.isoformat() if each.published_at else "")
            _put(entry, "summary", shown.intro(each, language) or title_of(each))
        return tostring(root, encoding="utf-8", xml_declaration=True)


def _put(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = text
