"""Addresses at which a survey is answered, each with its square, and as a poster."""

from __future__ import annotations

from collections import Counter
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from havre.kernel.places import language_label
from havre.platform.ui.pages import page
from havre.platform.ui.requests import Request
from havre.prevention.surveys import actions, codes, spoken
from havre.prevention.surveys.forms import ShareLinkForm
from havre.prevention.surveys.models import Answer, Link

from .building import BOTH, WRITE, mine


def _shown(request: Request, link: Link) -> dict[str, Any]:
    way = reverse("surveys:answer", args=[codes.token(link.pk)])
    address = f"{settings.HAVRE_URL}{way}" if settings.HAVRE_URL else request.build_absolute_uri(way)
    return {"link": link, "address": address, "square": codes.square(address)}


def _link(request: Request, pk: UUID) -> Link:
    return get_object_or_404(Link.objects.select_related("survey__owner"), pk=pk, owner=request.user.agency_id)


@page(needs=WRITE, methods=BOTH)
def share(request: Request, pk: UUID) -> HttpResponse:
    """The links of a survey, and a form for another."""
    survey = mine(request, pk)
    form = ShareLinkForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actions.link(survey, **form.cleaned_data, by=request.user)
        return redirect("surveys:share", survey.pk)
    answered = Counter(Answer.objects.filter(survey=survey).values_list("link_id", flat=True))
    links = Link.objects.filter(survey=survey).order_by("ended_at", "-made_at")
    rows = [{**_shown(request, each), "answered": answered[each.pk]} for each in links]
    context = {"survey": survey, "form": form, "rows": rows, "here": "share", "own": True}
    return render(request, "surveys/share.html", context, status=422 if form.is_bound else 200)


@page(needs=WRITE, methods=("POST",))
def end(request: Request, pk: UUID) -> HttpResponse:
    """Ends one link; what came by it stays."""
    link = _link(request, pk)
    actions.end_link(link, by=request.user)
    return redirect("surveys:share", link.survey_id)


@page(needs=WRITE)
def poster(request: Request, pk: UUID) -> HttpResponse:
    """One link as a sheet for the wall; `?in=` for another language of the survey."""
    link = _link(request, pk)
    survey = link.survey
    language = spoken.chosen(survey.languages, request.GET.get("in"))
    others = [(each, language_label(each, each)) for each in survey.languages if each != language]
    told = {"title": survey.title.get(language, ""), "words": spoken.words(language), "language": language}
    return render(request, "surveys/poster.html", {**_shown(request, link), **told, "survey": survey, "others": others})
