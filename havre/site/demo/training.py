"""Invented trainings of both agencies: held long ago and followed up, held a while ago, held now, and to come."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from django.utils.timezone import localdate

from havre.platform.accounts.claims import acting_as
from havre.platform.accounts.models import User
from havre.prevention.rights.actions import record
from havre.prevention.training import actions, certificates
from havre.prevention.training.models import Course, Session, Trainee
from havre.site.demo.tables import table

REVIEWED = {"do_no_harm": "yes", "non_discrimination": "yes", "participation": "partly", "privacy": "yes"}
REVIEWED |= {"non_punishment": "yes", "gender": "yes", "health": "yes"}
AGES = ("25_34", "35_44", "45_54", "under_25", "from_55", "")
NOTE = "Faire relire les cas par une personne accompagnée avant la prochaine session."
TOP = 20


def tell(users: Mapping[str, User]) -> None:
    """Courses, the sessions of each, and what came of those that are over."""
    today, courses = localdate(), dict[str, Course]()
    for row in table("training_courses"):
        by = users[row["by"]]
        with acting_as(by):
            courses[row["code"]] = course = _course(row, by)
            record(course, kind="course", answers=REVIEWED, note=NOTE, by=by)
    for row in table("training_sessions"):
        by = users[row["by"]]
        with acting_as(by):
            _session(row, courses[row["course"]], by, today)


def _course(row: Mapping[str, str], by: User) -> Course:
    modules = [(each.partition("|")[0], Decimal(each.partition("|")[2])) for each in row["modules"].split(";")]
    values: dict[str, Any] = {name: row[name] for name in ("title", "summary", "aims", "materials")}
    values |= {"roles": row["roles"].split(";"), "languages": row["languages"].split(";")}
    values |= {"hours": sum(hours for _title, hours in modules), "visibility": int(row["visibility"])}
    return actions.save_course(Course(), values=values, modules=modules, by=by)


def _session(row: Mapping[str, str], course: Course, by: User, today: date) -> None:
    rng = Random(row["place"])  # noqa: S311 - the same people each time is the point
    begins = today + timedelta(days=int(row["begins"]))
    values = {"begins": begins, "ends": begins + timedelta(days=int(row["days"]) - 1), "hours": course.hours}
    values |= {name: row[name] for name in ("place", "country", "language")}
    trainers = [("Adèle Fontaine", by.agency.name), ("Idris Vael", "Université des Deux Rives")]
    session = actions.save_session(Session(), course=course, values=values, trainers=trainers, by=by)
    people = _people(row, course, rng)
    actions.add(session, people=people, origin="file", by=by)
    if session.begins <= today:
        _held(session, rng, by, today)


def _people(row: Mapping[str, str], course: Course, rng: Random) -> list[dict[str, str]]:
    names = rng.sample([each for each in table("training_names") if row["country"] in each["countries"].split(";")], 11)
    lands = row["from"].split(";")
    return [
        {
            "name": each["name"],
            "sex": each["sex"],
            "mail": f"{row['country'].lower()}{number}@office.example",
            "role": rng.choice(course.roles),
            "body": rng.choice(row["bodies"].split(";")),
            "age": rng.choice(AGES),
            "country": rng.choice(lands),
        }
        for number, each in enumerate(names)
    ]


def _held(session: Session, rng: Random, by: User, today: date) -> None:
    people = list(session.trainees.all())
    until = [day for day in session.days if day <= today]
    days = {each.pk: until if rng.random() < 0.8 else until[: rng.randint(0, len(until) - 1)] for each in people}
    actions.attend(session, days=days, by=by, version=session.version)
    before = {each.pk: Decimal(rng.choice((6, 8, 9, 11, 12, 14, 20))) for each in people if days[each.pk]}
    over = session.ends < today
    after = {pk: min(Decimal(TOP), pre + rng.randint(1, 8)) if over else None for pk, pre in before.items()}
    session.refresh_from_db()
    marks = {pk: (pre, after[pk]) for pk, pre in before.items()}
    actions.score(session, top=TOP, marks=marks, by=by, version=session.version)
    if over:
        _over(session, people, rng, by, today)


def _over(session: Session, people: Sequence[Trainee], rng: Random, by: User, today: date) -> None:
    for _form in people[:9]:
        marks = {name: rng.choice((3, 4, 4, 5, 5)) for name in ("relevance", "engagement", "satisfaction")}
        actions.react(session, marks=marks, by=by)
    came = [each for each in session.trainees.all() if len(each.attended) == len(session.days)]
    given = certificates.issue(session, trainees=came, by=by)
    if (today - session.ends).days > 300:
        certificates.withdraw(given[0], reason="Donnée à la mauvaise personne.", by=by)
        _followed(session, by)


def _followed(session: Session, by: User) -> None:
    at_work = {"screenings": 41, "referrals": 12, "rating": Decimal("4.1"), "asked": 8}
    at_work |= {"note": "Les agents demandent désormais à parler à l’écart, et appellent depuis le poste."}
    actions.follow_up(session, level=3, values={"on": session.ends + timedelta(days=120), **at_work}, by=by)
    found = {"identified": {"female.adult": 7, "female.child": 3, "male.adult": 4}, "investigations": 2, "asked": 2}
    found |= {"correct_referrals": 11, "note": "L’un des deux services a mis les fiches dans son carnet de service."}
    actions.follow_up(session, level=4, values={"on": session.ends + timedelta(days=290), **found}, by=by)
