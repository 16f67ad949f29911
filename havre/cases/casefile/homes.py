"""The first page of each role: their own day, and what the role looks after beside it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from havre.platform.accounts.models import User
from havre.platform.permissions import Permission

from . import home_asked, home_house, home_life, home_return
from .home import Day, own
from .rows import named

# Who holds several roles gets the page of the first of these; a caseworker's is their own day and no more.
HOMES: dict[str, Callable[[Day, User, date], None]] = {
    "supervisor": home_house.add,
    "return_officer": home_return.add,
    "reintegration_officer": home_life.add,
    "child_specialist": home_asked.add_children,
    "legal_adviser": home_asked.add_rights,
    "health_worker": home_asked.add_health,
}


def day_of(user: User, today: date, *, hidden: bool) -> Day:
    """Everything the first page shows for this user on this day."""
    day, held = own(user, today), {each.role for each in user.held}
    add = next((HOMES[role] for role in HOMES if role in held), None)
    if add:
        add(day, user, today)
    if add is not home_return.add and user.may(Permission.CASE_WRITE):
        home_return.add_missed(day, today)
    _one_filled_button(day)
    named(day.rows, hidden=hidden)
    return day


def _one_filled_button(day: Day) -> None:
    """Of everything that urges, the first on the page alone is filled: the eye goes to one place."""
    urging = [row for row in (*(row for card in day.cards for row in card.rows), *day.late, *day.today) if row.go]
    for row in urging[1:]:
        row.go = False
