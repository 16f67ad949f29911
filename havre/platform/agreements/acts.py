"""What the record calls agreements of a second person, in words."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, Promise] = {
    "page.agreements:list": _("Read the list of agreements"),
    "page.agreements:one": _("Read what a colleague asks agreement for"),
    "page.agreements:answer": _("Wanted to answer a colleague who asks for agreement"),
    "agreement.ask_export": _("Asked for agreement to take out the register"),
    "agreement.give": _("Agreed to what a colleague asked for"),
    "agreement.refuse": _("Refused what a colleague asked agreement for"),
}
