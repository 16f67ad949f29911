"""The doors in beside the first contact."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render

from havre.cases.people.models import Case
from havre.cases.people.sheets import Sheet
from havre.cases.people.shown import called
from havre.platform.audit.actions import Refused
from havre.platform.permissions import Permission
from havre.platform.ui.pages import page
from havre.platform.ui.requests import Request

from . import actions, panels
from .forms import AbroadForm, ElsewhereForm, GroupForm, IdentifiedForm
from .forms.group import rows_in

BOTH = ("GET", "POST")


@page(needs=Permission.CASE_OPEN, methods=BOTH)
def group(request: Request) -> HttpResponse:
    """Several people were found or came back together: one page, a case for each."""
    sheet = Sheet(request, "group", request.user.pk)
    filled = "fill" in request.POST
    if sheet.posted and (filled or "more" in request.POST):
        again = GroupForm.again(request.POST, filled=filled)
        return sheet.show("intake/group.html", {"form": again, "at": again.next_row}, status=200)
    typed = request.POST if sheet.posted else QueryDict(sheet.draft.body if sheet.draft else "")
    form = sheet.form(GroupForm, count=rows_in(typed))
    if not sheet.posted or not form.is_valid():
        return sheet.show("intake/group.html", {"form": form})
    try:
        mark, _cases = actions.open_group(form.group(), by=request.user)
    except Refused as refusal:
        return sheet.refused("intake/group.html", {"form": form}, refusal)
    return sheet.done("intake:together", mark)


@page(needs=Permission.CASE_READ)
def together(request: Request, group: UUID) -> HttpResponse:
    """The files of a group that the reader may open, each with its next step."""
    people = panels.members(group)
    if not people:
        raise Http404
    return render(request, "intake/together.html", {"people": people})


@page(needs=Permission.CASE_OPEN, methods=BOTH)
def abroad(request: Request) -> HttpResponse:
    """Another country sends somebody home: the file begins at the arrival."""
    sheet = Sheet(request, "abroad", request.user.pk)
    form = sheet.form(AbroadForm)
    if not sheet.posted or not form.is_valid():
        return sheet.show("intake/abroad.html", {"form": form})
    try:
        case = actions.receive(form.handover(), by=request.user)
    except Refused as refusal:
        return sheet.refused("intake/abroad.html", {"form": form}, refusal)
    return sheet.done("people:consent", case.reference)


@page(needs=Permission.CASE_OPEN, methods=BOTH)
def identified(request: Request) -> HttpResponse:
    """Somebody new whom another body identified."""
    sheet = Sheet(request, "identified", request.user.pk)
    form = sheet.form(IdentifiedForm)
    if not sheet.posted or not form.is_valid():
        return sheet.show("intake/identified.html", {"form": form})
    case = actions.open_identified(
        form.arrival(referred_by=form.cleaned_data["referred_by"]),
        by=request.user,
        birth=form.birth(),
        elsewhere=form.finding(),
    )
    return sheet.done("people:safety" if case.in_danger == "yes" else "people:consent", case.reference)


@page(needs=Permission.CASE_WRITE, methods=BOTH)
def elsewhere(request: Request, reference: str) -> HttpResponse:
    """The finding of another body about somebody we know."""
    case = get_object_or_404(Case, reference=reference)
    sheet = Sheet(request, "elsewhere", case.pk)
    form = sheet.form(ElsewhereForm)
    context = {"form": form, "case": case, "called": called(case)}
    finding = form.finding() if sheet.posted and form.is_valid() else None
    if finding is None:
        return sheet.show("intake/elsewhere.html", context)
    try:
        actions.receive_finding(case, by=request.user, elsewhere=finding)
    except Refused as refusal:
        return sheet.refused("intake/elsewhere.html", context, refusal)
    return sheet.done(case)
