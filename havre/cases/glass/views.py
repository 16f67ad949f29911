"""Emergency access: asking for it, what became of it, ending it, reviewing it."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from havre.cases.people.models import Case
from havre.cases.people.sheets import Sheet
from havre.platform.accounts import confirming
from havre.platform.accounts.tries import Limit
from havre.platform.audit.actions import Refused
from havre.platform.permissions import Permission
from havre.platform.ui.pages import page
from havre.platform.ui.requests import Request

from . import actions, shown
from .forms import AskForm, ReviewForm
from .models import BreakGlass

ASKED = Limit("glass", 5, timedelta(minutes=10))


@page(needs=Permission.GLASS_BREAK, methods=("GET", "POST"))
def ask(request: Request) -> HttpResponse:
    """Opens one file by its exact reference, for four hours."""
    if request.method == "POST" and not confirming.fresh():
        return confirming.ask(request)
    user = request.user
    sheet = Sheet(request, "emergency", user.pk)
    form = sheet.form(AskForm, user=user)
    context = {"form": form, "own": shown.own(user), "waits": actions.waiting(user)}
    context["reviewers"] = actions.reviewers(user)
    opened: list[Case] = []
    answer = sheet.acted("glass/ask.html", context, lambda: opened.append(_opened(request, form)))
    return answer or sheet.done(opened[0])


def _opened(request: Request, form: AskForm) -> Case:
    """The file that was asked for; one that is open to this user anyway as it is."""
    given, user = form.cleaned_data, request.user
    mine = Case.objects.filter(reference=given["reference"]).first()
    if mine:
        return mine
    if ASKED.reached(str(user.pk)):
        raise Refused(_("You have asked for five files that could not be opened. Wait ten minutes."))
    try:
        return actions.open_file(
            given["reference"], by=user, parts=form.chosen, reason=given["reason"], words=given["words"]
        )
    except actions.Missing:
        ASKED.count(str(user.pk))
        raise


def _found(pk: UUID) -> BreakGlass:
    use = actions.of(pk)
    if use is None:
        raise Http404
    return use


@page(needs=Permission.GLASS_BREAK)
def use(request: Request, pk: UUID) -> HttpResponse:
    """One use, for whoever opened the file and whoever looks after it."""
    found = _found(pk)
    reference = Case.objects.filter(pk=found.case_id).values_list("reference", flat=True).first()
    return render(request, "glass/use.html", {"each": shown.Shown(found), "reference": reference})


@page(needs=Permission.GLASS_BREAK, methods=("POST",))
def end(request: Request, pk: UUID) -> HttpResponse:
    """Closes the file again."""
    actions.end(_found(pk), by=request.user)
    return redirect("glass:use", pk)


@page(needs=Permission.GLASS_REVIEW)
def reviews(request: Request) -> HttpResponse:
    """What waits for a review, with the time left, and what was reviewed."""
    context = {"waiting": shown.waiting_for(request.user), "reviewed": shown.reviewed_in(request.user)}
    return render(request, "glass/reviews.html", context)


@page(needs=Permission.GLASS_REVIEW, methods=("GET", "POST"))
def review(request: Request, pk: UUID) -> HttpResponse:
    """One use, and the answer to it."""
    found = _found(pk)
    sheet = Sheet(request, "review", found.pk)
    form = sheet.form(ReviewForm)
    context = {"form": form, "each": shown.Shown(found), "own": found.user_id == request.user.pk}

    def act() -> None:
        given = form.cleaned_data
        actions.review(found, by=request.user, verdict=given["verdict"], sentence=given["sentence"])

    return sheet.acted("glass/review.html", context, act) or redirect("glass:reviews")


@page(needs=Permission.GLASS_REVIEW, methods=("POST",))
def stop(request: Request, pk: UUID) -> HttpResponse:
    """Closes a file that is still open to whoever opened it in an emergency."""
    actions.stop(_found(pk), by=request.user)
    return redirect("glass:review", pk)
