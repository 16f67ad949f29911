"""One emergency access of last night, which waits for its review."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.db import connections, transaction
from django.utils import timezone

from havre.cases.glass import actions
from havre.cases.glass.models import BreakGlass
from havre.cases.people.models import Case
from havre.platform.accounts.claims import acting_as
from havre.platform.accounts.models import User
from havre.platform.audit.recorder import recording
from havre.platform.permissions import Compartment

ASKER, OWNER = "rita", "gita"
BEGAN, LASTED = time(21, 40), timedelta(minutes=18)
PARTS = Compartment.FACTS | Compartment.IDENTITY | Compartment.WHEREABOUTS
WORDS = (
    "She rang the night line: somebody who looks for her stood in front of the house. Gita could not be reached."
    " I read where she lives and which word she uses, and sent the night watch."
)


def tell() -> None:
    """Rita opens a file of Gita's that she does not reach, and closes it again; nothing when there is none."""
    rita = User.objects.select_related("agency").get(login=ASKER)
    reference = _reference(rita, User.objects.get(login=OWNER))
    if reference is None:
        return
    with acting_as(rita, confirmed=True), recording(rita) as recorder:
        actions.open_file(reference, by=rita, parts=PARTS, reason="danger", words=WORDS)
        recorder.write()
    with acting_as(rita), recording(rita) as recorder:
        actions.end(BreakGlass.objects.get(user=rita), by=rita)
        recorder.write()
    _last_night()


def _reference(asker: User, owner: User) -> str | None:
    """The first file of the owner, by its reference, that is open and that the asker does not reach."""
    with acting_as(owner):
        theirs = Case.objects.filter(owner=owner, restricted=False, anonymous=False).exclude(state="S13")
        held = set(theirs.values_list("reference", flat=True))
    with acting_as(asker):
        reached = set(Case.objects.values_list("reference", flat=True))
    return min(held - reached, default=None)


def _last_night() -> None:
    """As if it had been yesterday: a page cannot be asked then, so the owner of the tables sets the hour."""
    day = timezone.localdate() - timedelta(days=1)
    began = timezone.make_aware(datetime.combine(day, BEGAN))
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute("update glass_breakglass set begun = %s, until = %s", [began, began + LASTED])
        cursor.execute(
            "update notices_notice set at = case kind when 'glass.late' then %s else %s end where kind like 'glass.%%'",
            [began + timedelta(hours=60), began],
        )
