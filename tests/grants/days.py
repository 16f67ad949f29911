"""What time and administrators do to the town, in the model and in the database."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from random import Random

from hypothesis.stateful import rule

from tests.rows.world import Stage

from .model import PARTS, ROLES, Hold, Model
from .town import STAFF, TEAMS, Town

BIT = {part: 1 << place for place, part in enumerate(PARTS)}


def mask(parts: frozenset[str]) -> int:
    """The parts as the database writes them."""
    return sum(BIT[part] for part in parts)


class Days:
    """Days pass, somebody is suspended, roles end and begin."""

    draw: Random
    town: Town
    model: Model
    stage: Stage
    told: Callable[..., None]
    moment: Callable[[int], datetime | None]

    @rule()
    def wait(self) -> None:
        """Days pass: all that has an end is that much nearer to it."""
        if self.draw.random() < 0.5:
            return
        days = self.draw.randint(1, 3)
        self.model.today += days
        gone = f"interval '{days} days'"
        self.stage.own(f"update people_caseaccess set until = until - {gone} where until is not null")
        self.stage.own(f"update people_consent set expires = expires - {days} where expires is not null")
        self.stage.own(f"update accounts_membership set ends = ends - {gone}, begins = begins - {gone}")
        self.told("steps")

    @rule()
    def suspend(self) -> None:
        """Somebody is suspended, or let back."""
        name = self.draw.choice(sorted(STAFF))
        one = self.model.people[name]
        if one.active and self.draw.random() < 0.7:
            return
        one.active = not one.active
        self.stage.own("update accounts_user set is_active = %s where id = %s", one.active, self.town.users[name].pk)
        self.told("steps")

    @rule()
    def change(self) -> None:
        """What somebody holds ends, soon or now, or begins; nothing is tidied up."""
        draw, name, role = self.draw, self.draw.choice(sorted(STAFF)), self.draw.choice(sorted(ROLES))
        user = self.town.users[name]
        held = self.model.roles(name)
        if held and draw.random() < 0.2:
            last = self.model.today + draw.choice([0, 0, 2])
            for each in held:
                each.ends = min(each.ends, last)
            ends = datetime.now(UTC) if last == self.model.today else self.moment(last - 1)
            self.stage.own(
                "update accounts_membership set ends = least(ends, %s)"
                " where user_id = %s and (ends is null or ends > now())",
                *(ends, user.pk),
            )
        elif not held or draw.random() < 0.1:
            self._appoint(name, role, draw.choice(["", *(each for each in TEAMS if TEAMS[each] == STAFF[name][0])]))
        self.told("steps")

    def _appoint(self, name: str, role: str, team: str) -> None:
        means = ROLES[role]
        self.model.people[name].holds.append(Hold(role, team if means.holds else "", begins=self.model.today))
        self.stage.own(
            "insert into accounts_membership (id, user_id, team_id, role, compartments, holds_cases, sees_agency,"
            " audits_agency, begins) values (gen_random_uuid(), %s, %s, %s, %s, %s, %s, false, clock_timestamp())",
            *(self.town.users[name].pk, self.town.teams[team].pk if team and means.holds else None, role),
            *(mask(means.parts), means.holds, means.sees),
        )
