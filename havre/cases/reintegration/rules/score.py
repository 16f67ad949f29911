"""How life goes since the return, from 0 to 1, as the answers of the survey tell it.

The promise: a question that was not answered counts neither for nor against the person, a dimension of which too
little is known is not scored at all, and what is missing is said. It rests on SPEC 9.3 and on the lists
`reintegration_survey`, `reintegration_answers`, `reintegration_dimensions` and `reintegration_bands`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from havre.kernel.vocabularies import load


@dataclass(frozen=True)
class Question:
    """One question: what it weighs, what each answer scores, and the answer to another on which it depends."""

    code: str
    dimension: str
    weight: float
    scores: Mapping[str, float | None]
    only_if: tuple[str, str] | None = None

    def counts(self, answers: Mapping[str, str]) -> bool:
        """Whether it bears on the score of somebody who answered so: it has a weight, and it was theirs to answer."""
        if self.only_if and answers.get(self.only_if[0]) != self.only_if[1]:
            return False
        given = answers.get(self.code, "")
        return self.weight > 0 and not (given in self.scores and self.scores[given] is None)


@dataclass(frozen=True)
class Score:
    """One dimension: its value, nothing when too little was answered, and how much was."""

    dimension: str
    value: float | None
    answered: int
    questions: int
    missing: float  # the share of the weight that was not answered


@dataclass(frozen=True)
class Result:
    """The dimensions of one survey, and all of those that are scored together."""

    scores: Mapping[str, Score]
    composite: float | None

    @property
    def unscored(self) -> list[str]:
        """The dimensions of which too little is known."""
        return [code for code, score in self.scores.items() if score.value is None]


def questions() -> list[Question]:
    """The survey as the lists have it."""
    scores: dict[str, dict[str, float | None]] = {}
    for row in load("reintegration_answers").rows:
        scores.setdefault(row["list"], {})[row["answer"]] = float(row["score"]) if row["score"] else None
    return [
        Question(
            row["code"],
            row["dimension"],
            float(row["weight"] or 0),
            scores.get(row["answers"], {}),
            _condition(row["only_if"]),
        )
        for row in load("reintegration_survey").rows
    ]


def _condition(text: str) -> tuple[str, str] | None:
    item, _sign, answer = text.partition("=")
    return (item, answer) if answer else None


def dimension(name: str, asked: Iterable[Question], answers: Mapping[str, str], least: float) -> Score:
    """The score of one dimension: Σ w·a / Σ w over what was answered; none below the `least` share of the weight."""
    counted = [each for each in asked if each.dimension == name and each.counts(answers)]
    known = [(each.weight, each.scores.get(answers.get(each.code, ""))) for each in counted]
    told = [(weight, score) for weight, score in known if score is not None]
    total, answered = sum(weight for weight, _score in known), sum(weight for weight, _score in told)
    share = answered / total if total else 0.0
    value = sum(weight * score for weight, score in told) / answered if answered and share >= least else None
    return Score(name, value, len(told), len(counted), 1 - share)


def survey(answers: Mapping[str, str]) -> Result:
    """What the answers (item to code) of one survey come to."""
    asked, least = questions(), float(load("thresholds").row("SCORED_FROM_SHARE")["value"])
    weights = {row["code"]: float(row["weight"] or 0) for row in load("reintegration_dimensions").rows}
    scores = {name: dimension(name, asked, answers, least) for name in weights}
    return Result(scores, composite(scores.values(), weights))


def composite(scores: Iterable[Score], weights: Mapping[str, float]) -> float | None:
    """Σ v·D / Σ v over the dimensions that are scored; none when none is."""
    known = [(weights[score.dimension], score.value) for score in scores if score.value is not None]
    total = sum(weight for weight, _value in known)
    return sum(weight * value for weight, value in known) / total if total else None


def change(first: Result, last: Result) -> float | None:
    """How far all of it moved between two surveys, over the dimensions scored in both: a gap is no change."""
    weights = {row["code"]: float(row["weight"] or 0) for row in load("reintegration_dimensions").rows}
    both = [name for name in weights if name not in {*first.unscored, *last.unscored}]
    before, now = (composite([each.scores[name] for name in both], weights) for each in (first, last))
    return now - before if now is not None and before is not None else None


def band(value: float) -> str:
    """The band of a score: the first whose bound it passes, else the one that has none."""
    rows = load("reintegration_bands").rows
    for row in rows:
        if (row["below"] and value < float(row["below"])) or (row["above"] and value > float(row["above"])):
            return row["code"]
    return next(row["code"] for row in rows if not row["below"] and not row["above"])


def bounds() -> list[float]:
    """Where one band ends and the next begins, from the lowest."""
    rows: Sequence[Mapping[str, str]] = load("reintegration_bands").rows
    return sorted({float(row[side]) for row in rows for side in ("below", "above") if row[side]})


def equal_weights() -> bool:
    """Whether every question that is scored weighs the same, as they do while the published weights are unknown."""
    return len({each.weight for each in questions() if each.weight}) <= 1
