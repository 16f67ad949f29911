"""Who works with this person."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect

from havre.cases.people import actions
from havre.cases.people import circle as who
from havre.cases.people.forms import LetInForm
from havre.cases.people.models import Case, CaseAccess
from havre.cases.people.sheets import Sheet
from havre.cases.people.shown import called
from havre.platform.permissions import Permission
from havre.platform.ui.pages import page
from havre.platform.ui.requests import Request

PAGE = "people/circle.html"


@page(needs=Permission.CASE_READ, methods=("GET", "POST"))
def circle(request: Request, reference: str) -> HttpResponse:
    """Everybody who reaches the file; who may write in it brings in a colleague."""
    case = get_object_or_404(Case.objects.select_related("agency"), reference=reference)
    sheet = Sheet(request, "circle", case.pk)
    writes = request.user.may(Permission.CASE_WRITE)
    writes = writes and CaseAccess.objects.filter(case=case, level="write").exists() and case.is_open
    form = sheet.form(LetInForm, users=who.colleagues(case), teams=who.teams(case))
    members = who.members(case, request.user)
    context = {"form": form, "case": case, "called": called(case), "members": members, "writes": writes}
    context["handovers"] = case.handovers.select_related("before", "after", "by").order_by("-at")
    context["shares"] = request.user.may(Permission.CASE_SHARE)

    def act() -> None:
        given = form.cleaned_data
        named = {name: given[name] for name in ("colleague", "purpose", "reason", "until")}
        actions.let_in(case, by=request.user, **named)

    return sheet.acted(PAGE, context, act) or sheet.done("people:circle", case.reference)


@page(needs=Permission.CASE_WRITE, methods=("POST",))
def circle_out(request: Request, reference: str, principal: int) -> HttpResponse:
    """Lets a colleague out of the file."""
    case = get_object_or_404(Case.objects.select_related("agency"), reference=reference)
    actions.let_out(case, by=request.user, principal=principal)
    return redirect("people:circle", case.reference)
