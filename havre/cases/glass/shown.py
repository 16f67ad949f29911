"""Emergency accesses in words: for whoever asked, whoever looks after the file, whoever reviews."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from havre.cases.people.circle import reach_in_words
from havre.platform.accounts.models import User
from havre.platform.permissions import Compartment

from .models import REVIEW, BreakGlass

HOUR = timedelta(hours=1)
# By columns, since to read a file through its model would stand in the record.
OPEN = """
    select g.id, c.reference, g.until from glass_breakglass g join people_case c on c.id = g.case_id
    where g.user_id = %s and g.reviewed_at is null and g.until > clock_timestamp()"""


@dataclass(frozen=True)
class Open:
    """A file that is open in an emergency now."""

    pk: UUID
    reference: str
    until: datetime

    @property
    def clock(self) -> str:
        """Until what time."""
        return moment(self.until)


def open_now(user: User) -> list[Open]:
    """What this user has open in an emergency: one file at most."""
    if not user.glass_until or user.glass_until <= timezone.now():
        return []
    with connection.cursor() as cursor:
        cursor.execute(OPEN, [user.pk])
        return [Open(*row) for row in cursor.fetchall()]


def moment(at: datetime) -> str:
    """A time of day, with its day unless that is today."""
    here = timezone.localtime(at)
    clock = date_format(here, "TIME_FORMAT")
    if here.date() == timezone.localdate():
        return clock
    return _("%(day)s, %(time)s") % {"day": date_format(here, "MONTH_DAY_FORMAT"), "time": clock}


@dataclass(frozen=True)
class Shown:
    """One use as a page tells it. The file is a number, as in the record: no name and no reference."""

    use: BreakGlass

    @property
    def file(self) -> str:
        """A number that says whether two lines are about the same file."""
        return self.use.case_id.hex[:8]

    @property
    def parts(self) -> str:
        """The parts that were opened."""
        return reach_in_words(Compartment(self.use.compartments))

    @property
    def when(self) -> str:
        """From when until when."""
        same = timezone.localtime(self.use.begun).date() == timezone.localtime(self.use.until).date()
        until = date_format(timezone.localtime(self.use.until), "TIME_FORMAT") if same else moment(self.use.until)
        return _("%(begun)s to %(until)s") % {"begun": moment(self.use.begun), "until": until}

    @property
    def runs(self) -> bool:
        """Whether the file is still open."""
        return self.use.until > timezone.now()

    @property
    def deadline(self) -> str:
        """By when it must be reviewed."""
        return moment(self.use.begun + REVIEW)

    @property
    def late(self) -> bool:
        """Whether that moment has passed."""
        return self.use.reviewed_at is None and timezone.now() > self.use.begun + REVIEW

    @property
    def hours(self) -> int:
        """How many whole hours are left, or have passed since."""
        return int(abs(self.use.begun + REVIEW - timezone.now()) / HOUR)

    @property
    def left(self) -> str:
        """How long is left, or how late it is."""
        hours = self.hours
        if self.late:
            return ngettext("Late by %(n)s hour", "Late by %(n)s hours", hours) % {"n": hours}
        return ngettext("%(n)s hour left", "%(n)s hours left", hours) % {"n": hours}

    @property
    def reviewed(self) -> str:
        """When it was reviewed."""
        return moment(self.use.reviewed_at) if self.use.reviewed_at else ""


def waiting_for(user: User) -> list[Shown]:
    """What waits for a review in the agency, the oldest first."""
    found = BreakGlass.objects.filter(agency=user.agency_id, reviewed_at=None).select_related("user", "owner")
    return [Shown(each) for each in found.order_by("begun")]


def reviewed_in(user: User) -> list[Shown]:
    """What was reviewed in the agency of late."""
    found = BreakGlass.objects.filter(agency=user.agency_id, reviewed_at__isnull=False)
    return [Shown(each) for each in found.select_related("user", "owner", "reviewer").order_by("-begun")[:50]]


def own(user: User) -> list[Shown]:
    """What this user opened in emergencies."""
    found = BreakGlass.objects.filter(user=user).select_related("user", "owner", "reviewer")
    return [Shown(each) for each in found.order_by("-begun")[:20]]
