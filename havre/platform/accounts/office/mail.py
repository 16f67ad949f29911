"""The mail to somebody who was invited: that an account waits, and the link. No name, no agency, no role."""

from __future__ import annotations

import logging
import secrets

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend
from django.utils import translation
from django.utils.translation import gettext as _

from havre.platform.ui.errors import place_of

log = logging.getLogger("havre.mail")
PATIENCE = 10  # seconds that a page waits for the mail server


def set_up() -> bool:
    """Whether this installation sends mail at all."""
    return bool(settings.EMAIL_HOST)


def send(address: str, link: str, language: str) -> bool:
    """Sends it now, since the link is kept nowhere for later; false when the mail server did not take it."""
    with translation.override(language):
        subject = _("An account waits for you")
        body = _("Open this link within three days and choose a password:") + f"\n\n{link}\n"
    sender = settings.DEFAULT_FROM_EMAIL
    # The usual number of a message names the machine and its process.
    headers = {"Message-ID": f"<{secrets.token_hex(16)}@{sender.rpartition('@')[2].strip('> ')}>"}
    message = EmailMessage(subject, body, sender, [address], headers=headers)
    try:
        with EmailBackend(timeout=PATIENCE) as server:
            return bool(server.send_messages([message]))
    except OSError as error:  # of smtplib too
        log.warning("an invitation was not mailed: %s", place_of(error))
        return False
