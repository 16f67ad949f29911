"""The notices of the directory."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from havre.platform.notices.kinds import Kind


def _suggestion(subject: UUID) -> str:
    return reverse("directory:suggestion", args=[subject])


def _duplicates(subject: UUID) -> str:
    return reverse("directory:duplicates")


NOTICES = {
    "suggestion.new": Kind(_("Somebody suggests a change to a card you keep."), _suggestion),
    "suggestion.decided": Kind(_("What you suggested for a card was answered."), _suggestion),
    "duplicate.told": Kind(_("Another agency says that a card you keep stands in the directory twice."), _duplicates),
}
