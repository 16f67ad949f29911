"""What hangs on a campaign: what was done, calls, partners, materials."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from havre.directory.models import Organisation
from havre.platform.audit.actions import Refused
from havre.platform.keeping import uploads
from havre.platform.keeping.files import MOST
from havre.platform.keeping.models import Kept
from havre.platform.permissions import Permission
from havre.platform.ui.pages import page
from havre.platform.ui.requests import Request
from havre.platform.ui.sheets import Sheet
from havre.prevention.campaigns import actions
from havre.prevention.campaigns.forms import MaterialForm, PartnerForm
from havre.prevention.campaigns.models import Calls, Material, Output, Partner
from havre.prevention.campaigns.output_forms import CallsForm, OutputForm

from .writing import BOTH, address, held

WRITE = Permission.PREVENTION_WRITE
KINDS: dict[str, type[Kept]] = {"output": Output, "calls": Calls, "partner": Partner, "material": Material}
uploads.PAGES["campaigns:bring"] = WRITE


@page(needs=WRITE, methods=BOTH)
def output(request: Request, pk: UUID, row: UUID | None = None) -> HttpResponse:
    """Something that is planned or was done, new or as it stands."""
    campaign = held(request, pk)
    stands = get_object_or_404(Output, pk=row, campaign=campaign) if row else None
    sheet = Sheet(request, "campaign-output", row or campaign.pk)
    form = sheet.form(OutputForm, campaign=campaign, row=stands)
    context = {"form": form, "campaign": campaign, "row": stands}
    acted = sheet.acted(
        "campaigns/output.html",
        context,
        lambda: actions.put(stands or Output(), campaign, form.values(), by=request.user),
    )
    return acted or sheet.done(address(campaign))


@page(needs=WRITE, methods=BOTH)
def calls(request: Request, pk: UUID, row: UUID | None = None) -> HttpResponse:
    """Calls to the hotline in some days."""
    campaign = held(request, pk)
    stands = get_object_or_404(Calls, pk=row, campaign=campaign) if row else None
    sheet = Sheet(request, "campaign-calls", row or campaign.pk)
    form = sheet.form(CallsForm, row=stands)
    context = {"form": form, "campaign": campaign, "row": stands, "kind": "calls"}
    acted = sheet.acted(
        "campaigns/hung.html",
        context,
        lambda: actions.put(stands or Calls(), campaign, form.values(), by=request.user),
    )
    return acted or sheet.done(address(campaign))


@page(needs=WRITE, methods=BOTH)
def partner(request: Request, pk: UUID) -> HttpResponse:
    """An organisation of the directory joins."""
    campaign = held(request, pk)
    sheet = Sheet(request, "campaign-partner", campaign.pk)
    form = sheet.form(PartnerForm, campaign=campaign)

    def act() -> None:
        house = Organisation.objects.get(pk=form.cleaned_data["organisation"])
        actions.join(campaign, house, does=form.cleaned_data["does"], by=request.user)

    acted = sheet.acted("campaigns/hung.html", {"form": form, "campaign": campaign, "kind": "partner"}, act)
    return acted or sheet.done(address(campaign))


@page(needs=WRITE, methods=BOTH)
def bring(request: Request, pk: UUID) -> HttpResponse:
    """A file, as the next version of a material."""
    campaign = held(request, pk)
    form = MaterialForm(request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {"form": form, "campaign": campaign, "largest": MOST // 1_000_000}
    if request.method == "POST":
        file = request.FILES.get("file")
        if not isinstance(file, UploadedFile):
            context["error"] = _("Choose a file first.")
        elif form.is_valid():
            values = {name: form.cleaned_data[name] for name in ("title", "language", "note")}
            try:
                actions.bring(campaign, values, file, by=request.user)
                return redirect(address(campaign))
            except Refused as refusal:
                context["error"] = str(refusal)
    return render(request, "campaigns/bring.html", context, status=422 if request.method == "POST" else 200)


@page(needs=WRITE, methods=("POST",))
def remove(request: Request, pk: UUID, kind: str, row: UUID) -> HttpResponse:
    """Takes off what hangs on a campaign."""
    if kind not in KINDS:
        raise Http404
    campaign = held(request, pk)
    model: Any = KINDS[kind]
    actions.remove(get_object_or_404(model, pk=row, campaign=campaign), by=request.user)
    return redirect(address(campaign))
