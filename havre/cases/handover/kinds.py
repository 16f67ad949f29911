"""What a notice of this stage says."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from havre.platform.notices.kinds import Kind

NOTICES = {
    "caseload.handed_over": Kind(_("Files were handed over to you."), lambda before: reverse("casefile:list")),
    "caseload.unread": Kind(
        _("Restricted files open for nobody since a colleague was removed: give them a new holder."),
        lambda before: reverse("handover:rehome", args=[before]),
    ),
    "caseload.unread_lead": Kind(
        _("Restricted files open for nobody since a colleague was removed. Your supervisors were told.")
    ),
    "caseload.rehomed": Kind(_("A supervisor gave restricted files that opened for nobody a new holder.")),
}
