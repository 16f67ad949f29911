"""Collects what one request or command does and shows, and writes it once, in the same transaction."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction

from havre.platform.database.claims import hand_over

from .models import AuditEvent

if TYPE_CHECKING:
    from havre.platform.accounts.models import User

REFUSALS = "refusals"
# Not through the models: they would ask for each new number, and reading a row back costs a look at its policy.
SUBJECTS = """
    insert into audit_auditsubject (event_id, case_id, at, user_id, watcher, act)
    select %(id)s, shown, %(at)s, %(user)s, %(watcher)s, %(act)s::varchar from unnest(%(cases)s::uuid[]) shown"""
# Beside each file why they could see it: by a row of their own sooner than by the one of the whole house.
WHOLE = """
    with ways as materialized (
      select shown, coalesce((
        select purpose from people_caseaccess where case_id = shown
        order by principal = %(house)s::bigint, since limit 1), '') as through
      from unnest(%(cases)s::uuid[]) shown),
    event as (
      insert into audit_auditevent
        (id, at, user_id, watcher, act, refused, reason, request_id, files, file, through)
      select %(id)s, %(at)s, %(user)s, %(watcher)s, %(act)s::varchar, %(refused)s, %(reason)s, %(request)s, %(files)s,
        %(file)s::uuid, coalesce((select through from ways where shown = %(file)s::uuid), ''))
    insert into audit_auditsubject (event_id, case_id, at, user_id, watcher, act, through)
    select %(id)s, shown, %(at)s, %(user)s, %(watcher)s, %(act)s::varchar, through from ways"""
TRIED = """
    select u.id, h.audit_principal from accounts_user u join accounts_agency h on h.id = u.agency_id
    where u.login = %s"""


class Recorder:
    """What happened since the request came in. The first action names the event; else the page does."""

    def __init__(self, user: User | None, act: str = "") -> None:
        self.user = user
        self.page = act
        self.of_one = False  # the page is about one file, the first that it reads; others are beside it
        self.acts: list[str] = []
        self.cases: dict[uuid.UUID, None] = {}
        self.request_id = uuid.uuid4()
        self.written = False
        self.begun: AuditEvent | None = None
        self._tried: tuple[uuid.UUID | None, int | None] = (None, None)

    def acted(self, act: str) -> None:
        """An action was done."""
        self.acts.append(act)

    def showed(self, case_id: uuid.UUID) -> None:
        """A case was read."""
        self.cases[case_id] = None

    def tried(self, login: str) -> None:
        """Somebody tried that login: whoever audits its agency learns of it, though nobody is signed in."""
        with connection.cursor() as cursor:
            cursor.execute(TRIED, [login])
            self._tried = cursor.fetchone() or (None, None)

    def about(self, account: uuid.UUID) -> None:
        """The act was done to this account: the event carries its number as its reason."""
        self._tried = (account, self._tried[1])

    def event(self, act: str, **more: Any) -> AuditEvent:
        """An event of this request's user."""
        user = self.user
        return AuditEvent(
            user_id=user.pk if user else None,
            watcher=user.agency.audit_principal if user else self._tried[1],
            act=act,
            request_id=self.request_id,
            **more,
        )

    def begin(self, act: str, reason: str = "") -> None:
        """Writes the event of an act on more files than should be held at once; `flush` names them part by part."""
        self.begun = self.event(act, reason=reason[:200])
        self.begun.save(force_insert=True)

    def flush(self) -> None:
        """Names the files shown since, in the event that was begun, and forgets them."""
        if self.begun and self.cases:
            self._name(self.begun)

    def write(self, *, missing: bool = False) -> None:
        """The event and one row for each case, once; nothing when nobody did anything.

        `missing`: nothing was there, or it is not for this user: the look stands in the record as refused. So does an
        act called `….refused`; of a login that was tried, and of what was done to an account, the reason is its number.
        """
        act = self.acts[0] if self.acts else self.page
        if self.written or not act:
            return
        self.written = True
        if self.begun:
            self.flush()
            return
        account, _watcher = self._tried
        reason = " ".join(self.acts[1:] + ([str(account)] if account else []))[:200]
        event = self.event(act, refused=missing or act.endswith(".refused"), reason=reason)
        files = list(self.cases)
        if event.refused:
            self.cases.clear()  # nothing of it was shown
        self._name(
            event,
            WHOLE,
            refused=event.refused,
            reason=event.reason,
            request=event.request_id,
            files=0 if event.refused else len(files),
            file=files[0] if len(files) == 1 or (files and self.of_one) else None,
            house=self.user.agency.principal if self.user else None,
        )

    def go_on(self) -> None:
        """What comes after in the same request is an event of its own, of nobody until somebody signs in."""
        self.user, self.acts, self.page, self.written, self.of_one = None, [], "", False, False

    def _name(self, event: AuditEvent, statement: str = SUBJECTS, **more: Any) -> None:
        """One row for each case that was shown."""
        values: dict[str, Any] = {
            "id": event.pk,
            "at": event.at,
            "user": event.user_id,
            "watcher": event.watcher,
            "act": event.act,
        }
        with connection.cursor() as cursor:
            cursor.execute(statement, {**values, **more, "cases": list(self.cases)})
        self.cases.clear()

    def refused(self, act: str, reason: str, token: str = "") -> None:
        """Records a refusal on its own connection, so that it stands when the request is rolled back."""
        with transaction.atomic(using=REFUSALS):
            hand_over(token, using=REFUSALS)
            self.event(act, refused=True, reason=reason[:200]).save(using=REFUSALS, force_insert=True)


_current: ContextVar[Recorder | None] = ContextVar("recorder", default=None)


def current() -> Recorder | None:
    """The recorder of the request or command that runs now."""
    return _current.get()


@contextmanager
def recording(user: User | None, act: str = "") -> Iterator[Recorder]:
    """Records until the block ends; whoever opened it writes."""
    recorder = Recorder(user, act)
    reset = _current.set(recorder)
    try:
        yield recorder
    finally:
        _current.reset(reset)
