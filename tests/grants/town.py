"""Three agencies with their people and files, committed in a database of their own, and the same in the model."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db import connection, transaction

from havre.cases.people.actions.opening import open_case
from havre.cases.people.models import Case
from havre.platform.accounts import claims
from havre.platform.accounts.founding import found_agency, found_team, found_user
from havre.platform.accounts.models import Agency, Team, User
from havre.platform.crypto import keyring
from tests.filling import Place, fill
from tests.rows.world import World, standing_in

from . import model
from .model import AGENCY, TEAM, USER

PASSWORD = "a quiet harbour at dawn"
# Who works where, as what, in which team.
STAFF = {
    "amina": ("balise", "caseworker", "welcome"),
    "gita": ("balise", "caseworker", "welcome"),
    "chloe": ("balise", "supervisor", ""),
    "hana": ("balise", "health_worker", "welcome"),
    "noor": ("balise", "child_specialist", ""),
    "lucas": ("balise", "legal_adviser", ""),
    "ferdinand": ("balise", "administrator", ""),
    "dao": ("balise", "auditor", ""),
    "ines": ("balise", "data_protection_lead", ""),
    "boris": ("phare", "supervisor", ""),
    "bea": ("phare", "caseworker", "street"),
    "bruno": ("phare", "health_worker", "street"),
    "carl": ("escale", "caseworker", ""),
    "cleo": ("escale", "legal_adviser", ""),
}
TEAMS = {"welcome": "balise", "street": "phare"}
FILES = {  # owner, restricted
    "first": ("amina", False),
    "second": ("amina", False),
    "third": ("gita", True),
    "fourth": ("bea", False),
    "fifth": ("carl", False),
}


@dataclass
class Town:
    """The register as it stands at the beginning, and where each name of the model is found in it."""

    world: World
    users: dict[str, User] = field(default_factory=dict)
    teams: dict[str, Team] = field(default_factory=dict)
    agencies: dict[str, Agency] = field(default_factory=dict)
    files: dict[str, Case] = field(default_factory=dict)

    def number(self, to: model.Principal) -> int:
        """The principal of a person, a team, an agency."""
        kind, name = to
        return {USER: self.users, TEAM: self.teams, AGENCY: self.agencies}[kind][name].principal

    def name_of(self, subject: object) -> str:
        """The file of a case's or a person's number."""
        return next(name for name, case in self.files.items() if subject in (case.pk, case.person_id))

    def told(self) -> model.Model:
        """The same, as the model is told it."""
        people = {name: model.Person(agency, [model.Hold(role, team)]) for name, (agency, role, team) in STAFF.items()}
        here = model.Model(people, dict(TEAMS), {})
        for name, (owner, restricted) in FILES.items():
            agency = STAFF[owner][0]
            here.files[name] = model.File(agency, owner, restricted)
            here.put(model.Grant(name, (USER, owner), model.CASEWORK, writes=True))
            if not restricted:
                here.put(model.Grant(name, (AGENCY, agency), model.CASEWORK, writes=True))
        return here


def found(name: str) -> Town:
    """The register in that database, committed."""
    town = Town(World(name))
    with standing_in(name), transaction.atomic():
        _as("havre_owner", lambda: _people(town))
        for file, (owner, restricted) in FILES.items():
            user = town.users[owner]
            with claims.acting_as(user):
                case = open_case(by=user, on=date(2026, 3, 12), state="S0", restricted=restricted)
                keyring.load([case.pk, case.person_id, user.pk])
                fill(Place(case, user))
                town.files[file] = case
        for login, user in town.users.items():
            town.world.tokens[login] = secrets.token_hex(32)
            claims.begin_session(user, town.world.tokens[login], "{}", timedelta(hours=8))
    return town


def _people(town: Town) -> None:
    for code in dict.fromkeys(agency for agency, _role, _team in STAFF.values()):
        town.agencies[code] = found_agency(code, code.title(), "FR", using="default")
    for name, agency in TEAMS.items():
        town.teams[name] = found_team(town.agencies[agency], name, using="default")
    for login, (agency, role, team) in STAFF.items():
        town.users[login] = found_user(
            town.agencies[agency], login, login.title(), role, PASSWORD, using="default", team=town.teams.get(team)
        )


def _as(role: str, act: Callable[[], None]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"set local role {role}")
    act()
    with connection.cursor() as cursor:
        cursor.execute("set local role havre_app")
