"""What the record calls the acts of emergency access, in words."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from havre.platform.audit.kinds import Kind

WORDS: dict[str, Promise] = {
    "page.glass:ask": _("Wanted emergency access"),
    "page.glass:use": _("Read about an emergency access"),
    "page.glass:end": _("Wanted to end an emergency access"),
    "page.glass:stop": _("Wanted to stop an emergency access"),
    "page.glass:reviews": _("Read the list of emergency accesses"),
    "page.glass:review": _("Read an emergency access to review it"),
    "glass.open": _("Opened the file in an emergency"),
    "glass.end": _("Ended an emergency access"),
    "glass.stop": _("Stopped an emergency access of a colleague"),
    "glass.review": _("Reviewed an emergency access"),
}
KINDS = {"page.glass:ask": Kind.BREAK_GLASS}  # refused, it is the attempt that counts
