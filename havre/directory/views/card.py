"""A card, its history, and where a confidential place is."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render

from havre.directory.models import Change, ConfidentialPlace, Organisation
from havre.directory.past import lines
from havre.directory.whole import whole
from havre.platform.permissions import Permission
from havre.platform.ui.pages import page
from havre.platform.ui.requests import Request

READ, WRITE = Permission.DIRECTORY_READ, Permission.DIRECTORY_WRITE
CHANGES = 100


def is_mine(request: Request, card: Organisation) -> bool:
    """Whether the reader may change this card."""
    return card.owner_id == request.user.agency_id and request.user.may(WRITE)


@page(needs=READ)
def card(request: Request, pk: UUID) -> HttpResponse:
    """An organisation: what it offers, whom to speak to, where it is, who checked it."""
    cards = Organisation.objects.select_related("owner", "parent_organisation")
    one = get_object_or_404(cards, pk=pk)
    context = {"card": one, "whole": whole(one), "mine": is_mine(request, one)}
    knows = one.owner_id == request.user.agency_id and request.user.may(Permission.PLACE_READ)
    return render(request, "directory/organisation.html", {**context, "knows": knows})


@page(needs=READ)
def history(request: Request, pk: UUID) -> HttpResponse:
    """What was changed on a card, for the agency that keeps it; a card that is gone has a history too."""
    one = Organisation.objects.filter(pk=pk).first()
    changes = list(Change.objects.filter(card=pk).select_related("by").order_by("-at")[:CHANGES])
    if not changes and (one is None or one.owner_id != request.user.agency_id):
        raise Http404
    return render(request, "directory/history.html", {"card": one, "lines": lines(changes)})


@page(needs=Permission.PLACE_READ)
def place(request: Request, pk: UUID, place: UUID) -> HttpResponse:
    """Where a confidential place is, for those of its keeper who must know."""
    secrets = ConfidentialPlace.objects.select_related("location__organisation")
    secret = get_object_or_404(secrets, location=place, location__organisation=pk)
    context = {"card": secret.location.organisation, "secret": secret, "place": secret.location}
    return render(request, "directory/place.html", context)
