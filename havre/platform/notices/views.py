"""A notice is opened: it is marked as read, and leads to what it is about. And where one gets mail."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from havre.platform.ui.pages import page
from havre.platform.ui.requests import Request

from . import address_of, keep_address, kinds
from .forms import AddressForm
from .models import Notice


@page(needs=None, methods=("POST",))
def read(request: Request, pk: UUID) -> HttpResponse:
    """Marks one's own notice as read and goes to where it leads, else back to the first page."""
    notice = get_object_or_404(Notice, pk=pk, user=request.user)
    Notice.objects.filter(pk=notice.pk, read_at=None).update(read_at=timezone.now())
    return redirect(kinds.address(notice.kind, notice.subject_id) or "casefile:today")


@page(needs=None, methods=("GET", "POST"))
def address(request: Request) -> HttpResponse:
    """One's own mail address."""
    posted = request.method == "POST"
    form = AddressForm(request.POST) if posted else AddressForm(initial={"address": address_of(request.user)})
    if posted and form.is_valid():
        keep_address(request.user, form.cleaned_data["address"])
        return redirect("accounts:mine")
    return render(request, "notices/address.html", {"form": form}, status=422 if posted else 200)
