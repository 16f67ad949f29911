"""Readings of the indicators, assessments of vulnerability, and what is seen of the countries people come from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import takewhile
from random import Random
from typing import cast

from havre.cases.assessment.actions import result_of
from havre.cases.assessment.evidence import known
from havre.cases.assessment.models import IndicatorMark, IndicatorResult, PlaceFactor, Vulnerability
from havre.cases.screening.models import Answer
from havre.cases.screening.rules.interview import Said
from havre.kernel.vocabularies import Row, load
from havre.site.demo.people import SEED
from havre.site.demo.sheets import File, moment
from havre.site.demo.tables import said, table

MARKED = ("AR06", "EX01", "EX02")  # what workers know from the talk and no question asks in full
LEVELS = ("individual", "household")
SOURCES = ("Global Report 2024", "Migration in the World 2026, chapter 3", "Country note of the embassy")


def tell(file: File) -> None:
    """What was read of the answers, and what weighs on the person and holds them, once or twice."""
    decided = file.told.on("S4")
    if decided is None or file.told.refused:
        return
    if file.told.desk or file.rng.random() < 0.4:
        _reading(file, decided)
    planned = file.told.on("S5")
    if planned and (file.told.desk or file.rng.random() < 0.3):
        _assess(file, planned)


def _reading(file: File, on: date) -> None:
    worker = file.sheets.worker
    # People are told one after the other: this one's answers are the last that were put down.
    put_down = cast(list[Answer], file.sheets.rows.get(Answer, []))
    mine = takewhile(lambda row: row.case_id == file.case.pk, reversed(put_down))
    answers = {row.item: Said(row.state, tuple(c for c in row.codes.split(";") if c), row.text) for row in mine}
    marks, at = {}, moment(on, file.rng, hour=15)
    if file.told.story != "free" and file.rng.random() < 0.6:
        for code in MARKED:
            mark = file.of_case(IndicatorMark, by=worker, at=at, list="delphi", code=code, answer="yes")
            marks["delphi", code] = mark
        file.sheets.record(file, at, "indicators.mark")
    found = known(answers, {}, marks, file.told.is_child)
    if not found.answers:
        return
    row = result_of(file.case, worker, found, found.read(found.profile))
    values = {each.name: getattr(row, each.name) for each in row._meta.concrete_fields}
    left = {name: value for name, value in values.items() if name not in ("id", "at", "by", "case")}
    file.written(IndicatorResult, on, "indicators.keep", 16, **left)


def _assess(file: File, first: date) -> None:
    """Both levels, and a second time when there was time for it: some risks weigh less by then."""
    rng, today = file.rng, file.sheets.today
    again = first + timedelta(days=rng.randint(60, 120))
    last = file.told.stages[-1][1] if file.told.state == "S13" else today
    for level in LEVELS:
        rows = [row for row in load("vulnerability_factors").rows if row["level"] == level]
        rows = [row for row in rows if row["code"] != "ind_age" or file.told.is_child]
        # Of most people a few things were talked about; of those on the desk, nearly all.
        looked = rng.sample(rows, len(rows) - rng.randint(0, 3) if file.told.desk else rng.randint(2, 5))
        weighed = {row["code"]: rng.choice([0, 0, 1, 2, 3]) for row in looked}
        _round(file, first, looked, weighed)
        if again <= last and (file.told.desk or rng.random() < 0.5):
            later = {row["code"]: _later(row, weighed[row["code"]], rng) for row in looked}
            _round(file, again, looked, later)


def _later(row: Row, weight: int, rng: Random) -> int:
    if rng.random() < 0.5:
        return weight
    return max(weight - 1, 0) if row["direction"] == "risk" else min(weight + 1, 3)


def _round(file: File, on: date, rows: Sequence[Row], weighed: dict[str, int]) -> None:
    at = moment(on, file.rng)
    file.sheets.record(file, at, "vulnerability.assess")
    for row in rows:
        weight = weighed[row["code"]]
        present = "yes" if weight else file.rng.choice(["no", "no", "unknown"])
        noted = weight == 3 and row["code"] in ("ind_network", "hh_support") and file.rng.random() < 0.5
        note = said("lean", file.sheets.language, file.rng) if noted else ""
        kind = {"level": row["level"], "factor": row["code"], "direction": row["direction"], "note": note}
        file.of_case(Vulnerability, by=file.sheets.worker, at=at, on=on, present=present, weight=weight, **kind)


def places(year: int) -> list[PlaceFactor]:
    """What is seen of the countries people come from, in the year before; about nobody."""
    rows = [row for row in load("vulnerability_factors").rows if row["level"] in ("community", "structural")]
    found = []
    for country in sorted({row["country"] for row in table("names")}):
        rng = Random(f"{SEED}|place|{country}")  # noqa: S311 - the same register each time is the point
        source = rng.choice(SOURCES)
        for row in rng.sample(rows, 6):
            here = {"country": country, "period": year - 1, "factor": row["code"], "source": source}
            found.append(PlaceFactor(**here, present=rng.choice(["yes", "yes", "no", "unknown"])))
    return found
