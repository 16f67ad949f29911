"""The calendar: a month on a page, and the ways by which other calendars read it."""

from __future__ import annotations

import json
from datetime import date, datetime

from django.conf import settings
from django.db import connection
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from havre.platform.accounts.tries import Limit, network_of
from havre.platform.keeping.rows import Visibility
from havre.platform.ui.pages import page, public
from havre.platform.ui.requests import Request, Visit
from havre.prevention.campaigns.calendar import month_of, span
from havre.prevention.events import actions, feed, month, shown
from havre.prevention.events.models import CalendarKey, Event

from .held import BOTH, READ

PER_NETWORK = Limit("calendar", 60)  # wrong secrets in ten minutes; a ministry sits behind one address
KINDS = {"event": "EVENT", "action": "DUE", "agreement": "AGREEMENT"}


@page(needs=READ)
def calendar(request: Request) -> HttpResponse:
    """A month of events, of actions that are due, of agreements that end."""
    first = month_of(request.GET.get("month", ""), localdate())
    drawn = month.drawn(first, shown.dated(*span(first)))
    return render(request, "events/calendar.html", {"month": drawn, "today": localdate()})


@page(needs=READ, methods=BOTH)
def key(request: Request) -> HttpResponse:
    """The address by which one's own calendar reads ours: shown once, when it is made."""
    if request.method == "POST" and "close" in request.POST:
        actions.drop_key(request.user, by=request.user)
        return redirect("events:key")
    secret = actions.make_key(request.user, by=request.user) if request.method == "POST" else ""
    base = settings.HAVRE_URL or request.build_absolute_uri("/").rstrip("/")
    address = base + reverse("events:feed", args=[secret]) if secret else ""
    made = CalendarKey.objects.filter(user=request.user).first()
    return render(request, "events/key.html", {"address": address, "made": made})


@public()
def open_feed(request: Visit) -> HttpResponse:
    """The events that everybody may know of, as a calendar."""
    rows = Event.objects.filter(visibility=Visibility.PUBLIC, ends__gte=localdate() - shown.AHEAD).order_by("begins")
    entries = [
        feed.Entry(str(each.pk), each.begins, each.ends, each.title, "EVENT", each.place, each.changed_at)
        for each in rows
    ]
    return _answer(feed.written(entries, _("Events")))


@public()
def own_feed(request: Visit, secret: str) -> HttpResponse:
    """The calendar of whoever holds the secret."""
    network = network_of(request)
    if request.user.is_authenticated and not request.session.locked:
        request.recorder.user = request.user  # somebody signed in who follows it: the record is in their own name
    told = None if PER_NETWORK.reached(network) else _read(secret)
    if told is None:
        PER_NETWORK.count(network)
        request.recorder.acted("calendar.refused")
        raise Http404
    entries = [
        feed.Entry(
            row["number"],
            date.fromisoformat(row["first"]),
            date.fromisoformat(row["last"]),
            row["title"],
            KINDS[row["kind"]],
            row["place"],
            datetime.fromisoformat(row["changed"]),
        )
        for row in told
    ]
    return _answer(feed.written(entries, _("Prevention")))


def _read(secret: str) -> list[dict[str, str]] | None:
    if "\0" in secret:
        return None  # no secret has one, and the database refuses to look
    with connection.cursor() as cursor:
        cursor.execute("select havre.calendar_read(%s)", [secret])
        (told,) = cursor.fetchone()
    return json.loads(told) if isinstance(told, str) else told


def _answer(body: bytes) -> HttpResponse:
    answer = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer
