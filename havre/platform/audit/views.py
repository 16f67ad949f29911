"""For whoever audits: what was done, what is unusual, who saw one file, and the head of the record to take away."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from havre.platform.permissions import Permission
from havre.platform.ui.pages import page
from havre.platform.ui.requests import Request

from . import reading, sealing, unusual
from .kinds import Kind
from .seals import head_text, spoken

READ = Permission.AUDIT_READ


def _kinds(asked: reading.Asked) -> Sequence[dict[str, Any]]:
    """The kinds to choose from, each with its address."""
    chosen = "refused" if asked.refused else str(asked.kind or "")
    named = [("", _("Everything")), *((str(each), each.label) for each in Kind), ("refused", _("Refused"))]
    return [{"code": code, "label": label, "current": code == chosen} for code, label in named]


@page(needs=READ)
def events(request: Request) -> HttpResponse:
    """What was done and seen in the agency: no person, no reference, no name of anybody in care."""
    asked = reading.Asked.read(request.GET.dict())
    after = reading.Place.read(request.GET.get("after", ""))
    found, more = reading.events(request.user, asked, after)
    people = reading.people_of([asked.who])
    context = {
        "events": found,
        "earlier": reading.params(asked, more) if more else "",
        "newest": reading.params(asked),
        "first": after is None,
        "kinds": _kinds(asked),
        "asked": asked,
        "rule": unusual.rules().get(asked.rule),
        "whose": reading.named_as(asked.who, people, request.user) if asked.who else "",
    }
    return render(request, "audit/events.html", context)


@page(needs=READ)
def unusual_access(request: Request) -> HttpResponse:
    """What stands out in the last thirty days, by rules that stand on the page."""
    findings, whole = unusual.findings(request.user.agency.audit_principal)
    people = reading.people_of(each.who for each in findings)
    listed = [
        {
            "finding": each,
            "who": reading.named_as(each.who, people, request.user),
            "url": reading.params(reading.Asked(rule=each.rule.code, who=each.who, since=each.since, until=each.until)),
        }
        for each in findings
    ]
    context = {"findings": listed, "rules": unusual.rules().values(), "whole": whole, "days": unusual.DAYS}
    return render(request, "audit/unusual.html", {**context, "most": unusual.MOST_EVENTS, "shown": unusual.SHOWN})


@page(needs=READ)
def one_file(request: Request, file: UUID) -> HttpResponse:
    """Who saw one file, which is a number here."""
    after = reading.Place.read(request.GET.get("after", ""))
    looks, more = reading.looks(file, request.user, after)
    if not looks and after is None:
        raise Http404
    context = {"looks": looks, "more": more, "first": after is None, "number": reading.short(file)}
    return render(request, "audit/file.html", context)


@page(needs=READ)
def seals(request: Request) -> HttpResponse:
    """The head of the record: to be read out, printed, or taken away as a file."""
    last = sealing.last_seal()
    context: dict[str, Any] = {"seal": last}
    if last:
        context["head"], context["key"] = spoken(last.head).split(), spoken(sha256(last.key).digest())
        context["late"] = sealing.is_late(last, request.user.agency.audit_principal)
    return render(request, "audit/seals.html", context)


@page(needs=READ)
def head(request: Request) -> HttpResponse:
    """The head as a small text file."""
    last = sealing.last_seal()
    if last is None:
        raise Http404
    response = HttpResponse(head_text(last), content_type="text/plain; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="head-{last.number}.txt"'
    return response
