"""Subscribing without an account: an address is sealed before it is stored, and told again by a keyed hash alone."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

from django.db import connection

from havre.platform.crypto import keyring
from havre.platform.database.claims import token_hash
from havre.platform.jobs import ask

from . import SEND, post
from .models import Subscriber

SHAPE = re.compile(r"[A-Za-z0-9_-]{43}")


def folded(address: str) -> str:
    """The address as it is told again: however it is written, it is one mailbox."""
    return address.strip().casefold()


def subscribe(address: str, language: str) -> None:
    """Notes the wish; a mail asks the mailbox itself. Nobody learns whether the address was there before."""
    one = Subscriber(pk=uuid4())
    column: Any = Subscriber._meta.get_field("address")
    hashed = keyring.mac("digest.address", folded(address))
    leave = token_hash(post.leaving(one.pk))
    told = [one.pk, bytes(column.sealed(one, address.strip())), hashed, language, leave]
    _asked("select havre.digest_subscribe(%s, %s, %s, %s, %s)", *told)
    ask(SEND)


def link(token: str) -> str:
    """What a link of a mail is good for: confirm, leave, or nothing."""
    return str(_asked("select havre.digest_link(%s)", token) or "") if SHAPE.fullmatch(token) else ""


def confirm(token: str) -> bool:
    """The mailbox wants the digest."""
    return bool(_asked("select havre.digest_confirm(%s)", token))


def leave(token: str) -> bool:
    """The address is deleted."""
    return bool(SHAPE.fullmatch(token) and _asked("select havre.digest_leave(%s)", token))


def _asked(question: str, *values: Any) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        return cursor.fetchone()[0]
