"""Who belongs with this person: a link with another file, and taking it back."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect

from havre.cases.people import actions
from havre.cases.people.forms import LinkForm, may_link
from havre.cases.people.models import Case
from havre.cases.people.panels import together
from havre.cases.people.sheets import Sheet
from havre.cases.people.shown import called
from havre.platform.permissions import Permission
from havre.platform.ui.pages import page
from havre.platform.ui.requests import Request

PAGE = "people/linked.html"


@page(needs=Permission.CASE_WRITE, methods=("GET", "POST"))
def linked(request: Request, reference: str) -> HttpResponse:
    """Everybody who belongs with this person, and one more."""
    case = get_object_or_404(Case, reference=reference)
    sheet = Sheet(request, "linked", case.pk)
    form = sheet.form(LinkForm)
    context = {"form": form, "called": called(case), "writes": may_link(case), **together(case)}
    acted = sheet.acted(PAGE, context, lambda: actions.link_people(case, by=request.user, **form.link()))
    return acted or sheet.done("people:linked", case.reference)


@page(needs=Permission.CASE_WRITE, methods=("POST",))
def unlink(request: Request, reference: str, other: str) -> HttpResponse:
    """The two are nothing to each other any more."""
    case = get_object_or_404(Case, reference=reference)
    actions.unlink_people(case, by=request.user, other=get_object_or_404(Case, reference=other))
    return redirect("people:linked", case.reference)
