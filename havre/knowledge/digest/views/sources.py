"""Where news comes from: feeds and how they do, and the places that an administrator lets be read."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from havre.knowledge.digest import actions
from havre.knowledge.digest.forms import FeedForm, HostForm
from havre.knowledge.digest.models import AllowedHost, Feed
from havre.knowledge.digest.sentences import fault
from havre.platform.audit.actions import Refused
from havre.platform.fetching import host_of
from havre.platform.permissions import Permission
from havre.platform.ui.pages import page
from havre.platform.ui.requests import Request
from havre.platform.ui.sheets import Sheet

READ, WRITE, ADMINISTER = Permission.KNOWLEDGE_READ, Permission.KNOWLEDGE_WRITE, Permission.ACCOUNTS_WRITE


@dataclass(frozen=True)
class Source:
    """A feed, and what stands against it in one line."""

    feed: Feed
    fault: str
    host: str


@page(needs=READ)
def sources(request: Request) -> HttpResponse:
    """Every feed of the agency; those that could not be read first, with why and when they are tried again."""
    feeds = Feed.objects.filter(owner=request.user.agency_id).order_by("paused", "name")
    rows = [Source(each, fault(each.fault), host_of(each.url)) for each in feeds]
    rows.sort(key=lambda row: not (row.fault and not row.feed.paused))
    hosts = AllowedHost.objects.filter(owner=request.user.agency_id).order_by("name")
    ill = sum(bool(row.fault) and not row.feed.paused for row in rows)
    return render(request, "digest/sources.html", {"rows": rows, "hosts": hosts, "ill": ill})


def _mine(request: Request, pk: UUID) -> Feed:
    return get_object_or_404(Feed, pk=pk, owner=request.user.agency_id)


@page(needs=WRITE, methods=("GET", "POST"))
def new(request: Request) -> HttpResponse:
    """A feed that is not there yet."""
    sheet = Sheet(request, "digest-feed", request.user.pk)
    form = sheet.form(FeedForm)
    acted = sheet.acted(
        "digest/feed.html", {"form": form}, lambda: actions.save_feed(None, form.values(), by=request.user)
    )
    return acted or sheet.done("digest:sources")


@page(needs=WRITE, methods=("GET", "POST"))
def feed(request: Request, pk: UUID) -> HttpResponse:
    """One feed as it stands now."""
    row = _mine(request, pk)
    sheet = Sheet(request, "digest-feed", row.pk)
    form = sheet.form(FeedForm, initial=FeedForm.standing(row))

    def act() -> None:
        actions.save_feed(row, form.values(), by=request.user, version=form.cleaned_data["version"])

    context = {"form": form, "feed": row, "fault": fault(row.fault)}
    return sheet.acted("digest/feed.html", context, act) or sheet.done("digest:sources")


@page(needs=WRITE, methods=("POST",))
def again(request: Request, pk: UUID) -> HttpResponse:
    """It is read within a minute."""
    actions.read_again(_mine(request, pk), by=request.user)
    return redirect("digest:sources")


@page(needs=WRITE, methods=("POST",))
def remove(request: Request, pk: UUID) -> HttpResponse:
    """The feed is taken off; its stories stay."""
    actions.remove_feed(_mine(request, pk), by=request.user)
    return redirect("digest:sources")


@page(needs=ADMINISTER, methods=("GET", "POST"))
def hosts(request: Request) -> HttpResponse:
    """The places that may be read, and those that feeds wait for."""
    form = HostForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.allow(form.cleaned_data["name"], by=request.user)
        except Refused as refusal:
            form.add_error("name", str(refusal))
        else:
            return redirect("digest:hosts")
    found = AllowedHost.objects.filter(owner=request.user.agency_id).select_related("by").order_by("name")
    waits = Feed.objects.filter(owner=request.user.agency_id, fault="not_allowed").order_by("name")
    wanted = [(each.name, host_of(each.url)) for each in waits]
    context = {"form": form, "hosts": found, "wanted": wanted}
    return render(request, "digest/hosts.html", context, status=422 if form.errors else 200)


@page(needs=ADMINISTER, methods=("POST",))
def host_remove(request: Request, pk: UUID) -> HttpResponse:
    """The place may not be read any more."""
    actions.forbid(get_object_or_404(AllowedHost, pk=pk, owner=request.user.agency_id), by=request.user)
    return redirect("digest:hosts")
