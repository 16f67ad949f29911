"""What the answers show, what makes the person vulnerable and what protects, and what is seen of a place."""

from __future__ import annotations

from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate

from havre.cases.people.forms.fields import language
from havre.cases.people.models import Case
from havre.cases.people.sheets import Sheet
from havre.cases.people.shown import called
from havre.cases.screening.answers import Told
from havre.kernel import places
from havre.kernel.vocabularies import load
from havre.platform.audit.actions import Refused, Stale
from havre.platform.permissions import Permission
from havre.platform.ui.pages import page
from havre.platform.ui.requests import Request

from . import actions, factors, lists, shown
from .evidence import DELPHI, ILO, Evidence, gather
from .forms import LevelForm, MarkForm, PlaceForm, WhereForm
from .rules.delphi import DIMENSIONS, PROFILES

READ, WRITE = Permission.CASE_READ, Permission.CASE_WRITE


def _frame(request: Request, reference: str) -> dict[str, Any]:
    case = get_object_or_404(Case, reference=reference)
    return {"case": case, "called": called(case), "may_write": case.is_open and request.user.may(WRITE)}


def _profile(request: Request, known: Evidence) -> str:
    asked = request.GET.get("profile", "")
    return asked if asked in PROFILES else known.profile


@page(needs=READ, methods=("GET", "POST"))
def indicators(request: Request, reference: str) -> HttpResponse:
    """What the answers show of the indicators, for the profile that fits the file or another one; sent, it is kept."""
    frame = _frame(request, reference)
    case = frame["case"]
    if request.method == "POST":
        profile = request.POST.get("profile", "")
        actions.keep_reading(case, by=request.user, profile=profile)
        return redirect(_reading_at(reference, profile))
    return render(request, "assessment/indicators.html", {**frame, **_shown(request, case)})


def _reading_at(reference: str, profile: str) -> str:
    return f"{reverse('assessment:indicators', args=[reference])}?profile={profile}"


def _shown(request: Request, case: Case) -> dict[str, Any]:
    told = Told(case)
    known = gather(case, localdate(), told)
    reading = known.read(_profile(request, known))
    return {
        "fits": known.profile,
        "profiles": PROFILES,
        "reading": reading,
        "both": shown.combined(reading),
        "dimensions": shown.dimensions(case, known, reading),
        "eleven": shown.eleven(known),
        "known": bool(known.answers or known.ilo),
        "sexual": reading.profile.endswith("sexual"),
        "act": told.element("ACT"),
        "kept": actions.kept(case),
        "list_version": lists.version(),
    }


def _signs(name: str, profile: str) -> tuple[str, list[tuple[str, str]]]:
    """The list of a kind of signs, and each of its codes with its words."""
    if name == ILO:
        return ILO, load("ilo_forced_labour_indicators").choices(language())
    if name not in DIMENSIONS:
        raise Http404
    return DELPHI, [(code, lists.words(code, profile, language())) for code in lists.weights(profile)[name]]


@page(needs=WRITE, methods=("GET", "POST"))
def mark(request: Request, reference: str, name: str) -> HttpResponse:
    """The signs of one kind, each marked by hand or left to the answers."""
    frame = _frame(request, reference)
    case, known = frame["case"], gather(frame["case"], localdate())
    profile = _profile(request, known)
    listed, signs = _signs(name, profile)
    stand = actions.marks_on(case, listed, [code for code, _label in signs])
    sheet = Sheet(request, f"marks-{name}", case.pk)
    form = sheet.form(MarkForm, initial=MarkForm.of(stand), signs=signs, filled=shown.filled(known, listed))
    back = _reading_at(reference, profile)
    context = {**frame, "form": form, "name": name, "listed": listed, "back": back}

    def act() -> None:
        version = form.cleaned_data["version"]
        actions.mark(case, by=request.user, name=listed, answers=form.answers(), version=version)

    return sheet.acted("assessment/mark.html", context, act) or sheet.done(back)


@page(needs=READ)
def vulnerability(request: Request, reference: str) -> HttpResponse:
    """What makes the person vulnerable and what protects, level by level, with what changed."""
    frame = _frame(request, reference)
    case = frame["case"]
    levels = [factors.level_of(case, code) for code in factors.OF_A_PERSON]
    context = {**frame, "levels": levels, "places": factors.places_of(case)}
    return render(request, "assessment/vulnerability.html", context)


@page(needs=WRITE, methods=("GET", "POST"))
def level(request: Request, reference: str, level: str) -> HttpResponse:
    """A new assessment of one level, begun from the last one, which stays."""
    frame = _frame(request, reference)
    case = frame["case"]
    if level not in factors.OF_A_PERSON:
        raise Http404
    last = factors.level_of(case, level)
    sheet = Sheet(request, f"level-{level}", case.pk)
    form = sheet.form(LevelForm, initial=LevelForm.of([each.row for each in last.lines], last.rows), level=level)
    context = {**frame, "form": form, "level": last}
    if not sheet.posted or not form.is_valid():
        return sheet.show("assessment/level.html", context)
    sent = {"level": level, "on": form.cleaned_data["on"], "version": form.cleaned_data["version"]}
    try:
        actions.assess(case, by=request.user, found=form.found(), **sent)
    except Stale as stale:
        form.spell_out()
        return sheet.conflict("assessment/level.html", context, stale)
    except Refused as refusal:
        return sheet.refused("assessment/level.html", context, refusal)
    return sheet.done("assessment:vulnerability", reference)


@page(needs=READ, methods=("GET", "POST"))
def place(request: Request, country: str) -> HttpResponse:
    """What is seen of a country or an area in a year: about nobody, the same page for every agency."""
    if country not in places.countries:
        raise Http404
    place = WhereForm(request.GET).place(country)
    where = WhereForm(initial={"period": place.period, "area": place.area})
    stand = actions.place_rows(place)
    sheet = Sheet(request, "place", uuid5(NAMESPACE_URL, f"{country}/{place.period}/{place.area}"))
    form = sheet.form(PlaceForm, initial=PlaceForm.of(stand), levels=factors.OF_A_PLACE)
    context = {"place": place, "where": where, "form": form, "stand": stand}

    def act() -> None:
        told = {
            "answers": form.answers(),
            "source": form.cleaned_data["source"],
            "version": form.cleaned_data["version"],
        }
        actions.note_place(place, by=request.user, **told)

    return sheet.acted("assessment/place.html", context, act) or sheet.done(request.get_full_path())
