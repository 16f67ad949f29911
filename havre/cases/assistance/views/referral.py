"""Referrals out and in, their answers, and asking back what was shared."""

from __future__ import annotations

from uuid import UUID

from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from havre.cases.assistance import actions
from havre.cases.assistance.forms import AnswerForm, ReceiveForm, SendForm
from havre.cases.assistance.models import Referral
from havre.cases.assistance.rules.referral import OUT, follows
from havre.cases.assistance.standing import agreed_bodies, may_share_with, must_recall, to_recall
from havre.cases.people import drafts
from havre.cases.people.models import Case
from havre.cases.people.sheets import Sheet
from havre.platform.audit.actions import Refused
from havre.platform.crypto import keyring
from havre.platform.ui.pages import page
from havre.platform.ui.parts import Condition
from havre.platform.ui.requests import Request

from .frame import READ, WRITE, file, frame

SENT = ("organisation", "reason", "services", "contact", "details", "handover")


@page(needs=READ)
def referrals(request: Request, reference: str) -> HttpResponse:
    """Who was asked and who asked us, and what must be asked back because the person took back the consent."""
    case = file(reference)
    keyring.load([case.pk])
    newest = (F("sent_on").desc(nulls_last=True), "-at")
    rows = list(Referral.objects.filter(case=case).select_related("by").order_by(*newest))
    out, received = [each for each in rows if each.direction == OUT], [each for each in rows if each.direction != OUT]
    context = frame(case, out=out, received=received, recall=to_recall(case), nothing=not rows)
    context["writes"] = case.is_open and request.user.may(WRITE)
    return render(request, "assistance/referrals.html", context)


@page(needs=WRITE, methods=("GET", "POST"))
def refer(request: Request, reference: str) -> HttpResponse:
    """A referral to another body, once the person agreed to share with it."""
    case = file(reference)
    sheet = Sheet(request, "refer", case.pk)
    form = sheet.form(SendForm, initial={"organisation": request.GET.get("to", "")})
    context = frame(case, form=form, sends=True, bodies=agreed_bodies(case))
    if not sheet.posted or not form.is_valid():
        return sheet.show("assistance/refer.html", context)
    organisation = form.cleaned_data["organisation"]
    if not may_share_with(case, organisation):
        context["missing"] = [_consent_to(case, organisation)]
        drafts.keep(request.user, sheet.name, case.pk, request.POST)  # the way to the consent leads off this page
    try:
        actions.send_referral(case, by=request.user, **form.values(*SENT))
    except Refused as refusal:
        return sheet.refused("assistance/refer.html", context, refusal)
    return sheet.done("assistance:referrals", reference)


@page(needs=WRITE, methods=("GET", "POST"))
def receive(request: Request, reference: str) -> HttpResponse:
    """A referral that came from another body."""
    case = file(reference)
    sheet = Sheet(request, "receive", case.pk)
    form = sheet.form(ReceiveForm)
    context = frame(case, form=form, sends=False)
    acted = sheet.acted(
        "assistance/refer.html",
        context,
        lambda: actions.receive_referral(case, by=request.user, **form.values(*SENT, "finding")),
    )
    return acted or sheet.done("assistance:referrals", reference)


@page(needs=WRITE, methods=("GET", "POST"))
def referral(request: Request, reference: str, pk: UUID) -> HttpResponse:
    """One referral, and its answer."""
    case = file(reference)
    one = get_object_or_404(Referral.objects.select_related("case", "by"), pk=pk, case=case)
    sheet = Sheet(request, "referral", one.pk)
    form = sheet.form(AnswerForm, initial={"version": one.version}, states=follows(one.state))
    context = frame(case, one=one, form=form, recall=must_recall(one), open=bool(follows(one.state)))

    def act() -> None:
        sent = form.cleaned_data
        told = {"state": sent["state"], "on": sent["answered_on"], "answer": sent["answer"]}
        actions.answer_referral(one, by=request.user, version=sent["version"], **told)

    return sheet.acted("assistance/referral.html", context, act) or sheet.done("assistance:referrals", reference)


@page(needs=WRITE, methods=("POST",))
def recall(request: Request, reference: str, pk: UUID) -> HttpResponse:
    """The other body was asked to stop, and to delete what it holds."""
    one = get_object_or_404(Referral, pk=pk, case=file(reference))
    actions.recall_referral(one, by=request.user, on=localdate())
    return redirect("assistance:referrals", reference)


def _consent_to(case: Case, organisation: str) -> Condition:
    title = _("The person has not agreed to share with “%(body)s”.") % {"body": organisation}
    text = _("What you wrote stays here. Ask the person, write down the answer, then send.")
    return Condition(title, "no", text, reverse("people:consent", args=[case.reference]), _("Ask for consent"))
