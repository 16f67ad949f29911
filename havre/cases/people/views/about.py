"""Who the person is."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from havre.cases.people import actions
from havre.cases.people.actions.about import read
from havre.cases.people.forms import AboutForm
from havre.cases.people.models import Case
from havre.cases.people.sheets import Sheet
from havre.cases.people.shown import called
from havre.platform.audit.actions import Refused, Stale
from havre.platform.permissions import Permission
from havre.platform.ui.pages import page
from havre.platform.ui.requests import Request


@page(needs=Permission.CASE_WRITE, methods=("GET", "POST"))
def about(request: Request, reference: str) -> HttpResponse:
    """Names, birth, places, languages; of two editors the later sees both values."""
    case = get_object_or_404(Case.objects.select_related("person"), reference=reference)
    sheet = Sheet(request, "about", case.pk)
    form = sheet.form(AboutForm, initial={"version": case.person.version}, about=read(case.person))
    context = {"form": form, "case": case, "called": called(case)}
    if not sheet.posted or not form.is_valid():
        return sheet.show("people/about.html", context)
    try:
        actions.save_about(case, by=request.user, about=form.about(), version=form.cleaned_data["version"])
    except Stale as stale:
        stale.theirs = AboutForm.shown(stale.theirs)
        return sheet.conflict("people/about.html", context, stale)
    except Refused as refusal:
        return sheet.refused("people/about.html", context, refusal)
    return sheet.done(case)
