"""Cards that look alike: the queue, and two of them side by side."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from havre.platform.audit.actions import Refused
from havre.platform.permissions import Permission
from havre.platform.ui.pages import page
from havre.platform.ui.requests import Request

from . import shown, twins, twins_shown

WRITE = Permission.DIRECTORY_WRITE


@page(needs=WRITE)
def duplicates(request: Request) -> HttpResponse:
    """The pairs that nobody of this agency has decided on."""
    return render(request, "directory/checking/duplicates.html", twins_shown.queue(request.user.agency_id))


@page(needs=WRITE, methods=("GET", "POST"))
def duplicate(request: Request, first: UUID, second: UUID) -> HttpResponse:
    """Two cards side by side, and what they are to each other."""
    both = twins_shown.both(request.user.agency_id, first, second)
    if both is None:
        raise Http404
    sentence = ""
    if request.method == "POST":
        one, other = both.cards
        counts = next((each for each in both.cards if str(each.pk) == request.POST.get("counts")), None)
        try:
            left = twins.decide(one, other=other, same="same" in request.POST, counts=counts, by=request.user)
        except Refused as refusal:
            request.recorder.refused(request.recorder.page, str(refusal), request.claim)
            sentence = str(refusal)
        else:
            return redirect(shown.address(left) if both.merges and counts else "directory:duplicates")
    context = {"both": both, "sentence": sentence}
    return render(request, "directory/checking/duplicate.html", context, status=422 if sentence else 200)
