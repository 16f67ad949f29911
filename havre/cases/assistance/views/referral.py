"""Referrals out and in, their answers, and asking back what was shared."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from havre.cases.assistance import actions
from havre.cases.assistance.forms import AnswerForm, ReceiveForm, SendForm
from havre.cases.assistance.models import Referral, ServiceDelivery
from havre.cases.assistance.offers import Chosen, chosen, prepared, unchecked, waiting
from havre.cases.assistance.rules.referral import OUT, follows, same_body
from havre.cases.assistance.standing import agreed, may_share_with, must_recall, to_recall
from havre.cases.people import drafts
from havre.cases.people.models import Case, Consent
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
    context["prepared"] = waiting(case, out) if context["writes"] else []
    return render(request, "assistance/referrals.html", context)


@page(needs=WRITE, methods=("GET", "POST"))
def refer(request: Request, reference: str) -> HttpResponse:
    """A referral to another body, once the person agreed to share with it."""
    case = file(reference)
    card = _card(case, request.GET.get("service", ""))
    sheet = Sheet(request, "refer", card.service.pk if card else case.pk)
    given = agreed(case)
    initial = prepared(card, request.user) if card else {"organisation": _named(given, request.GET.get("to", ""))}
    body = request.POST.get("organisation", "") if sheet.posted else initial["organisation"]
    form = sheet.form(SendForm, initial=initial, held_back=_is_stale(card, body))
    context = frame(case, form=form, sends=True, given=given, card=card)
    context["agreed"] = card is not None and may_share_with(case, card.service.provider)
    if not sheet.posted or not form.is_valid():
        return sheet.show("assistance/refer.html", context)
    context["missing"] = _missing(case, card, form)
    if context["missing"]:
        drafts.keep(request.user, sheet.name, sheet.subject, request.POST)  # the way to mend it leads off this page
    try:
        actions.send_referral(case, by=request.user, **form.values(*SENT), **_towards(card, form))
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


def _card(case: Case, service: str) -> Chosen | None:
    """The card of the service that the address names, when it is one of this file that was chosen in the directory."""
    rows = ServiceDelivery.objects.filter(case=case).select_related("case__person")
    one = next((each for each in rows if str(each.pk) == service), None)
    return chosen(one) if one else None


def _named(given: list[Consent], key: str) -> str:
    """The body of the consent that the address names: an address holds no name."""
    return next((each.recipient for each in given if str(each.pk) == key), "")


def _is_stale(card: Chosen | None, body: str) -> bool:
    """Whether nobody checked lately whom one would write to there."""
    if card and same_body(body, card.service.provider):
        return card.is_stale
    return unchecked(body, localdate())


def _towards(card: Chosen | None, form: SendForm) -> dict[str, Any]:
    """The card a referral goes by, unless it goes to another body by now, and how its contact was made sure of."""
    sure = {"checked": form.cleaned_data.get("checked", "")}
    if card is None or not same_body(form.cleaned_data["organisation"], card.service.provider):
        return sure
    return {**sure, "offer": card.offer}


def _missing(case: Case, card: Chosen | None, form: SendForm) -> list[Condition]:
    """What stands against sending it, each with the way to mend it."""
    organisation = form.cleaned_data["organisation"]
    found = [] if may_share_with(case, organisation) else [_consent_to(case, organisation)]
    if _is_stale(card, organisation) and not form.cleaned_data.get("checked"):
        title = _("The contact of “%(body)s” was not checked for long.") % {"body": organisation}
        found.append(Condition(title, "no", _("Ring or write first. Then say below how you made sure.")))
    return found


def _consent_to(case: Case, organisation: str) -> Condition:
    title = _("The person has not agreed to share with “%(body)s”.") % {"body": organisation}
    text = _("What you wrote stays here. Ask the person, write down the answer, then send.")
    return Condition(title, "no", text, reverse("people:consent", args=[case.reference]), _("Ask for consent"))
