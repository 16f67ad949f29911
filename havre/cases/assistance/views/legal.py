"""Rights and proceedings, with what ends soon."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localdate

from havre.cases.assistance import actions
from havre.cases.assistance.forms import LegalForm
from havre.cases.assistance.models import LegalStatus
from havre.cases.assistance.panels import deadline
from havre.cases.people.sheets import Sheet
from havre.platform.crypto import keyring
from havre.platform.ui.pages import page
from havre.platform.ui.requests import Request

from .frame import LEGAL, file, frame


@page(needs=LEGAL)
def legal(request: Request, reference: str) -> HttpResponse:
    """Every right, order and proceeding, the one that ends first before the others."""
    case, today = file(reference), localdate()
    keyring.load([case.pk])
    rows = [(each, deadline(each, today)) for each in LegalStatus.objects.filter(case=case).order_by("until", "at")]
    rows.sort(key=lambda pair: pair[1] is None)
    return render(request, "assistance/legal.html", frame(case, rows=rows, near=[near for _row, near in rows if near]))


@page(needs=LEGAL, methods=("GET", "POST"))
def legal_new(request: Request, reference: str) -> HttpResponse:
    """A right or a proceeding that was not written down before."""
    case = file(reference)
    sheet = Sheet(request, "legal", case.pk)
    form = sheet.form(LegalForm)
    context = frame(case, form=form, one=None)
    acted = sheet.acted(
        "assistance/legal_form.html", context, lambda: actions.add_legal(case, by=request.user, values=form.values())
    )
    return acted or sheet.done("assistance:legal", reference)


@page(needs=LEGAL, methods=("GET", "POST"))
def legal_edit(request: Request, reference: str, pk: UUID) -> HttpResponse:
    """One of them as it stands now; of two who change it, the later sees both."""
    case = file(reference)
    one = get_object_or_404(LegalStatus, pk=pk, case=case)
    sheet = Sheet(request, "legal-edit", one.pk)
    form = sheet.form(LegalForm, initial=LegalForm.of(one))
    context = frame(case, form=form, one=one)
    acted = sheet.acted(
        "assistance/legal_form.html",
        context,
        lambda: actions.save_legal(one, by=request.user, version=form.cleaned_data["version"], values=form.values()),
    )
    return acted or sheet.done("assistance:legal", reference)
