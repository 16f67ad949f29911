"""One issue: what stands in it, what is still missing, who got it; and one item of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from havre.knowledge.digest import actions, shown
from havre.knowledge.digest.forms import IssueForm, ItemForm
from havre.knowledge.digest.models import Issue, Item, Subscriber
from havre.knowledge.digest.printed import title_of
from havre.platform.permissions import Permission
from havre.platform.ui.fields import language
from havre.platform.ui.pages import page
from havre.platform.ui.requests import Request
from havre.platform.ui.sheets import Sheet

READ, WRITE = Permission.KNOWLEDGE_READ, Permission.KNOWLEDGE_WRITE
BOTH = ("GET", "POST")


def _issue(request: Request, pk: UUID) -> Issue:
    return get_object_or_404(Issue.objects.select_related("owner"), pk=pk)


def _mine(request: Request, pk: UUID) -> Issue:
    return get_object_or_404(Issue, pk=pk, owner=request.user.agency_id)


@page(needs=READ)
def issue(request: Request, pk: UUID) -> HttpResponse:
    """The issue as it will be, or is."""
    one = _issue(request, pk)
    items = shown.items_of(one)
    ours = one.owner_id == request.user.agency_id
    context = {
        "issue": one,
        "title": title_of(one),
        "chapters": shown.chapters(items, language()),
        "many": len(items),
        "intro": shown.intro(one, language()),
        "conditions": shown.conditions(one) if not one.published_at else [],
        "ours": ours,
        "post": _post(one) if ours else None,
        "sends": bool(settings.EMAIL_HOST and settings.HAVRE_URL),
    }
    return render(request, "digest/issue.html", context)


def _post(one: Issue) -> dict[str, int]:
    """How many mails went, wait, and are of unknown fate; before that, who would get it."""
    counts = one.deliveries.aggregate(
        went=Count("pk", filter=~Q(mailed=None)),
        waits=Count("pk", filter=Q(taken=None)),
        unknown=Count("pk", filter=Q(mailed=None) & ~Q(taken=None)),
    )
    readers = Subscriber.objects.filter(owner=one.owner_id).exclude(confirmed_at=None)
    return {**counts, "readers": readers.count()}


@page(needs=WRITE, methods=BOTH)
def first_words(request: Request, pk: UUID) -> HttpResponse:
    """What the editor says first."""
    one = _mine(request, pk)
    sheet = Sheet(request, "digest-issue", one.pk)
    form = sheet.form(IssueForm, initial=IssueForm.standing(one))

    def act() -> None:
        actions.save_issue(one, form.values(), by=request.user, version=form.cleaned_data["version"])

    context = {"form": form, "issue": one, "title": title_of(one)}
    return sheet.acted("digest/words.html", context, act) or sheet.done("digest:issue", one.pk)


@page(needs=WRITE, methods=("POST",))
def publish(request: Request, pk: UUID) -> HttpResponse:
    """The issue is for everybody."""
    one = actions.publish(_mine(request, pk), by=request.user)
    return redirect("digest:issue", one.pk)


@page(needs=WRITE, methods=("POST",))
def again(request: Request, pk: UUID) -> HttpResponse:
    """Mails of unknown fate go again."""
    one = _mine(request, pk)
    actions.send_again(one, by=request.user)
    return redirect("digest:issue", one.pk)


@page(needs=WRITE, methods=BOTH)
def item(request: Request, pk: UUID) -> HttpResponse:
    """One item in the editor's words, beside what its sources say."""
    one = get_object_or_404(Item.objects.select_related("issue", "story"), pk=pk, owner=request.user.agency_id)
    sheet = Sheet(request, "digest-item", one.pk)
    form = sheet.form(ItemForm, initial={**ItemForm.standing(one), **_suggested(one)})

    def act() -> None:
        actions.save_item(one, form.values(), by=request.user, version=form.cleaned_data["version"])

    others = list(one.story.others.order_by("at")) if one.story else []
    context = {"form": form, "item": one, "others": others, "title": title_of(one.issue)}
    acted = sheet.acted("digest/item.html", context, act)
    return acted or sheet.done(reverse("digest:issue", args=[one.issue_id]) + f"#i{one.pk}")


def _suggested(one: Item) -> dict[str, Any]:
    """The title of the story where none is written yet."""
    title = one.story.title if one.story else ""
    empty = not (one.title_en or one.title_fr)
    return {"title_en": title, "title_fr": title} if empty else {}


@page(needs=WRITE, methods=("POST",))
def drop(request: Request, pk: UUID) -> HttpResponse:
    """The item is taken out; its story waits again."""
    one = get_object_or_404(Item.objects.select_related("issue"), pk=pk, owner=request.user.agency_id)
    actions.drop(one, by=request.user)
    return redirect("digest:issue", one.issue_id)
