"""Checking by one press, suggestions, and the queue in which they are decided."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from havre.directory.models import Contact, Organisation, Suggestion
from havre.directory.models.base import Checked, Kept
from havre.platform.audit.actions import Refused
from havre.platform.permissions import Permission
from havre.platform.ui.pages import page
from havre.platform.ui.requests import Request

from . import actions, shown, suggestible
from .forms import NewForm, SuggestForm, WordForm

READ, SUGGEST, WRITE = Permission.DIRECTORY_READ, Permission.DIRECTORY_SUGGEST, Permission.DIRECTORY_WRITE
BOTH = ("GET", "POST")


def _row(entity: str, pk: UUID) -> Kept:
    row = suggestible.row_of(entity, pk)
    if row is None:
        raise Http404
    return row


@page(needs=WRITE, methods=("POST",))
def checked(request: Request, entity: str, pk: UUID) -> HttpResponse:
    """The keeper checked it, by the way the pressed button names."""
    row = _row(entity, pk)
    if not isinstance(row, Checked):
        raise Http404
    actions.check(row, method=request.POST.get("method", ""), by=request.user)
    return _back(request, row)


@page(needs=WRITE, methods=("POST",))
def ask(request: Request, pk: UUID) -> HttpResponse:
    """The contact is asked by mail."""
    contact = get_object_or_404(Contact, pk=pk)
    actions.ask(contact, by=request.user)
    return _back(request, contact)


def _back(request: Request, row: Kept) -> HttpResponse:
    return redirect(shown.address(suggestible.card_of(row)))


@page(needs=SUGGEST, methods=BOTH)
def suggest(request: Request, entity: str, pk: UUID) -> HttpResponse:
    """What a partner would have otherwise in one row of a card."""
    row = _row(entity, pk)
    texts = suggestible.texts_of(row)
    form = SuggestForm(request.POST if request.method == "POST" else None, texts=texts)
    if request.method == "POST" and form.is_valid():
        gone, why = form.cleaned_data["gone"], form.cleaned_data["why"]
        try:
            made = actions.suggest(row, texts=form.given(), gone=gone, why=why, by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("directory:suggestion", made.pk)
    card = suggestible.card_of(row)
    context = {"form": form, "row": row, "card": card, "kind": suggestible.KINDS[entity], "back": shown.address(card)}
    return render(request, "directory/checking/suggest.html", context, status=422 if form.errors else 200)


@page(needs=SUGGEST, methods=BOTH)
def suggest_new(request: Request, entity: str, pk: UUID) -> HttpResponse:
    """A number, a service or a contact that is missing on a card."""
    card = get_object_or_404(Organisation.objects.select_related("owner"), pk=pk)
    if entity not in suggestible.NEW:
        raise Http404
    texts = dict.fromkeys(suggestible.FIELDS[suggestible.NEW[entity][0]], "")
    form = NewForm(request.POST if request.method == "POST" else None, texts=texts)
    if request.method == "POST" and form.is_valid():
        try:
            why = form.cleaned_data["why"]
            made = actions.suggest_new(card, entity, texts=form.given(), why=why, by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("directory:suggestion", made.pk)
    context = {"form": form, "card": card, "kind": suggestible.KINDS[entity], "back": shown.address(card), "new": True}
    return render(request, "directory/checking/suggest.html", context, status=422 if form.errors else 200)


@page(needs=SUGGEST)
def suggestions(request: Request) -> HttpResponse:
    """What waits for this agency, and what its people suggested."""
    return render(request, "directory/checking/suggestions.html", shown.suggestions(request.user))


@page(needs=SUGGEST, methods=BOTH)
def suggestion(request: Request, pk: UUID) -> HttpResponse:
    """One suggestion: what stands there, what should; its keeper decides."""
    one = get_object_or_404(Suggestion.objects.select_related("agency", "user", "decided_by", "owner"), pk=pk)
    form = WordForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            _decide(request, one, form.cleaned_data["answer"])
        except Refused as refusal:
            request.recorder.refused(request.recorder.page, str(refusal), request.claim)
            form.add_error(None, str(refusal))
        else:
            return redirect("directory:suggestions")
    context: dict[str, Any] = shown.suggestion(one, request.user) | {"form": form}
    return render(request, "directory/checking/suggestion.html", context, status=422 if form.errors else 200)


def _decide(request: Request, one: Suggestion, answer: str) -> None:
    if "approve" in request.POST:
        actions.approve(one, answer=answer, by=request.user)
    else:
        actions.refuse(one, answer=answer, by=request.user)
