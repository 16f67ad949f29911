"""Pages for everybody: the link of an invitation, and the check of a certificate. No account, no cookie, no script."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt

from havre.platform.accounts.tries import Limit, network_of
from havre.platform.ui.pages import public
from havre.platform.ui.requests import Visit

from . import codes
from .forms import AcceptInvitationForm
from .models import Trainee

SHAPE = re.compile(r"[A-Za-z0-9_-]{43}")
PER_NETWORK = Limit("certificate", 60)  # a ministry sits behind one address
PER_CODE = Limit("certified", 10)  # names tried on one certificate
INVITED = Limit("invited", 60)
NAMES = {"en": "English", "fr": "Français"}


# Of both pages the address is the whole authority, and no cookie adds to it; without a referrer a browser sends their
# forms with `Origin: null`, which the check against forged forms would refuse.
@csrf_exempt
@public(methods=("GET", "POST"))
def invitation(request: Visit, token: str) -> HttpResponse:
    """Which training it is for, and whether one comes."""
    network = _visited(request)
    known = SHAPE.fullmatch(token) and not INVITED.reached(network)
    told = _ask("select havre.training_read(%s)", token) if known else None
    if told is None:
        INVITED.count(network)
        request.recorder.acted("invitation.refused")
        return _page(request, "training/open/worthless.html", {}, status=404)
    form = AcceptInvitationForm(request.POST) if request.method == "POST" else AcceptInvitationForm()
    if request.method == "POST" and (form.is_valid() or "declines" in request.POST):
        return _answered(request, token, told, form, comes="declines" not in request.POST)
    context = {"told": _dated(told), "form": form}
    return _page(request, "training/open/invitation.html", context, status=422 if form.is_bound else 200)


def _answered(
    request: Visit, token: str, told: dict[str, Any], form: AcceptInvitationForm, *, comes: bool
) -> HttpResponse:
    """Leads away from the address with the secret."""
    name, rest = (form.cleaned_data["name"], form.told()) if comes else ("", {})
    column: Any = Trainee._meta.get_field("name")
    sealed = bytes(column.sealed(Trainee(pk=UUID(told["trainee"])), name)) if name else b""
    if not _ask("select havre.training_answer(%s, %s, %s, %s::jsonb)", token, comes, sealed, json.dumps(rest)):
        return _page(request, "training/open/worthless.html", {}, status=404)
    request.recorder.acted("invitation.accept" if comes else "invitation.decline")
    where = reverse("training:thanks") + f"?in={_language(request)}" + ("" if comes else "&answer=no")
    return _quiet(redirect(where))


@public()
def thanks(request: Visit) -> HttpResponse:
    """The answer was taken."""
    return _page(request, "training/open/thanks.html", {"comes": request.GET.get("answer") != "no"})


@public()
def check_any(request: Visit) -> HttpResponse:
    """Asks for the code of a certificate."""
    if given := request.GET.get("code", "").strip():
        return _quiet(redirect(reverse("training:check", args=[_typed(given)]) + f"?in={_language(request)}"))
    return _page(request, "training/open/certificate.html", {})


def _typed(given: str) -> str:
    """What was typed, as it may stand in an address."""
    code = codes.bare(given)
    return codes.spelt(code) if code else re.sub(r"[^0-9A-Za-z-]", "", given)[:40] or "-"


@csrf_exempt
@public(methods=("GET", "POST"))
def check(request: Visit, code: str) -> HttpResponse:
    """What a certificate says, and whether it is that of the name one types: whose it is, it tells nobody."""
    network, known = _visited(request), codes.bare(code)
    name = " ".join(request.POST.get("name", "").split())[:200]
    told, tired = None, bool(name) and PER_CODE.reached(known)
    if known and not PER_NETWORK.reached(network):
        mark = codes.named(known, name) if name and not tired else b""
        told = _ask("select havre.certificate_check(%s, %s)", known, mark)
    if told is None:
        PER_NETWORK.count(network)
        request.recorder.acted("certificate.refused")
        return _page(request, "training/open/certificate.html", {"unknown": True, "code": code[:40]}, status=404)
    if name and not tired and not told["named"]:
        PER_CODE.count(known)
    context = {"told": _dated(told), "code": codes.spelt(known), "name": name, "tired": tired}
    return _page(request, "training/open/certificate.html", context)


def _visited(request: Visit) -> str:
    """Where it comes from; what somebody signed in does is recorded in their own name."""
    if request.user.is_authenticated and not request.session.locked:
        request.recorder.user = request.user
    return network_of(request)


def _dated(told: dict[str, Any]) -> dict[str, Any]:
    """With days as days."""
    days = {
        name: date.fromisoformat(told[name]) for name in ("begins", "ends", "issued", "withdrawn") if told.get(name)
    }
    return {**told, **days}


def _ask(question: str, *values: Any) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        (answer,) = cursor.fetchone()
    return json.loads(answer) if isinstance(answer, str) else answer


def _language(request: Visit) -> str:
    """As the link says, else as the browser does."""
    asked = request.GET.get("in", "")
    return asked if asked in NAMES else translation.get_language() or "en"


def _page(request: Visit, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    with translation.override(_language(request)):
        others = [each for each in NAMES.items() if each[0] != translation.get_language()]
        return _quiet(render(request, template, {**context, "others": others}, status=status))


def _quiet(response: HttpResponse) -> HttpResponse:
    """The address goes to nobody."""
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
