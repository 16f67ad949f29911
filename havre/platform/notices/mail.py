"""Sends the mails that are due. All of them say the same: nothing of a person, a file or a colleague."""

from __future__ import annotations

import logging
import smtplib
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID, uuid4

from django.conf import settings
from django.core.mail import EmailMessage
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


def deliver() -> None:
    """Sends each mail that is due; when the server is away, all of them wait."""
    if not settings.EMAIL_HOST or not _next():
        return
    server = EmailBackend()
    try:
        line = _connected(server)
    except OSError as error:  # of smtplib too
        log.warning("mail waits: %s", place_of(error))
        _ask("select havre.mail_wait(null)")
        return
    try:
        while due := _next():
            _send(line, *due)
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


def _send(server: smtplib.SMTP, notice: UUID, user: UUID) -> None:
    """The mail of one notice, unless another worker has it: taken at the last moment, for it is never sent again."""
    mail = _written(notice, user)
    if mail is None:
        _ask("select havre.mail_take(%s)", notice)
        return
    if server.mail(mail.sender)[0] != TAKEN or server.rcpt(mail.to)[0] != TAKEN:
        _ask("select havre.mail_wait(%s)", notice)
        server.rset()
    elif not _ask("select havre.mail_take(%s)", notice)[0]:
        server.rset()
    else:
        _ask("select havre.mail_end(%s, %s)", notice, _handed_over(server, mail.text))


def _handed_over(server: smtplib.SMTP, text: bytes) -> bool:
    """Whether the server has it now; when it breaks off before it answers, nobody knows, and nothing is sent again."""
    try:
        return server.data(text)[0] == TAKEN
    except smtplib.SMTPDataError:
        return False


def _written(notice: UUID, user: UUID) -> Mail | None:
    try:
        return _mail(notice, User.objects.get(pk=user))
    except Exception as error:  # of this mail alone: the others are not held up
        log.error("a mail was not written: %s", place_of(error))
        return None


def _mail(notice: UUID, user: User) -> Mail | None:
    """The mail, or nothing for somebody who gave no address."""
    with acting_as(user):
        address = address_of(user)
    with translation.override(user.language):
        return _composed(address, notice) if address else None


def _composed(address: str, notice: UUID) -> Mail:
    words = _("You have a task in Havre")
    sender = settings.DEFAULT_FROM_EMAIL
    # The usual number of a message names the machine and its process.
    number = f"<{keyring.mac('mail', str(notice)).hex()[:32]}@{sender.rpartition('@')[2].strip('> ')}>"
    message = EmailMessage(words, f"{words}.\n", sender, [address], headers={"Message-ID": number})
    text = message.message().as_bytes(linesep="\r\n")  # type: ignore[call-arg]
    return Mail(sanitize_address(sender, "utf-8"), sanitize_address(address, "utf-8"), text)


def try_out(address: str) -> str:
    """Sends a mail as a notice would; what stood against it, or nothing."""
    server = EmailBackend()
    mail = _composed(address, uuid4())
    try:
        _connected(server).sendmail(mail.sender, mail.to, mail.text)
        server.close()
    except (OSError, ValueError) as error:
        return f"{type(error).__name__}: {error}"
    return ""


def _next() -> tuple[UUID, UUID] | None:
    found: tuple[UUID, UUID] | None = _ask("select * from havre.mail_next()")
    return found


def _ask(question: str, *values: Any) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        return cursor.fetchone()
