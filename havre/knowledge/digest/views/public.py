"""The pages for everybody: archive, issue, subscription. They set no cookie and name no reader."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt

from havre.knowledge.digest import printed, shown, subscribing
from havre.knowledge.digest.atom import feed
from havre.knowledge.digest.forms import SubscribeForm
from havre.knowledge.digest.models import Issue
from havre.platform.accounts.tries import Limit, network_of
from havre.platform.ui.pages import public
from havre.platform.ui.requests import Visit

NAMES = {"en": "English", "fr": "Français"}
PER_NETWORK = Limit("digest", 20)
LINKS = Limit("digestlink", 60)


def language(request: Visit) -> str:
    """As the link says, else as the browser does."""
    asked = request.GET.get("in", "")
    return asked if asked in NAMES else (translation.get_language() or "en")[:2]


def _page(request: Visit, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    spoken = language(request)
    with translation.override(spoken):
        others = [each for each in NAMES.items() if each[0] != spoken]
        said = {name: value() if callable(value) else value for name, value in context.items()}
        # Without the request: no token of a form, so no cookie, and nothing of whoever is signed in.
        page = render_to_string(f"digest/open/{template}.html", {**said, "others": others, "spoken": spoken})
    answer = HttpResponse(page, status=status)
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers["Content-Language"] = spoken
    return answer


def _published() -> list[Issue]:
    return list(Issue.objects.exclude(published_at=None).select_related("owner").order_by("-year", "-quarter"))


@public()
def archive(request: Visit) -> HttpResponse:
    """Every issue, newest first."""
    issues, spoken = _published(), language(request)
    lines = lambda: [(each, printed.title_of(each), shown.intro(each, spoken)) for each in issues]  # noqa: E731
    return _page(request, "archive", {"issues": lines})


def _one(year: str, quarter: str) -> Issue:
    found = Issue.objects.exclude(published_at=None).filter(year=year, quarter=quarter).select_related("owner").first()
    if found is None:
        raise Http404
    return found


@public()
def issue(request: Visit, year: str, quarter: str) -> HttpResponse:
    """One issue, at its address for good."""
    one, spoken = _one(year, quarter), language(request)
    context = {
        "issue": one,
        "title": lambda: printed.title_of(one),
        "intro": shown.intro(one, spoken),
        "chapters": shown.chapters(shown.items_of(one), spoken),
    }
    return _page(request, "issue", context)


@public()
def plain(request: Visit, year: str, quarter: str) -> HttpResponse:
    """The same as text."""
    spoken = language(request)
    answer = HttpResponse(printed.text(_one(year, quarter), spoken), content_type="text/plain; charset=utf-8")
    answer.headers["Content-Language"] = spoken
    return answer


@public()
def atom(request: Visit) -> HttpResponse:
    """The issues as an Atom feed."""
    spoken = language(request)
    return HttpResponse(feed(_published()[:12], spoken), content_type="application/atom+xml; charset=utf-8")


# No cookie stands behind these forms and no session is used, so a forged one can do no more than anybody can.
@csrf_exempt
@public(methods=("GET", "POST"))
def subscribe(request: Visit) -> HttpResponse:
    """An address, and one calm answer whatever it is."""
    posted = request.method == "POST"
    form = SubscribeForm(request.POST) if posted else SubscribeForm(initial={"language": language(request)})
    if not posted or not form.is_valid():
        return _page(request, "subscribe", {"form": form, "issues": bool(_published())}, status=422 if posted else 200)
    network = network_of(request)
    if not PER_NETWORK.reached(network):
        PER_NETWORK.count(network)
        subscribing.subscribe(form.cleaned_data["address"], form.cleaned_data["language"])
    return _led(request, "asked")


@csrf_exempt
@public(methods=("GET", "POST"))
def confirm(request: Visit, token: str) -> HttpResponse:
    """The mailbox says yes by a press: those who only follow links on the way of a mail subscribe nobody."""
    return _linked(request, token, "confirm")


@csrf_exempt
@public(methods=("GET", "POST"))
def leave(request: Visit, token: str) -> HttpResponse:
    """The way out, by a press, or by the mail program itself (RFC 8058)."""
    return _linked(request, token, "leave")


def _linked(request: Visit, token: str, what: str) -> HttpResponse:
    network = network_of(request)
    if LINKS.reached(network) or subscribing.link(token) != what:
        LINKS.count(network)
        return _page(request, "worthless", {}, status=404)
    if request.method != "POST":
        return _page(request, what, {})
    done = subscribing.confirm(token) if what == "confirm" else subscribing.leave(token)
    return (
        _led(request, {"confirm": "subscribed", "leave": "left"}[what])
        if done
        else _page(request, "worthless", {}, 404)
    )


def _led(request: Visit, what: str) -> HttpResponse:
    """Leads away from an address with a secret."""
    answer = redirect(reverse("digest:thanks", args=[what]) + f"?in={language(request)}")
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


@public()
def thanks(request: Visit, what: str) -> HttpResponse:
    """What was done, and what comes next."""
    if what not in ("asked", "subscribed", "left"):
        raise Http404
    return _page(request, "thanks", {"what": what})
