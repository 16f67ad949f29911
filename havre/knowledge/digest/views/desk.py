"""The desk: stories that came, a story by hand, and what is done with one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from havre.kernel.vocabularies import load
from havre.knowledge.digest import actions, desk
from havre.knowledge.digest.forms import NewsForm
from havre.knowledge.digest.models import Feed, Story
from havre.platform.permissions import Permission
from havre.platform.ui.fields import language
from havre.platform.ui.pages import page
from havre.platform.ui.requests import Request
from havre.platform.ui.sheets import Sheet

READ, WRITE = Permission.KNOWLEDGE_READ, Permission.KNOWLEDGE_WRITE


@page(needs=READ)
def stories(request: Request) -> HttpResponse:
    """What came and waits, and the issues that were and are made."""
    asked = desk.Asked.of(request.GET)
    found = desk.waiting(request.user, asked)
    lists = [(name, load(list_).choices(language()), getattr(asked, name)) for name, list_ in desk.LISTS.items()]
    feeds = Feed.objects.filter(owner=request.user.agency_id)
    context = {
        "asked": asked,
        "desk": found,
        "lists": lists,
        "issues": desk.issues(request.user),
        "ill": feeds.exclude(fault="").filter(paused=False).count(),
        "feeds": feeds.count(),
        "later": asked.address(page=asked.page + 1) if found.more else "",
        "earlier": asked.address(page=asked.page - 1) if asked.page > 1 else "",
        "here": asked.address(page=asked.page if asked.page > 1 else ""),
    }
    return render(request, "digest/desk.html", context)


@page(needs=WRITE, methods=("GET", "POST"))
def write(request: Request) -> HttpResponse:
    """A story by hand."""
    sheet = Sheet(request, "digest-story", request.user.pk)
    form = sheet.form(NewsForm, initial={"day": timezone.localdate()})
    made: list[Story] = []

    def act() -> None:
        made.append(actions.write_story(form.values(), by=request.user))

    acted = sheet.acted("digest/write.html", {"form": form}, act)
    return acted or sheet.done(reverse("digest:desk") + f"#s{made[0].leader_id or made[0].pk}")


def _mine(request: Request, pk: UUID) -> Story:
    return get_object_or_404(Story, pk=pk, owner=request.user.agency_id)


def _back(request: Request) -> HttpResponse:
    """To the desk as it was."""
    asked: Any = desk.Asked.of(request.POST)
    return redirect(reverse("digest:desk") + f"?{asked.address()}")


@page(needs=WRITE, methods=("POST",))
def pick(request: Request, pk: UUID) -> HttpResponse:
    """The story comes into its issue."""
    actions.pick(_mine(request, pk), by=request.user)
    return _back(request)


@page(needs=WRITE, methods=("POST",))
def aside(request: Request, pk: UUID) -> HttpResponse:
    """The story is not wanted, or wanted after all."""
    actions.put_aside(_mine(request, pk), aside="back" not in request.POST, by=request.user)
    return _back(request)


@page(needs=WRITE, methods=("POST",))
def part(request: Request, pk: UUID) -> HttpResponse:
    """The story is another than the one it was put with."""
    actions.part(_mine(request, pk), by=request.user)
    return _back(request)
