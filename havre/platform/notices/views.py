"""A notice is opened: it is marked as read, and leads to what it is about."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from havre.platform.ui.pages import page
from havre.platform.ui.requests import Request

from . import kinds
from .models import Notice


@page(needs=None, methods=("POST",))
def read(request: Request, pk: UUID) -> HttpResponse:
    """Marks one's own notice as read and goes to where it leads, else back to the first page."""
    notice = get_object_or_404(Notice, pk=pk, user=request.user)
    Notice.objects.filter(pk=notice.pk, read_at=None).update(read_at=timezone.now())
    return redirect(kinds.address(notice.kind, notice.subject_id) or "casefile:today")
