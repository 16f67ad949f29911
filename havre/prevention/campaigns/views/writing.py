"""Writing a campaign, a part at a time, and taking it a step on."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from havre.kernel import places
from havre.platform.audit.actions import Refused, Stale
from havre.platform.permissions import Permission
from havre.platform.ui.pages import page
from havre.platform.ui.requests import Request
from havre.platform.ui.sheets import Sheet
from havre.prevention.campaigns import actions
from havre.prevention.campaigns.forms import PARTS, HarmForm, ObjectiveForm
from havre.prevention.campaigns.models import Campaign
from havre.prevention.campaigns.standing import Whole
from havre.prevention.rights.showing import recorded

WRITE = Permission.PREVENTION_WRITE
BOTH = ("GET", "POST")


def held(request: Request, pk: UUID) -> Campaign:
    """The campaign to be written; another agency's has no such page, and what is sent to it is refused by the act."""
    rows = Campaign.objects.select_related("owner")
    if request.method != "POST":
        rows = rows.filter(owner=request.user.agency_id)
    return get_object_or_404(rows, pk=pk)


def address(campaign: Campaign) -> str:
    """The page of a campaign."""
    return reverse("campaigns:one", args=[campaign.pk])


@page(needs=WRITE, methods=BOTH)
def new(request: Request) -> HttpResponse:
    """A campaign that begins with a problem."""
    land = request.GET.get("country", "")
    sheet = Sheet(request, "campaign-new", request.user.pk)
    form = sheet.form(ObjectiveForm, initial={"country": land if land in places.countries else ""})
    made: list[Campaign] = []
    context = {"form": form, "campaign": None, "part": "plan"}
    acted = sheet.acted(
        "campaigns/part.html", context, lambda: made.append(actions.save(None, form.values(), by=request.user))
    )
    return acted or sheet.done(address(made[0]))


@page(needs=WRITE, methods=BOTH)
def part(request: Request, pk: UUID, part: str) -> HttpResponse:
    """One part as it stands now; of two who change it, the later sees both."""
    if part not in PARTS:
        raise Http404
    campaign, (kind, title) = held(request, pk), PARTS[part]
    sheet = Sheet(request, f"campaign-{part}", campaign.pk)
    form = sheet.form(kind, row=campaign, initial={"version": campaign.version})
    context = {"form": form, "campaign": campaign, "part": part, "title": title, "parts": PARTS}

    def act() -> None:
        actions.save(campaign, form.values(), by=request.user, version=form.cleaned_data["version"])

    acted = sheet.acted("campaigns/part.html", context, act)
    return acted or sheet.done(address(campaign))


@page(needs=WRITE, methods=("POST",))
def step(request: Request, pk: UUID) -> HttpResponse:
    """A step on, or back by one."""
    campaign, version = held(request, pk), request.POST.get("version", "")
    told: dict[str, Any] = {"version": int(version) if version.isdecimal() and len(version) < 9 else -1}
    try:
        actions.step(campaign, request.POST.get("to", ""), by=request.user, **told)
    except Stale:
        raise Refused(_("Somebody changed this campaign a moment ago. Open its page again, then go on.")) from None
    return redirect(address(campaign))


@page(needs=WRITE, methods=BOTH)
def harm(request: Request, pk: UUID) -> HttpResponse:
    """The review of whether it does no harm, by somebody who did not write it."""
    campaign = held(request, pk)
    sheet = Sheet(request, "campaign-harm", campaign.pk)
    form = sheet.form(HarmForm)
    context = {"form": form, "campaign": campaign, "whole": Whole(campaign)}
    acted = sheet.acted(
        "campaigns/harm.html", context, lambda: actions.review(campaign, by=request.user, **form.values())
    )
    return acted or sheet.done(address(campaign))


@page(needs=WRITE, methods=BOTH)
def rights(request: Request, pk: UUID) -> HttpResponse:
    """The short review of human rights, gender and health."""
    campaign = held(request, pk)
    return recorded(request, campaign, kind="campaign", name=campaign.title, back=address(campaign))
