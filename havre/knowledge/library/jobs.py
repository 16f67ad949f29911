"""The worker's part: the words of a file are read, in a process that can do nothing else."""

from __future__ import annotations

import io
import time
from uuid import UUID

from havre.platform.accounts.claims import acting_as
from havre.platform.accounts.models import User
from havre.platform.jobs import job

from . import actions
from .models import PublicationFile
from .reading import Unread, told

EVERY = 0.5  # seconds between two words on how far it is


@job(actions.READ_JOB)
def read(file: UUID, user: UUID) -> None:
    """Reads the words of a PDF, or says why they cannot be read."""
    asker = User.objects.select_related("agency").filter(pk=user, is_active=True).first()
    body = _begun(asker, file) if asker else None
    if asker is None or body is None:
        return
    try:
        texts = _texts(asker, file, body)
        why = "" if texts and any(text for _number, text in texts) else "empty"
    except Unread as unread:
        texts, why = [], unread.code
    except Exception:
        _settle(asker, file, [], "died")
        raise
    _settle(asker, file, texts, why)


def _begun(asker: User, key: UUID) -> bytes | None:
    """The file, unless it is gone or somebody else reads it."""
    with acting_as(asker):
        if not PublicationFile.objects.filter(pk=key, state="waiting").update(state="reading"):
            return None
        return bytes(PublicationFile.objects.select_related("stored").get(pk=key).stored.body)


def _texts(asker: User, key: UUID, body: bytes) -> list[tuple[int, str]]:
    """Each page with its words; how far it is stands in the row meanwhile."""
    texts: list[tuple[int, str]] = []
    pages, spoke = 0, 0.0
    for each in told(io.BytesIO(body)):
        pages = each.get("pages", pages)
        if "page" in each:
            texts.append((each["page"], each["text"]))
        if time.monotonic() - spoke > EVERY:
            spoke = time.monotonic()
            with acting_as(asker):
                PublicationFile.objects.filter(pk=key).update(pages=pages, done=len(texts))
    return texts


def _settle(asker: User, key: UUID, texts: list[tuple[int, str]], why: str) -> None:
    with acting_as(asker):
        row = PublicationFile.objects.select_for_update(of=("self",)).select_related("publication")
        file = row.filter(pk=key, state="reading").first()
        if file is None:
            return  # it was taken away meanwhile
        if why:
            actions.give_up(file, by=asker, why=why)
        else:
            actions.settle(file, texts, by=asker, pages=len(texts))
