"""Agreements with partners, and their renewals."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localdate

from havre.platform.ui.pages import page
from havre.platform.ui.requests import Request
from havre.platform.ui.sheets import Sheet
from havre.prevention.events import actions, rules
from havre.prevention.events.forms import PartnershipForm, RenewForm
from havre.prevention.events.models import Partnership, Renewal

from .held import BOTH, READ, WRITE, held, writes

ORDER = ("expired", "soon", "draft", "holds", "ended")


@page(needs=READ)
def agreements(request: Request) -> HttpResponse:
    """The agreements, first those that somebody should look at."""
    today = localdate()
    rows = Partnership.objects.select_related("owner", "organisation").order_by("until", "title")
    told = sorted(
        ((each, rules.holds(each.state, each.until, today)) for each in rows), key=lambda e: ORDER.index(e[1])
    )
    return render(request, "events/agreements.html", {"told": told})


@page(needs=READ)
def agreement(request: Request, pk: UUID) -> HttpResponse:
    """One agreement, whether it holds, and how it was renewed."""
    row = get_object_or_404(Partnership.objects.select_related("owner", "organisation"), pk=pk)
    context = {
        "row": row,
        "holds": rules.holds(row.state, row.until, localdate()),
        "renewals": Renewal.objects.filter(partnership=row).order_by("-signed_on", "-at"),
        "mine": writes(request, row),
    }
    return render(request, "events/agreement.html", context)


@page(needs=WRITE, methods=BOTH)
def write(request: Request, pk: UUID | None = None) -> HttpResponse:
    """A new agreement, or one as it stands."""
    row = held(request, Partnership, pk) if pk else None
    sheet = Sheet(request, "partnership", pk or request.user.pk)
    form = sheet.form(PartnershipForm, row=row)
    made: list[Partnership] = []

    def act() -> None:
        made.append(actions.save_partnership(row, form.values(), by=request.user, version=form.cleaned_data["version"]))

    acted = sheet.acted("events/agreement_form.html", {"form": form, "row": row}, act)
    return acted or sheet.done(reverse("events:agreement", args=[made[0].pk]))


@page(needs=WRITE, methods=BOTH)
def renew(request: Request, pk: UUID) -> HttpResponse:
    """Takes an agreement on."""
    row = held(request, Partnership, pk)
    sheet = Sheet(request, "partnership-renew", row.pk)
    form = sheet.form(RenewForm)

    def act() -> None:
        told = form.cleaned_data
        actions.renew(row, signed_on=told["signed_on"], until=told["until"], by=request.user)

    acted = sheet.acted("events/renew.html", {"form": form, "row": row}, act)
    return acted or sheet.done(reverse("events:agreement", args=[row.pk]))
