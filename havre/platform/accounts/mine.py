"""One's own way in: passkeys, the app, recovery codes, the password, and where one is signed in."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.hashers import make_password
from django.db import connection
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from havre.platform.audit.actions import Refused
from havre.platform.ui.pages import page, public
from havre.platform.ui.requests import Request, Visit

from . import asking, claims, codes, factors, passkeys
from .confirming import confirmed, fresh
from .devices import device_of
from .factors import APP, RECOVERY, Held
from .forms import PasswordForm
from .models import User
from .views import go_to, kept, opened, refused

NOT_MADE = gettext_lazy("The passkey was not made, or the page had waited too long. Try it once more.")
NOT_YET = gettext_lazy("This code does not fit. Check the time of your phone, then write the code it shows now.")


@dataclass(frozen=True)
class Signed:
    """Where somebody is signed in."""

    id: UUID
    device: str
    began: datetime
    seen: datetime
    mine: bool


def sessions() -> list[Signed]:
    """Where whoever asks is signed in, the latest first."""
    with connection.cursor() as cursor:
        cursor.execute("select * from havre.sessions()")
        return [
            Signed(pk, json.loads(data).get("device", ""), began, seen, mine)
            for pk, data, began, seen, mine in cursor.fetchall()
        ]


def end_others(ids: list[UUID] | None = None) -> None:
    """Ends one's sessions of these numbers, or all but this one."""
    with connection.cursor() as cursor:
        cursor.execute("select havre.end_others(%s)", [ids])


@page(needs=None)
def mine(request: Request) -> HttpResponse:
    held = factors.of(request.user)
    context = {
        "keys": [each for each in held if each.kind != RECOVERY],
        "left": sum(each.kind == RECOVERY for each in held),
        "sessions": sessions(),
    }
    return render(request, "accounts/mine.html", context)


@page(needs=None)
@confirmed
def add(request: Request) -> HttpResponse:
    """The page that sets another factor up."""
    return asking.first(request, [], "/me/", status=200)


@public(methods=("POST",))
def enrol(request: Visit) -> HttpResponse:
    """Keeps a new factor: of whoever waits for a first one, or has just proved who they are."""
    user, waits = request.user, request.session.waits
    if not isinstance(user, User) or (request.session.locked and not waits):
        return redirect("accounts:signin")
    held = factors.of(user)
    if factors.enough(held) if waits else not fresh():
        refused(request, user.login)
        return redirect("/") if waits else asking.again(request, [], "/me/add/")
    error = _kept(request, user, held)
    if error:
        return asking.first(request, kept(request), go_to(request), error, status=422)
    return _enrolled(request, user, factors.of(user), waits=waits)


def _kept(request: Visit, user: User, held: list[Held]) -> str | Promise:
    """Keeps the passkey or the app that was sent; else the sentence that says what is wrong."""
    if "passkey" in request.POST:
        return "" if passkeys.made(request, user, request.POST["passkey"], device_of(request)) else NOT_MADE
    if any(each.kind == APP for each in held):
        return _("You have an app already. Take that one away first.")
    secret = codes.secret_for(request, user, held)
    return "" if codes.kept(user, secret, request.POST.get("code", ""), device_of(request)) else NOT_YET


def _enrolled(request: Visit, user: User, held: list[Held], *, waits: bool) -> HttpResponse:
    """All other sessions are over; whoever has no recovery codes sees them now."""
    shown = [] if any(each.kind == RECOVERY for each in held) else codes.renewed(user, held)
    if waits:
        opened(request, user)
    else:
        request.recorder.user = user
    request.recorder.acted("factor.enrol")
    end_others()
    if not shown:
        return redirect("accounts:mine")
    context = {"codes": shown, "kept": kept(request), "here": go_to(request)}
    return render(request, "accounts/codes.html", context)


@page(needs=None, methods=("POST",))
@confirmed
def drop(request: Request) -> HttpResponse:
    """Takes one of one's own factors away, never the last."""
    held = factors.of(request.user)
    gone = [each for each in held if str(each.id) == request.POST.get("factor") and each.kind != RECOVERY]
    if not factors.enough(each for each in held if each not in gone):
        raise Refused(_("This is your last second factor: add another one first."))
    factors.drop(gone)
    end_others()
    request.recorder.acted("factor.drop")
    return redirect("accounts:mine")


@page(needs=None, methods=("POST",))
@confirmed
def recovery(request: Request) -> HttpResponse:
    """Ten new recovery codes; the earlier ones open nothing any more."""
    shown = codes.renewed(request.user, factors.of(request.user))
    request.recorder.acted("factor.renew")
    return render(request, "accounts/codes.html", {"codes": shown, "kept": [], "here": "/me/"})


@page(needs=None, methods=("GET", "POST"))
@confirmed
def password(request: Request) -> HttpResponse:
    form = PasswordForm(request.user, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        _change(request, form.cleaned_data["new"])
        return redirect("accounts:mine")
    return render(request, "accounts/password.html", {"form": form}, status=422 if request.method == "POST" else 200)


def _change(request: Request, new: str) -> None:
    user: Any = request.user
    user.password = make_password(new)
    claims.set_password(user, user.password)
    end_others()
    update_session_auth_hash(request, user)
    request.session.save()
    request.recorder.acted("password.change")


@page(needs=None, methods=("POST",))
def end(request: Request) -> HttpResponse:
    """Ends one of one's other sessions, or all of them."""
    try:
        end_others([UUID(request.POST["session"])] if "session" in request.POST else None)
    except ValueError:
        raise Refused(_("There is no such session. Look at the list again.")) from None
    request.recorder.acted("session.end_other")
    return redirect("accounts:mine")
