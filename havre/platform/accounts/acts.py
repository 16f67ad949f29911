"""What the record calls the acts of the door and of accounts, in words."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, Promise] = {
    "session.begin": _("Signed in"),
    "session.refused": _("Tried to sign in"),
    "session.end": _("Signed out"),
    "session.unlock": _("Unlocked the screen"),
    "session.confirm": _("Proved again who they are"),
    "session.doubted": _("Was asked again who they are, and did not prove it"),
    "page.accounts:people": _("Read the list of accounts"),
}
