"""Signing in and out, locking, language, theme, names on or off, and the quick way out."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import check_for_language
from django.views.decorators.csrf import csrf_exempt

from havre.platform.ui.pages import public
from havre.platform.ui.requests import Visit
from havre.platform.ui.ways import onward

from . import asking, claims, factors, passkeys
from .devices import device_of
from .forms import SignInForm
from .leaving import end
from .models import User
from .sessions import DOOR

YEAR = 365 * 24 * 3600
HOME = "/"
KEPT = "kept-"  # a kept form may have fields called `login` or `next` of its own


def go_to(request: Visit) -> str:
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
        return enter(request, form.user) if settings.DEMO else wait(request, form.user)
    if request.method == "POST":
        refused(request, str(request.POST.get("login", ""))[:60].replace("\0", ""))
    return asking.door(request, form, kept(request), go_to(request), status=422 if request.method == "POST" else 200)


@public(methods=("POST",))
def passkey(request: Visit) -> HttpResponse:
    """A passkey alone signs in: it is something one holds, and it was opened by a finger or a PIN."""
    user = passkeys.shown(request, asking.SIGN_IN, request.POST.get("passkey", ""))
    if user:
        return enter(request, user)
    refused(request, "")
    return asking.door(request, SignInForm(request), kept(request), go_to(request), status=422, error=asking.NOT_SHOWN)


@public(methods=("POST",))
def persona(request: Visit) -> HttpResponse:
    """One click signs somebody of the demonstration in; elsewhere there is no such page."""
    user = User.objects.filter(login=request.POST.get("login", ""), is_active=True).first() if settings.DEMO else None
    if user is None:
        raise Http404
    return enter(request, user)


def refused(request: Visit, tried: str) -> None:
    """Records that somebody did not come in."""
    # Somebody signed in who tries another login: the record is in their own name, or the database refuses it.
    if request.user.is_authenticated and not request.session.locked:
        request.recorder.user = request.user
    request.recorder.tried(tried)
    request.recorder.acted("session.refused")


def _login(request: Visit, user: User, *, waits: bool) -> None:
    login(request, user, "havre.platform.accounts.backend.Accounts")
    request.session.update({"device": device_of(request), "shared": "shared" in request.POST, DOOR: waits})
    request.session.save()


def wait(request: Visit, user: User) -> HttpResponse:
    """The password was right: a session that claims nothing waits for the second factor."""
    _login(request, user, waits=True)
    request.claim = claims.token_of(request.session.session_key or "")
    return _spoken(request, user, asking.locked(request, kept(request), go_to(request)))


def enter(request: Visit, user: User) -> HttpResponse:
    """Begins a full session and leads to where it was going."""
    _login(request, user, waits=False)
    request.recorder.user = user
    request.recorder.acted("session.begin")
    return _spoken(request, user, go_on(request, alone=False))


def _spoken(request: Visit, user: User, response: HttpResponse) -> HttpResponse:
    """The language of the account, in a browser that has chosen none."""
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES and not settings.DEMO:
        _remember(response, settings.LANGUAGE_COOKIE_NAME, user.language)
    return response


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
    return redirect(go_to(request))


@public(methods=("GET", "POST"))
def unlock(request: Visit) -> HttpResponse:
    """Opens a locked session, or one that waits for its second factor. What was sent meanwhile is sent on."""
    user, session = request.user, request.session
    if not user.is_authenticated:
        return redirect("accounts:signin")
    if request.method != "POST":
        return redirect(HOME)  # a page reloaded after a wrong answer
    error = asking.answered(request, asking.OPEN, password=not session.waits)
    if error:
        refused(request, user.login)
        return asking.locked(request, kept(request), go_to(request), error)
    if not settings.DEMO and not factors.enough(factors.of(user)):
        return wait(request, user)  # whose factors were taken away sets one up, and does nothing else before
    return opened(request, user)


def opened(request: Visit, user: User) -> HttpResponse:
    """What waited or was locked is open, under a new session."""
    begins = request.session.waits
    request.session.renew()
    request.recorder.user = user
    request.recorder.acted("session.begin" if begins else "session.unlock")
    return go_on(request, alone=not begins)


@public(methods=("GET", "POST"))
def confirm(request: Visit) -> HttpResponse:
    """Takes the answer to "is it you?" and sends on what was kept."""
    if not request.user.is_authenticated or request.session.locked:
        return redirect("accounts:signin")
    if request.method != "POST":
        return redirect(HOME)  # a page reloaded after a wrong answer
    request.recorder.user = request.user
    error = asking.answered(request, asking.CONFIRM, password=True)
    if error:
        request.recorder.acted("session.doubted")
        return asking.again(request, kept(request), go_to(request), error)
    claims.confirm(request.claim)
    request.recorder.acted("session.confirm")
    return go_on(request, alone=True)


def kept(request: Visit) -> list[tuple[str, str]]:
    """The fields of a form that came in between: everything that is not of the door itself."""
    fields = ((name, value) for name, values in request.POST.lists() for value in values)
    return [(name.removeprefix(KEPT), value) for name, value in fields if name.startswith(KEPT)]


def go_on(request: Visit, *, alone: bool) -> HttpResponse:
    """To where it was going; with a form that was kept, by way of a page that sends it on."""
    fields = kept(request)
    if not fields:
        return redirect(go_to(request))
    return render(request, "accounts/resume.html", {"kept": fields, "here": go_to(request), "alone": alone})


@public(methods=("POST",))
def language(request: Visit) -> HttpResponse:
    chosen = request.POST.get("language", "")
    response = redirect(go_to(request))
    return _remember(response, settings.LANGUAGE_COOKIE_NAME, chosen) if check_for_language(chosen) else response


@public(methods=("POST",))
def theme(request: Visit) -> HttpResponse:
    chosen = request.POST.get("theme", "")
    return _remember(redirect(go_to(request)), "havre-theme", chosen if chosen in ("light", "dark") else "")


@public(methods=("POST",))
def names(request: Visit) -> HttpResponse:
    """Shows references only, or names again."""
    hidden = request.COOKIES.get("havre-names") == "hidden"
    return _remember(redirect(go_to(request)), "havre-names", "" if hidden else "hidden")
