"""What a notice about accounts says."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from havre.platform.notices.kinds import Kind

NOTICES = {
    "account.sees_agency": Kind(
        _("A colleague may see everyone in the agency’s care from now on. If nobody told you, ask your administrator.")
    ),
    "account.factors_reset": Kind(_("An administrator took away your second key. If you did not ask for it, say so.")),
}
