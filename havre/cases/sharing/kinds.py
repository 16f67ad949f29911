"""What somebody is told when a file is shared with them, and when that ends."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from havre.platform.notices.kinds import Kind


def _shared(_file: UUID) -> str:
    """The list: what was shared may have ended since, and then its own page is not found."""
    return reverse("sharing:mine")


NOTICES = {
    "share.given": Kind(_("A file was shared with you."), _shared),
    "share.ended": Kind(_("Your access to a file has ended."), _shared),
}
