"""Whether somebody searches for a colleague: a reason to look, for whoever audits; the name itself is kept nowhere."""

from __future__ import annotations

from havre.platform.accounts.models import User

from . import sounds


def is_called_so(name: str, asked: str) -> bool:
    """True when each word of the colleague’s name, two at least, stands in what was searched for; an initial is enough.

    A first name alone is many people's: it says nothing.
    """
    theirs, left = sounds.romanised(name).split(), sounds.romanised(asked).split()
    if len(theirs) < 2:
        return False
    for word in sorted(theirs, key=len, reverse=True):
        met = next((each for each in left if each == word or (len(word) == 1 and each.startswith(word))), None)
        if met is None:
            return False
        left.remove(met)
    return True


def names_a_colleague(asked: str, by: User) -> bool:
    """Whether that is the name of somebody who works, or worked, in the agency."""
    names = User.objects.filter(agency=by.agency_id).values_list("name", flat=True)
    return any(is_called_so(name, asked) for name in names)
