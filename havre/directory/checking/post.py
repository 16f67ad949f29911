"""The mail that asks a contact whether their entry is right. Its link is kept as a hash and opens once (ADR 31)."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from havre.platform.database.claims import token_hash
from havre.platform.notices.mail import Mail, ask, composed, deliver

DAYS = timedelta(days=21)
# Where a letter is answered in French when nothing else says so.
FRENCH = frozenset(
    {"BF", "BI", "BJ", "CD", "CF", "CG", "CI", "DJ", "DZ", "FR", "GA", "GN", "HT", "KM", "LU", "MA", "MC", "MG", "ML"}
    | {"MR", "NE", "SN", "TD", "TG", "TN"}
)


def send() -> None:
    """Asks each contact whose check is due, once; nobody while no address of this installation is set."""
    if settings.EMAIL_HOST and settings.HAVRE_URL:
        ask("select havre.check_begin(%s)", settings.HAVRE_FIRST_CHECKS_A_DAY)
        deliver(Checks())


class Checks:
    """The mails of checks that are due."""

    def next(self) -> tuple[Any, ...] | None:
        """The next check, and what its mail says."""
        return ask("select * from havre.check_next()")

    def written(self, number: UUID, *about: Any) -> Mail:
        """The mail, with a secret that is in it and nowhere else."""
        email, contact, organisation, keeper, languages, countries = about
        secret, language = secrets.token_urlsafe(32), language_of(languages, countries)
        with translation.override(language):
            words = letter(contact, organisation, keeper, link(secret, language))
            return composed(email, number, _("Is your entry in the directory still right?"), words, token_hash(secret))

    def take(self, number: UUID, mail: Mail | None) -> bool:
        """Takes it, and keeps the hash of the secret."""
        return bool((ask("select havre.check_take(%s, %s)", number, mail.mark if mail else None) or [False])[0])

    def end(self, number: UUID, sent: bool) -> None:
        """Notes whether it went."""
        ask("select havre.check_end(%s, %s)", number, sent)

    def wait(self, number: UUID | None) -> None:
        """It waits."""
        ask("select havre.check_wait(%s)", number)


def link(secret: str, language: str) -> str:
    """The address in the mail, which opens in its language."""
    return f"{settings.HAVRE_URL}/directory/check/{secret}/?in={language}"


def language_of(languages: Iterable[str], countries: Iterable[str]) -> str:
    """English or French: what the contact reads, else what the organisation’s country writes."""
    read = [each.lower()[:2] for each in languages]
    known = next((each for each in read if each in ("en", "fr")), "")
    return known or ("fr" if FRENCH & set(countries) else "en")


def letter(contact: str, organisation: str, keeper: str, where: str) -> str:
    """The words of the mail: of the entry no more than whose it is."""
    until = date_format(timezone.localdate() + DAYS, "DATE_FORMAT")
    said = {"contact": contact, "organisation": organisation, "keeper": keeper, "until": until}
    parts = (
        _("Hello %(contact)s,") % said if contact else _("Hello,"),
        _("%(organisation)s is in the directory of services that %(keeper)s keeps, with you as its contact.") % said,
        _("Please look whether it is still right. It takes a minute and needs no account:"),
        where,
        _("The link works once, until %(until)s. If you are no longer the person to ask, you can say so there.") % said,
        _("%(keeper)s keeps this entry and reads your answer.") % said,
    )
    return "\n\n".join(parts) + "\n"
