"""Surveys of the house and of partners, one survey with its questions, and its frame."""

from __future__ import annotations

from collections import Counter
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from havre.platform.audit.actions import Stale
from havre.platform.permissions import Permission
from havre.platform.ui.pages import page
from havre.platform.ui.parts import Condition
from havre.platform.ui.requests import Request
from havre.platform.ui.sheets import Sheet
from havre.prevention.surveys import actions, rules
from havre.prevention.surveys.forms import SurveyForm
from havre.prevention.surveys.models import KINDS, Answer, Item, Survey

READ, WRITE = Permission.PREVENTION_READ, Permission.PREVENTION_WRITE
BOTH = ("GET", "POST")


def mine(request: Request, pk: UUID) -> Survey:
    """The survey, when the reader's agency keeps it; to anybody else it is not here."""
    kept = Survey.objects.select_related("owner", "campaign")
    return get_object_or_404(kept, pk=pk, owner=request.user.agency_id)


@page(needs=READ)
def list_(request: Request) -> HttpResponse:
    """Surveys, the newest first."""
    found = list(Survey.objects.select_related("owner", "campaign").order_by("-made_at"))
    counted = Counter(Answer.objects.values_list("survey_id", flat=True))
    rows = [(each, counted[each.pk]) for each in found if each.owner_id == request.user.agency_id]
    others = [each for each in found if each.owner_id != request.user.agency_id]
    return render(request, "surveys/list.html", {"rows": rows, "others": others})


@page(needs=WRITE, methods=BOTH)
def new(request: Request) -> HttpResponse:
    """A survey that is not there yet; `?campaign=` names what it is about."""
    sheet = Sheet(request, "kap", request.user.pk)
    form = sheet.form(SurveyForm, initial={"campaign": request.GET.get("campaign", "")}, by=request.user)
    made: list[Survey] = []
    acted = sheet.acted(
        "surveys/edit.html", {"form": form}, lambda: made.append(actions.save(None, form.values(), by=request.user))
    )
    return acted or sheet.done("surveys:one", made[0].pk)


@page(needs=WRITE, methods=BOTH)
def edit(request: Request, pk: UUID) -> HttpResponse:
    """Title, introduction and languages as they stand."""
    survey = mine(request, pk)
    sheet = Sheet(request, "kap", survey.pk)
    form = sheet.form(SurveyForm, by=request.user, survey=survey)

    def act() -> None:
        try:
            actions.save(survey, form.values(), by=request.user, version=form.cleaned_data["version"])
        except Stale as stale:
            raise Stale(stale.version, form.named(stale.theirs), stale.who, stale.at) from None

    acted = sheet.acted("surveys/edit.html", {"form": form, "survey": survey}, act)
    return acted or sheet.done("surveys:one", survey.pk)


@page(needs=READ)
def one(request: Request, pk: UUID) -> HttpResponse:
    """A survey: its questions, and what is still missing before it is asked."""
    survey = get_object_or_404(Survey.objects.select_related("owner", "campaign", "succeeds"), pk=pk)
    items = list(survey.items.all())
    own = survey.owner_id == request.user.agency_id
    ready = rules.ready(survey.title, survey.languages, items)
    context: dict[str, Any] = {"survey": survey, "items": items, "own": own, "kinds": KINDS, "ready": ready}
    if own:
        context |= {
            "answered": Answer.objects.filter(survey=survey).count(),
            "conditions": _missing(survey, ready, items),
        }
    return render(request, "surveys/one.html", context)


def _missing(survey: Survey, ready: rules.Ready, items: list[Item]) -> list[Condition]:
    """What must hold before the survey opens, each with the way to mend it."""
    edit = reverse("surveys:edit", args=[survey.pk])
    first = next((each for each in items if not all(each.text.get(one) for one in survey.languages)), None)
    keyless = next((each for each in items if each.kind == "knowledge" and each.right is None), None)
    told = [
        (ready.titled, _("Title in every language"), _("The title is missing in a language"), edit),
        (ready.asked, _("A question at least"), _("No question yet"), ""),
        (ready.spoken, _("Every question in every language"), _("A question is missing in a language"), _way(first)),
        (
            ready.keyed,
            _("What is right stands with each knowledge question"),
            _("What is right is not said"),
            _way(keyless),
        ),
    ]
    return [
        Condition(met if holds else not_met, "yes" if holds else "no", url="" if holds else url, label=_("Mend it"))
        for holds, met, not_met, url in told
    ]


def _way(item: Item | None) -> str:
    return reverse("surveys:item", args=[item.pk]) if item else ""


ACTS = {"open": actions.open_, "close": actions.close, "redraft": actions.redraft}


@page(needs=WRITE, methods=("POST",))
def do(request: Request, pk: UUID) -> HttpResponse:
    """Opens a survey, closes it, takes it back to a draft, copies it, or throws a draft away."""
    act = request.POST.get("act", "")
    if act == "renew":
        copied = actions.renew(get_object_or_404(Survey, pk=pk), by=request.user)
        return redirect("surveys:one", copied.pk)
    survey = mine(request, pk)
    if act == "remove":
        actions.remove(survey, by=request.user)
        return redirect("surveys:list")
    if act not in ACTS:
        raise Http404
    ACTS[act](survey, by=request.user)
    return redirect("surveys:one", survey.pk)
