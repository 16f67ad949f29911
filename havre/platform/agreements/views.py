"""What a second person is asked for, and the answer."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from havre.platform.accounts.confirming import confirmed
from havre.platform.permissions import Permission
from havre.platform.ui.pages import page
from havre.platform.ui.requests import Request

from . import actions, shown
from .models import Agreement

ANSWER = Permission.AGREEMENT_ANSWER


@page(needs=ANSWER)
def every(request: Request) -> HttpResponse:
    """What waits for an answer, and what was answered."""
    user = request.user
    waiting = [shown.Shown(each, user) for each in shown.waiting_for(user)]
    answered = [shown.Shown(each, user) for each in shown.answered_in(user)]
    return render(request, "agreements/list.html", {"waiting": waiting, "answered": answered})


@page(needs=None)
def one(request: Request, pk: UUID) -> HttpResponse:
    """One question, for whoever asked and whoever may answer; anybody else does not find it."""
    each = shown.Shown(_found(pk), request.user)
    return render(request, "agreements/one.html", {"each": each, "answers": request.user.may(ANSWER)})


@page(needs=ANSWER, methods=("POST",))
@confirmed
def answer(request: Request, pk: UUID) -> HttpResponse:
    """Yes or no."""
    row = _found(pk)
    act = actions.agree if request.POST.get("answer") == "yes" else actions.refuse
    act(row, by=request.user)
    return redirect("agreements:one", pk)


def _found(pk: UUID) -> Agreement:
    row = shown.of(pk)
    if row is None:
        raise Http404
    return row
