"""Sharing a file outside the agency, what was shared with us, keeping a file to named people, and who sees it why."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language

from havre.cases.people import circle
from havre.cases.people.models import Case
from havre.cases.people.sheets import Sheet
from havre.cases.people.shown import called
from havre.platform.accounts.confirming import confirmed
from havre.platform.permissions import Permission
from havre.platform.ui.pages import page
from havre.platform.ui.requests import Request

from . import actions, bodies, shown, why
from .forms import ColleagueForm, ShareForm

READ, SHARE = Permission.CASE_READ, Permission.CASE_SHARE


def _file(reference: str) -> Case:
    return get_object_or_404(Case.objects.select_related("agency", "person", "owner"), reference=reference)


@page(needs=SHARE, methods=("GET", "POST"))
def share(request: Request, reference: str) -> HttpResponse:
    """What the person agreed to, what is shared already, and a new share; asked again who it is before one is made."""
    return _confirmed_share(request, reference) if request.method == "POST" else _share(request, reference)


def _share(request: Request, reference: str) -> HttpResponse:
    case = _file(reference)
    sheet = Sheet(request, "share", case.pk)
    mine = shown.Mine.of(case, request.user)
    form = sheet.form(ShareForm, recipients=bodies.recipients(case, request.user), parts=mine.shareable)
    context = shown.sharing(case, request.user, mine) | {"form": form, "called": called(case)}

    def act() -> None:
        given = form.cleaned_data
        named = {name: given[name] for name in ("to", "parts", "purpose", "basis", "until", "onward")}
        actions.share(case, by=request.user, **named)

    return sheet.acted("sharing/share.html", context, act) or sheet.done("sharing:share", case.reference)


_confirmed_share = confirmed(_share)


@page(needs=READ)
def mine(request: Request) -> HttpResponse:
    """The files other agencies shared with this user or their agency, and those that ended lately."""
    return render(request, "sharing/mine.html", shown.shared_with_me(request.user))


@page(needs=READ, methods=("POST",))
def end(request: Request, reference: str, principal: int) -> HttpResponse:
    """Gives back what was shared."""
    case = _file(reference)
    actions.give_back(case, by=request.user, principal=principal)
    return redirect("sharing:mine")


@page(needs=SHARE, methods=("GET", "POST"))
def restrict(request: Request, reference: str) -> HttpResponse:
    """Keeps a file to named people, or opens it to the agency again."""
    case = _file(reference)
    mine = shown.Mine.of(case, request.user)
    if request.method != "POST":
        context = {"case": case, "called": called(case), "mine": mine, "members": circle.members(case, request.user)}
        return render(request, "sharing/restrict.html", context)
    if "open" in request.POST:
        actions.unrestrict(case, by=request.user)
        return redirect("sharing:restrict", case.reference)
    stays = mine.owner or "stay" in request.POST
    actions.restrict(case, by=request.user, stay=stays)
    return redirect("sharing:restrict", case.reference) if stays else redirect("casefile:list")


@page(needs=READ, methods=("GET", "POST"))
def explain(request: Request, reference: str) -> HttpResponse:
    """Why this user sees the file; for those who may ask, why a colleague does not."""
    case = _file(reference)
    rows = shown.Mine.of(case, request.user).rows
    told = why.reasons(rows, case, request.user, why.people_of(rows), get_language() or "en")
    context: dict[str, Any] = {"case": case, "called": called(case), "reasons": told, "parts": why.parts_of(rows)}
    sent = request.POST if request.method == "POST" else None
    if request.user.may(Permission.ACCESS_EXPLAIN):
        context["form"] = form = ColleagueForm(sent, users=why.colleagues(request.user))
        if sent is not None and form.is_valid():
            context["colleague"] = form.cleaned_data["colleague"]
            context["lines"] = why.not_reached(case, context["colleague"])
    return render(request, "sharing/explain.html", context, status=200 if sent is None or "lines" in context else 422)
