"""A spreadsheet of answers: one row for each person, read by a process that can do nothing else, faults by row."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from havre.kernel import dates
from havre.kernel.vocabularies import Vocabulary
from havre.kernel.vocabularies import load as vocabulary
from havre.platform import sandbox

from . import actions, codes, spoken
from .models import Item, Load, Survey

MOST_ROWS, LISTED = 20_000, 100
ABOUT = {
    "wave": ("wave", "vague", "when", "quand"),
    "group": ("group", "groupe"),
    "sex": ("sex", "sexe", "gender", "genre"),
    "age": ("age", "âge", "age group", "tranche d’âge"),
    "code": ("code",),
    "day": ("day", "date", "jour"),
}
BANDS = ((11, "u12"), (14, "12"), (17, "15"), (24, "18"), (39, "25"), (59, "40"), (120, "60"))


class Unreadable(Exception):
    """The file as a whole cannot be read; the message is a sentence."""


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong: the row as the spreadsheet shows it, the column, and what to do."""

    row: int
    column: str
    sentence: str


@dataclass
class Reading:
    """What was read: rows that can be loaded when there is no fault."""

    name: str
    digest: str
    rows: list[dict[str, Any]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    more: int = 0  # faults beyond those that are listed

    def wrong(self, row: int, column: str, sentence: str) -> None:
        """Keeps a fault, a hundred of them."""
        if len(self.faults) < LISTED:
            self.faults.append(Fault(row, column, sentence))
        else:
            self.more += 1


def read(survey: Survey, upload: UploadedFile) -> Reading:
    """The answers of the file; Unreadable when it is no spreadsheet of this survey."""
    body = upload.read()
    upload.seek(0)
    reading = Reading((upload.name or "")[:200], hashlib.sha256(body).hexdigest())
    if Load.objects.filter(survey=survey, digest=reading.digest).exists():
        raise Unreadable(str(actions.LOADED))
    rows = _lines(upload)
    items = {item.code: item for item in survey.items.all()}
    columns = _columns(next(rows, (0, [], {}))[1], items)
    sorter = Sorter(reading, survey, items)
    for count, (number, cells, wrong) in enumerate(rows):
        if count >= MOST_ROWS:
            raise Unreadable(_("More than 20,000 rows. Split the file."))
        spoilt = [columns[place] for place in wrong if place in columns]
        for name in spoilt:
            reading.wrong(number, name, _("This cell cannot be read. Write its value as plain text."))
        if not spoilt:
            sorter.take(number, {name: cells[at].strip() for at, name in columns.items() if at < len(cells)})
    if not (reading.rows or reading.faults):
        raise Unreadable(_("No answers stand under the titles of the columns."))
    return reading


class Sorter:
    """Reads row after row of one survey, and knows whose code has answered in which wave."""

    def __init__(self, reading: Reading, survey: Survey, items: Mapping[str, Item]) -> None:
        self.reading, self.survey, self.items = reading, survey, items
        self.seen = {wave: actions.people(survey.pk, wave) for wave in vocabulary("survey_waves")}

    def take(self, number: int, told: Mapping[str, str]) -> None:
        """Keeps the row, or says what is wrong with it."""
        faults: list[tuple[str, str]] = []
        row = {
            name: self._read(faults, COLUMN.get(name, name), told.get(COLUMN.get(name, name), ""), take)
            for name, take in TAKERS.items()
        }
        answers = {
            code: self._read(faults, code, told[code], partial(_answer, item.kind))
            for code, item in self.items.items()
            if told.get(code)
        }
        person = codes.person(self.survey.pk, row.pop("code") or "") if self.survey.pairing else None
        if not answers:
            faults.append(("", _("No question is answered in this row. Take it away, or fill it.")))
        if person and row["wave"] and person in self.seen[row["wave"]]:
            faults.append(("code", _("This code has answered in this wave already. Keep one of the two.")))
        if person and row["wave"]:
            self.seen[row["wave"]].add(person)
        for name, sentence in faults:
            self.reading.wrong(number, name, sentence)
        if not faults:
            self.reading.rows.append({**row, "person": person, "answers": answers})

    def _read(self, faults: list[tuple[str, str]], name: str, text: str, take: Callable[[str], Any]) -> Any:
        try:
            return take(text)
        except ValueError as error:
            faults.append((name, str(error)))
            return None


def _columns(titles: Sequence[str], items: Mapping[str, Item]) -> dict[int, str]:
    """What each column holds; Unreadable when something needed is missing, or stands twice."""
    known = {title: name for name, titles in ABOUT.items() for title in titles}
    found: dict[int, str] = {}
    for place, title in enumerate(titles):
        plain = " ".join(title.split())
        name = plain.upper() if plain.upper() in items else known.get(plain.lower().replace("'", "’"))
        if name in found.values():
            raise Unreadable(_("The column %(name)s stands twice. Take one away.") % {"name": name})
        if name:
            found[place] = name
    if "wave" not in found.values():
        raise Unreadable(_("The first row needs the titles of the columns, with one called “wave”."))
    if not set(items) & set(found.values()):
        raise Unreadable(
            _("No column is called like a question of this survey, such as %(code)s.")
            % {"code": next(iter(items), "K1")}
        )
    return found


def _lines(file: Any) -> Iterator[tuple[int, list[str], set[int]]]:
    try:
        yield from sandbox.rows(file)
    except sandbox.Ended as ended:
        raise Unreadable(_sentence(ended.code)) from None


def _sentence(code: str) -> str:
    if code == "empty":
        return _("The file is empty.")
    if code in ("large", "unpacked", "parts", "bomb", "memory", "nested"):
        return _("The file is far larger than answers can be. Copy the table into a new workbook and save it.")
    if code in ("latin", "utf16"):
        return _("The text is not UTF-8. Save it as CSV UTF-8, or as a workbook (.xlsx).")
    if code in ("quotes", "unclosed"):
        return _("The quotation marks of the file do not close. Save it as a workbook (.xlsx).")
    if code == "password":
        return _("The workbook is protected by a password. Take the password away and save it.")
    return _("This is no table that can be read here. Save the answers as a workbook (.xlsx) or as CSV UTF-8.")


def _meant(text: str, name: str, only: Sequence[str] = ()) -> str:
    """The code that is meant by a code or by its words in any language; ValueError with what may stand here."""
    listed = vocabulary(name)
    allowed = [code for code in (only or listed) if code in listed]
    meant = _folded(listed, allowed).get(text.casefold().replace("'", "’"))
    if meant is None:
        raise ValueError(_("Write one of: %(codes)s.") % {"codes": ", ".join(allowed)})
    return meant


def _folded(listed: Vocabulary, allowed: Sequence[str]) -> dict[str, str]:
    labels = {
        words.casefold(): code
        for code in allowed
        for name, words in listed.row(code).items()
        if name.startswith("label_")
    }
    return labels | {code.casefold(): code for code in allowed}


def _wave(text: str) -> str:
    return _meant(text, "survey_waves")


def _group(text: str) -> str:
    return _meant(text, "survey_groups") if text else "exposed"


def _sex(text: str) -> str:
    return _meant(text, spoken.WORDS, spoken.SEXES) if text else ""


def _age(text: str) -> str:
    """A band, or years."""
    if text.isdecimal() and int(text) <= BANDS[-1][0]:
        return next(code for oldest, code in BANDS if int(text) <= oldest)
    return _meant(text, spoken.AGES) if text else ""


def _code(text: str) -> str:
    if text and not codes.SHORTEST <= len(codes.bare(text)) <= codes.LONGEST:
        raise ValueError(_("A code has four signs at least, such as FA07K."))
    return text


def _day(text: str) -> str:
    if not text:
        return localdate().isoformat()
    try:
        parsed = dates.parse(text, not_after=localdate())
        if parsed.precision != "day":
            raise ValueError
        return parsed.value.isoformat()
    except ValueError:
        raise ValueError(_("Write the day as 2026-03-12, no later than today.")) from None


TAKERS = {"wave": _wave, "group": _group, "sex": _sex, "age_group": _age, "code": _code, "on": _day}


COLUMN = {"age_group": "age", "on": "day"}  # as they are called in a spreadsheet


def _answer(kind: str, text: str) -> object:
    if kind == "practice":  # what a spreadsheet makes of a box that is ticked
        text = {"true": "yes", "false": "no"}.get(text.lower(), text)
    allowed = [code for code, _word in spoken.choices(kind, "en")]
    return spoken.STORED[_meant(text, spoken.WORDS, allowed)]


def titles(survey: Survey) -> list[str]:
    """The titles of the columns, as an empty sheet has them."""
    return [*ABOUT, *(item.code for item in survey.items.all())]
