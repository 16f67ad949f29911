"""What the administrator did: a team, somebody invited, and somebody who left, whose files wait to be handed over."""

from __future__ import annotations

from collections.abc import Mapping

from havre.cases.handover import caseload
from havre.cases.handover.actions import hand_over
from havre.platform.accounts.claims import acting_as
from havre.platform.accounts.models import Team, User
from havre.platform.accounts.office import actions
from havre.platform.agreements.actions import agree
from havre.platform.agreements.models import Agreement
from havre.platform.audit.recorder import recording
from havre.site.demo.founding import PASSWORD

ADMINISTRATOR, SUPERVISOR, BUSY = "ferdinand", "chloe", "gita"
LEFT_WITH = 6  # files


def tell(users: Mapping[str, User]) -> None:
    """Whoever was invited has not come yet; whoever left is gone, and a supervisor finds their files waiting."""
    by = users[ADMINISTRATOR]
    with acting_as(by, confirmed=True):
        actions.create_team(by.agency, by=by, name="Rive droite")
        team = Team.objects.get(agency=by.agency)
        actions.move(users["sami"], by=by, roles=["reintegration_officer"], team=team)
        left, secret = _invite(by, team, "mara", "Mara K.")
    _agreed(users[SUPERVISOR])
    with acting_as(by, confirmed=True):
        _invite(by, team, "jonas", "Jonas W.")  # which waits for a second person
    if not actions.accept(secret, PASSWORD):
        raise RuntimeError("an invitation made a moment ago is good")
    _leave(users, left)


def _agreed(second: User) -> None:
    """A second person agreed to every role that was asked for until here."""
    with acting_as(second, confirmed=True):
        for asked in Agreement.objects.filter(answered_at=None):
            agree(asked, by=second)


def _invite(by: User, team: Team, login: str, name: str) -> tuple[User, str]:
    given = {"login": login, "name": name, "language": "fr"}
    return actions.invite(by.agency, by=by, roles=["caseworker"], team=team, **given)


def _leave(users: Mapping[str, User], left: User) -> None:
    with recording(users[SUPERVISOR]) as recorder, acting_as(users[SUPERVISOR]):
        held = caseload.of(users[BUSY])
        files = held.ids[: held.open][-LEFT_WITH:]
        to = [User.objects.get(pk=left.pk)]
        if files:  # none in a very small register
            hand_over(users[BUSY], by=users[SUPERVISOR], files=files, to=to, why="too_many")
            recorder.write()
    with acting_as(users[ADMINISTRATOR], confirmed=True):
        actions.remove(left, by=users[ADMINISTRATOR])
