"""An evaluation as its pages show it: sentences, and tables whose rows are drawn."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from havre.kernel.vocabularies import load
from havre.prevention.surveys.models import Answer, Survey
from havre.prevention.surveys.spoken import said

from . import telling
from .drawn import Drawing, drawing
from .figures import Asked, Measure, Report, report

NOT_SAID = ""


@dataclass(frozen=True)
class Line:
    """A row: what it is about, its drawing, a number for each wave, and what changed."""

    label: str
    code: str
    drawing: Drawing
    values: list[tuple[str, str]]  # wave and number
    note: str = ""


@dataclass(frozen=True)
class Block:
    """One measure: its sentences, a row for each group, and a row for each question."""

    kind: str
    title: str
    ticks: list[tuple[float, str]]
    spans: list[tuple[str, list[str]]]
    notes: list[str]
    groups: list[Line]
    asked: list[Line]
    spoken: str


def shown(survey: Survey) -> dict[str, Any]:
    """All that a page of results needs."""
    found = report(survey)
    blocks = [_block(survey, found, measure) for measure in found.measures if measure.cells]
    return {
        "survey": survey,
        "people": found.people,
        "headline": telling.headline(found),
        "blocks": blocks,
        "waves": found.waves,
        "cells": _cells(found),
        "losses": [telling.lost(each) for each in found.losses],
        "group": found.group,
    }


def _cells(found: Report) -> list[tuple[str, list[int], int]]:
    rows = [(group, [found.counts[wave, group] for wave in found.waves]) for group in found.groups]
    return [(group, counts, sum(counts)) for group, counts in rows]


def _block(survey: Survey, found: Report, measure: Measure) -> Block:
    kind = measure.kind
    asked = [each for each in found.asked if each.item.kind == kind]
    notes = {"attitude": telling.held_together, "knowledge": telling.best_and_worst}
    told = notes[kind](found) if kind in notes else ""
    title = {"knowledge": _("What people know"), "attitude": _("What people think"), "practice": _("What people do")}[
        kind
    ]
    groups = [_group(found, measure, group) for group in found.groups]
    spoken = "; ".join(
        f"{line.label}: " + ", ".join(f"{telling.wave(w)} {n}" for w, n in line.values) for line in groups
    )
    return Block(
        kind,
        title,
        _ticks(kind),
        telling.measured(measure),
        [told] if told else [],
        groups,
        [_line(survey, found, each) for each in asked],
        spoken,
    )


def _ticks(kind: str) -> list[tuple[float, str]]:
    words = ["1", "2", "3", "4", "5"] if kind == "attitude" else [telling.percent(step / 4) for step in range(5)]
    return list(zip(drawing(kind, {}, []).grid, words, strict=True))


def _group(found: Report, measure: Measure, group: str) -> Line:
    values = {wave: measure.cells[wave, group] for wave in found.waves if (wave, group) in measure.cells}
    numbers = [(wave, telling.estimate(measure.kind, values[wave]) if wave in values else "–") for wave in found.waves]
    return Line(telling.label(group, "survey_groups"), "", drawing(measure.kind, values, found.waves), numbers)


def _line(survey: Survey, found: Report, one: Asked) -> Line:
    numbers = [(wave, telling.shown(one, wave)) for wave in found.waves]
    drawn = drawing(one.item.kind, one.waves, found.waves)
    return Line(said(one.item.text, survey.languages), one.item.code, drawn, numbers, telling.turned(one.turned))


def counted(survey: Survey) -> list[dict[str, Any]]:
    """Who has answered so far, by wave and group, each with sex and age."""
    rows = Answer.objects.filter(survey=survey).values_list("wave", "group", "sex", "age_group")
    cells = Counter(rows)
    language = get_language() or "en"
    ages = [*load("survey_ages").choices(language), (NOT_SAID, _("Not said"))]
    sexes = [*((code, label) for code, label in load("sexes").choices(language) if code != "unknown")]
    sexes.append((NOT_SAID, _("Not said")))
    found = []
    for wave in load("survey_waves"):
        for group in load("survey_groups"):
            held = {(sex, age): n for (w, g, sex, age), n in cells.items() if (w, g) == (wave, group)}
            if held:
                found.append({"wave": wave, "group": group, **_table(held, sexes, ages)})
    return found


def _table(
    held: dict[tuple[str, str], int], sexes: list[tuple[str, str]], ages: list[tuple[str, str]]
) -> dict[str, Any]:
    used = [(sex, label) for sex, label in sexes if any(one == sex for one, _age in held)]
    rows = [
        (label, [held.get((sex, age), 0) for sex, _label in used], sum(held.get((sex, age), 0) for sex, _l in used))
        for age, label in ages
        if any(one == age for _sex, one in held)
    ]
    feet = [sum(row[1][place] for row in rows) for place in range(len(used))]
    return {"sexes": [label for _code, label in used], "rows": rows, "feet": feet, "total": sum(held.values())}
