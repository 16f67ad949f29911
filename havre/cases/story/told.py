"""What is known of the story: the standing episode, and its codes with where each comes from.

What the screening interview said already is carried over by `carried.csv` and by the elements that its options show
(SPEC 5: answered once, never asked again); what a worker wrote down stands over it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any
from zlib import crc32

from havre.cases.people.models import Case
from havre.cases.screening import questionnaire
from havre.cases.screening.answers import Told
from havre.cases.screening.rules.finding import element
from havre.cases.screening.rules.interview import ANSWERED
from havre.kernel.dates import DateRefused, PartialDate, parse
from havre.kernel.vocabularies import header, in_use, load, read_rows

from .models import Episode, EpisodeCode

ELEMENTS = "palermo_elements"
# The lists a story is coded by, in the order of the page. Each is a vocabulary of that name.
LISTS = (
    ELEMENTS,
    "vic_TypeOfExploitation",
    "vic_TypeOfSexExploitation",
    "vic_ForcedLabourIndustry",
    "vic_MethodsOfControl",
    "vic_RelationshipToTrafficker",
    "vic_MethodOfRecruitment",
    "vic_RecruitmentWebsitesAndApps",
    "vic_ExploitationWebsitesAndApps",
)
CARRIED = Path(__file__).with_name("carried.csv")
DATES = (("started", "F01"), ("started", "D01"), ("ended", "F01B"))
WHOLE = (("F10", "not_yet", "still_inside"), ("E03", "no_border", "internal"))
NONE = "none"  # of a list: none of its codes
KEY = ("item", "option", "list", "code")
Codes = dict[tuple[str, str], tuple[str, str]]
Coded = tuple[tuple[str, str], tuple[str, str]]
Answers = Mapping[str, tuple[str, Iterable[str]]]


def standing(case: Case) -> Episode | None:
    """The last episode told in the case."""
    return Episode.objects.filter(case=case).order_by("number").last()


def codes(case: Case) -> Codes:
    """(list, code) to (answer, source item) of the standing episode; the source is empty where a worker said it."""
    episode = standing(case)
    first = episode is None or episode.number == 1
    return (carried(case) if first else {}) | (written(episode) if episode else {})


def written(episode: Episode) -> Codes:
    """What is written down of an episode."""
    rows = EpisodeCode.objects.filter(episode=episode)
    return {(row.list, row.code): (row.answer, row.source_answer) for row in rows}


def whole(case: Case) -> dict[str, tuple[Any, str]]:
    """What the interview says of the story as a whole: the name of a field to its value and the source item."""
    told = Told(case)
    found: dict[str, tuple[Any, str]] = {}
    for name, item in DATES:
        if day := _day(told, item):
            found.setdefault(name, (day, item))
    for item, option, name in WHOLE:
        said = told.said(item)
        if said.state == ANSWERED and option in said.codes:
            found[name] = ("yes", item)
    return found


def _day(told: Told, item: str) -> PartialDate | None:
    try:
        return parse(told.said(item).text)
    except DateRefused:
        return None


def mark(kept: Codes, name: str) -> int:
    """A number that changes with what is written down of a list."""
    return crc32(repr(sorted(item for item in kept.items() if item[0][0] == name)).encode())


def carried(case: Case) -> Codes:
    """What the answers to the screening interview say already."""
    return carry({item: (row.state, row.codes.split(";")) for item, row in Told(case).rows.items()})


def carry(answers: Answers) -> Codes:
    """What answers (item to state and codes) say of the lists of a story."""
    given = {item: set(codes) for item, (state, codes) in answers.items() if state == ANSWERED}
    return dict(_elements(answers)) | dict(_options(given))


def _elements(answers: Answers) -> Iterator[Coded]:
    shown = questionnaire.element_answers(answers)
    states = {name: element(each.answer for each in shown if each.element == name) for name in questionnaire.ELEMENTS}
    for each in shown:
        if each.code:
            yield (ELEMENTS, each.code), (each.answer, each.item)
        elif states[each.element] == "no":
            rows = (row for row in load(ELEMENTS).rows if row["element"] == each.element)
            yield from (((ELEMENTS, row["code"]), ("no", each.item)) for row in rows)


def _options(given: Mapping[str, set[str]]) -> Iterator[Coded]:
    no: Codes = {}
    yes: Codes = {}
    for (item, option), meant in _mapping(os.environ.get("HAVRE_VOCABULARIES", "")).items():
        for name, code in meant if option in given.get(item, ()) else ():
            if code == NONE:
                no |= {(name, each): ("no", item) for each in load(name)}
            else:
                yes.setdefault((name, code), ("yes", item))
    # A yes beside "none of these" is a slip of the pen: the yes stays, the no does not.
    told_of = {name for name, _code in yes}
    yield from ((key, value) for key, value in no.items() if key[0] not in told_of)
    yield from yes.items()


@lru_cache(maxsize=4)
def _mapping(folder: str) -> dict[tuple[str, str], list[tuple[str, str]]]:
    rows = read_rows(in_use(CARRIED, "story_carried.csv", folder), header(CARRIED), key=KEY)
    found: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for row in rows:
        found.setdefault((row["item"], row["option"]), []).append((row["list"], row["code"]))
    return found
