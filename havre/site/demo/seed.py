"""Writes the invented register: everybody in the care of the two agencies, in one transaction or not at all.

Past years cannot be acted out one request at a time, so the rows are written at once, each worker's with the rights of
that worker; what they did is written into the record as it would have been. Files from elsewhere come in by the import.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.timezone import localdate

from havre.cases.assessment.models import PlaceFactor
from havre.cases.people.models import Case
from havre.exchange.actions import import_register
from havre.exchange.formats.htcds import Record
from havre.kernel.dates import PartialDate
from havre.platform.accounts.claims import acting_as
from havre.platform.accounts.models import User
from havre.platform.audit.recorder import recording
from havre.site.demo import (
    arrival,
    assessment,
    assistance,
    campaigns,
    care,
    countries,
    digest,
    events,
    groups,
    help,
    law,
    library,
    office,
    papers,
    rebuild,
    returns,
    sharing,
    story,
    surveys,
    training,
    unusual,
)
from havre.site.demo.people import MINE, SEED, Invented, born, invent
from havre.site.demo.sheets import File, Line, Sheets, write_record
from havre.site.demo.tables import said

READER = "chloe"
AT_ONCE = 50
# The days from today on which something waits: on Amina's desk beside what desk.csv says, and on each other desk.
MY_DAYS = (1, 2, 2, 3, 5, 6, 9)
DAYS = (-6, -2, -1, 0, 0, 0, 0, 0, 1, 1, 2, 3, 4, 5, 8, 12)
STORIES = {"sexual": "SexualExploitation", "begging": "ForcedBegging", "marriage": "ForcedMarriage"}
Passed = Callable[[int], None]


def people_there() -> int:
    """How many files stand in the register, whoever's they are."""
    return Case.objects.using("owner").count()


def seed(number: int, passed: Passed = lambda done: None) -> None:
    """The register with that many people."""
    today = localdate()
    users = {user.login: user for user in User.objects.select_related("agency").prefetch_related("memberships")}
    everybody = invent(number, today)
    record: list[Line] = []
    done = 0
    with transaction.atomic():
        for login in dict.fromkeys(person.worker for person in everybody):
            theirs = [person for person in everybody if person.worker == login]
            for lines, many in _by(users[login], theirs, users[READER], today):
                record += lines
                done += many
                passed(done)
        with acting_as(users[READER]):
            QuerySet[Any](PlaceFactor).bulk_create(assessment.places(today.year))
        care.nurse(list(users.values()), today)
        for login, user in users.items():
            with acting_as(user):
                write_record([line for line in record if line[1].login == login])
        unusual.tell(users, record)
        sharing.tell(users, today)
        campaigns.tell(users)
        training.tell(users)
        surveys.tell(users)
        digest.tell(users)
        law.tell(users)
        countries.tell(users)
        library.tell(users)
        events.tell(users)
        office.tell(users)  # when everybody's record is written: whoever hands a file over reads it no more


def _by(user: User, people: Sequence[Invented], reader: User, today: date) -> Iterator[tuple[list[Line], int]]:
    """Writes one worker's people; gives the lines for the record and how many people, part by part."""
    own = [person for person in people if not person.imported]
    waiting = _waiting(own, MY_DAYS if user.login == MINE else DAYS, today)
    with acting_as(user):
        for start in range(0, len(own), AT_ONCE):
            some = own[start : start + AT_ONCE]
            sheets = Sheets(user, reader if reader.agency_id == user.agency_id else None, today)
            files = [File(person, sheets) for person in some]
            for file in files:
                tell(file, waiting.get(file.told.case_reference))
            groups.join(files)
            sheets.write()
            care.let_in(sheets)
            yield sheets.events, len(some)
        brought = [_record(person, today, user.language) for person in people if person.imported]
        if brought:
            with recording(user, "register.import") as recorder:
                import_register(brought, by=user, agency=user.agency.code, today=today)
                recorder.write()
            yield [], len(brought)


def _waiting(people: Sequence[Invented], days: Sequence[int], today: date) -> dict[str, date]:
    """On which day something waits about whom."""
    rng = Random(f"{SEED}|desk|{len(people)}")  # noqa: S311 - the same register each time is the point
    able = [each.case_reference for each in people if not each.desk and each.state != "S13" and not each.refused]
    rng.shuffle(able)
    return {reference: today + timedelta(days=day) for reference, day in zip(able, days, strict=False)}


def tell(file: File, due: date | None) -> None:
    """Everything that happened to one person, in its order."""
    arrival.contact(file)
    arrival.consent(file)
    arrival.screening(file)
    story.tell(file)
    help.assist(file)
    assistance.tell(file)
    help.follow(file)
    rebuild.tell(file)
    help.notes(file)
    help.task(file, due)
    help.moves(file)
    help.read(file)
    assessment.tell(file)
    care.tell(file)
    papers.tell(file)
    returns.tell(file)


def _record(person: Invented, today: date, language: str) -> Record:
    """Somebody who came with the register of another office."""
    rng, opened = person.rng, person.opened
    closed = person.state == "S13"
    values: dict[str, Any] = {
        "prs_FirstName": person.given,
        "prs_SecondName": person.family,
        "prs_Gender": arrival.GENDERS[person.who],
        "prs_Citizenship": [person.origin["country"]],
        "prs_PrimaryLanguage": person.origin["language"],
        "cas_IncomingReferralDate": opened,
        "cas_Status": "Closed" if closed else "FollowUp" if person.state == "S12" else "Active",
        "vic_TypeOfExploitation": [STORIES.get(person.story, "ForcedLabour")],
        "vic_MethodsOfControl": rng.sample(["DebtBondage", "WithholdsDocuments", "FalsePromises", "TakesEarnings"], 2),
        "vic_LocationOfRecruitment": rng.choice(person.origin["towns"].split(";")),
        "con_Consent": rng.random() < 0.85,
    }
    if rng.random() < 0.8:
        values |= {
            "vic_TraffickingStatus": "ActualVictimOfTrafficking",
            "vic_TraffickingStatusDecisionMakingOrg": "Police",
        }
    if closed:
        values |= {"cas_OutgoingReferralDate": [opened], "cas_ReasonForCaseClosure": said("closing", language, rng)}
    if rng.random() < 0.7:
        values["prs_Birthdate"] = PartialDate(born(person, today))
    return Record(0, f"ESC-{person.case_reference}", values)
