"""What is known of each indicator in a file, and what that rests on: an answer, a code of the story, a mark."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from havre.cases.people.models import Case
from havre.cases.screening.answers import Told, age
from havre.cases.screening.rules.interview import ANSWERED, SILENCE, Said
from havre.cases.story import told as story
from havre.platform.crypto import keyring

from . import lists
from .lists import Source
from .models import IndicatorMark
from .rules import delphi, ilo
from .rules.delphi import Reading

DELPHI, ILO = "delphi", "ilo"
CONTROL, EXPLOITATION = "vic_MethodsOfControl", "vic_TypeOfExploitation"
ASKED_CONTROL = "F07"
# What says that the exploitation was sexual: answers of the screening, and a code of the story.
SEXUAL = {"F02": {"prostitution", "pornography"}, "F11": {"P1", "P2"}}
SEXUAL_CODE = "SexualExploitation"
Codes = Mapping[tuple[str, str], str]
Marks = Mapping[tuple[str, str], IndicatorMark]
FIGURE = re.compile(r"\d+(?:[.,]\d+)?")


class Basis(NamedTuple):
    """One thing an indicator rests on: a question with what was said, or a list of the story with its code."""

    indicator: str
    answer: str
    source: str
    code: str


@dataclass(frozen=True)
class Evidence:
    """Everything known of the indicators of one file."""

    bases: tuple[Basis, ...] = ()
    marks: Marks = field(default_factory=dict)
    methods: tuple[str, ...] = ()
    sexual: bool = False
    child: bool = False

    def marked(self, name: str) -> dict[str, str]:
        """What workers said by hand of the indicators of a list."""
        return {code: mark.answer for (each, code), mark in self.marks.items() if each == name and mark.answer}

    @property
    def filled(self) -> dict[str, str]:
        """What the answers alone show: one yes goes before any no."""
        found: dict[str, str] = {}
        for basis in self.bases:
            if found.get(basis.indicator) != "yes":
                found[basis.indicator] = basis.answer
        return found

    @property
    def answers(self) -> dict[str, str]:
        """What is known of each indicator; a worker's mark goes before what the answers show."""
        return {**self.filled, **self.marked(DELPHI)}

    @property
    def ilo(self) -> list[str]:
        """Which of the eleven indicators of forced labour are there."""
        columns = lists.control_columns()
        return ilo.flagged(ilo.from_control(columns, self.methods), self.marked(ILO), columns)

    @property
    def profile(self) -> str:
        """The profile that fits the file: by the age used for the finding, and by what the exploitation was."""
        return f"{'child' if self.child else 'adult'}_{'sexual' if self.sexual else 'labour'}"

    def read(self, profile: str) -> Reading:
        """What it amounts to for a profile."""
        return delphi.assess(profile, lists.weights(profile), self.answers)


def gather(case: Case, today: date, told: Told | None = None) -> Evidence:
    """What is known of the indicators of a case today."""
    keyring.load([case.pk, case.person_id])
    told = told or Told(case)
    codes = {each: answer for each, (answer, _source) in story.codes(case).items()}
    marks = IndicatorMark.objects.filter(case=case).select_related("by")
    said = {item: told.said(item) for item in questions()}
    return known(said, codes, {(mark.list, mark.code): mark for mark in marks}, age(case, told, today).group == "child")


def known(said: Mapping[str, Said], codes: Codes, marks: Marks, child: bool) -> Evidence:
    """What these answers, codes of the story and marks say of the indicators."""
    controls = [code for (name, code), answer in codes.items() if name == CONTROL and answer == "yes"]
    asked = [code for code in said.get(ASKED_CONTROL, SILENCE).codes if _stands(code, codes)]
    return Evidence(tuple(dict.fromkeys(shown(said, codes))), marks, (*asked, *controls), _sexual(said, codes), child)


def _stands(method: str, codes: Codes) -> bool:
    """Whether a method of control that was answered is not overruled by what a worker wrote down of the story."""
    return codes.get((CONTROL, method), "yes") == "yes"


def questions() -> set[str]:
    """The questions whose answers are looked at."""
    return {*SEXUAL, ASKED_CONTROL, *(source.source for source in lists.sources() if source.kind != "code")}


def shown(said: Mapping[str, Said], codes: Codes) -> Iterator[Basis]:
    """What the answers and the codes of the story show, in the order of the list of sources."""
    found: set[tuple[str, str]] = set()
    for source in lists.sources():
        if not _holds(source, said, codes):
            continue
        for indicator in source.indicators:
            # A code of the story that only repeats an answer of the screening adds nothing to what it rests on.
            if source.kind != "code" or (indicator, source.shows) not in found:
                found.add((indicator, source.shows))
                yield Basis(indicator, source.shows, source.source, _words(source, said))


def _words(source: Source, said: Mapping[str, Said]) -> str:
    """The option chosen, or the figure as it was said."""
    if source.kind in ("answer", "code"):
        return source.answer
    given = said[source.source]
    return next(filter(None, [*given.codes, given.text]), "")


def _holds(source: Source, said: Mapping[str, Said], codes: Codes) -> bool:
    if source.kind == "code":
        return codes.get((source.source, source.answer)) == source.shows
    given = said.get(source.source, SILENCE)
    if given.state != ANSWERED or (source.source == ASKED_CONTROL and not _stands(source.answer, codes)):
        return False
    return source.answer in given.codes if source.kind == "answer" else _reaches(source, [*given.codes, given.text])


def _reaches(source: Source, texts: Iterable[str]) -> bool:
    """Whether a number that was said reaches the one of the list, or stays under it."""
    found = next((match[0] for match in map(FIGURE.search, texts) if match), None)
    if found is None:
        return False
    number, border = Decimal(found.replace(",", ".")), Decimal(source.answer)
    return number >= border if source.kind == "at_least" else number <= border


def _sexual(said: Mapping[str, Said], codes: Codes) -> bool:
    answered = any(set(said.get(item, SILENCE).codes) & wanted for item, wanted in SEXUAL.items())
    return answered or codes.get((EXPLOITATION, SEXUAL_CODE)) == "yes"
