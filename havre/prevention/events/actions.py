"""Everything that writes events, plans, agreements and the key of a calendar."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import date
from typing import Any, TypeVar

from django.core.files.uploadedfile import UploadedFile
from django.db.models import Max
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from havre.platform.accounts.models import User
from havre.platform.audit.actions import Refused, action
from havre.platform.database.claims import token_hash
from havre.platform.keeping import files
from havre.platform.keeping.editing import keeps, saved
from havre.platform.keeping.models import Kept, StoredFile
from havre.platform.permissions import Permission

from .models import Action, Agreed, CalendarKey, Came, Conclusion, Event, Note, Paper, Partnership, Plan, Renewal
from .models.plans import OPEN

READ, WRITE = Permission.PREVENTION_READ, Permission.PREVENTION_WRITE
Values = Mapping[str, Any]
K = TypeVar("K", bound=Kept)


@action("event.save", needs=WRITE)
def save_event(event: Event | None, values: Values, *, by: User, version: int | None = None) -> Event:
    """The event with these values; what hangs on it is seen as far as it goes."""
    row = saved(event or Event(), values, by=by, version=version)
    StoredFile.objects.filter(pk__in=Paper.objects.filter(event=row).values("file")).update(visibility=row.visibility)
    return row


@action("event.came", needs=WRITE)
def count(event: Event, body: str, people: Mapping[str, int], *, by: User) -> None:
    """Who came from that kind of organisation; nobody takes the line away."""
    keeps(event, by)
    if people:
        Came.objects.update_or_create(event=event, body=body, defaults={**_of(event), "people": dict(people)})
    else:
        Came.objects.filter(event=event, body=body).delete()


@action("event.paper", needs=WRITE)
def give(event: Event, values: Values, upload: UploadedFile | None, *, by: User) -> Paper:
    """A paper or a talk, with its file if there is one."""
    keeps(event, by)
    file = files.keep(upload, visibility=event.visibility, by=by) if upload else None
    return Paper.objects.create(event=event, **_of(event), **values, file=file, by=by)


@action("event.conclude", needs=WRITE)
def conclude(event: Event, text: str, *, by: User) -> Conclusion:
    """One more sentence that those who came agreed on."""
    keeps(event, by)
    Event.objects.select_for_update().get(pk=event.pk)
    last = Conclusion.objects.filter(event=event).aggregate(Max("number"))["number__max"] or 0
    return Conclusion.objects.create(event=event, **_of(event), number=last + 1, text=text)


@action("plan.save", needs=WRITE)
def save_plan(plan: Plan | None, values: Values, *, by: User, version: int | None = None) -> Plan:
    """The plan with these values."""
    return saved(plan or Plan(), values, by=by, version=version)


@action("plan.do", needs=WRITE)
def save_action(row: Action | None, plan: Plan, values: Values, *, by: User, version: int | None = None) -> Action:
    """One thing to do of that plan."""
    keeps(plan, by)
    return saved(row or Action(plan=plan), values, by=by, version=version)


@action("plan.note", needs=WRITE)
def note(row: Action, *, status: str, text: str, by: User) -> Note:
    """How far it is today; an action that ended may be taken up again."""
    keeps(row, by)
    if status == row.status and not text.strip():
        raise Refused(_("Nothing is new yet. Say how far it is, or choose another state."))
    ended = None if status in OPEN else row.ended_on or localdate()
    saved(row, {"status": status, "ended_on": ended}, by=by)
    return Note.objects.create(action=row, **_of(row), status=status, text=text, by=by)


@action("partnership.save", needs=WRITE)
def save_partnership(row: Partnership | None, values: Values, *, by: User, version: int | None = None) -> Partnership:
    """The agreement with these values."""
    return saved(row or Partnership(), values, by=by, version=version)


@action("partnership.renew", needs=WRITE)
def renew(row: Partnership, *, signed_on: date, until: date | None, by: User) -> Renewal:
    """Takes a signed agreement on to another last day."""
    keeps(row, by)
    row = Partnership.objects.select_for_update().get(pk=row.pk)
    if row.state != Agreed.SIGNED:
        raise Refused(_("Only an agreement that was signed is renewed. Say first when it was signed."))
    if until and row.until and until <= row.until:
        raise Refused(_("It ends later than before when it is renewed. Check the day."))
    made = Renewal.objects.create(
        partnership=row, **_of(row), signed_on=signed_on, before=row.until, until=until, by=by
    )
    saved(row, {"until": until}, by=by)
    return made


@action("event.remove", needs=WRITE)
def remove(row: K, *, by: User) -> None:
    """Takes away what was written by mistake, with what hangs on it."""
    keeps(row, by)
    file = row.file if isinstance(row, Paper) else None
    row.delete()
    if file is not None:
        file.delete()


@action("calendar.key", needs=READ)
def make_key(user: User, *, by: User) -> str:
    """A new secret for one's calendar; the one before is worth nothing any more."""
    secret = secrets.token_urlsafe(32)
    CalendarKey.objects.filter(user=by).delete()
    CalendarKey.objects.create(user=by, hash=token_hash(secret))
    return secret


@action("calendar.close", needs=READ)
def drop_key(user: User, *, by: User) -> None:
    """Calendars that read with the secret read nothing any more."""
    CalendarKey.objects.filter(user=by).delete()


def _of(row: Kept) -> dict[str, Any]:
    return {"owner_id": row.owner_id, "visibility": row.visibility}
