"""The notices of agreements."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from havre.platform.notices.kinds import Kind


def _one(subject: UUID) -> str:
    return reverse("agreements:one", args=[subject])


NOTICES = {
    "agreement.asked": Kind(_("A colleague needs your agreement."), _one),
    "agreement.answered": Kind(_("There is an answer to what you asked agreement for."), _one),
}
