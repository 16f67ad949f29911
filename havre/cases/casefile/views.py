"""The pages that show all stages together: the day, the people, one file, and who saw what."""

from __future__ import annotations

import functools
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _

from havre.cases.people.models import Case
from havre.cases.people.shown import case_of
from havre.kernel import references
from havre.platform.accounts.tries import Limit
from havre.platform.audit import reading
from havre.platform.audit.actions import Refused
from havre.platform.permissions import Permission
from havre.platform.ui.pages import View, page
from havre.platform.ui.requests import Request, Visit

from . import caseload, homes, names, rows, seen, words
from .colleagues import names_a_colleague
from .file import read_ahead, whole_file

READ = Permission.CASE_READ
SEARCHES = Limit("search", 30, timedelta(minutes=1))
LONGEST = 200  # of what is searched for
ELSEWHERE = (
    (Permission.GLASS_REVIEW, "glass:reviews"),
    (Permission.AUDIT_READ, "audit:events"),
    (Permission.ACCOUNTS_READ, "accounts:people"),
    (Permission.KNOWLEDGE_WRITE, "knowledge:hub"),
    (Permission.PREVENTION_READ, "prevention:hub"),
)


def _hidden(request: Request) -> bool:
    """Whether somebody stands beside the desk."""
    return request.COOKIES.get("havre-names") == "hidden"


def or_elsewhere(view: View[[]]) -> View[[]]:
    """The page, or the first page that whoever may not read files can open."""

    @functools.wraps(view)
    def entered(request: HttpRequest) -> HttpResponse:
        user = request.user
        if user.is_authenticated and not Visit.of(request).session.locked and not user.may(READ):
            for permission, name in ELSEWHERE:
                if user.may(permission):
                    return redirect(name)
        return view(request)

    return entered


@or_elsewhere
@page(needs=READ)
def today(request: Request) -> HttpResponse:
    """Who needs this user today."""
    here = localdate()
    day = homes.day_of(request.user, here, hidden=_hidden(request))
    context = {"day": day, "date": words.long_day(here)}
    context["greeting"] = words.greeting(request.user.name, localtime().hour)
    context["opens"] = request.user.may(Permission.CASE_OPEN)
    context["confirms"] = request.user.may(Permission.FINDING_CONFIRM)
    return render(request, "casefile/today.html", context)


@page(needs=READ, methods=("GET", "POST"))
def people(request: Request) -> HttpResponse:
    """The people of one caseload, those who came last first; or, asked by a form, those who are searched for."""
    held = caseload.lenses(request.user)
    if request.method == "POST":
        return _search(request, held)
    lens = caseload.chosen(held, request.GET.get("lens", ""))
    context: dict[str, Any] = {"lenses": held, "lens": lens, "rows": [], "first": "after" not in request.GET}
    context["opens"] = request.user.may(Permission.CASE_OPEN)
    context["hands_over"] = request.user.may(Permission.CASELOAD_HAND_OVER)
    if lens:
        cases, context["more"] = caseload.page_after(lens.principal, caseload.Cursor.read(request.GET.get("after", "")))
        context["rows"] = _rows(request, cases)
        context["total"], context["counted_out"] = caseload.total(lens.principal)
    return render(request, "casefile/list.html", context)


def _rows(request: Request, cases: list[Case]) -> list[rows.Row]:
    today = localdate()
    listed = [rows.listed(case, request.user, today) for case in cases]
    return list(rows.named(listed, hidden=_hidden(request)))


def _search(request: Request, held: list[caseload.Lens]) -> HttpResponse:
    """A file with that very reference, else the people whose names are near. A name never stands in an address."""
    asked = request.POST.get("q", "").strip()[:LONGEST]
    if not asked:
        return redirect("casefile:list")
    if SEARCHES.reached(str(request.user.pk)):
        raise Refused(_("You have searched 30 times within a minute. Wait a minute, then search again."))
    SEARCHES.count(str(request.user.pk))
    reference = references.clean(asked)
    case = Case.objects.filter(reference=reference).first() if reference else None
    if case:
        request.recorder.acted("search.reference")
        return redirect(case)
    request.recorder.acted("search.colleague" if names_a_colleague(asked, request.user) else "search.names")
    found = names.files_of(names.find(asked, by=request.user))
    context: dict[str, Any] = {"lenses": held, "asked": asked, "rows": _rows(request, found), "reference": reference}
    context["opens"] = request.user.may(Permission.CASE_OPEN)
    return render(request, "casefile/list.html", context)


@page(needs=READ)
def case(request: Request, reference: str) -> HttpResponse:
    """One file with all its stages."""
    found = case_of(reference)
    everything, hidden = "all" in request.GET, _hidden(request)
    with read_ahead(found, hidden=hidden):
        shown = whole_file(found, request.user, hidden=hidden, everything=everything)
        return render(request, "casefile/case.html", shown)


@page(needs=READ)
def who(request: Request, reference: str) -> HttpResponse:
    """Who saw one file, all of it, for whoever looks after it and for those whose role reaches the house."""
    found = case_of(reference)
    if not seen.in_charge(found, request.user):
        return render(request, "403.html", status=403)
    after = reading.Place.read(request.GET.get("after", ""))
    looks, more = reading.looks(found.pk, request.user, after)
    prints = request.user.may(Permission.CASE_WRITE)
    context = {"case": found, "looks": looks, "more": more, "first": after is None, "prints": prints}
    return render(request, "casefile/who_saw.html", context)
