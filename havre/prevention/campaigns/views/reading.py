"""The list, one campaign, the calendar, the map, the paper and files: read by whoever works here."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.utils.timezone import localdate
from django.utils.translation import get_language, override

from havre.platform.keeping.files import handed
from havre.platform.permissions import Permission
from havre.platform.ui.pages import page
from havre.platform.ui.requests import Request
from havre.prevention.campaigns import calendar, mapping, measuring, rules, shown
from havre.prevention.campaigns.models import OPEN_TO_ALL, Campaign, Material, Output
from havre.prevention.campaigns.standing import Whole

READ, WRITE = Permission.PREVENTION_READ, Permission.PREVENTION_WRITE
SHOWN = 8  # outputs on the page of a campaign; the calendar has them all


@page(needs=READ)
def campaigns(request: Request) -> HttpResponse:
    """The campaigns one may read, those under way first."""
    status = request.GET.get("status", "")
    rows = Campaign.objects.select_related("owner").order_by("-begins", "-changed_at")
    found = list(rows.filter(status=status) if status in rules.ORDER else rows)
    order = {code: at for at, code in enumerate(("live", "pretest", "planned", "idea", "closed", "evaluated"))}
    found.sort(key=lambda each: order[each.status])
    outputs: dict[UUID, list[Output]] = {}
    for each in Output.objects.filter(campaign__in=found):
        outputs.setdefault(each.campaign_id, []).append(each)
    told = [(each, measuring.measured(outputs.get(each.pk, [])).reach) for each in found]
    context = {"told": told, "status": status, "statuses": rules.ORDER, "all": rows.exists()}
    return render(request, "campaigns/list.html", context)


@page(needs=READ)
def one(request: Request, pk: UUID) -> HttpResponse:
    """Where it stands, what the next step needs, what was done and what came of it."""
    campaign = get_object_or_404(Campaign.objects.select_related("owner", "made_by", "said_by"), pk=pk)
    whole = Whole(campaign)
    mine = campaign.owner_id == request.user.agency_id and request.user.may(WRITE)
    context = {
        **_told(campaign, whole),
        "mine": mine,
        "journey": shown.journey(campaign),
        "conditions": shown.conditions(campaign, mine),
        "after": rules.after(campaign.status),
        "before": rules.before(campaign.status),
        "latest": whole.outputs[:SHOWN],
        "channels": measuring.along([o for o in whole.outputs if o.on <= localdate()], lambda each: each.channel),
        "open": campaign.status == OPEN_TO_ALL and campaign.visibility == 0,
        "may_review": mine and rules.may_review(campaign, request.user.pk),
    }
    return render(request, "campaigns/one.html", context)


def _told(campaign: Campaign, whole: Whole) -> dict[str, Any]:
    """What the page and the paper both say."""
    review = whole.reviews[0] if whole.reviews else None
    return {
        "campaign": campaign,
        "whole": whole,
        "today": localdate(),
        "metrics": shown.metrics(campaign, whole.measured),
        "kinds": shown.kinds(campaign.channels),
        "review": review,
        "harmless": rules.does_no_harm(campaign, review),
        "budget": shown.money(campaign.budget, campaign.currency),
        "spent": shown.money(campaign.spent, campaign.currency),
    }


@page(needs=READ)
def month(request: Request, pk: UUID | None = None) -> HttpResponse:
    """A month of one campaign, or of all."""
    campaign = get_object_or_404(Campaign, pk=pk) if pk else None
    first = calendar.month_of(request.GET.get("month", ""), localdate())
    begin, end = calendar.span(first)
    rows = Output.objects.filter(on__lte=end).exclude(until__lt=begin).exclude(until=None, on__lt=begin)
    rows = rows.select_related("campaign").order_by("on", "title")
    found = calendar.drawn(first, rows.filter(campaign=campaign) if campaign else rows)
    context = {"campaign": campaign, "month": found, "today": localdate(), "here": "calendar"}
    return render(request, "campaigns/calendar.html", context)


@page(needs=READ)
def places(request: Request, pk: UUID | None = None) -> HttpResponse:
    """The places of one campaign, or of those that are live."""
    campaign = get_object_or_404(Campaign, pk=pk) if pk else None
    rows = Output.objects.select_related("campaign").order_by("country", "place", "on")
    rows = rows.filter(campaign=campaign) if campaign else rows.filter(campaign__status="live")
    return render(request, "campaigns/map.html", {"campaign": campaign, "map": mapping.drawn(rows), "here": "map"})


@page(needs=READ)
def summary(request: Request, pk: UUID) -> HttpResponse:
    """The campaign on one page, in the language that was asked for."""
    campaign = get_object_or_404(Campaign.objects.select_related("owner"), pk=pk)
    asked, reader = request.GET.get("lang", ""), get_language() or "en"
    language = asked if asked in dict(settings.LANGUAGES) else reader.partition("-")[0]
    with override(language):
        told = {**_told(campaign, Whole(campaign)), "language": language}
        paper = render_to_string("campaigns/paper.html", told)
    return render(request, "campaigns/summary.html", {"campaign": campaign, "language": language, "paper": paper})


@page(needs=READ)
def material(request: Request, pk: UUID, row: UUID) -> HttpResponse:
    """The file of a material."""
    found = get_object_or_404(Material.objects.select_related("file"), pk=row, campaign=pk)
    return handed(found.file)
