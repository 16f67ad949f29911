"""What was typed and not sent: kept at every step, sealed, restored on the same field."""

from __future__ import annotations

from uuid import UUID

from django.db import connection
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from havre.cases.people.models.draft import KEPT, Draft
from havre.platform.accounts.models import User
from havre.platform.crypto import keyring
from havre.platform.crypto.models import SubjectKey

NEVER = ("csrfmiddlewaretoken", "form_token", "password")


def keep(user: User, form: str, subject: UUID, data: QueryDict) -> Draft:
    """Keeps the fields of an unsent form, in place of an earlier draft of it."""
    Draft.objects.filter(user=user, saved__lt=timezone.now() - KEPT).delete()
    if not SubjectKey.objects.filter(subject_id=user.pk, destroyed_on=None).exists():
        keyring.renew(user.pk, user.agency_id, "user")
    typed = data.copy()
    for name in NEVER:
        typed.pop(name, None)
    same = {"user": user, "form": form, "subject": subject}
    draft = Draft.objects.select_for_update().filter(**same).first() or Draft(**same)
    draft.body, draft.saved = typed.urlencode(), timezone.now()
    draft.save()
    return draft


def kept(user: User, form: str, subject: UUID) -> Draft | None:
    """The draft of this form, if there is one that has not run out."""
    return Draft.objects.filter(user=user, form=form, subject=subject, saved__gt=timezone.now() - KEPT).first()


def drop(user: User, form: str, subject: UUID) -> None:
    """Forgets the draft: the form was sent."""
    with connection.cursor() as cursor:
        cursor.execute(
            "delete from people_draft where user_id = %s and form = %s and subject = %s", [user.pk, form, subject]
        )


def address(form: str, subject: UUID) -> str:
    """Where a page sends what is typed."""
    return reverse("people:draft", args=[form, subject])


def drop_about(user: User, subject: UUID) -> None:
    """Forgets every draft of this user about this subject."""
    Draft.objects.filter(user=user, subject=subject).delete()
