"""Editing a card, a part at a time, by the agency that keeps it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from havre.directory import actions
from havre.directory.details import entity_of
from havre.directory.forms.base import place_name
from havre.directory.forms.organisation import OrganisationForm
from havre.directory.forms.parts import PARTS, REMOVABLE, Part
from havre.directory.models import Contact, Detail, Location, Organisation
from havre.directory.models.base import Kept
from havre.directory.standing import contact_of
from havre.kernel import places
from havre.platform.permissions import Permission
from havre.platform.ui.pages import page
from havre.platform.ui.requests import Request
from havre.platform.ui.sheets import Sheet

WRITE = Permission.DIRECTORY_WRITE
BOTH = ("GET", "POST")


def mine(request: Request, pk: UUID) -> Organisation:
    """The card, when the reader's agency keeps it; to anybody else it is not here."""
    return get_object_or_404(Organisation, pk=pk, owner=request.user.agency_id)


def part_of(name: str) -> Part:
    """The part of that name; not found when there is none."""
    if name not in PARTS:
        raise Http404
    return PARTS[name]


def called(row: Kept) -> str:
    """How a row of a card is named at the head of its page."""
    if isinstance(row, Location):
        return place_name(row)
    if isinstance(row, Detail):
        return entity_of(row)
    name = contact_of(row) if isinstance(row, Contact) else getattr(row, "name", "") or getattr(row, "number", "")
    return str(name)


@page(needs=WRITE, methods=BOTH)
def new(request: Request) -> HttpResponse:
    """A card that is not there yet; `?own=1` for that of one's own agency."""
    own = request.GET.get("own") == "1"
    land = request.GET.get("country", "")
    initial: dict[str, Any] = {"countries": [land] if land in places.countries else []}
    if own:
        initial |= {"name": request.user.agency.name, "visibility": 0}
    sheet = Sheet(request, "card", request.user.pk)
    form = sheet.form(OrganisationForm, initial=initial)
    made: list[Organisation] = []

    def act() -> None:
        values = form.values() | ({"own": True} if own else {})
        made.append(actions.save_organisation(None, values, by=request.user))

    acted = sheet.acted("directory/new.html", {"form": form, "own": own}, act)
    return acted or sheet.done("directory:card", made[0].pk)


@page(needs=WRITE)
def card(request: Request, pk: UUID) -> HttpResponse:
    """Where every part of a card is edited."""
    return redirect("directory:part", pk, "card", mine(request, pk).pk)


@page(needs=WRITE, methods=BOTH)
def add(request: Request, pk: UUID, part: str) -> HttpResponse:
    """A service, a place, a contact, a number or hours that the card does not have yet."""
    one, kind = mine(request, pk), part_of(part)
    if kind.new is None:
        raise Http404
    hangs = {name: request.GET[name] for name in ("service", "location", "contact") if _is_key(request.GET.get(name))}
    sheet = Sheet(request, f"card-{part}", one.pk)
    form = sheet.form(kind.form, initial=hangs, card=one)
    context = {"card": one, "form": form, "part": part, "title": kind.new, "row": None}
    acted = sheet.acted(
        "directory/part.html", context, lambda: kind.save(None, form.values(), organisation=one, by=request.user)
    )
    return acted or sheet.done("directory:card", one.pk)


def _is_key(text: str | None) -> bool:
    try:
        return bool(UUID(text or ""))
    except ValueError:
        return False


@page(needs=WRITE, methods=BOTH)
def part(request: Request, pk: UUID, part: str, row: UUID) -> HttpResponse:
    """One part of a card as it stands now; of two who change it, the later sees both."""
    one, kind = mine(request, pk), part_of(part)
    held = one if kind.model is Organisation else _row(kind.model, one, row)
    sheet = Sheet(request, f"card-{part}", held.pk)
    form = sheet.form(kind.form, card=one, row=held)
    context = {"card": one, "form": form, "part": part, "title": kind.title, "row": held, "called": called(held)}

    def act() -> None:
        more = {} if kind.model is Organisation else {"organisation": one}
        kind.save(held, form.values(), by=request.user, version=form.cleaned_data["version"], **more)

    acted = sheet.acted("directory/part.html", context, act)
    return acted or sheet.done(reverse("directory:card", args=[one.pk]))


def _row(model: type[Kept], one: Organisation, pk: UUID) -> Kept:
    return get_object_or_404(model, pk=pk, organisation=one)


@page(needs=WRITE, methods=BOTH)
def remove(request: Request, pk: UUID, part: str, row: UUID) -> HttpResponse:
    """Asks once, then takes it off."""
    one, model = mine(request, pk), REMOVABLE.get(part)
    if model is None:
        raise Http404
    held = one if model is Organisation else _row(model, one, row)
    if request.method == "POST":
        actions.remove(held, by=request.user)
        return redirect("directory:countries") if held is one else redirect("directory:card", one.pk)
    return render(request, "directory/remove.html", {"card": one, "row": held, "part": part, "called": called(held)})
