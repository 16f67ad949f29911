"""What somebody needs, the help for it, and their agreement to the plan."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.timezone import localdate

from havre.cases.assistance import actions
from havre.cases.assistance.forms import NeedForm, NeedsForm, ServiceForm
from havre.cases.assistance.models import Need, ServiceDelivery
from havre.cases.assistance.offers import chosen
from havre.cases.assistance.panels import plan_of
from havre.cases.people.sheets import Sheet
from havre.platform.ui.pages import page
from havre.platform.ui.requests import Request

from .frame import READ, WRITE, colleagues, file, frame


@page(needs=READ, methods=("GET", "POST"))
def needs(request: Request, reference: str) -> HttpResponse:
    """The needs of the person with their services, and boxes for those not written down yet."""
    case = file(reference)
    sheet = Sheet(request, "needs", case.pk)
    plan = plan_of(case)
    form = sheet.form(NeedsForm, taken=[each.need.code for each in plan.asked])
    context = frame(case, plan=plan, form=form)

    def act() -> None:
        with transaction.atomic():
            for chosen in form.chosen():
                actions.add_need(case, by=request.user, **chosen)

    return sheet.acted("assistance/needs.html", context, act) or sheet.done("assistance:needs", reference)


@page(needs=WRITE, methods=("GET", "POST"))
def need(request: Request, reference: str, pk: UUID) -> HttpResponse:
    """The urgency and the goal of one need."""
    case = file(reference)
    one = get_object_or_404(Need, pk=pk, case=case)
    sheet = Sheet(request, "need", one.pk)
    form = sheet.form(NeedForm, initial=NeedForm.of(one))
    context = frame(case, need=one, form=form)
    acted = sheet.acted(
        "assistance/need.html",
        context,
        lambda: actions.save_need(one, by=request.user, version=form.cleaned_data["version"], values=form.cleaned_data),
    )
    return acted or sheet.done("assistance:needs", reference)


@page(needs=WRITE, methods=("POST",))
def need_met(request: Request, reference: str, pk: UUID) -> HttpResponse:
    """This need is met, or, when it was, a need again."""
    one = get_object_or_404(Need, pk=pk, case=file(reference))
    actions.meet_need(one, by=request.user, on=None if "again" in request.POST else localdate())
    return redirect("assistance:needs", reference)


@page(needs=WRITE, methods=("GET", "POST"))
def service(request: Request, reference: str) -> HttpResponse:
    """A new service, for the need named in the address when there is one."""
    case = file(reference)
    known = list(case.needs.order_by("at"))
    towards = next((each for each in known if str(each.pk) == request.GET.get("need")), None)
    sheet = Sheet(request, "service", towards.pk if towards else case.pk)
    initial = {"need": str(towards.pk) if towards else "", "worker": str(request.user.pk)}
    people = colleagues(case, request.user)
    form = sheet.form(ServiceForm, initial=initial, needs=known, people=people, towards=towards)
    context = frame(case, form=form, service=None, goals=[towards] if towards else known)
    acted = sheet.acted(
        "assistance/service.html", context, lambda: actions.add_service(case, by=request.user, values=form.values())
    )
    return acted or sheet.done("assistance:needs", reference)


@page(needs=WRITE, methods=("GET", "POST"))
def service_edit(request: Request, reference: str, pk: UUID) -> HttpResponse:
    """A service as it stands, to be changed; of two who change it, the later sees both values."""
    case = file(reference)
    one = get_object_or_404(ServiceDelivery, pk=pk, case=case)
    sheet = Sheet(request, "service-edit", one.pk)
    known, people = list(case.needs.order_by("at")), colleagues(case, request.user, one.worker)
    form = sheet.form(ServiceForm, initial=ServiceForm.of(one), needs=known, people=people, towards=one.need)
    one.case = case
    context = frame(case, form=form, service=one, goals=[one.need] if one.need else [], card=chosen(one))
    acted = sheet.acted(
        "assistance/service.html",
        context,
        lambda: actions.save_service(one, by=request.user, version=form.cleaned_data["version"], values=form.values()),
    )
    return acted or sheet.done("assistance:needs", reference)
