"""What waits for somebody: a line on their first page, and a mail that says only that there is one (ADR 25).

A notice is a code and the number of a row, never words: nobody can send a text by it, and a mail gives nothing away.
It is written by the functions of the database that decide who is to be told (by `havre.note`), and by nothing else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from havre.platform.jobs import ask

if TYPE_CHECKING:
    from havre.platform.accounts.models import User

MAIL = "notices.mail"


def mail_soon() -> None:
    """Asks for the mails now, not at the worker's next round: after a function of the database wrote notices."""
    ask(MAIL)


def address_of(user: User) -> str:
    """Where this user gets mail; empty when nothing is kept, or for somebody whom that does not concern."""
    from .models import MailAddress

    found = MailAddress.objects.filter(user=user).order_by("-since").first()
    return found.text if found else ""


def keep_address(user: User, text: str) -> None:
    """Keeps where this user gets mail, in place of what was kept; empty forgets it. For oneself and administrators."""
    from .models import MailAddress

    MailAddress.objects.filter(user=user).delete()
    if text:
        MailAddress(user=user, text=text).save(force_insert=True)
