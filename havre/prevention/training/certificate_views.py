"""Giving certificates, printing them, and taking one back."""

from __future__ import annotations

from uuid import UUID

import qrcode
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language, override

from havre.platform.audit.actions import Refused
from havre.platform.ui.pages import page
from havre.platform.ui.requests import Request
from havre.platform.ui.sheets import Sheet

from . import certificates, codes
from .forms import WithdrawCertificateForm
from .models import Certificate, Trainee
from .views import BOTH, WRITE, my_session


@page(needs=WRITE, methods=BOTH)
def issue(request: Request, pk: UUID) -> HttpResponse:
    """Those who came, and who gets a certificate."""
    one = my_session(request, pk)
    rows = Trainee.objects.filter(session=one).prefetch_related("certificates")
    people = sorted((each for each in rows if each.came), key=lambda each: each.name.casefold())
    context = {"session": one, "course": one.course, "lines": [(each, _good(each)) for each in people], "refusal": ""}
    if request.method == "POST":
        ticked = set(request.POST.getlist("to"))
        try:
            certificates.issue(one, trainees=[each for each in people if str(each.pk) in ticked], by=request.user)
        except Refused as refusal:
            request.recorder.refused(request.recorder.page, str(refusal), request.claim)
            return render(request, "training/issue.html", {**context, "refusal": str(refusal)}, status=422)
        return redirect("training:certificates", one.pk)
    return render(request, "training/issue.html", context)


def _good(trainee: Trainee) -> Certificate | None:
    """The certificate that stands, if there is one."""
    return next((each for each in trainee.certificates.all() if each.withdrawn is None), None)


def my_certificate(request: Request, pk: UUID) -> Certificate:
    """A certificate that the reader's agency gave; to anybody else it is not here."""
    rows = Certificate.objects.select_related("session__course", "trainee", "owner")
    return get_object_or_404(rows, pk=pk, owner=request.user.agency_id)


@page(needs=WRITE)
def certificate(request: Request, pk: UUID) -> HttpResponse:
    """The certificate on paper, in the language that was asked for, on a page in the reader's own."""
    one = my_certificate(request, pk)
    asked = request.GET.get("lang", "") or one.session.language
    language = asked if asked in dict(settings.LANGUAGES) else (get_language() or "en").partition("-")[0]
    where = (settings.HAVRE_URL or request.build_absolute_uri("/").rstrip("/")) + reverse(
        "training:check", args=[codes.spelt(one.code)]
    )
    with override(language):
        told = {"certificate": one, "session": one.session, "course": one.session.course, "language": language}
        told |= {"code": codes.spelt(one.code), "where": where, "square": square(where)}
        paper = render_to_string("training/certificate_paper.html", told)
    context = {"certificate": one, "session": one.session, "paper": paper, "language": language}
    return render(request, "training/certificate.html", context)


def square(text: str) -> dict[str, object]:
    """The square that a telephone reads: its size, and its dark fields as a path of an SVG."""
    drawn = qrcode.QRCode(border=2)
    drawn.add_data(text)
    rows = drawn.get_matrix()
    dark = ((x, y) for y, row in enumerate(rows) for x, field in enumerate(row) if field)
    return {"size": len(rows), "path": "".join(f"M{x} {y}h1v1h-1z" for x, y in dark)}


@page(needs=WRITE, methods=BOTH)
def withdraw(request: Request, pk: UUID) -> HttpResponse:
    """Asks why, then says to whoever checks the code that it is no longer good."""
    one = my_certificate(request, pk)
    sheet = Sheet(request, "withdraw", one.pk)
    form = sheet.form(WithdrawCertificateForm)
    context = {"form": form, "certificate": one, "session": one.session}
    acted = sheet.acted(
        "training/withdraw.html",
        context,
        lambda: certificates.withdraw(one, reason=form.cleaned_data["reason"], by=request.user),
    )
    return acted or sheet.done("training:certificates", one.session_id)
