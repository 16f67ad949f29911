"""What the door asks: at the second step of signing in, of a locked screen, before what reaches far."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from havre.platform.ui.requests import Visit

from . import codes, factors, passkeys
from .factors import PASSKEY, RECOVERY, Held
from .forms import SignInForm
from .models import User

OPEN, CONFIRM, SIGN_IN = "open", "confirm", "sign in"  # what a passkey is shown for
NOT_SHOWN = _("The passkey was not recognised, or the page had waited too long. Try it once more.")
WRONG_CODE = _("This code is not right, or it was used before. Wait for the next one that your app shows.")
TOO_MANY_CODES = _("Too many wrong codes. Wait an hour, or use a passkey.")
Kept = list[tuple[str, str]]


def _context(request: HttpRequest, act: str, held: list[Held], *, password: bool) -> dict[str, Any]:
    """What the parts of a page need to ask for all that somebody holds."""
    keys = [each for each in held if each.kind == PASSKEY]
    return {
        "passkey": passkeys.asked(request, act, keys) if keys and not settings.DEMO else "",
        "asks_password": password and not settings.DEMO,
        "asks_code": any(each.kind != PASSKEY for each in held) and not settings.DEMO,
        "has_app": any(each.kind == factors.APP for each in held),
        "just_click": settings.DEMO,
    }


def locked(request: HttpRequest, kept: Kept, here: str, error: str | Promise = "") -> HttpResponse:
    """The page that opens a locked session, takes the second factor, or sets the first one up."""
    user = _user(request)
    held = factors.of(user)
    waits = Visit.of(request).session.waits
    if waits and not factors.enough(held):
        return first(request, kept, here, error)
    context = _context(request, OPEN, held, password=not waits)
    template = "accounts/second.html" if waits else "accounts/locked.html"
    return render(request, template, {**context, "kept": kept, "here": here, "error": error}, status=423)


def door(
    request: HttpRequest, form: SignInForm, kept: Kept, here: str, *, status: int = 200, error: str | Promise = ""
) -> HttpResponse:
    """The page that signs in; in the demonstration a click on somebody does."""
    personas = User.objects.select_related("agency").filter(is_active=True).order_by("login") if settings.DEMO else []
    context = {"form": form, "next": here, "personas": personas, "kept": kept, "error": error}
    context["passkey"] = "" if settings.DEMO else passkeys.asked(request, SIGN_IN)
    return render(request, "accounts/signin.html", context, status=status)


def first(request: HttpRequest, kept: Kept, here: str, error: str | Promise = "", status: int = 423) -> HttpResponse:
    """The page that sets a factor up: for whoever has none, the only one there is."""
    user = _user(request)
    held = factors.of(user)
    secret = codes.secret_for(request, user, held)
    context = {
        "options": passkeys.asked_for_new(request, user, [each for each in held if each.kind == PASSKEY]),
        "spelt": codes.spelt(secret),
        "square": codes.drawn(secret, user),
        "has_app": any(each.kind == factors.APP for each in held),
        "alone": Visit.of(request).session.waits,
    }
    context |= {"kept": kept, "here": here, "error": error}
    return render(request, "accounts/enrol.html", context, status=status)


def again(request: HttpRequest, kept: Kept, here: str, error: str | Promise = "") -> HttpResponse:
    """The page that asks whether it is you. Our script sends a form again as a page when it is answered 428."""
    context = _context(request, CONFIRM, factors.of(_user(request)), password=True)
    return render(request, "accounts/confirm.html", {**context, "kept": kept, "here": here, "error": error}, status=428)


def answered(request: HttpRequest, act: str, *, password: bool) -> str | Promise:
    """Empty when what was sent proves who it is; else the sentence that says what is wrong."""
    user = _user(request)
    if settings.DEMO:
        return ""
    if "passkey" in request.POST:
        return "" if passkeys.shown(request, act, request.POST["passkey"], user) else NOT_SHOWN
    if password:
        form = SignInForm(request, {"login": user.login, "password": request.POST.get("password", "")})
        if not form.is_valid() or form.user != user:
            return str(next(iter(form.errors.values()))[0])
    held = factors.of(user)
    return _code(request, user, held) if factors.enough(held) else ""


def _code(request: HttpRequest, user: User, held: list[Held]) -> str | Promise:
    if codes.PER_ACCOUNT.reached(str(user.pk)):
        return TOO_MANY_CODES
    kind = codes.right(user, held, request.POST.get("code", ""))
    if kind == RECOVERY:
        Visit.of(request).recorder.acted("factor.recover")
    elif not kind:
        codes.PER_ACCOUNT.count(str(user.pk))
    return "" if kind else WRONG_CODE


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user
