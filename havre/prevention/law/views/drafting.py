"""Help with a law: the request, its log, the versions of its text."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localdate

from havre.kernel import places
from havre.platform.ui.pages import page
from havre.platform.ui.requests import Request
from havre.platform.ui.sheets import Sheet
from havre.prevention.law import actions
from havre.prevention.law.forms.drafting import HelpForm, StepForm
from havre.prevention.law.models import Help, HelpStep, NationalLaw
from havre.prevention.law.models.drafting import KINDS

from .register import BOTH, READ, WRITE


def mine(request: Request, pk: UUID) -> Help:
    """The request, when the reader's agency keeps it; to anybody else it is not here."""
    return get_object_or_404(Help, pk=pk, owner=request.user.agency_id)


@page(needs=READ)
def helps(request: Request) -> HttpResponse:
    """What was asked for, the latest first: what is open, then what is over."""
    found = list(Help.objects.select_related("owner").order_by("-changed_at"))
    over = [each for each in found if each.state in ("closed", "declined")]
    return render(request, "law/helps.html", {"open": [each for each in found if each not in over], "over": over})


@page(needs=READ)
def help(request: Request, pk: UUID) -> HttpResponse:
    """The request, who came, what was handed over, the versions of the text."""
    one = get_object_or_404(Help.objects.select_related("owner", "law"), pk=pk)
    steps = list(one.steps.select_related("changed_by").order_by("-on", "-changed_at"))
    late = [each for each in steps if each.kind == "deliverable" and not each.done_on and _passed(each)]
    context = {
        "help": one,
        "steps": steps,
        "late": late,
        "kinds": KINDS,
        "texts": one.texts.defer("body").select_related("by").order_by("-number"),
        "mine": one.owner_id == request.user.agency_id and request.user.may(WRITE),
    }
    return render(request, "law/help.html", context)


def _passed(step: HelpStep) -> bool:
    return step.on is not None and step.on < localdate()


@page(needs=WRITE, methods=BOTH)
def help_new(request: Request) -> HttpResponse:
    """A request that is not there yet; for the law or the country that an address names."""
    land = request.GET.get("country", "")
    row = Help(country=land if land in places.countries else "", state="asked", about="law")
    made: list[Help] = []
    sheet = Sheet(request, "law-help", request.user.pk)
    form = sheet.form(HelpForm, row=row, laws=_laws(request), initial={"law": request.GET.get("law", "")})
    acted = sheet.acted(
        "law/help_edit.html",
        {"form": form, "back": reverse("law:helps")},
        lambda: made.append(actions.save_help(Help(), form.values(), by=request.user)),
    )
    return acted or sheet.done("law:help", made[0].pk)


def _laws(request: Request) -> list[NationalLaw]:
    return list(NationalLaw.objects.filter(owner=request.user.agency_id).order_by("title"))


@page(needs=WRITE, methods=BOTH)
def help_edit(request: Request, pk: UUID) -> HttpResponse:
    """The request as it stands now."""
    one = mine(request, pk)
    sheet = Sheet(request, "law-help", one.pk)
    form = sheet.form(HelpForm, row=one, laws=_laws(request))
    acted = sheet.acted(
        "law/help_edit.html",
        {"form": form, "help": one, "back": reverse("law:help", args=[one.pk])},
        lambda: actions.save_help(one, form.values(), by=request.user, version=form.since),
    )
    return acted or sheet.done("law:help", one.pk)


@page(needs=WRITE, methods=BOTH)
def step_new(request: Request, pk: UUID, kind: str) -> HttpResponse:
    """An expert, a mission, a meeting or a deliverable, written into the log."""
    one = mine(request, pk)
    if kind not in KINDS:
        raise Http404
    sheet = Sheet(request, f"law-step-{kind}", one.pk)
    form = sheet.form(StepForm, kind=kind)
    acted = sheet.acted(
        "law/step.html",
        {"form": form, "help": one, "kind": kind},
        lambda: actions.add_step(one, kind, form.values(), by=request.user),
    )
    return acted or sheet.done("law:help", one.pk)


@page(needs=WRITE, methods=BOTH)
def step(request: Request, pk: UUID, step: UUID) -> HttpResponse:
    """A line of the log as it stands now."""
    one = mine(request, pk)
    row = get_object_or_404(HelpStep, pk=step, help=one)
    sheet = Sheet(request, "law-step", row.pk)
    form = sheet.form(StepForm, kind=row.kind, row=row)
    acted = sheet.acted(
        "law/step.html",
        {"form": form, "help": one, "kind": row.kind},
        lambda: actions.save_step(row, form.values(), by=request.user, version=form.cleaned_data["version"]),
    )
    return acted or sheet.done("law:help", one.pk)
