"""What a notice of this stage says."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from havre.platform.notices.kinds import Kind

NOTICES = {"caseload.handed_over": Kind(_("Files were handed over to you."), lambda before: reverse("casefile:list"))}
