"""What is known of the story: the standing episode, and its codes with where each comes from.

What the screening interview said already is carried over by `carried.csv` and by the elements that its options show
(SPEC 5: answered once, never asked again); what a worker wrote down stands over it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from zlib import crc32

from havre.cases.people.models import Case
from havre.cases.screening import questionnaire
from havre.cases.screening.answers import Told
from havre.cases.screening.rules.interview import ANSWERED
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
NONE = "none"  # of a list: none of its codes
KEY = ("item", "option", "list", "code")
Codes = dict[tuple[str, str], tuple[str, str]]


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


def mark(kept: Codes, name: str) -> int:
    """A number that changes with what is written down of a list."""
    return crc32(repr(sorted(item for item in kept.items() if item[0][0] == name)).encode())


def carried(case: Case) -> Codes:
    """What the answers to the screening interview say already."""
    told = Told(case)
    return dict(_elements(told)) | dict(_options(told))


def _elements(told: Told) -> Iterator[tuple[tuple[str, str], tuple[str, str]]]:
    ruled_out = {name for name in questionnaire.ELEMENTS if told.element(name) == "no"}
    for shown in told.elements:
        if shown.code:
            yield (ELEMENTS, shown.code), (shown.answer, shown.item)
        elif shown.element in ruled_out:
            rows = (row for row in load(ELEMENTS).rows if row["element"] == shown.element)
            yield from (((ELEMENTS, row["code"]), ("no", shown.item)) for row in rows)


def _options(told: Told) -> Iterator[tuple[tuple[str, str], tuple[str, str]]]:
    no: Codes = {}
    yes: Codes = {}
    for (item, option), meant in _mapping(os.environ.get("HAVRE_VOCABULARIES", "")).items():
        said = told.said(item)
        if said.state == ANSWERED and option in said.codes:
            for name, code in meant:
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
