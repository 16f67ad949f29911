"""`@action`: the one door for writing. It asks for the permission, writes and records, all or nothing."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Concatenate, ParamSpec, TypeVar

from django.db import models, transaction
from django.utils.translation import gettext as _

from havre.platform.permissions import Permission

from .recorder import current

P = ParamSpec("P")
S = TypeVar("S")
T = TypeVar("T")

ACTIONS: dict[str, Permission] = {}
_acting: ContextVar[bool] = ContextVar("acting", default=False)


class Refused(Exception):
    """The act may not be done; the message is a sentence for whoever asked."""


class Stale(Exception):
    """Somebody else saved the row since it was read: what they wrote, in the form's names, and its version now."""

    def __init__(self, version: int, theirs: dict[str, Any], who: str = "", at: Any = None) -> None:
        super().__init__(version)
        self.version, self.theirs, self.who, self.at = version, theirs, who, at


class NotInAction(RuntimeError):
    """Something wrote a case table without an action: the record would be silent about it."""


@contextmanager
def at_work() -> Iterator[None]:
    """For what is done within an action; elsewhere for tests and the demonstration alone."""
    reset = _acting.set(True)
    try:
        yield
    finally:
        _acting.reset(reset)


def action(
    name: str, *, needs: Permission
) -> Callable[[Callable[Concatenate[S, P], T]], Callable[Concatenate[S, P], T]]:
    """Registers an act `noun.verb`. The function takes its subject first, the rest by keyword, always `by`."""
    ACTIONS[name] = needs

    def decorate(function: Callable[Concatenate[S, P], T]) -> Callable[Concatenate[S, P], T]:
        @functools.wraps(function)
        def done(subject: S, *args: P.args, **kwargs: P.kwargs) -> T:
            by: Any = kwargs["by"]
            if not by.may(needs):
                raise Refused(_("Your role does not include this. Ask your supervisor."))
            with transaction.atomic(), at_work():
                result = function(subject, *args, **kwargs)
            recorder = current()
            if recorder:
                recorder.acted(name)
            return result

        vars(done)["act"] = name
        return done

    return decorate


class WrittenByActions(models.Model):
    """A row that only an action may write."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not _acting.get():
            raise NotInAction(f"{type(self).__name__} is written by actions only")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        if not _acting.get():
            raise NotInAction(f"{type(self).__name__} is deleted by actions only")
        return super().delete(*args, **kwargs)
