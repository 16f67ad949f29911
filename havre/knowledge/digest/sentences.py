"""Why a feed could not be read, in one line each, by the codes of fetching and of the reader."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

FAULTS: dict[str, Promise] = {
    "address": gettext_lazy("Its address, or one it sends on to, does not begin with https."),
    "not_allowed": gettext_lazy(
        "Its place is not on the list of places that may be read. An administrator can add it."
    ),
    "unknown": gettext_lazy("No place of that name is known. Check the address."),
    "private": gettext_lazy("It leads into a private network. It was not followed."),
    "refused": gettext_lazy("The server does not answer, or breaks off."),
    "tls": gettext_lazy("The server does not prove that it is what it says."),
    "slow": gettext_lazy("It took longer than five seconds."),
    "large": gettext_lazy("It is larger than 5 MB."),
    "moved": gettext_lazy("It sends on from one address to the next without end."),
    "garbled": gettext_lazy("What came was broken off, or is no answer of a web server."),
    "entities": gettext_lazy("It defines abbreviations that could grow without end, as attacks do. It was not read."),
    "no_feed": gettext_lazy("What stands there is no RSS or Atom feed."),
    "malformed": gettext_lazy("It is a feed that cannot be read; something in it is broken."),
    "heavy": gettext_lazy("To read it would take too long."),
    "memory": gettext_lazy("To read it would take too much memory."),
    "no_text": gettext_lazy("There is no text in it."),
}


def fault(code: str) -> str:
    """The line for a code; nothing for none."""
    if code.startswith("status "):
        return _("The server answered %(status)s instead of the feed.") % {"status": code.removeprefix("status ")}
    return str(FAULTS.get(code) or FAULTS["malformed"]) if code else ""
