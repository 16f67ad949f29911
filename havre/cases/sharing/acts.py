"""What the record calls the acts of this stage, in words."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, Promise] = {
    "page.sharing:mine": _("Read what was shared with them"),
    "page.sharing:share": _("Looked at sharing the file"),
    "page.sharing:end": _("Wanted to end a share"),
    "page.sharing:restrict": _("Looked at whom the file is kept to"),
    "page.sharing:explain": _("Asked who reaches the file, and why"),
    "share.give": _("Shared the file"),
    "share.end": _("Ended a share"),
    "case.restrict": _("Kept the file to named people"),
    "case.unrestrict": _("Opened the file to the agency again"),
}
