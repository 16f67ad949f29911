"""The notices of emergency access."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from havre.platform.notices.kinds import Kind


def _use(subject: UUID) -> str:
    return reverse("glass:use", args=[subject])


def _review(subject: UUID) -> str:
    return reverse("glass:review", args=[subject])


NOTICES = {
    "glass.opened": Kind(_("A colleague opened a file of yours in an emergency."), _use),
    "glass.review": Kind(_("An emergency access waits for your review."), _review),
    "glass.late": Kind(_("An emergency access must be reviewed within twelve hours."), _review),
    "glass.answered": Kind(_("The emergency access to a file of yours was reviewed."), _use),
    "glass.reviewed": Kind(_("Your emergency access was reviewed."), _use),
}
