"""A mail becomes a story on the desk, as the user whose mailbox it is."""

from __future__ import annotations

from django.utils import timezone

from havre.platform.accounts.models import User

from . import actions
from .models import Story
from .reading import Unreadable, read

MOST = 1_000_000  # bytes


def take_in(message: bytes, *, by: User) -> Story:
    """The story of a mail, of its text alone; Unreadable when there is none, Refused when it came before."""
    if len(message) > MOST:
        raise Unreadable("large")
    (told,) = read("mail", message)
    values = {
        "title": told.title,
        "link": told.link,
        "summary": told.summary,
        "day": min(told.day or timezone.localdate(), timezone.localdate()),
        "source_name": told.sender,
        "countries": [],
    }
    return actions.write_story(values, by=by, came="mail", other=told.guid)
