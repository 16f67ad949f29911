"""What the record calls the acts of this stage, in words."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, Promise] = {
    "page.intake:group": _("Opened the form for a group"),
    "page.intake:together": _("Read who came together"),
    "page.intake:abroad": _("Opened the form for somebody sent from abroad"),
    "page.intake:identified": _("Opened the form for somebody identified elsewhere"),
    "page.intake:elsewhere": _("Read what another body found"),
    "group.open": _("Opened the files of a group"),
    "case.receive": _("Received somebody sent from abroad"),
    "case.identified": _("Opened the file of somebody identified elsewhere"),
    "finding.receive": _("Kept what another body found"),
    "person.birth": _("Wrote down the age"),
}
