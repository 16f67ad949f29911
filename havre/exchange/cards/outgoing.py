"""What somebody does with cards they take out: ask for the file, download it once, give it up."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from havre.exchange import going
from havre.exchange.hsds.leaving import organisations
from havre.exchange.hsds.told import Profile
from havre.exchange.models import LEAVING, CardsExport
from havre.platform import jobs
from havre.platform.accounts.models import User
from havre.platform.audit.actions import Refused, action
from havre.platform.permissions import Permission

READS = Permission.DIRECTORY_READ
TAKE_OUT = "cards.take_out"
BUSY = gettext_lazy("You are taking cards out already: download them or give them up first.")


def under_way(user: User) -> CardsExport | None:
    """What this user is taking out now."""
    return CardsExport.objects.filter(user=user, state__in=LEAVING).first()


@action("cards.ask_out", needs=READS)
def ask(kind: str, *, by: User, profile: Profile, country: str) -> CardsExport:
    """Has the file written; what was taken out before is forgotten."""
    before = under_way(by)
    if before and not going.is_over(before):
        raise Refused(str(BUSY))
    many = organisations(profile, [country] if country else []).count()
    if not many:
        raise Refused(_("There is no such card."))
    going.forget(CardsExport.objects.filter(user=by))
    row = CardsExport(user=by, kind=kind, profile=profile, country=country, many=many)
    going.first(row, BUSY)
    jobs.ask(TAKE_OUT, register=row.pk, user=by.pk)
    return row


@action("cards.cancel_out", needs=READS)
def cancel(row: CardsExport, *, by: User) -> None:
    """Gives it up: a job that works on it stops, a file that waits is destroyed."""
    going.given_up(_locked(row))


@action("cards.download", needs=READS)
def download(row: CardsExport, *, by: User) -> bytes:
    """The file, once: it is destroyed by this."""
    row = _locked(row)
    if row.state != "ready":
        raise Refused(_("This file was downloaded or given up already. Take the cards out anew."))
    return going.taken(row, _("The file waited for more than a day and was destroyed. Take the cards out anew."))


@action("cards.settle_out", needs=READS)
def settle(row: CardsExport, *, by: User, state: str, **found: object) -> None:
    """Keeps how the job ended."""
    going.ended(row, state, found)


def _locked(row: CardsExport) -> CardsExport:
    return CardsExport.objects.select_for_update().get(pk=row.pk)
