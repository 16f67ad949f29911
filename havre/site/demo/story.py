"""The way somebody came, from where they are from to where it ended, and what is known of it."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import cast

from havre.cases.screening.models import Answer
from havre.cases.story import told as story
from havre.cases.story.models import Episode, EpisodeCode, Leg, Perpetrator, PerpetratorRole
from havre.kernel.dates import DateRefused, PartialDate, parse
from havre.site.demo.people import HOME, SEED
from havre.site.demo.sheets import File, moment
from havre.site.demo.tables import table

# Salam's way began in another country than her own.
BEGAN_IN = {"7QK-4M2": ("LB", "Tripoli")}
ROLES = ("RecruiterOrIntermediary", "Transporter", "ReceivedIndividual", "ControlledIndividual", "Exploiter")
CROSSED = {"lorry": "hidden", "foot": "no_checkpoint", "boat": "no_checkpoint"}


def tell(file: File) -> None:
    """The story, once the interview is over; some is confirmed by the worker, some waits as the screening told it."""
    told = file.told
    if told.on("S4") is None or told.refused or told.story == "free":
        return
    rng = Random(f"{SEED}|story|{told.case_reference}")  # noqa: S311 - the same register each time is the point
    rows = cast("list[Answer]", file.sheets.rows.get(Answer, []))
    answers = {row.item: row for row in rows if row.case_id == file.case.pk}
    began = _day(answers, "F01") or PartialDate(told.opened - timedelta(days=rng.randint(200, 700)), "month")
    span = {"started": began.first, "started_precision": began.precision}
    episode = file.of_case(Episode, number=1, still_inside="no", internal=_internal(file), **span)
    file.sheets.record(file, moment(told.on("S4") or told.opened, rng), "leg.add")
    _way(file, rng, episode, began.first)
    if told.desk or rng.random() < 0.4:
        _known(file, episode, answers)
    if rng.random() < 0.35:
        _who(file, rng)


def _day(answers: dict[str, Answer], item: str) -> PartialDate | None:
    try:
        return parse(answers[item].text) if item in answers else None
    except DateRefused:
        return None


def _internal(file: File) -> str:
    return "yes" if file.told.origin["country"] == HOME else "no"


def _way(file: File, rng: Random, episode: Episode, began: date) -> None:
    """Recruitment leads away from home, exploitation to the last place, all else is transit."""
    told, language = file.told, file.sheets.language
    ways = {row["key"]: row["way"] for row in table("ways")}
    stops = [stop.split(":") for stop in (ways.get(told.case_reference) or ways[told.origin["country"]]).split("|")]
    country, place = BEGAN_IN.get(told.case_reference) or (
        told.origin["country"],
        rng.choice(told.origin["towns"].split(";")),
    )
    day = began - timedelta(days=31 * (len(stops) - 1))
    for seq, (to, town, transport) in enumerate(stops, start=1):
        last = seq == len(stops)
        stage = "exploitation" if last else "recruitment" if seq == 1 else "transit"
        leg = Leg(episode_id=episode.pk, case_id=file.case.pk, seq=seq, stage=stage, transport=transport)
        leg.from_country, leg.from_place, leg.country, leg.place = country, place, to, town
        _when(leg, day, told.opened if last else None)
        abroad = country != to
        leg.border_crossing = CROSSED.get(transport, "own_papers") if abroad else ""
        leg.alone = rng.choice(["yes", "no", "no", ""])
        leg.note = _said(told.story if last else stage, language, rng)
        file.sheets.rows.setdefault(Leg, []).append(leg)
        country, place, day = to, town, day + timedelta(days=31)


def _when(leg: Leg, day: date, until: date | None) -> None:
    begun = PartialDate(day, "month")
    leg.began, leg.began_precision = begun.first, "month"
    if until is not None:
        over = PartialDate(max(day, until), "month")
        leg.ended, leg.ended_precision = over.last, "month"


def _known(file: File, episode: Episode, answers: dict[str, Answer]) -> None:
    """What the screening told, confirmed."""
    said = story.carry({item: (row.state, row.codes.split(";")) for item, row in answers.items()})
    for (name, code), (answer, item) in said.items():
        row = {"list": name, "code": code, "answer": answer, "source_answer": item}
        file.of_case(EpisodeCode, episode_id=episode.pk, **row)


def _who(file: File, rng: Random) -> None:
    relation = rng.choice(["Familial", "Acquainted", "Unaquainted"])
    known = {"relation": relation, "sex": rng.choice(["man", "woman"])}
    stage = rng.choice(["", "", "suspected", "investigated"])
    alias = _said("alias", file.sheets.language, rng)
    person = file.of_case(Perpetrator, alias=alias, legal_stage=stage, **known)
    for code in rng.sample(ROLES, rng.randint(1, 2)):
        file.of_case(PerpetratorRole, perpetrator_id=person.pk, code=code)


def _said(kind: str, language: str, rng: Random) -> str:
    return rng.choice([row[language] for row in table("ways_said") if row["kind"] == kind])
