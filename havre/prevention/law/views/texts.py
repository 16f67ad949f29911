"""Versions of a text: one with what is said of its articles, two side by side."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from havre.platform.ui.pages import page
from havre.platform.ui.requests import Request
from havre.platform.ui.sheets import Sheet
from havre.prevention.law import actions
from havre.prevention.law.forms.drafting import CommentForm, ReplyForm, TextForm
from havre.prevention.law.models import Comment, Help, TextVersion
from havre.prevention.law.rules.articles import split
from havre.prevention.law.rules.differences import compared

from .drafting import mine
from .register import BOTH, READ, WRITE


@page(needs=WRITE, methods=BOTH)
def text_new(request: Request, pk: UUID) -> HttpResponse:
    """The next version of the text."""
    one, made = mine(request, pk), list[TextVersion]()
    sheet = Sheet(request, "law-text", one.pk)
    form = sheet.form(TextForm)
    acted = sheet.acted(
        "law/text_new.html",
        {"form": form, "help": one},
        lambda: made.append(actions.add_text(one, form.values(), by=request.user)),
    )
    return acted or sheet.done("law:text", one.pk, made[0].number)


def _version(help: Help, number: int) -> TextVersion:
    return get_object_or_404(TextVersion.objects.select_related("by"), help=help, number=number)


@page(needs=READ)
def text(request: Request, pk: UUID, number: int) -> HttpResponse:
    """A version, article by article, each with what was said of it."""
    one = get_object_or_404(Help, pk=pk)
    version = _version(one, number)
    said: dict[str, list[Comment]] = {}
    for each in version.comments.select_related("by", "answered_by").order_by("at"):
        said.setdefault(each.article, []).append(each)
    articles = [(article, said.pop(article.number, [])) for article in split(version.body)]
    context = {
        "help": one,
        "version": version,
        "articles": articles,
        "others": one.texts.exclude(pk=version.pk).defer("body").order_by("number"),
        "mine": one.owner_id == request.user.agency_id and request.user.may(WRITE),
    }
    return render(request, "law/text.html", context)


@page(needs=WRITE, methods=BOTH)
def comment(request: Request, pk: UUID, number: int) -> HttpResponse:
    """What somebody says of one article; `?article=` names it."""
    one = mine(request, pk)
    version = _version(one, number)
    wanted = request.GET.get("article", "")
    article = next((each for each in split(version.body) if each.number == wanted), None)
    if article is None:
        raise Http404
    sheet = Sheet(request, f"law-comment-{wanted}"[:40], version.pk)
    form = sheet.form(CommentForm)
    context = {"form": form, "help": one, "version": version, "article": article}
    acted = sheet.acted(
        "law/comment.html",
        context,
        lambda: actions.comment(version, article.number, form.cleaned_data["said"], by=request.user),
    )
    return acted or sheet.done(reverse("law:text", args=[one.pk, number]) + f"#a-{article.number}")


@page(needs=WRITE, methods=BOTH)
def answer(request: Request, pk: UUID, comment: UUID) -> HttpResponse:
    """What became of a comment."""
    one = mine(request, pk)
    row = get_object_or_404(Comment.objects.select_related("text", "by"), pk=comment, text__help=one)
    sheet = Sheet(request, "law-answer", row.pk)
    form = sheet.form(ReplyForm, initial={"answer": row.answer, "reply": row.reply})
    acted = sheet.acted(
        "law/answer.html",
        {"form": form, "help": one, "comment": row},
        lambda: actions.answer(
            row, answer=form.cleaned_data["answer"], reply=form.cleaned_data["reply"], by=request.user
        ),
    )
    return acted or sheet.done(reverse("law:text", args=[one.pk, row.text.number]) + f"#a-{row.article}")


@page(needs=READ)
def side(request: Request, pk: UUID) -> HttpResponse:
    """Two versions beside each other; without a choice, the last two."""
    one = get_object_or_404(Help, pk=pk)
    texts = list(one.texts.defer("body").order_by("number"))
    if len(texts) < 2:
        return redirect("law:help", one.pk)
    numbers = [each.number for each in texts]
    before, after = (_asked(request, name, numbers, at) for name, at in (("before", -2), ("after", -1)))
    old, new = _version(one, before), _version(one, after)
    pairs = compared(split(old.body), split(new.body))
    changed = sum(each.state not in ("same", "renumbered") for each in pairs)
    context = {"help": one, "texts": texts, "old": old, "new": new, "pairs": pairs, "changed": changed}
    return render(request, "law/side.html", context)


def _asked(request: Request, name: str, numbers: list[int], at: int) -> int:
    told = request.GET.get(name, "")
    return int(told) if told.isascii() and told.isdigit() and int(told[:6]) in numbers else numbers[at]
