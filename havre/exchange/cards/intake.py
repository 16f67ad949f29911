"""What somebody does with cards they bring in: choose the file, agree to what was found, try again, give it up."""

from __future__ import annotations

from typing import BinaryIO

from django.utils.translation import gettext_lazy as _

from havre.exchange.incoming import Door, ended
from havre.exchange.models import CardsImport
from havre.platform.accounts.models import User
from havre.platform.audit.actions import action
from havre.platform.permissions import Permission

WRITES = Permission.DIRECTORY_WRITE
CHECK, WRITE = "cards.check", "cards.write"
DOOR = Door(
    CardsImport,
    CHECK,
    WRITE,
    busy=_("You are bringing cards in already: finish it or give it up first."),
    unchecked=_("These cards were given up or have to be checked again."),
    at_work=_("These cards are being worked on."),
    written=_("These cards were written already."),
)


@action("cards.stage", needs=WRITES)
def stage(file: BinaryIO, *, by: User, name: str, visibility: int, replace: bool) -> CardsImport:
    """Keeps the file sealed and asks for its check; what was brought in before is forgotten."""
    row: CardsImport = DOOR.keep(file, by=by, name=name, visibility=visibility, replace=replace)
    return row


@action("cards.agree", needs=WRITES)
def agree(row: CardsImport, *, by: User) -> None:
    """Asks for the writing of what was checked."""
    DOOR.agreed(row)


@action("cards.again", needs=WRITES)
def again(row: CardsImport, *, by: User) -> None:
    """Checks the file that waits once more, after a fault on our side."""
    DOOR.once_more(row)


@action("cards.cancel", needs=WRITES)
def cancel(row: CardsImport, *, by: User) -> None:
    """Gives it up: a job that works on it stops and undoes what it wrote."""
    DOOR.given_up(row)


@action("cards.settle", needs=WRITES)
def settle(row: CardsImport, *, by: User, state: str, told: str = "") -> None:
    """Keeps how a job ended."""
    ended(row, state, told)
