"""The figures of an evaluation, from plain rows of answers (SPEC 13.1)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from havre.prevention.surveys.models import GROUPS, KINDS, WAVES, Answer, Item, Survey
from havre.prevention.surveys.rules import FEWEST, pairs_well
from havre.workbench import evaluation
from havre.workbench.evaluation import Estimate, Test, Turned

Cell = tuple[str, str]  # wave and group


@dataclass(frozen=True)
class Said:
    """What one person answered, without anything that tells who."""

    wave: str
    group: str
    person: bytes | None
    answers: Mapping[str, Any]


@dataclass(frozen=True)
class Change:
    """What changed in a group between two waves; `pairs` when the same people are compared, else none."""

    group: str
    before: str
    after: str
    test: Test
    pairs: int | None


@dataclass(frozen=True)
class More:
    """How much more those who were reached changed than the others."""

    before: str
    after: str
    test: Test


@dataclass
class Measure:
    """Knowledge, attitude or practice: its mean in each cell, and what changed."""

    kind: str
    cells: dict[Cell, Estimate] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    more: list[More] = field(default_factory=list)


@dataclass
class Asked:
    """One question: what was answered in each wave by one group, and how many turned."""

    item: Item
    waves: dict[str, Estimate] = field(default_factory=dict)
    turned: Turned | None = None


@dataclass(frozen=True)
class Loss:
    """Of those of a group who were asked first, how many were asked again; by their codes where there are any."""

    group: str
    before: int
    after: int
    again: int | None
    wave: str

    @property
    def share(self) -> float | None:
        """The share that was not."""
        return evaluation.lost(self.before, min(self.before, self.after if self.again is None else self.again))


@dataclass
class Report:
    """All of it."""

    people: int
    counts: Counter[Cell]
    waves: list[str]
    groups: list[str]
    measures: list[Measure]
    asked: list[Asked]
    group: str  # whose answers to each question are shown
    losses: list[Loss]
    alpha: float | None
    alpha_people: int
    degrees: int  # how many questions of attitude there are


def report(survey: Survey) -> Report:
    """The evaluation of a survey, from the rows its keeper may read."""
    rows = Answer.objects.filter(survey=survey).values_list("wave", "group", "person", "answers")
    said = [Said(wave, group, bytes(person) if person else None, answers) for wave, group, person, answers in rows]
    return of(said, list(survey.items.all()))


def of(said: Sequence[Said], items: Sequence[Item]) -> Report:
    """The evaluation of these answers to these questions."""
    counts = Counter((each.wave, each.group) for each in said)
    waves = [wave for wave in WAVES if any(counts[wave, group] for group in GROUPS)]
    groups = [group for group in GROUPS if any(counts[wave, group] for wave in WAVES)]
    group = groups[0] if groups else GROUPS[0]
    spans = [("pre", wave) for wave in waves if wave != "pre" and "pre" in waves]
    kinds = [kind for kind in KINDS if any(item.kind == kind for item in items)]
    degrees = [item for item in items if item.kind == "attitude"]
    whole = [row for each in said if (row := _degrees(each, degrees))]
    return Report(
        people=len(said),
        counts=counts,
        waves=waves,
        groups=groups,
        measures=[_measure(kind, said, items, spans, groups) for kind in kinds],
        asked=[_asked(item, [each for each in said if each.group == group], waves, spans) for item in items],
        group=group,
        losses=[_loss(said, counts, each, span) for span in spans for each in groups if counts["pre", each]],
        alpha=evaluation.alpha(whole) if len(degrees) > 1 else None,
        alpha_people=len(whole),
        degrees=len(degrees),
    )


def score(each: Said, kind: str, items: Iterable[Item]) -> float | None:
    """What one person scored in knowledge, attitude or practice; None for whoever answered none of it."""
    asked = [item for item in items if item.kind == kind]
    given = [each.answers.get(item.code) for item in asked]
    if all(answer is None for answer in given):
        return None
    if kind == "knowledge":
        told = [answer if isinstance(answer, bool) else None for answer in given]
        return evaluation.knowledge(told, [item.right is True for item in asked])
    reverse = [item.reverse for item in asked]
    return evaluation.attitude(given, reverse) if kind == "attitude" else evaluation.practice(given, reverse)


def _degrees(each: Said, items: Sequence[Item]) -> list[float] | None:
    """Attitudes of whoever answered all of them, coded the same way."""
    if not items or any(item.code not in each.answers for item in items):
        return None
    return [evaluation.coded(each.answers[item.code], item.reverse) for item in items]


def _measure(
    kind: str, said: Sequence[Said], items: Sequence[Item], spans: Sequence[tuple[str, str]], groups: Sequence[str]
) -> Measure:
    scored = [(each, value) for each in said if (value := score(each, kind, items)) is not None]
    cells: dict[Cell, list[tuple[Said, float]]] = {}
    for each, value in scored:
        cells.setdefault((each.wave, each.group), []).append((each, value))
    made = Measure(kind, {cell: evaluation.mean([value for _who, value in rows]) for cell, rows in cells.items()})
    for before, after in spans:
        for group in groups:
            change = _change(group, before, after, cells.get((before, group), []), cells.get((after, group), []))
            made.changes += [change] if change else []
        four = [[value for _who, value in cells.get((w, g), [])] for g in GROUPS for w in (before, after)]
        if all(len(values) >= FEWEST for values in four):
            test = evaluation.differences((four[0], four[1]), (four[2], four[3]))
            made.more.append(More(before, after, test))
    return made


def _change(
    group: str, before: str, after: str, early: list[tuple[Said, float]], late: list[tuple[Said, float]]
) -> Change | None:
    first = {who.person: value for who, value in early if who.person}
    both = [(first[who.person], value) for who, value in late if who.person in first]
    if pairs_well(len(both), len(early), len(late)):
        test = evaluation.paired([one for one, _two in both], [two for _one, two in both])
        return Change(group, before, after, test, len(both))
    if len(early) < FEWEST or len(late) < FEWEST:
        return None
    test = evaluation.welch([value for _who, value in early], [value for _who, value in late])
    return Change(group, before, after, test, None)


def _right(item: Item, answer: Any) -> bool:
    """Whether an answer is right, or as the campaign wishes."""
    return bool(answer is item.right if item.kind == "knowledge" else answer is not item.reverse)


def _asked(item: Item, said: Sequence[Said], waves: Sequence[str], spans: Sequence[tuple[str, str]]) -> Asked:
    made = Asked(item)
    kept = [each for each in said if _counts(item, each)]
    for wave in waves:
        answers = [each.answers.get(item.code) for each in kept if each.wave == wave]
        if answers and item.kind == "attitude":
            made.waves[wave] = evaluation.mean([evaluation.coded(float(each or 0), item.reverse) for each in answers])
        elif answers:
            made.waves[wave] = evaluation.wilson(sum(_right(item, each) for each in answers), len(answers))
    if spans and item.kind != "attitude":
        made.turned = _turned(item, kept, *spans[0])
    return made


def _counts(item: Item, each: Said) -> bool:
    """Whether somebody counts: for a question of knowledge whoever answered any, since not to say is not to know."""
    if item.kind == "knowledge":
        return any(code.startswith("K") for code in each.answers)
    return item.code in each.answers


def _turned(item: Item, said: Sequence[Said], before: str, after: str) -> Turned | None:
    early = [each for each in said if each.wave == before]
    late = [each for each in said if each.wave == after]
    first = {each.person: _right(item, each.answers.get(item.code)) for each in early if each.person}
    both = [(first[each.person], _right(item, each.answers.get(item.code))) for each in late if each.person in first]
    if not pairs_well(len(both), len(early), len(late)):
        return None
    return evaluation.mcnemar([one for one, _two in both], [two for _one, two in both])


def _loss(said: Sequence[Said], counts: Counter[Cell], group: str, span: tuple[str, str]) -> Loss:
    before, after = (
        {each.person for each in said if each.group == group and each.wave == wave and each.person} for wave in span
    )
    again = len(before & after) if before and after else None
    first = len(before) if again is not None else counts[span[0], group]
    return Loss(group, first, counts[span[1], group], again, span[1])
