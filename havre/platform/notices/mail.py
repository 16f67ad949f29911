"""Sends the mails that are due. Those of notices all say the same: nothing of a person, a file or a colleague."""

from __future__ import annotations

import logging
import smtplib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Protocol, cast
from uuid import UUID, uuid4

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.smtp import EmailBackend
from django.core.mail.message import sanitize_address
from django.db import connection
from django.utils import translation
from django.utils.translation import gettext as _

from havre.platform.accounts.claims import acting_as
from havre.platform.accounts.models import User
from havre.platform.crypto import keyring
from havre.platform.ui.errors import place_of

from . import address_of

TAKEN = 250
log = logging.getLogger("havre.mail")


@dataclass(frozen=True)
class Mail:
    """One mail, ready to go."""

    sender: str
    to: str
    text: bytes
    mark: bytes = b""  # the hash of the secret in it, if there is one


class Box(Protocol):
    """Mails that wait in the database. What is taken is never sent again, but for a refusal of the mail server."""

    def next(self) -> tuple[Any, ...] | None:
        """The next that is due, its number first."""

    def written(self, number: UUID, *about: Any) -> Mail | None:
        """The mail, or nothing when there is none to send."""

    def take(self, number: UUID, mail: Mail | None) -> bool:
        """Takes it at the last moment; false when another worker has it."""

    def end(self, number: UUID, sent: bool) -> None:
        """Notes whether it went."""

    def wait(self, number: UUID | None) -> None:
        """It waits, or all of them do."""


def deliver(box: Box | None = None) -> None:
    """Sends each mail of a box that is due (of notices if none is named); when the server is away, all wait."""
    box = box or Notices()
    if not settings.EMAIL_HOST or not box.next():
        return
    server = EmailBackend()
    try:
        line = _connected(server)
    except OSError as error:  # of smtplib too
        log.warning("mail waits: %s", place_of(error))
        box.wait(None)
        return
    try:
        while due := box.next():
            _send(line, box, *due)
    except OSError as error:
        log.warning("mail was broken off: %s", place_of(error))
    finally:
        with suppress(OSError):
            server.close()


def _connected(server: EmailBackend) -> smtplib.SMTP:
    server.open()
    line = cast(smtplib.SMTP, server.connection)
    line.ehlo_or_helo_if_needed()
    return line


def _send(server: smtplib.SMTP, box: Box, number: UUID, *about: Any) -> None:
    """One mail, unless another worker has it: taken at the last moment, for it is never sent again."""
    mail = _written(box, number, *about)
    if mail is None:
        box.take(number, None)
        return
    if server.mail(mail.sender)[0] != TAKEN or server.rcpt(mail.to)[0] != TAKEN:
        box.wait(number)
        server.rset()
    elif not box.take(number, mail):
        server.rset()
    else:
        box.end(number, _handed_over(server, mail.text))


def _handed_over(server: smtplib.SMTP, text: bytes) -> bool:
    """Whether the server has it now; when it breaks off before it answers, nobody knows, and nothing is sent again."""
    try:
        return server.data(text)[0] == TAKEN
    except smtplib.SMTPDataError:
        return False


def _written(box: Box, number: UUID, *about: Any) -> Mail | None:
    try:
        return box.written(number, *about)
    except Exception as error:  # of this mail alone: the others are not held up
        log.error("a mail was not written: %s", place_of(error))
        return None


class Notices:
    """The mails of notices: each says that there is something to do."""

    def next(self) -> tuple[Any, ...] | None:
        """The next notice, and whose it is."""
        return ask("select * from havre.mail_next()")

    def written(self, number: UUID, *about: Any) -> Mail | None:
        """The mail, or nothing for somebody who gave no address."""
        user = User.objects.get(pk=about[0])
        with acting_as(user):
            address = address_of(user)
        with translation.override(user.language):
            words = _("You have a task in Havre")
        return composed(address, number, words, f"{words}.\n") if address else None

    def take(self, number: UUID, mail: Mail | None) -> bool:
        """Takes it."""
        return bool((ask("select havre.mail_take(%s)", number) or [False])[0])

    def end(self, number: UUID, sent: bool) -> None:
        """Notes whether it went."""
        ask("select havre.mail_end(%s, %s)", number, sent)

    def wait(self, number: UUID | None) -> None:
        """It waits."""
        ask("select havre.mail_wait(%s)", number)


def composed(
    address: str,
    number: UUID,
    subject: str,
    words: str,
    mark: bytes = b"",
    heads: Mapping[str, str] | None = None,
    page: str = "",
) -> Mail:
    """A mail with these words, as a page too if one is given, and no more headers than a mail needs."""
    sender = settings.DEFAULT_FROM_EMAIL
    # The usual number of a message names the machine and its process.
    named = f"<{keyring.mac('mail', str(number)).hex()[:32]}@{sender.rpartition('@')[2].strip('> ')}>"
    headers = {"Message-ID": named, **(heads or {})}
    message = EmailMultiAlternatives(subject, words, sender, [address], headers=headers)
    if page:
        message.attach_alternative(page, "text/html")
    text = message.message().as_bytes(linesep="\r\n")  # type: ignore[call-arg]
    return Mail(sanitize_address(sender, "utf-8"), sanitize_address(address, "utf-8"), text, mark)


def try_out(address: str) -> str:
    """Sends a mail as a notice would; what stood against it, or nothing."""
    server = EmailBackend()
    words = _("You have a task in Havre")
    mail = composed(address, uuid4(), words, f"{words}.\n")
    try:
        _connected(server).sendmail(mail.sender, mail.to, mail.text)
        server.close()
    except (OSError, ValueError) as error:
        return f"{type(error).__name__}: {error}"
    return ""


def ask(question: str, *values: Any) -> tuple[Any, ...] | None:
    """The first row that the database answers."""
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        found: tuple[Any, ...] | None = cursor.fetchone()
        return found
