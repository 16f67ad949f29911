"""The record of a law and what it covers."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from havre.kernel import places
from havre.platform.ui.pages import page
from havre.platform.ui.requests import Request
from havre.platform.ui.sheets import Sheet
from havre.prevention.law import actions, shown
from havre.prevention.law.actions.register import standing
from havre.prevention.law.forms.laws import PARTS, LawForm, PointsForm
from havre.prevention.law.models import NationalLaw
from havre.prevention.law.rules import coverage
from havre.prevention.rights.showing import recorded

from .register import BOTH, READ, WRITE


def mine(request: Request, pk: UUID) -> NationalLaw:
    """The record, when the reader's agency keeps it; to anybody else it is not here."""
    return get_object_or_404(NationalLaw, pk=pk, owner=request.user.agency_id)


@page(needs=READ)
def law(request: Request, pk: UUID) -> HttpResponse:
    """What a law is, what it covers, what is missing."""
    one = get_object_or_404(NationalLaw.objects.select_related("owner"), pk=pk)
    points = shown.answers_of([one])[one.pk]
    context = {
        "law": one,
        "points": points,
        "tally": coverage.tally(shown.plain(points)),
        "short": coverage.too_short(one.reflection_days),
        "mine": one.owner_id == request.user.agency_id and request.user.may(WRITE),
        "helps": one.helps.order_by("-changed_at"),
    }
    return render(request, "law/law.html", context)


@page(needs=WRITE, methods=BOTH)
def law_new(request: Request) -> HttpResponse:
    """A record that is not there yet."""
    land = request.GET.get("country", "")
    sheet = Sheet(request, "law", request.user.pk)
    form = sheet.form(LawForm, row=NationalLaw(country=land if land in places.countries else ""))
    made: list[NationalLaw] = []
    context = {"form": form, "back": reverse("law:home")}
    acted = sheet.acted(
        "law/law_new.html",
        context,
        lambda: made.append(actions.save_law(NationalLaw(), form.values(), by=request.user)),
    )
    return acted or sheet.done("law:law", made[0].pk)


@page(needs=WRITE, methods=BOTH)
def law_edit(request: Request, pk: UUID, part: str) -> HttpResponse:
    """One part of the record as it stands now."""
    one = mine(request, pk)
    if part not in PARTS:
        raise Http404
    form_class, title = PARTS[part]
    sheet = Sheet(request, f"law-{part}", one.pk)
    form = sheet.form(form_class, row=one)
    context = {"form": form, "law": one, "title": title, "back": reverse("law:law", args=[one.pk])}
    acted = sheet.acted(
        "law/law_edit.html",
        context,
        lambda: actions.save_law(one, form.values(), by=request.user, version=form.since),
    )
    return acted or sheet.done("law:law", one.pk)


@page(needs=WRITE, methods=BOTH)
def points(request: Request, pk: UUID, group: str) -> HttpResponse:
    """Act, means, purpose, or the checklist: what the law covers of it."""
    one = mine(request, pk)
    if group not in coverage.GROUPS:
        raise Http404
    codes = dict.fromkeys(coverage.points(group))
    sheet = Sheet(request, f"law-points-{group}", one.pk)
    form = sheet.form(PointsForm, initial={**standing(one, codes), "version": one.version}, group=group)
    context = {"form": form, "law": one, "group": group, "groups": coverage.GROUPS}

    def act() -> None:
        actions.save_points(one, form.answers(), by=request.user, version=form.cleaned_data["version"])

    acted = sheet.acted("law/points.html", context, act)
    if acted:
        return acted
    later = coverage.GROUPS[coverage.GROUPS.index(group) + 1 :]
    return (
        sheet.done("law:points", one.pk, later[0])
        if later and "next" in request.POST
        else sheet.done("law:law", one.pk)
    )


@page(needs=WRITE, methods=BOTH)
def rights(request: Request, pk: UUID) -> HttpResponse:
    """The short review of human rights, gender and health."""
    one = mine(request, pk)
    return recorded(request, one, kind="law", name=one.title, back=reverse("law:law", args=[one.pk]))
