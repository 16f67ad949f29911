"""What somebody does with a register they bring in: choose it, agree to what was read, try again, give it up."""

from __future__ import annotations

from typing import BinaryIO

from django.utils.translation import gettext_lazy as _

from havre.platform.accounts.models import User
from havre.platform.audit.actions import action
from havre.platform.permissions import Permission

from .incoming import Door, ended
from .models import RegisterImport

CHECK, WRITE = "register.check", "register.write"
DOOR = Door(
    RegisterImport,
    CHECK,
    WRITE,
    busy=_("You are bringing in a register already: finish it or give it up first."),
    unchecked=_("This register was given up or has to be checked again."),
    at_work=_("This register is being worked on."),
    written=_("The register was written already."),
)


def under_way(user: User) -> RegisterImport | None:
    """The register that this user is bringing in now."""
    found: RegisterImport | None = DOOR.under_way(user)
    return found


@action("register.stage", needs=Permission.REGISTER_IMPORT)
def stage(file: BinaryIO, *, by: User, name: str) -> RegisterImport:
    """Keeps the file sealed and asks for its check; what was brought in before is forgotten."""
    row: RegisterImport = DOOR.keep(file, by=by, name=name)
    return row


@action("register.agree", needs=Permission.REGISTER_IMPORT)
def agree(row: RegisterImport, *, by: User) -> None:
    """Asks for the writing of what was checked: the very file that waits, whatever was chosen since."""
    DOOR.agreed(row)


@action("register.again", needs=Permission.REGISTER_IMPORT)
def again(row: RegisterImport, *, by: User) -> None:
    """Checks the file that waits once more, after a fault on our side."""
    DOOR.once_more(row)


@action("register.cancel", needs=Permission.REGISTER_IMPORT)
def cancel(row: RegisterImport, *, by: User) -> None:
    """Gives the register up: a job that works on it stops and undoes what it wrote."""
    DOOR.given_up(row)


@action("register.settle", needs=Permission.REGISTER_IMPORT)
def settle(row: RegisterImport, *, by: User, state: str, told: str = "") -> None:
    """Keeps how a job ended."""
    ended(row, state, told)
