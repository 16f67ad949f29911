"""The mail that invites somebody to a training. Its link is kept as a hash (ADR 37)."""

from __future__ import annotations

import secrets
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from havre.directory.checking.post import language_of
from havre.kernel import places
from havre.platform.crypto.fields import Sealed
from havre.platform.database.claims import token_hash
from havre.platform.notices.mail import Mail, ask, composed, deliver

from .models import Trainee


def send() -> None:
    """Sends each invitation that waits; none while no address of this installation is set."""
    if settings.EMAIL_HOST and settings.HAVRE_URL:
        deliver(Invitations())


class Invitations:
    """Mails to people who are asked to a session."""

    def next(self) -> tuple[Any, ...] | None:
        """The next invitation, and what its mail says."""
        return ask("select * from havre.training_next()")

    def written(self, number: UUID, *about: Any) -> Mail:
        """The mail, with a secret that is in it and nowhere else."""
        mail, name, course, begins, ends, place, country, language, house = about
        secret, language = secrets.token_urlsafe(32), language_of([language], [country])
        with translation.override(language):
            where = ", ".join(filter(None, (place, places.country_label(country, language) if country else "")))
            said = {"name": _open(number, "name", name), "course": course, "days": days(begins, ends), "place": where}
            words = letter(
                {**said, "house": house}, f"{settings.HAVRE_URL}/training/invitation/{secret}/?in={language}"
            )
            return composed(
                _open(number, "mail", mail), number, _("An invitation to a training"), words, token_hash(secret)
            )

    def take(self, number: UUID, mail: Mail | None) -> bool:
        """Takes it, and keeps the hash of the secret."""
        return bool((ask("select havre.training_take(%s, %s)", number, mail.mark if mail else None) or [False])[0])

    def end(self, number: UUID, sent: bool) -> None:
        """Notes whether it went."""
        ask("select havre.training_end(%s, %s)", number, sent)

    def wait(self, number: UUID | None) -> None:
        """It waits."""
        ask("select havre.training_wait(%s)", number)


def _open(number: UUID, name: str, sealed: bytes) -> str:
    column: Any = Trainee._meta.get_field(name)
    return str(column.open(Trainee(pk=number), Sealed(sealed)))


def days(begins: date, ends: date) -> str:
    """One day, or from when to when."""
    first = date_format(begins, "DATE_FORMAT")
    return (
        first
        if begins == ends
        else _("%(first)s to %(last)s") % {"first": first, "last": date_format(ends, "DATE_FORMAT")}
    )


def letter(said: dict[str, str], where: str) -> str:
    """The words of the mail."""
    parts = (
        _("Hello %(name)s,") % said,
        _("%(house)s invites you to the training “%(course)s”.") % said,
        _("When: %(days)s") % said + ("\n" + _("Where: %(place)s") % said if said["place"] else ""),
        _("Please say whether you come. It takes a minute and needs no account:"),
        where,
        _("You can change your answer there until the training is over. Nobody else should have this link."),
    )
    return "\n\n".join(parts) + "\n"
