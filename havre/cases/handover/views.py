"""One page to hand a caseload over, and the list of whose files there are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate

from havre.cases.casefile import rows
from havre.platform.accounts.confirming import confirmed
from havre.platform.accounts.models import User
from havre.platform.accounts.office.shown import ACTIVE, state
from havre.platform.audit.actions import Refused
from havre.platform.permissions import Permission
from havre.platform.ui.forms import Form
from havre.platform.ui.pages import page
from havre.platform.ui.requests import Request

from . import actions, caseload, unread
from .forms import HandOverForm, RehomeForm

NEEDS = Permission.CASELOAD_HAND_OVER
PAGE = 100


@page(needs=NEEDS)
def colleagues(request: Request) -> HttpResponse:
    """Whose files can be handed over; whoever does not see the house has only their own."""
    if not caseload.sees_the_house(request.user):
        return redirect("handover:one", request.user.pk)
    return render(request, "handover/list.html", {"colleagues": caseload.colleagues(request.user)})


@page(needs=NEEDS, methods=("GET", "POST"))
def one(request: Request, pk: UUID) -> HttpResponse:
    """The files of one colleague, and to whom they go."""
    before = _before(request, pk)
    held = caseload.of(before)
    may_stay = state(before) == ACTIVE
    sent = request.POST if request.method == "POST" else None
    form = HandOverForm(sent, receivers=caseload.receivers(before), files=held.ids, may_stay=may_stay)
    if request.method == "POST" and form.is_valid() and _done(request, before, form):
        return redirect("handover:one", pk)
    place = _place(request, len(held.ids))
    some = held.ids[place : place + PAGE]
    context = {"before": before, "held": held, "form": form, "rows": _rows(request, some), "first": place + 1}
    context |= {"more": place + PAGE if place + PAGE < len(held.ids) else 0, "mine": before == request.user}
    context |= {"unread": unread.how_many(before)} if before.ended else {}
    context |= {"last": place + len(some), "away": not may_stay, "house": caseload.sees_the_house(request.user)}
    return render(request, "handover/one.html", context, status=422 if form.errors else 200)


@page(needs=NEEDS, methods=("GET", "POST"))
@confirmed
def rehome(request: Request, pk: UUID) -> HttpResponse:
    """Restricted files that open for nobody get a new holder."""
    before = _before(request, pk)
    form = RehomeForm(
        request.POST if request.method == "POST" else None, receivers=unread.receivers(before, request.user)
    )
    if request.method == "POST" and form.is_valid():
        to = form.receivers[form.cleaned_data["holder"]]
        if _tried(request, form, lambda: unread.rehome(before, by=request.user, to=to, why="leaves")):
            return redirect("handover:list")
    context = {"form": form, "before": before, "unread": unread.how_many(before)}
    return render(request, "handover/rehome.html", context, status=422 if form.errors else 200)


def _before(request: Request, pk: UUID) -> User:
    """A colleague of the agency; somebody who does not see the house finds nobody but themselves."""
    if pk != request.user.pk and not caseload.sees_the_house(request.user):
        raise Http404
    return get_object_or_404(User.objects.select_related("agency"), pk=pk, agency=request.user.agency_id)


def _done(request: Request, before: User, form: HandOverForm) -> bool:
    return _tried(request, form, lambda: actions.hand_over(before, by=request.user, **form.given))


def _tried(request: Request, form: Form, act: Callable[[], int]) -> bool:
    """Whether it is done; when it is refused, the sentence stands on the form."""
    try:
        act()
    except Refused as refusal:
        request.recorder.refused(request.recorder.page, str(refusal), request.claim)
        form.add_error(None, str(refusal))
        return False
    return True


def _place(request: Request, files: int) -> int:
    """Where the list begins."""
    asked = request.GET.get("from", "")
    return min(int(asked), files) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 0


def _rows(request: Request, ids: Sequence[UUID]) -> list[rows.Row]:
    today, hidden = localdate(), request.COOKIES.get("havre-names") == "hidden"
    listed = [rows.listed(case, case.owner, today) for case in caseload.listed(ids)]
    return list(rows.named(listed, hidden=hidden))
