"""The way in, the table of treaties, and one country."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from havre.kernel import places
from havre.kernel.vocabularies import load
from havre.platform.permissions import Permission
from havre.platform.ui.pages import page
from havre.platform.ui.requests import Request
from havre.platform.ui.sheets import Sheet
from havre.prevention.law import actions, shown
from havre.prevention.law.forms.register import StatusForm
from havre.prevention.law.models import Help, TreatyStatus
from havre.prevention.law.rules import coverage

READ, WRITE = Permission.PREVENTION_READ, Permission.PREVENTION_WRITE
BOTH = ("GET", "POST")
AT_ONCE = 4  # countries side by side


def known(code: str) -> str:
    """The code of a country; not found for any other."""
    if code not in places.countries:
        raise Http404
    return code


def by_name(codes: list[str]) -> list[tuple[str, str]]:
    """Countries with their names, in the order of the alphabet."""
    wanted = set(codes)
    return [pair for pair in places.country_choices(get_language() or "en") if pair[0] in wanted]


def chosen(request: Request, listed: list[tuple[str, str]]) -> list[str]:
    """The countries an address asks for, a few at most; without any, the first of those listed."""
    asked = [code for code in dict.fromkeys(request.GET.getlist("c")) if code in places.countries]
    return (asked or [code for code, _name in listed])[:AT_ONCE]


@page(needs=READ)
def home(request: Request) -> HttpResponse:
    """The countries of which something is known, and the ways to the rest."""
    lines = {land: (laws, bound) for land, laws, bound in shown.counts()}
    listed = [(code, name, *lines[code]) for code, name in by_name(list(lines))]
    helps = Help.objects.exclude(state__in=("closed", "declined")).order_by("-changed_at")[:4]
    total = sum(laws for _code, _name, laws, _bound in listed)
    return render(request, "law/home.html", {"countries": listed, "helps": helps, "total": total})


@page(needs=READ)
def treaties(request: Request) -> HttpResponse:
    """Where a few countries stand with every treaty."""
    there = by_name(shown.known_countries())
    lands = chosen(request, there)
    listed = by_name([*(code for code, _name in there), *lands])
    bodies = shown.table(lands, request.user.agency_id)
    context = {"bodies": bodies, "lands": lands, "listed": listed, "slots": _slots(lands)}
    return render(request, "law/treaties.html", context)


def _slots(lands: list[str]) -> list[str]:
    """What stands in each list from which a country is chosen."""
    return lands + [""] * (AT_ONCE - len(lands))


@page(needs=READ)
def compare(request: Request) -> HttpResponse:
    """What the laws in force of a few countries cover, side by side."""
    lands = chosen(request, by_name(shown.lawful_countries()))
    listed = by_name([*shown.known_countries(), *lands])
    context = {"compared": shown.comparison(lands), "lands": lands, "listed": listed, "slots": _slots(lands)}
    return render(request, "law/compare.html", {**context, "groups": coverage.GROUPS})


@page(needs=READ)
def country(request: Request, country: str) -> HttpResponse:
    """Treaties, laws, scores and help of one country."""
    land, agency = known(country), request.user.agency_id
    rows = shown.scores_of(land, agency)
    context = {
        "land": land,
        "bodies": shown.table([land], agency),
        "laws": shown.laws_of(land),
        "scores": rows,
        "trend": shown.trend(rows),
        "helps": Help.objects.filter(country=land).order_by("-changed_at"),
    }
    return render(request, "law/country.html", context)


@page(needs=WRITE, methods=BOTH)
def status(request: Request, country: str, instrument: str) -> HttpResponse:
    """Where a country stands with a treaty, as one's own agency has it."""
    land, agency = known(country), request.user.agency_id
    if instrument not in load("legal_instruments"):
        raise Http404
    named = {"country": land, "instrument": instrument}
    row = TreatyStatus.objects.filter(**named, owner=agency).first()
    others = TreatyStatus.objects.filter(**named).exclude(owner=agency).select_related("owner")
    sheet = Sheet(request, f"treaty-{land}-{instrument}", request.user.pk)
    form = sheet.form(StatusForm, row=row or TreatyStatus(**named))
    context = {"form": form, "land": land, "treaty": shown.treaty(instrument), "others": others}

    def act() -> None:
        actions.save_status(row or TreatyStatus(**named), form.values(), by=request.user, version=form.since)

    acted = sheet.acted("law/status.html", context, act)
    return acted or sheet.done("law:country", land)
