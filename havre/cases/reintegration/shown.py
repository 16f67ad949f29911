"""How life goes since the return, as the pages show it: charts, the ledger, enterprises, and all of it in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.utils.formats import number_format
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from havre.cases.people.models import Case
from havre.cases.returns.standing import arrived_on
from havre.cases.screening.models import Answer
from havre.kernel.vocabularies import load
from havre.platform.crypto import keyring

from . import survey as questions
from .chart import Chart, Visit, draw
from .ledger import businesses, ledger
from .models import Survey
from .rules import score
from .rules.score import Result

ALL = "all"
MOVED = 0.05  # a smaller change is called none
# What a later stage shows beside: a template and what it is fed with. That stage adds itself when the program starts.
BESIDE: list[tuple[str, Callable[[Case], dict[str, Any]]]] = []


def language() -> str:
    """The reader's language."""
    return get_language() or "en"


def figure(value: float) -> str:
    """A score with two figures, as the reader's language writes them."""
    return number_format(value, 2)


def month_of(contact: str) -> int:
    """The month after the return of a contact of the schedule."""
    schedule = load("monitoring_schedule")
    return int(schedule.row(contact)["month"]) if contact in schedule else 0


@dataclass(frozen=True)
class Sitting:
    """One survey, what was said in it and what that comes to."""

    row: Survey
    told: questions.Told

    @property
    def month(self) -> int:
        """Its month after the return."""
        return month_of(self.row.contact)

    @cached_property
    def result(self) -> Result:
        """The scores, by the weights of today."""
        return score.survey(self.told.codes)

    def value(self, name: str) -> float | None:
        """One dimension, or all of them together."""
        return self.result.composite if name == ALL else self.result.scores[name].value


def sittings(case: Case) -> list[Sitting]:
    """The surveys of a case, earliest first."""
    rows = list(Survey.objects.filter(case=case))
    said: dict[Any, list[Answer]] = defaultdict(list)
    for answer in Answer.objects.filter(interview__in=[row.interview_id for row in rows]) if rows else ():
        said[answer.interview_id].append(answer)
    found = [Sitting(row, questions.Told(said[row.interview_id])) for row in rows]
    return sorted(found, key=lambda each: (each.month, each.row.on))


@dataclass(frozen=True)
class Figure:
    """One small chart with its words."""

    title: str
    change: str
    chart: Chart
    label: str
    caption: str


def figures(surveys: Sequence[Sitting], arrived: bool) -> list[Figure]:
    """The four charts, on one scale; nothing before the first survey."""
    if not surveys:
        return []
    dimensions = load("reintegration_dimensions")
    names = [(ALL, _("All three")), *((code, dimensions.label(code, language())) for code in dimensions)]
    return [_figure(name, title, surveys, arrived) for name, title in names]


def _figure(name: str, title: str, surveys: Sequence[Sitting], arrived: bool) -> Figure:
    visits = [
        Visit(each.month, each.row.contact, each.value(name), name == ALL and bool(each.result.unscored))
        for each in surveys
    ]
    known = [each.value for each in visits if each.value is not None]
    last = figure(known[-1]) if known else ""
    words = [figure(level) for level in (0, *score.bounds(), 1)]
    chart = draw(visits, _ticks(surveys), words, last)
    band = load("reintegration_bands").label(score.band(known[-1]), language()).lower() if known else ""
    caption = [_("%(score)s, %(band)s") % {"score": last, "band": band}] if known else [_("Not scored yet")]
    caption += [_gap(name, each) for each in surveys]
    return Figure(
        title, _changed(name, surveys, arrived), chart, _spoken(known), ". ".join(part for part in caption if part)
    )


def _ticks(surveys: Sequence[Sitting]) -> list[tuple[int, str]]:
    """The visits that the axis names: those of the schedule, the long-term one only once it was made."""
    made = {each.row.contact for each in surveys}
    rows = [row for row in load("monitoring_schedule").rows if row["optional"] != "yes" or row["code"] in made]
    # The first month stands too near the arrival for both names.
    return [(int(row["month"]), row["code"]) for row in rows if int(row["month"]) != 1]


