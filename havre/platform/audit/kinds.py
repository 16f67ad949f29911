"""The kinds of act that whoever reads the record tells apart."""

from __future__ import annotations

from enum import StrEnum
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from havre.platform.notices.kinds import Kind as NoticeKind


class Kind(StrEnum):
    """One kind of act. Whether it was refused is said beside it: a search may be refused, and an export."""

    READ = "read"
    CHANGE = "change"
    SEARCH = "search"
    EXPORT = "export"
    IMPORT = "import"
    SHARE = "share"
    SIGN_IN = "sign-in"
    BREAK_GLASS = "break-glass"

    @classmethod
    def beginning(cls, noun: str) -> Kind:
        """The kind of an act by its noun; what no noun tells is a change."""
        return NOUNS.get(noun, cls.CHANGE)

    @property
    def label(self) -> Promise:
        """Its name on a page."""
        return TITLES[self]


NOUNS = {
    "page": Kind.READ,
    "search": Kind.SEARCH,
    "export": Kind.EXPORT,
    "share": Kind.SHARE,
    "session": Kind.SIGN_IN,
    "glass": Kind.BREAK_GLASS,
}
TITLES: dict[Kind, Promise] = {
    Kind.READ: _("Read"),
    Kind.CHANGE: _("Changed"),
    Kind.SEARCH: _("Searched"),
    Kind.EXPORT: _("Taken out"),
    Kind.IMPORT: _("Brought in"),
    Kind.SHARE: _("Shared"),
    Kind.SIGN_IN: _("Signed in"),
    Kind.BREAK_GLASS: _("Opened in an emergency"),
}


def _seals(subject: UUID) -> str:
    return reverse("audit:seals")


NOTICES = {
    "record.head": NoticeKind(
        _("Another month has passed: take the newest head of the record out, and give it to somebody outside."), _seals
    )
}
