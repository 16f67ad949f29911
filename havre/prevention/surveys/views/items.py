"""One question: written, changed, moved, taken out."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from havre.platform.ui.pages import page
from havre.platform.ui.requests import Request
from havre.platform.ui.sheets import Sheet
from havre.prevention.surveys import actions
from havre.prevention.surveys.forms import QuestionForm
from havre.prevention.surveys.models import KINDS, Item

from .building import BOTH, WRITE, mine


def _item(request: Request, pk: UUID) -> Item:
    return get_object_or_404(Item.objects.select_related("survey"), pk=pk, owner=request.user.agency_id)


@page(needs=WRITE, methods=BOTH)
def new(request: Request, pk: UUID, kind: str) -> HttpResponse:
    """A question that is not there yet."""
    survey = mine(request, pk)
    if kind not in KINDS:
        raise Http404
    sheet = Sheet(request, f"kap-{kind}", survey.pk)
    form = sheet.form(QuestionForm, survey=survey, kind=kind)
    context = {"form": form, "survey": survey, "kind": kind}
    acted = sheet.acted("surveys/item.html", context, lambda: actions.save_item(survey, form.values(), by=request.user))
    if acted is None and "more" in request.POST:
        return sheet.done("surveys:new_item", survey.pk, kind)
    return acted or sheet.done(f"{reverse('surveys:one', args=[survey.pk])}#items")


@page(needs=WRITE, methods=BOTH)
def edit(request: Request, pk: UUID) -> HttpResponse:
    """A question as it stands."""
    item = _item(request, pk)
    survey = item.survey
    sheet = Sheet(request, "kap-item", item.pk)
    form = sheet.form(QuestionForm, survey=survey, kind=item.kind, item=item)
    context = {"form": form, "survey": survey, "kind": item.kind, "item": item}
    acted = sheet.acted(
        "surveys/item.html", context, lambda: actions.save_item(survey, form.values(), item=item, by=request.user)
    )
    return acted or sheet.done(f"{reverse('surveys:one', args=[survey.pk])}#items")


@page(needs=WRITE, methods=("POST",))
def do(request: Request, pk: UUID) -> HttpResponse:
    """Asks a question earlier or later, or takes it out."""
    item = _item(request, pk)
    act = request.POST.get("act", "")
    if act == "drop":
        actions.drop_item(item, by=request.user)
    elif act in ("up", "down"):
        actions.move_item(item, up=act == "up", by=request.user)
    else:
        raise Http404
    return redirect(f"{reverse('surveys:one', args=[item.survey_id])}#items")
