"""The screening interview as data: sections, questions, options, and what an answer shows of the finding's elements.

An agency may put `screening_sections.csv`, `screening_items.csv` and `screening_options.csv` of its own in the
folder named by HAVRE_VOCABULARIES. Options point at elements by code (`M6`), or say that nothing of an element was
there (`none:MEANS`); several codes are joined by `;`.
"""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Literal, NamedTuple

from havre.kernel.vocabularies import BrokenList, Row, header, in_use, load, read_rows

HERE = Path(__file__).parent
KINDS = frozenset(
    {"choice", "multi", "text", "number", "bool", "date", "place", "country", "language", "money", "elsewhere"}
)
ELEMENTS = ("ACT", "MEANS", "PURPOSE")


class ElementAnswer(NamedTuple):
    """What one item says about one element; `code` is empty when no single act, means or purpose is meant."""

    element: str
    code: str
    answer: Literal["yes", "no", "unknown"]
    item: str


@dataclass(frozen=True)
class Words:
    """A row of the questionnaire and its texts, in English where a language has none."""

    row: Row

    def text(self, column: str, language: str) -> str:
        """The text of a column in a language; empty when there is none in English either."""
        return self.row.get(f"{column}_{language.partition('-')[0]}") or self.row[f"{column}_en"]


@dataclass(frozen=True)
class Section(Words):
    """One subject of the interview, on a page of its own."""

    code: str

    def title(self, language: str) -> str:
        """The short name that stands in the line of steps."""
        return self.text("title", language)

    def heading(self, language: str) -> str:
        """The title of its page."""
        return self.text("heading", language)

    def say(self, language: str) -> str:
        """Words with which the worker may open the subject."""
        return self.text("say", language)


@dataclass(frozen=True)
class Option(Words):
    """One possible answer and the elements it shows, or rules out."""

    code: str

    def label(self, language: str) -> str:
        """The words of the answer."""
        return self.text("label", language)

    @property
    def shows(self) -> tuple[tuple[str, str, Literal["yes", "no"]], ...]:
        """Element, code and answer for each thing this option tells about the finding."""
        marks = [mark for mark in self.row.get("element_code", "").split(";") if mark]
        return tuple(_shown(mark) for mark in marks)


@dataclass(frozen=True)
class Item(Words):
    """One question: `kind` says how it is answered; one of kind `elsewhere` is asked on another page."""

    code: str
    section: str
    kind: str
    element: str
    status: str
    field: str
    options: tuple[Option, ...]

    def question(self, language: str) -> str:
        """The question as it is put to the person."""
        return self.text("question", language)

    def say(self, language: str) -> str:
        """Kind words the worker may read aloud; empty when there are none."""
        return self.text("say", language)

    def choices(self, language: str) -> list[tuple[str, str]]:
        """Codes and labels of the options, in their order."""
        return [(option.code, option.label(language)) for option in self.options]

    def option_label(self, code: str, language: str) -> str:
        """The words of one option, or the code itself once it left the list."""
        return dict(self.choices(language)).get(code, code)

    @property
    def decides(self) -> frozenset[str]:
        """The elements this item asks about in full, so that only it can tell an explicit no."""
        return frozenset(element for option in self.options for element, _, answer in option.shows if answer == "no")


@dataclass(frozen=True)
class _Questionnaire:
    sections: tuple[Section, ...]
    items: Mapping[str, Item]
    version: str


def sections() -> tuple[Section, ...]:
    """The subjects of the interview, in their order."""
    return _loaded().sections


def items(section: str | None = None) -> tuple[Item, ...]:
    """The questions of a section, or all of them, in their order."""
    return tuple(item for item in _loaded().items.values() if section in (None, item.section))


def item(code: str) -> Item:
    """The question of that code; KeyError when there is none."""
    return _loaded().items[code]


def version() -> str:
    """A short mark that changes whenever a question or an option does; kept with each interview."""
    return _loaded().version


def element_answers(answers: Mapping[str, tuple[str, Iterable[str]]]) -> list[ElementAnswer]:
    """What the answers (item to state and codes) show of act, means and purpose, in the order of the interview.

    An item that asks about an element in full and was not answered, or answered otherwise, counts as unknown, so
    that no element is ruled out by a question that was never put.
    """
    found: list[ElementAnswer] = []
    for question in items():
        state, codes = answers.get(question.code, ("not_asked", ()))
        given = frozenset(codes) if state == "answered" else frozenset()
        found.extend(_of_item(question, given))
    return found


def _of_item(question: Item, given: frozenset[str]) -> list[ElementAnswer]:
    shown = [told for option in question.options if option.code in given for told in option.shows]
    present = {element for element, _, answer in shown if answer == "yes"}
    # A yes beside "none of these" is a slip of the pen: the yes stays, the no does not.
    kept = [told for told in shown if told[2] == "yes" or told[0] not in present]
    answered = {element for element, _, _ in kept}
    open_ones = [e for e in ELEMENTS if e in question.decides and e not in answered]
    return [ElementAnswer(*told, question.code) for told in kept] + [
        ElementAnswer(element, "", "unknown", question.code) for element in open_ones
    ]


def _shown(mark: str) -> tuple[str, str, Literal["yes", "no"]]:
    if mark.startswith("none:"):
        return mark.removeprefix("none:"), "", "no"
    return load("palermo_elements").row(mark)["element"], mark, "yes"


def _loaded() -> _Questionnaire:
    return _load(os.environ.get("HAVRE_VOCABULARIES", ""))


@lru_cache(maxsize=4)
def _load(folder: str) -> _Questionnaire:
    keys = {"sections": ("section",), "items": ("item",), "options": ("list", "code")}
    paths = {name: in_use(HERE / f"{name}.csv", f"screening_{name}.csv", folder) for name in keys}
    rows = {name: read_rows(paths[name], header(HERE / f"{name}.csv"), key=keys[name]) for name in keys}
    lists: dict[str, list[Option]] = {}
    for row in sorted(rows["options"], key=lambda row: int(row["order"])):
        lists.setdefault(row["list"], []).append(_option(row, paths["options"]))
    parts = tuple(Section(row, row["section"]) for row in rows["sections"])
    known = {part.code for part in parts}
    questions = {row["item"]: _item(row, lists, known, paths["items"]) for row in rows["items"]}
    marks = b"".join(paths[name].read_bytes() for name in ("items", "options"))
    return _Questionnaire(parts, questions, sha256(marks).hexdigest()[:8])


def _option(row: Row, path: Path) -> Option:
    option = Option(row, row["code"])
    try:
        sound = all(element in ELEMENTS for element, _, _ in option.shows)
    except KeyError:
        sound = False
    if not sound:
        raise BrokenList(f"{path}: {row['list']} {row['code']}: no element {row['element_code']}")
    return option


def _item(row: Row, lists: Mapping[str, list[Option]], known: set[str], path: Path) -> Item:
    if row["kind"] not in KINDS or row["section"] not in known:
        raise BrokenList(f"{path}: {row['item']}: no kind {row['kind']} or no section {row['section']}")
    name = row["options_list"]
    try:
        options = lists.get(name) or [Option(r, r["code"]) for r in (load(name).rows if name else ())]
    except KeyError:
        raise BrokenList(f"{path}: {row['item']}: no list {name}") from None
    code, section, kind, element = row["item"], row["section"], row["kind"], row["element"]
    return Item(row, code, section, kind, element, row["status"], row["field"], tuple(options))
