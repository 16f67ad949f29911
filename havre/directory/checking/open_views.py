"""The page that a mail leads to: no account, no script, and one calm answer to every link that is worth nothing."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt

from havre.platform.accounts.tries import Limit, network_of
from havre.platform.ui.pages import public
from havre.platform.ui.requests import Visit

from . import linked
from .forms import CorrectForm

PER_NETWORK = Limit("check", 60)  # a ministry sits behind one address
NAMES = {"en": "English", "fr": "Français"}


# The secret in the address is the whole authority here, and no cookie adds to it. The page lets no referrer out, so
# a browser sends its form with `Origin: null`, which the check against forged forms would refuse.
@csrf_exempt
@public(methods=("GET", "POST"))
def check(request: Visit, token: str) -> HttpResponse:
    """What the card says of its contact, to be confirmed by one press, or corrected."""
    network = network_of(request)
    if request.user.is_authenticated and not request.session.locked:
        request.recorder.user = request.user  # somebody signed in who follows it: the record is in their own name
    shown = None if PER_NETWORK.reached(network) else linked.read(token)
    if shown is None:
        PER_NETWORK.count(network)
        request.recorder.acted("check.refused")
        return _page(request, "directory/checking/worthless.html", {}, status=404)
    return _answer(request, token, shown) if request.method == "POST" else _shown(request, shown)


def _shown(request: Visit, shown: linked.Shown, form: CorrectForm | None = None) -> HttpResponse:
    context = {"shown": shown, "form": form or CorrectForm(shown=shown.fields)}
    return _page(request, "directory/checking/check.html", context, status=422 if form else 200)


def _answer(request: Visit, token: str, shown: linked.Shown) -> HttpResponse:
    if "right" in request.POST:
        return _thanked(request, "check.confirm", linked.confirm(token))
    form = CorrectForm(request.POST, shown=shown.fields)
    if not form.is_valid():
        return _shown(request, shown, form)
    gone, why = form.cleaned_data["gone"], form.cleaned_data["why"]
    return _thanked(request, "check.correct", linked.correct(token, shown, form.given(), gone=gone, why=why))


def _thanked(request: Visit, act: str, done: bool) -> HttpResponse:
    """Leads away from the address with the secret; a second press finds the link used."""
    if not done:
        return _page(request, "directory/checking/worthless.html", {}, status=404)
    request.recorder.acted(act)
    return _quiet(redirect(reverse("directory:thanks") + f"?in={_language(request)}"))


@public()
def thanks(request: Visit) -> HttpResponse:
    """The answer was taken."""
    return _page(request, "directory/checking/thanks.html", {})


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
