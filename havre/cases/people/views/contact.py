"""First contact, immediate safety, and how to reach somebody."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render

from havre.cases.people import actions, words
from havre.cases.people.forms import ContactForm, ReachForm
from havre.cases.people.models import Case, PersonContact
from havre.cases.people.rules.moves import SAFETY
from havre.cases.people.sheets import Sheet
from havre.cases.people.shown import called
from havre.platform.permissions import Permission
from havre.platform.ui.pages import page
from havre.platform.ui.requests import Request


@page(needs=Permission.CASE_OPEN, methods=("GET", "POST"))
def contact(request: Request) -> HttpResponse:
    """Somebody came in or called."""
    sheet = Sheet(request, "contact", request.user.pk)
    form = sheet.form(ContactForm)
    context = {"form": form}
    if not sheet.posted or not form.is_valid():
        return sheet.show("people/contact.html", context)
    case = actions.open_contact(form.arrival(), by=request.user)
    return sheet.done("people:safety" if case.in_danger == "yes" else "casefile:case", case.reference)


@page(needs=Permission.CASE_READ)
def safety(request: Request, reference: str) -> HttpResponse:
    """What comes first when somebody is in danger now."""
    case = get_object_or_404(Case, reference=reference)
    dangers = [{"code": each, "first": words.FIRST.get(each, "")} for each in case.dangers.split(";") if each]
    here = case.state == SAFETY and not case.before_safety
    back = case.before_safety if case.state == SAFETY else ""
    return render(
        request,
        "people/safety.html",
        {"case": case, "called": called(case), "dangers": dangers, "always": words.ALWAYS, "here": here, "back": back},
    )


@page(needs=Permission.CASE_WRITE, methods=("GET", "POST"))
def reach(request: Request, reference: str) -> HttpResponse:
    """One way to reach the person: the one asked for by its key, the first, or a new one."""
    case = get_object_or_404(Case, reference=reference)
    ways = list(PersonContact.objects.filter(person_id=case.person_id).order_by("pk"))
    chosen = _chosen(ways, request.GET.get("way", ""))
    sheet = Sheet(request, "reach", chosen.pk if chosen else case.pk)
    form = sheet.form(ReachForm, initial=ReachForm.shown(chosen) if chosen else None)
    context = {"form": form, "case": case, "called": called(case), "ways": ways, "chosen": chosen}

    def act() -> None:
        version = form.cleaned_data["version"]
        actions.save_contact(case, by=request.user, contact=chosen, values=form.values(), version=version)

    return sheet.acted("people/reach.html", context, act) or sheet.done(case)


def _chosen(ways: list[PersonContact], key: str) -> PersonContact | None:
    if key == "new" or (not ways and not key):
        return None
    if not key:
        return ways[0]
    try:
        return next(way for way in ways if way.pk == UUID(key))
    except (ValueError, StopIteration):
        raise Http404 from None
