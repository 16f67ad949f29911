"""The story of a person: the way, what is known of it, who did it. Short pages, nothing compulsory."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from havre.cases.people.models import Case
from havre.cases.people.sheets import Sheet
from havre.cases.people.shown import called
from havre.platform.permissions import Permission
from havre.platform.ui.pages import page
from havre.platform.ui.requests import Request

from . import actions, shown, told
from .forms import CodesForm, EpisodeForm, LegForm, PerpetratorForm, stored
from .models import Leg, Perpetrator
from .parts import PARTS

READ, WRITE = Permission.CASE_READ, Permission.CASE_WRITE


def _file(reference: str) -> Case:
    return get_object_or_404(Case, reference=reference)


def _frame(case: Case, **more: Any) -> dict[str, Any]:
    return {"case": case, "called": called(case), **more}


@page(needs=READ)
def story(request: Request, reference: str) -> HttpResponse:
    """The story as it was told: the way, what is known, who did it."""
    case = _file(reference)
    return render(request, "story/story.html", _frame(case, **shown.story(case)))


@page(needs=WRITE, methods=("GET", "POST"))
def episode(request: Request, reference: str) -> HttpResponse:
    """The story as a whole; what the screening told is there already."""
    case = _file(reference)
    one, sources = told.standing(case), told.whole(case)
    values = stored(one, actions.EPISODE) if one else {"version": 0}
    if one is None or one.number == 1:
        sources = {name: found for name, found in sources.items() if not values.get(name)}
        values |= {name: value for name, (value, _item) in sources.items()}
    sheet = Sheet(request, "story-whole", case.pk)
    form = sheet.form(EpisodeForm, initial=values, sources={name: item for name, (_value, item) in sources.items()})
    context = _frame(case, form=form, episode=one)
    acted = sheet.acted(
        "story/episode.html",
        context,
        lambda: actions.tell_episode(case, by=request.user, version=form.cleaned_data["version"], values=form.values()),
    )
    return acted or sheet.done("story:story", reference)


@page(needs=WRITE, methods=("POST",))
def again(request: Request, reference: str) -> HttpResponse:
    """It happened again: another story begins in this file."""
    actions.open_episode(_file(reference), by=request.user, because="re_trafficking")
    return redirect("story:story", reference)


@page(needs=WRITE, methods=("GET", "POST"))
def leg(request: Request, reference: str) -> HttpResponse:
    """A new part of the way, which begins where the last one led."""
    case = _file(reference)
    episode = told.standing(case)
    last = Leg.objects.filter(episode=episode).order_by("seq").last() if episode else None
    start = {"from_country": last.country, "from_place": last.place} if last else {}
    sheet = Sheet(request, "story-part", case.pk)
    form = sheet.form(LegForm, initial=start)
    context = _frame(case, form=form, leg=None)
    acted = sheet.acted(
        "story/leg.html", context, lambda: actions.add_legs(case, by=request.user, legs=[form.values()])
    )
    return acted or sheet.done("story:story", reference)


@page(needs=WRITE, methods=("GET", "POST"))
def leg_edit(request: Request, reference: str, pk: UUID) -> HttpResponse:
    """A part of the way as it stands; of two who change it, the later sees both values."""
    case = _file(reference)
    one = get_object_or_404(Leg, pk=pk, case=case)
    sheet = Sheet(request, "story-part-edit", one.pk)
    form = sheet.form(LegForm, initial=stored(one, actions.LEG))
    context = _frame(case, form=form, leg=one)
    acted = sheet.acted(
        "story/leg.html",
        context,
        lambda: actions.save_leg(one, by=request.user, version=form.cleaned_data["version"], values=form.values()),
    )
    return acted or sheet.done("story:story", reference)


@page(needs=WRITE, methods=("POST",))
def leg_move(request: Request, reference: str, pk: UUID) -> HttpResponse:
    """This part changes places with the one before it, or with the one behind it."""
    one = get_object_or_404(Leg, pk=pk, case=_file(reference))
    actions.move_leg(one, by=request.user, up="up" in request.POST)
    return redirect("story:story", reference)


@page(needs=WRITE, methods=("POST",))
def leg_remove(request: Request, reference: str, pk: UUID) -> HttpResponse:
    """This part was never told."""
    actions.remove_leg(get_object_or_404(Leg, pk=pk, case=_file(reference)), by=request.user)
    return redirect("story:story", reference)


@page(needs=WRITE, methods=("GET", "POST"))
def codes(request: Request, reference: str, name: str) -> HttpResponse:
    """What is known of one part of the story; saving confirms what the screening told."""
    case, part = _file(reference), PARTS.get(name)
    if part is None:
        raise Http404
    one = told.standing(case)
    version = told.mark(told.written(one) if one else {}, part.vocabulary)
    sheet = Sheet(request, f"story-{name}", case.pk)
    form = sheet.form(CodesForm, initial={"version": version}, part=part, known=told.codes(case))
    carried = any(box.help_text for box in form.boxes())
    context = _frame(case, form=form, part=part, carried=carried)

    def act() -> None:
        sent = {"name": part.vocabulary, "answers": form.answers(), "version": form.cleaned_data["version"]}
        actions.tell_codes(case, by=request.user, **sent)

    return sheet.acted("story/codes.html", context, act) or sheet.done("story:story", reference)


@page(needs=WRITE, methods=("GET", "POST"))
def perpetrator(request: Request, reference: str) -> HttpResponse:
    """Somebody who did it."""
    case = _file(reference)
    sheet = Sheet(request, "story-who", case.pk)
    form = sheet.form(PerpetratorForm)
    context = _frame(case, form=form, person=None)
    acted = sheet.acted(
        "story/perpetrator.html",
        context,
        lambda: actions.add_perpetrator(case, by=request.user, values=form.values(), roles=form.cleaned_data["roles"]),
    )
    return acted or sheet.done("story:story", reference)


@page(needs=WRITE, methods=("GET", "POST"))
def perpetrator_edit(request: Request, reference: str, pk: UUID) -> HttpResponse:
    """Somebody who did it, as they are told of now."""
    case = _file(reference)
    one = get_object_or_404(Perpetrator, pk=pk, case=case)
    sheet = Sheet(request, "story-who-edit", one.pk)
    roles = [role.code for role in one.roles.all()]
    form = sheet.form(PerpetratorForm, initial={**stored(one, actions.PERPETRATOR), "roles": roles})
    context = _frame(case, form=form, person=one)

    def act() -> None:
        sent = form.cleaned_data
        actions.save_perpetrator(
            one, by=request.user, version=sent["version"], values=form.values(), roles=sent["roles"]
        )

    return sheet.acted("story/perpetrator.html", context, act) or sheet.done("story:story", reference)
