"""Health and children: who is asked in to look after them, and what they keep."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import Any
from uuid import UUID

from django.db import connection, models

from havre.cases.children.models import BestInterest, Circumstances, Guardian
from havre.cases.health.models import CareTopic, Fitness, HealthRecord, RestrictedResult
from havre.cases.people.models import Case
from havre.kernel.vocabularies import load
from havre.platform.accounts.claims import acting_as
from havre.platform.accounts.models import User
from havre.platform.crypto import keyring
from havre.platform.permissions import ROLES
from havre.site.demo.people import SEED
from havre.site.demo.sheets import File, Sheets, moment
from havre.site.demo.tables import said

DESK = "7QK-4M2"
HOME, HERE = ("S7", "S8", "S9"), ("S10", "S11", "S12")
GUARDIANS = ("Me C. Okoye", "L. Ferrand", "Me A. Diallo", "")
BODIES = ("Tribunal pour enfants", "Aide sociale à l’enfance")
CARERS = ("M. Haddad", "A. Osagie", "N. Tkachenko", "F. Abebe")
PANEL = ("Me C. Okoye", "L. Ferrand", "Dr K. Ansah")
DAY = timedelta(days=1)


@cache
def colleagues(agency: UUID) -> dict[str, User]:
    """Those of a house by their role."""
    held = User.objects.filter(agency_id=agency).prefetch_related("memberships")
    return {each.role: user for user in held for each in user.memberships.all()}


def tell(file: File) -> None:
    """Who is asked in, whether the person may travel, and what stands beside a child."""
    told = file.told
    if told.refused or told.on("S1") is None:
        return
    # A chance of its own, so that what is drawn here moves nothing that was drawn before.
    rng = Random(f"{SEED}|care|{told.case_reference}")  # noqa: S311 - the same register each time is the point
    there = colleagues(file.sheets.worker.agency_id)
    if not told.restricted:
        _ask_in(file, rng)
    if told.is_child:
        _beside(file, rng, there)
    nurse, prepared = there.get("health_worker"), told.on("S8")
    if prepared and nurse and not told.restricted and rng.random() < 0.9:
        _fitness(file, rng, nurse, min(prepared + rng.randint(0, 6) * DAY, file.sheets.today))


def _ask_in(file: File, rng: Random) -> None:
    told, asked = file.told, file.sheets.asked
    wanted = {
        "health_worker": told.case_reference == DESK or told.on("S8") is not None or rng.random() < 0.25,
        "child_specialist": told.is_child,
        "legal_adviser": told.on("S6") is not None and rng.random() < 0.2,
        "return_officer": told.state in HOME,
        "reintegration_officer": told.state in HERE,
    }
    asked += [(file.case.pk, role) for role, holds in wanted.items() if holds]


def let_in(sheets: Sheets) -> None:
    """Opens the files to the colleagues who were asked, as far as their role reaches."""
    there = colleagues(sheets.worker.agency_id)
    with connection.cursor() as cursor:
        for case, role in sheets.asked:
            colleague = there.get(role)
            if colleague and colleague.pk != sheets.worker.pk:
                reach = int(ROLES[role].compartments)
                given = [case, colleague.principal, reach, "write", "casework", None, None]
                cursor.execute('select havre."grant"(%s, %s, %s, %s, %s, %s, %s)', given)


def _by(file: File, rng: Random, user: User, day: date, act: str) -> dict[str, Any]:
    at = moment(min(day, file.sheets.today), rng)
    file.sheets.record(file, at, act, user)
    return {"by": user, "at": at}


def _fitness(file: File, rng: Random, nurse: User, on: date) -> None:
    fit = rng.choices(["yes", "conditions", "no"], [70, 25, 5])[0]
    needed = said("fitness", file.sheets.language, rng) if fit == "conditions" else ""
    written = _by(file, rng, nurse, on, "fitness.say")
    until = None if fit == "no" else on + 60 * DAY
    file.of_case(Fitness, fit=fit, conditions=needed, clinician="Dr. A. Vidal", on=on, valid_until=until, **written)


def _beside(file: File, rng: Random, there: dict[str, User]) -> None:
    """Who came with the child, the guardian, what was weighed."""
    told, language = file.told, file.sheets.language
    # Nobody else was let into a restricted file: its own worker weighs what is best.
    worker = file.sheets.worker if told.restricted else there.get("child_specialist", file.sheets.worker)
    alone = "no" if told.desk else rng.choices(["no", "unknown", "yes"], [55, 15, 30])[0]
    contact = rng.choice(["yes", "no", "unknown"])
    file.of_case(
        Circumstances,
        accompanied=alone,
        with_whom=rng.choice(CARERS) if alone == "yes" else "",
        family_contact=contact,
        contact_safe=rng.choice(["yes", "unknown"]) if contact == "yes" else "",
        school="" if told.desk else rng.choice(["school", "waiting", "none"]),
        words="" if told.desk else said("child_words", language, rng),
        **_by(file, rng, file.sheets.worker, told.opened, "circumstances.save"),
    )
    if told.on("S3") and alone != "yes" and rng.random() < 0.9:
        named = min(told.opened + rng.randint(1, 6) * DAY, file.sheets.today)
        written = _by(file, rng, file.sheets.worker, named, "guardian.name")
        who = {"name": rng.choice(GUARDIANS), "body": rng.choice(BODIES), "contact": "04 99 00 11 22"}
        file.of_case(Guardian, appointed_on=named, **who, **written)
    weighed, chosen = told.on("S5"), told.on("S8")
    if weighed:
        _weigh(file, rng, worker, weighed, "assessment", rng.choice(["placement", "contact"]))
    if chosen:
        _weigh(file, rng, worker, chosen, "determination", "return")


def _weigh(file: File, rng: Random, worker: User, on: date, kind: str, about: str) -> None:
    formal = kind == "determination"
    language = file.sheets.language
    found = {"panel": "\n".join(PANEL), "panel_size": len(PANEL), "outcome": "in_interest"} if formal else {}
    file.of_case(
        BestInterest,
        kind=kind,
        about=about,
        on=on,
        views=said("child_words", language, rng),
        options=said("child_options", language, rng),
        reasons=said("child_reasons", language, rng),
        family_assessment="yes" if formal else "unknown",
        family_assessed_on=on - 5 * DAY if formal else None,
        carer_confirmed="yes" if formal else "unknown",
        carer=rng.choice(CARERS) if formal else "",
        review_on=None if file.told.state == "S13" else max(on, file.sheets.today + rng.randint(-4, 60) * DAY),
        **found,
        **_by(file, rng, worker, on, "interest.determine" if formal else "interest.assess"),
    )


def nurse(users: Sequence[User], today: date) -> None:
    """What the health workers keep of those they were asked to see, written with their own rights."""
    for user in users:
        if any(each.role == "health_worker" for each in user.memberships.all()):
            with acting_as(user):
                _keep(user, today)


def _keep(user: User, today: date) -> None:
    cases = list(Case.objects.order_by("reference"))
    keyring.load([each.pk for each in cases])
    rows: dict[type[models.Model], list[models.Model]] = {}
    for case in cases:
        rng = Random(f"{SEED}|health|{case.reference}")  # noqa: S311 - the same register each time is the point
        for row in _record(case, user, rng, today):
            rows.setdefault(type(row), []).append(row)
    for model, made in rows.items():
        models.QuerySet[Any](model).bulk_create(made, batch_size=500)


def _record(case: Case, user: User, rng: Random, today: date) -> list[models.Model]:
    opened = case.opened_on
    last = max(opened, case.closed_on or today)
    who = {"case_id": case.pk, "by": user, "at": moment(min(opened + 3 * DAY, last), rng)}
    conditions = load("health_conditions").codes
    made: list[models.Model] = []
    for phase, most in (("before", 2), ("during", 6), ("after", 4)):
        for code in rng.sample(conditions, rng.randint(0 if phase == "before" else 2, most)):
            note = said("health_words", user.language, rng) if rng.random() < 0.15 else ""
            source = "self" if phase != "after" or rng.random() < 0.6 else "clinician"
            when = {"on": date(opened.year - 1, 1, 1), "precision": "year"} if phase == "during" else {}
            severity = rng.choices([0, 1, 2, 3, None], [5, 30, 30, 15, 20])[0]
            given = {"phase": phase, "condition": code, "severity": severity, "source": source, "note": note}
            made.append(HealthRecord(**who, **given, **when))
    made += [CareTopic(**who, topic=each) for each in rng.sample(load("care_topics").codes, rng.randint(1, 7))]
    if rng.random() < 0.2:
        made.append(_test(user, who, rng, min(opened + 4 * DAY, last), last))
    return made


def _test(user: User, who: dict[str, Any], rng: Random, agreed: date, last: date) -> RestrictedResult:
    done = min(agreed + DAY, last)
    after = {"on": done, "counselled_after_on": done, "result": said("test_result", user.language, rng)}
    test = {"test": rng.choice(["hiv", "pregnancy"]), "consented_on": agreed, "counselled_on": agreed}
    return RestrictedResult(**who, **test, readers=[user.principal], **(after if rng.random() < 0.8 else {}))
