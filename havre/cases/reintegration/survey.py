"""The survey as a questionnaire: its questions and answers from the lists, and what somebody said to them.

An agency may put a `reintegration_survey.csv` of its own beside its other lists, with other weights or more questions.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from hashlib import sha256

from havre.cases.screening.models import Answer
from havre.cases.screening.questionnaire import Item, Option
from havre.cases.screening.rules.interview import ANSWERED, SILENCE, Said
from havre.kernel.vocabularies import Row, load

from .models import Survey

KIND = QUESTIONNAIRE = "reintegration"
WORDS = "words"  # the list of answers that is no list


def items(dimension: str | None = None) -> list[Item]:
    """The questions of a dimension, or all of them, in their order."""
    options: dict[str, list[Option]] = {}
    for row in load("reintegration_answers").rows:
        options.setdefault(row["list"], []).append(Option(row, row["answer"]))
    rows = load("reintegration_survey").rows
    return [_item(row, options) for row in rows if dimension in (None, row["dimension"])]


def _item(row: Row, options: Mapping[str, list[Option]]) -> Item:
    texts = {f"question_{name.removeprefix('label_')}": text for name, text in row.items() if name.startswith("label_")}
    kind = "text" if row["answers"] == WORDS else "choice"
    given = tuple(options.get(row["answers"], ()))
    code, dimension, status = row["code"], row["dimension"], row["status"]
    return Item({**texts, "say_en": ""}, code, dimension, kind, "", status, "", given)


def version() -> str:
    """A short mark that changes whenever a question, an answer, a score or a weight does; kept with each survey."""
    rows = [dict(row) for name in ("survey", "answers") for row in load(f"reintegration_{name}").rows]
    return sha256(json.dumps(rows, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:8]


class Told:
    """What was said in one survey, question by question."""

    def __init__(self, rows: Iterable[Answer]) -> None:
        self.rows = {row.item: row for row in rows}

    @classmethod
    def of(cls, survey: Survey) -> Told:
        """The answers of a survey as they stand."""
        return cls(Answer.objects.filter(interview=survey.interview_id))

    def said(self, item: str) -> Said:
        """What was said to a question; silence when it was not put."""
        row = self.rows.get(item)
        if row is None:
            return SILENCE
        return Said(row.state, tuple(code for code in row.codes.split(";") if code), row.text)

    def version(self, dimension: str) -> int:
        """A number that grows with every change of a dimension."""
        return sum(self.rows[each.code].version for each in items(dimension) if each.code in self.rows)

    def asked(self, dimension: str) -> int:
        """How many questions of a dimension were put."""
        return sum(self.said(each.code) != SILENCE for each in items(dimension))

    @property
    def codes(self) -> dict[str, str]:
        """The answers that can be scored: item to code."""
        return {item: row.codes for item, row in self.rows.items() if row.state == ANSWERED and row.codes}
