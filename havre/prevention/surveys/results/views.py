"""Answers so far, results, the printed evaluation, and all surveys of a campaign."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import translation

from havre.platform.ui.pages import page
from havre.platform.ui.requests import Request
from havre.prevention.campaigns.models import Campaign
from havre.prevention.surveys.models import Load, Survey
from havre.prevention.surveys.views.building import READ, mine

from .shown import counted, shown


@page(needs=READ)
def answers(request: Request, pk: UUID) -> HttpResponse:
    """How many have answered, by wave, group, sex and age."""
    survey = mine(request, pk)
    context: dict[str, Any] = {"survey": survey, "here": "answers", "own": True, "cells": counted(survey)}
    context["total"] = sum(cell["total"] for cell in context["cells"])
    context["loaded"] = sum(Load.objects.filter(survey=survey).values_list("rows", flat=True))
    return render(request, "surveys/answers.html", context)


@page(needs=READ)
def results(request: Request, pk: UUID) -> HttpResponse:
    """What the answers show."""
    context = {**shown(mine(request, pk)), "here": "results", "own": True}
    return render(request, "surveys/results.html", context)


@page(needs=READ)
def evaluation(request: Request, pk: UUID) -> HttpResponse:
    """The same to be printed; `?in=` for the other language."""
    asked = request.GET.get("in", "")
    codes = dict(settings.LANGUAGES)
    with translation.override(asked if asked in codes else translation.get_language()):
        survey = mine(request, pk)
        others = [each for each in settings.LANGUAGES if each[0] != translation.get_language()]
        context = {**shown(survey), "cells_told": counted(survey), "others": others}
        return render(request, "surveys/evaluation.html", context)


@page(needs=READ)
def of(request: Request, pk: UUID) -> HttpResponse:
    """The surveys of a campaign, and what each showed."""
    campaign = get_object_or_404(Campaign.objects.select_related("owner"), pk=pk)
    surveys = Survey.objects.filter(campaign=campaign).select_related("owner", "campaign").order_by("-made_at")
    own = campaign.owner_id == request.user.agency_id
    rows = [(each, shown(each) if own else None) for each in surveys]
    return render(request, "surveys/of.html", {"campaign": campaign, "rows": rows, "own": own})