def _changed(name: str, surveys: Sequence[Sitting], arrived: bool) -> str:
    scored = [each for each in surveys if each.value(name) is not None]
    if len(scored) < 2:
        return ""
    first, last = scored[0], scored[-1]
    moved = score.change(first.result, last.result) if name == ALL else _moved(name, first, last)
    if moved is None:
        return ""
    change = round(moved, 2)
    said = {"change": f"{'+' if change > 0 else '−' if change < 0 else '±'}{figure(abs(change))}"}
    if name == ALL and first.result.unscored != last.result.unscored:
        return _("%(change)s, same subjects") % said
    return _("%(change)s since return") % said if arrived else _("%(change)s since the start") % said


def _moved(name: str, first: Sitting, last: Sitting) -> float | None:
    before, now = first.value(name), last.value(name)
    return now - before if now is not None and before is not None else None


def _gap(name: str, sitting: Sitting) -> str:
    """What is missing of one survey, in words."""
    if name == ALL:
        left = sitting.result.unscored
        if not left:
            return ""
        labels = load("reintegration_dimensions")
        said = {"month": sitting.month, "list": ", ".join(labels.label(code, language()).lower() for code in left)}
        return _("Month %(month)s without: %(list)s") % said
    one = sitting.result.scores[name]
    said = {"month": sitting.month, "answered": one.answered, "asked": one.questions}
    if one.value is None:
        return _("Month %(month)s not scored: %(answered)s of %(asked)s answered") % said
    if one.missing:
        return _("Month %(month)s: %(answered)s of %(asked)s answered") % said
    return ""


def _spoken(known: Sequence[float]) -> str:
    if not known:
        return _("No visit is scored yet")
    if len(known) == 1:
        return _("%(now)s at the first survey") % {"now": figure(known[0])}
    return _("%(first)s at the first survey, %(now)s now") % {"first": figure(known[0]), "now": figure(known[-1])}


def slow(surveys: Sequence[Sitting]) -> str:
    """The dimension that moved least since the first survey, when it can be told."""
    names = list(load("reintegration_dimensions"))
    if len(surveys) < 2:
        return ""
    first, last = surveys[0].result.scores, surveys[-1].result.scores
    moved = {
        name: (last[name].value or 0) - (first[name].value or 0)
        for name in names
        if first[name].value is not None and last[name].value is not None
    }
    return min(moved, key=lambda name: moved[name]) if len(moved) > 1 else ""


def direction(surveys: Sequence[Sitting]) -> str:
    """Whether life goes better, worse or as before, when two surveys can tell."""
    known = [each.result for each in surveys if each.result.composite is not None]
    change = score.change(known[0], known[-1]) if len(known) > 1 else None
    if change is None:
        return ""
    return "better" if change >= MOVED else "worse" if change <= -MOVED else "same"


def life(case: Case) -> dict[str, Any]:
    """Everything the page of one person shows."""
    keyring.load([case.pk])
    surveys, arrived, today = sittings(case), arrived_on(case), localdate()
    money, firms = ledger(case, today), businesses(case)
    since = arrived or (surveys[0].row.on if surveys else None)
    return {
        "arrived": arrived,
        "month": _months_between(since, today) if since else None,
        "surveys": surveys,
        "figures": figures(surveys, arrived is not None),
        "direction": direction(surveys),
        "slow": slow(surveys),
        "ledger": money,
        "businesses": firms,
        "running": any(each.last and each.last.status == "open" for each in firms),
        "equal": score.equal_weights(),
        "bounds": [figure(each) for each in score.bounds()],
        "beside": [(template, told(case)) for template, told in BESIDE],
    }


def _months_between(start: date, end: date) -> int:
    """Whole months from one day to a later one."""
    return max((end.year - start.year) * 12 + end.month - start.month - (end.day < start.day), 0)


@dataclass(frozen=True)
class Line:
    """One question of the table of all answers, with what was said at each survey."""

    code: str
    question: str
    said: Sequence[str]


def table(surveys: Sequence[Sitting]) -> list[tuple[str, list[Line]]]:
    """Every answer of every survey, dimension by dimension."""
    labels = load("reintegration_dimensions")
    return [
        (labels.label(code, language()), [_line(item, surveys) for item in questions.items(code)]) for code in labels
    ]


def _line(item: questions.Item, surveys: Sequence[Sitting]) -> Line:
    return Line(item.code, item.question(language()), [words(item, each.told.said(item.code)) for each in surveys])


def words(item: questions.Item, said: questions.Said) -> str:
    """An answer as a person reads it."""
    parts = [item.option_label(code, language()) for code in said.codes] + [said.text]
    given = "; ".join(part for part in parts if part)
    return given or load("answer_states").label(said.state, language())
