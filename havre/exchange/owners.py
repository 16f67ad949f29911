"""Whose a case becomes that comes in: the colleague the register names, where whoever brings it in may say so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from uuid import UUID

from havre.platform.accounts.models import User
from havre.platform.permissions import Permission


def by_name(user: User) -> Callable[[str], UUID | None]:
    """Finds the owner named in a cell: by login, or by a name that one colleague alone has.

    Nobody for somebody who does not reach the whole agency, nor a colleague who may not open a case themselves: the
    name stays a cell of the file then.
    """
    if not any(role.sees_agency for role in user.roles):
        return lambda name: None
    colleagues = User.objects.filter(agency_id=user.agency_id, is_active=True)
    able = [each for each in colleagues if each.may(Permission.CASE_OPEN)]
    names = Counter(_plain(each.name) for each in able)
    known = {_plain(each.name): each.pk for each in able if names[_plain(each.name)] == 1}
    known |= {_plain(each.login): each.pk for each in able}
    known.pop("", None)
    return lambda name: known.get(_plain(name))


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()
