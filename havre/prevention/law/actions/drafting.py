"""Help with a law: the request, its log, versions of the text, and what is said of each article."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from havre.platform.accounts.models import User
from havre.platform.audit.actions import Refused, Stale, action
from havre.platform.keeping.editing import keeps, saved
from havre.platform.permissions import Permission
from havre.prevention.law.models import Comment, Help, HelpStep, TextVersion

WRITE = Permission.PREVENTION_WRITE
Values = Mapping[str, Any]


@action("law_help.save", needs=WRITE)
def save_help(help: Help, values: Values, *, by: User, version: int | None = None) -> Help:
    """The request and what came of it; its texts and comments are seen as far as it is."""
    help = saved(help, values, by=by, version=version)
    seen = {"visibility": help.visibility}
    help.texts.exclude(**seen).update(**seen)
    Comment.objects.filter(text__help=help).exclude(**seen).update(**seen)
    return help


@action("law_help.step", needs=WRITE)
def add_step(help: Help, kind: str, values: Values, *, by: User) -> HelpStep:
    """One more line of the log."""
    keeps(help, by)
    return _step(HelpStep(help=help, owner_id=help.owner_id, kind=kind), values, by)


@action("law_help.step", needs=WRITE)
def save_step(step: HelpStep, values: Values, *, by: User, version: int) -> HelpStep:
    """A line of the log as it stands now."""
    step = HelpStep.objects.select_for_update(of=("self",)).select_related("changed_by").get(pk=step.pk)
    if version != step.version:
        theirs = {name: getattr(step, name) for name in values}
        raise Stale(step.version, theirs, who=step.changed_by.name, at=step.changed_at)
    step.version += 1
    return _step(step, values, by)


def _step(step: HelpStep, values: Values, by: User) -> HelpStep:
    for name, value in values.items():
        setattr(step, name, value)
    if not any(values.values()):
        raise Refused(_("Write something down first: a day, a subject or a note."))
    if step.on and step.until and step.until < step.on:
        raise Refused(_("This ends before it begins. Check the two days."))
    step.changed_at, step.changed_by = timezone.now(), by
    step.save()
    return step


@action("law_help.text", needs=WRITE)
def add_text(help: Help, values: Values, *, by: User) -> TextVersion:
    """The next version of the text; those before stay as they are."""
    keeps(help, by)
    if not values["body"].strip():
        raise Refused(_("There is no text yet. Paste it first."))
    Help.objects.select_for_update().get(pk=help.pk)  # two at once would take the same number
    last = help.texts.aggregate(last=Max("number"))["last"] or 0
    told = {"owner_id": help.owner_id, "visibility": help.visibility, "by": by}
    return TextVersion.objects.create(help=help, number=last + 1, **told, **values)


@action("law_help.comment", needs=WRITE)
def comment(text: TextVersion, article: str, said: str, *, by: User) -> Comment:
    """What somebody says of one article of a version."""
    keeps(text, by)
    if not said.strip():
        raise Refused(_("Write what you would say of this article first."))
    told = {"owner_id": text.owner_id, "visibility": text.visibility, "by": by}
    return Comment.objects.create(text=text, article=article, said=said, **told)


@action("law_help.answer", needs=WRITE)
def answer(comment: Comment, *, answer: str, reply: str, by: User) -> Comment:
    """What became of a comment; it may be said anew when that changes."""
    keeps(comment, by)
    comment.answer, comment.reply = answer, reply
    comment.answered_at, comment.answered_by = timezone.now(), by
    comment.save(update_fields=["answer", "reply", "answered_at", "answered_by"])
    return comment
