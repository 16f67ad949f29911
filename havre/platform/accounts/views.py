"""Signing in and out, locking, language, theme, names on or off, and the quick way out."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import check_for_language
from django.views.decorators.csrf import csrf_exempt

from havre.platform.ui.pages import public
from havre.platform.ui.requests import Visit
from havre.platform.ui.ways import onward

from . import claims
from .confirming import ASKED
from .forms import SignInForm
from .leaving import end
from .models import User

YEAR = 365 * 24 * 3600
HOME = "/"
KEPT = "kept-"  # a kept form may have fields called `login` or `next` of its own


def _next(request: Visit) -> str:
    """Where to go on, never to another site."""
    target = request.POST.get("next") or request.GET.get("next") or HOME
    return onward(target, HOME)


def _remember(response: HttpResponse, name: str, value: str) -> HttpResponse:
    response.set_cookie(name, value, max_age=YEAR, secure=True, httponly=True, samesite="Strict")
    return response


@public(methods=("GET", "POST"))
def signin(request: Visit) -> HttpResponse:
    form = SignInForm(request, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and form.user:
        login(request, form.user)
        request.session["shared"] = form.cleaned_data["shared"]
        request.session.save()
        request.recorder.user = form.user
        request.recorder.acted("session.begin")
        response = _go_on(request, alone=False)
        if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
            _remember(response, settings.LANGUAGE_COOKIE_NAME, form.user.language)
        return response
    if request.method == "POST":
        # Somebody signed in who tries another login: the record is in their own name, or the database refuses it.
        if request.user.is_authenticated and not request.session.locked:
            request.recorder.user = request.user
        request.recorder.tried(str(request.POST.get("login", ""))[:60].replace("\0", ""))
        request.recorder.acted("session.refused")
    personas = User.objects.select_related("agency").order_by("login") if settings.DEMO else []
    context = {"form": form, "next": _next(request), "personas": personas, "kept": kept(request)}
    return render(request, "accounts/signin.html", context, status=422 if request.method == "POST" else 200)


@public(methods=("POST",))
def signout(request: Visit) -> HttpResponse:
    end(request)
    response = redirect("accounts:signin")
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


@csrf_exempt
@public(methods=("POST",))
def leave(request: Visit) -> HttpResponse:
    """Quick exit: leaving must work from a page whose token has grown old, and leaving harms nobody."""
    end(request)
    response = HttpResponseRedirect("/weather/", status=303)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


@public()
def weather(request: Visit) -> HttpResponse:
    return render(request, "weather.html")


@public(methods=("POST",))
def lock(request: Visit) -> HttpResponse:
    """Locks the session where it stands; the same page asks for the password."""
    if request.user.is_authenticated:
        request.session.lock()
    return redirect(_next(request))


@public(methods=("GET", "POST"))
def unlock(request: Visit) -> HttpResponse:
    """Opens a locked session again. What was sent with a locked form is sent on to where it was going."""
    if not request.user.is_authenticated:
        return redirect("accounts:signin")
    if request.method != "POST":
        return redirect(HOME)  # a page reloaded after a wrong password
    form = SignInForm(request, {"login": request.user.login, "password": request.POST.get("password", "")})
    if not form.is_valid() or form.user != request.user:
        context = {"form": form, "kept": kept(request), "here": _next(request)}
        return render(request, "accounts/locked.html", context, status=423)
    request.session.renew()
    request.recorder.user = request.user
    request.recorder.acted("session.unlock")
    return _go_on(request, alone=True)


@public(methods=("GET", "POST"))
def confirm(request: Visit) -> HttpResponse:
    """Takes the answer to "is it you?" and sends on what was kept."""
    if not request.user.is_authenticated or request.session.locked:
        return redirect("accounts:signin")
    if request.method != "POST":
        return redirect(HOME)  # a page reloaded after a wrong answer
    form = SignInForm(request, {"login": request.user.login, "password": request.POST.get("password", "")})
    request.recorder.user = request.user
    if not form.is_valid() or form.user != request.user:
        request.recorder.acted("session.doubted")
        context = {"form": form, "kept": kept(request), "here": _next(request)}
        return render(request, "accounts/confirm.html", context, status=ASKED)
    claims.confirm(request.claim)
    request.recorder.acted("session.confirm")
    return _go_on(request, alone=True)


def kept(request: Visit) -> list[tuple[str, str]]:
    """The fields of a form that came in between: everything that is not of the door itself."""
    fields = ((name, value) for name, values in request.POST.lists() for value in values)
    return [(name.removeprefix(KEPT), value) for name, value in fields if name.startswith(KEPT)]


def _go_on(request: Visit, *, alone: bool) -> HttpResponse:
    """To where it was going; with a form that was kept, by way of a page that sends it on."""
    fields = kept(request)
    if not fields:
        return redirect(_next(request))
    return render(request, "accounts/resume.html", {"kept": fields, "here": _next(request), "alone": alone})


@public(methods=("POST",))
def language(request: Visit) -> HttpResponse:
    chosen = request.POST.get("language", "")
    response = redirect(_next(request))
    return _remember(response, settings.LANGUAGE_COOKIE_NAME, chosen) if check_for_language(chosen) else response


@public(methods=("POST",))
def theme(request: Visit) -> HttpResponse:
    chosen = request.POST.get("theme", "")
    return _remember(redirect(_next(request)), "havre-theme", chosen if chosen in ("light", "dark") else "")


@public(methods=("POST",))
def names(request: Visit) -> HttpResponse:
    """Shows references only, or names again."""
    hidden = request.COOKIES.get("havre-names") == "hidden"
    return _remember(redirect(_next(request)), "havre-names", "" if hidden else "hidden")
