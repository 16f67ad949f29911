"""What the record calls the acts of this stage, in words."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from havre.platform.audit.kinds import Kind

WORDS: dict[str, Promise] = {
    "page.papers:papers": _("Read which papers were printed"),
    "page.papers:ask": _("Began a paper"),
    "page.papers:copy": _("Opened a paper to print it"),
    "paper.print": _("Printed a paper of the file"),
}
KINDS = {"paper.print": Kind.EXPORT}
