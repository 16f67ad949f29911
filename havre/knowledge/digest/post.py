"""The mails of the digest: one asks whether an address is its owner's wish, an issue goes once to each subscriber.

A mail is taken, and that is committed, before its last word goes to the mail server (as for all mails of Havre). So a
crash never sends one twice; one that was taken and of which no answer came may have gone or not, and nobody knows.
"""

from __future__ import annotations

import base64
import secrets
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.utils import translation
from django.utils.translation import gettext as _

from havre.platform.crypto import keyring
from havre.platform.crypto.fields import Sealed
from havre.platform.database.claims import token_hash
from havre.platform.notices.mail import Box, Mail, ask, composed, deliver

from . import printed
from .models import Issue, Subscriber

A_ROUND = 200  # mails that a round sends: what waits beside them waits seconds


def send() -> None:
    """Sends what is due; nothing while no address of this installation is set, since each mail has a link."""
    if not (settings.EMAIL_HOST and settings.HAVRE_URL):
        return
    with connection.cursor() as cursor:
        cursor.execute("select havre.digest_begin()")
    deliver(Asks())
    deliver(Issues())


def leaving(subscriber: UUID) -> str:
    """The secret of the link by which a subscriber leaves: always the same, kept as a hash alone."""
    return base64.urlsafe_b64encode(keyring.mac("digest.leave", str(subscriber))).decode().rstrip("=")


def link(page: str, secret: str, language: str) -> str:
    """The address in a mail, which opens in its language."""
    return f"{settings.HAVRE_URL}/digest/{page}/{secret}/?in={language}"


def _address(subscriber: UUID, sealed: bytes) -> str:
    column: Any = Subscriber._meta.get_field("address")
    return str(column.open(Subscriber(pk=subscriber), Sealed(sealed)))


@dataclass
class _Box:
    """A box of the digest, whose functions in the database begin with one name."""

    name: str
    left: int = A_ROUND

    def _ask(self, verb: str, *values: Any) -> tuple[Any, ...] | None:
        marks = ", ".join(["%s"] * len(values))
        return ask(f"select * from havre.{self.name}_{verb}({marks})", *values)  # noqa: S608 - our own names

    def next(self) -> tuple[Any, ...] | None:
        """The next that is due, while the round lasts."""
        self.left -= 1
        return self._ask("next") if self.left >= 0 else None

    def end(self, number: UUID, sent: bool) -> None:
        """Notes whether it went."""
        self._ask("end", number, sent)

    def wait(self, number: UUID | None) -> None:
        """It waits, or all of them do."""
        self._ask("wait", number)


@dataclass
class Asks(_Box, Box):
    """Who subscribed is asked whether it was they."""

    name: str = "digest_ask"

    def written(self, number: UUID, *about: Any) -> Mail:
        """The mail, with a secret that is in it and nowhere else."""
        sealed, language = about
        secret = secrets.token_urlsafe(32)
        with translation.override(language):
            parts = (
                _("Hello,"),
                _("Somebody, you perhaps, asked for the quarterly digest to be sent to this address."),
                _("If you want it, open this page and press the button. The link works for seven days:"),
                link("confirm", secret, language),
                _("If you do not, do nothing: you hear no more of it, and your address is deleted in a week."),
            )
            words = "\n\n".join(parts) + "\n"
            return composed(_address(number, sealed), number, _("Do you want the digest?"), words, token_hash(secret))

    def take(self, number: UUID, mail: Mail | None) -> bool:
        """Takes it, and keeps the hash of the secret."""
        return bool((self._ask("take", number, mail.mark if mail else None) or [False])[0])


@dataclass
class Issues(_Box, Box):
    """A published issue, to each who confirmed by the time it was published."""

    name: str = "digest"
    bodies: dict[tuple[UUID, str], printed.Body] = field(default_factory=dict)

    def written(self, number: UUID, *about: Any) -> Mail:
        """The issue as text and page in the subscriber's language, with the way out."""
        issue, subscriber, sealed, language = about
        if (issue, language) not in self.bodies:
            self.bodies[issue, language] = printed.body(Issue.objects.get(pk=issue), language)
        body, leave = self.bodies[issue, language], link("leave", leaving(subscriber), language)
        heads = {"List-Unsubscribe": f"<{leave}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
        text, page = (part.replace(printed.LEAVE, leave) for part in (body.text, body.page))
        return composed(_address(subscriber, sealed), number, body.title, text, heads=heads, page=page)

    def take(self, number: UUID, mail: Mail | None) -> bool:
        """Takes it."""
        return bool((self._ask("take", number) or [False])[0])
