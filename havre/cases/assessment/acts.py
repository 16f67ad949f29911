"""What the record calls the acts of this stage, in words."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, Promise] = {
    "page.assessment:indicators": _("Read what the answers show"),
    "page.assessment:mark": _("Looked at the signs of one kind"),
    "page.assessment:vulnerability": _("Read what makes vulnerable and what protects"),
    "page.assessment:level": _("Began an assessment of vulnerability"),
    "page.assessment:place": _("Read what is seen of a place"),
    "indicators.mark": _("Marked an indicator by hand"),
    "indicators.keep": _("Kept a reading of the indicators"),
    "vulnerability.assess": _("Assessed vulnerability"),
    "place.note": _("Noted what is seen of a place"),
}
