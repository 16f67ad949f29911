"""From a need to a service of the directory, in the person's own file: the directory is never told who asks."""

from __future__ import annotations

from functools import lru_cache
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from havre.cases.assistance import actions
from havre.cases.assistance.models import Need
from havre.cases.assistance.offers import near, shown
from havre.cases.assistance.wanted import chips, countries, country, wanted
from havre.directory.models import Service
from havre.kernel.places import country_choices, read_country
from havre.platform.ui.pages import page
from havre.platform.ui.requests import Request

from .frame import WRITE, file, frame

FIRST, OTHERS = 12, 30  # how many that fit are shown at first, and how many that do not


@page(needs=WRITE, methods=("GET", "POST"))
def find(request: Request, reference: str, pk: UUID) -> HttpResponse:
    """Services that meet one need in one country, each with its reasons; choosing one fills the plan."""
    case = file(reference)
    need = get_object_or_404(Need.objects.select_related("case__person"), pk=pk, case=case)
    if request.method == "POST":
        return _acted(request, need)
    offered = countries(case, request.user)
    where = country(request.GET.get("in", ""), offered)
    profile = wanted(need, where)
    found = near(profile) if where else []
    fits = [each for each in found if each.match.fits]
    others = [each for each in found if not each.match.fits]
    first = fits if "all" in request.GET else fits[:FIRST]
    context = frame(case, need=need, where=where, offered=offered, known=chips(profile), found=found, fits=fits)
    context |= {"shown": shown(first), "more": len(fits) - len(first), "others": others[:OTHERS]}
    context["lacks"] = where in need.lacking.split(";")
    context["left"] = len(others) - len(context["others"])
    context |= {"elsewhere": where not in [each.code for each in offered], "every": _options(get_language() or "en")}
    return render(request, "assistance/find.html", context)


def _acted(request: Request, need: Need) -> HttpResponse:
    """What was chosen stands in the plan and is referred to next; that nothing was found is counted."""
    lacking = read_country(request.POST.get("lacking", ""))
    if lacking:
        actions.lack(need, by=request.user, country=lacking)
        return redirect(f"{request.path}?in={lacking}")
    made = actions.choose(need, by=request.user, offer=_offer(request.POST.get("offer", "")))
    return redirect(f"{reverse('assistance:refer', args=[need.case.reference])}?service={made.pk}")


def _offer(sent: str) -> Service:
    """The service that was chosen, when the reader sees it and it still runs."""
    try:
        key = UUID(sent)
    except ValueError as error:
        raise Http404 from error
    return get_object_or_404(Service.objects.select_related("organisation").exclude(status="defunct"), pk=key)


@lru_cache(maxsize=8)
def _options(language: str) -> SafeString:
    """Every country to choose from, written out once: a template takes longer over them than over all else."""
    return format_html_join("", '<option value="{}">{}</option>', country_choices(language))
