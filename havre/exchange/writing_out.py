"""A job that writes a file on its way out: in memory, kept sealed for a day."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, BinaryIO
from uuid import UUID

from django.db import transaction
from django.utils import translation

from havre.exchange import staging
from havre.platform.accounts.claims import acting_as
from havre.platform.accounts.models import User
from havre.platform.audit.actions import Refused
from havre.platform.ui.errors import place_of

from .beside import Leaving, Stopped, at_work

log = logging.getLogger("havre.exchange")


@dataclass(frozen=True)
class Work:
    """What is done with files of one kind: how they say how far they are, how their end is kept, and the writing.

    `asked` reads what is wanted from the row, while its user is known; `write` gets it.
    """

    progress: type[Leaving]
    settle: Callable[..., None]
    asked: Callable[[Any], dict[str, Any]]
    write: Callable[[BinaryIO, User, Any, dict[str, Any]], int]

    def run(self, register: UUID, asker: UUID) -> None:
        """Writes the file that was asked for."""
        user = User.objects.select_related("agency").filter(pk=asker, is_active=True).first()
        if user is None:
            return
        with at_work(register, user, self.progress) as progress, translation.override(user.language):
            if not progress.begin("waiting", "writing"):
                return
            try:
                self._write(user, progress)
            except Stopped:
                self._end(user, register, "cancelled")
            except Exception as error:
                log.error("%s: %s", register, place_of(error))  # only where: what it says could hold a value
                self._end(user, register, "failed")

    def _write(self, user: User, progress: Leaving) -> None:
        """The file, what the record says of it, and the word "ready": all of it or nothing."""
        with acting_as(user):
            asked = self.asked(self.progress.model._default_manager.get(pk=progress.register))
        with staging.memory() as file, transaction.atomic():
            try:
                many = self.write(file, user, progress, asked)
            except Refused:  # which the record keeps
                self._end(user, progress.register, "failed")
                return
            file.seek(0)
            staged, secret = staging.keep(file)
            try:
                self._ready(user, progress.register, many=many, staged=staged, secret=secret)
            except BaseException:
                staging.destroy(staged)
                raise

    def _ready(self, user: User, register: UUID, **found: object) -> None:
        with acting_as(user):
            row = self._locked(register)
            if row.stop:
                raise Stopped
            self.settle(row, by=user, state="ready", **found)

    def _end(self, user: User, register: UUID, state: str) -> None:
        with acting_as(user):
            self.settle(self._locked(register), by=user, state=state)

    def _locked(self, register: UUID) -> Any:
        return self.progress.model._default_manager.select_for_update(of=("self",)).get(pk=register)
