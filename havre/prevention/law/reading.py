"""A spreadsheet with the fields of the legislation tracking list: one row for a treaty, a law or both, faults by row.

It is read by a process that can do nothing else; either all of it is brought in, or nothing and what is wrong.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from havre.kernel import places
from havre.kernel.vocabularies import load
from havre.platform import sandbox

from .models import NationalLaw, TreatyStatus
from .rules import coverage
from .rules.coverage import ANSWERS

MOST_ROWS, LISTED = 5_000, 100
TREATY = ("instrument_code", "status", "status_date", "reservation_text")
TRI = {  # the fields of the tracking list, and the points of the checklist they mean
    "covers_all_forms": "ALL_FORMS",
    "covers_internal_trafficking": "INTERNAL",
    "child_means_not_required": "CHILD_MEANS",
    "consent_irrelevant": "CONSENT",
    "non_punishment": "NON_PUNISHMENT",
    "corporate_liability": "CORPORATE",
    "residence_permit": "RESIDENCE",
    "compensation_right": "COMPENSATION",
}
LAW = (
    *("national_law_title", "law_type", "law_stage", "assistance_role"),
    *TRI,
    *("penalty_min_years", "penalty_max_years", "aggravating", "reflection_period_days", "palermo_elements_covered"),
)
LISTS = {
    "instrument_code": "legal_instruments",
    "status": "treaty_statuses",
    "law_type": "law_types",
    "law_stage": "law_stages",
    "assistance_role": "law_help_roles",
    "aggravating": "law_aggravations",
    "palermo_elements_covered": "palermo_elements",
}
COLUMNS = ("country", *TREATY, *LAW, "source_url", "checked_on")
WORDS = {"yes": "yes", "oui": "yes", "no": "no", "non": "no", "partly": "partly", "en partie": "partly"}


def columns() -> list[tuple[str, Sequence[str]]]:
    """Each column, with the codes that may stand in it where it has a list."""
    return [(name, load(LISTS[name]).codes if name in LISTS else ANSWERS if name in TRI else ()) for name in COLUMNS]


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
    """What was read: it can be brought in when there is no fault."""

    agency: UUID
    statuses: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    laws: dict[tuple[str, str], tuple[dict[str, Any], dict[str, dict[str, str]]]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    more: int = 0  # faults beyond those that are listed

    def wrong(self, row: int, column: str, sentence: str) -> None:
        """Keeps a fault, a hundred of them."""
        if len(self.faults) < LISTED:
            self.faults.append(Fault(row, column, sentence))
        else:
            self.more += 1


def read(upload: UploadedFile, agency: UUID) -> Reading:
    """What the file holds; Unreadable when it is no such spreadsheet."""
    rows = _lines(upload)
    columns = _columns(next(rows, (0, [], set[int]()))[1])
    reading = Reading(agency)
    there = _there(agency)
    for count, (number, cells, spoilt) in enumerate(rows):
        if count >= MOST_ROWS:
            raise Unreadable(_("More than 5,000 rows. Split the file."))
        told = {name: cells[at].strip() for at, name in columns.items() if at < len(cells)}
        for at in spoilt & set(columns):
            reading.wrong(number, columns[at], _("This cell cannot be read. Write its value as plain text."))
        if any(told.values()):
            Row(reading, number, told, there).take()
    if not (reading.statuses or reading.laws or reading.faults):
        raise Unreadable(_("Nothing stands under the titles of the columns."))
    return reading


def _there(agency: UUID) -> set[tuple[str, str]]:
    """What the agency has already: treaties by country and code, laws by country and title."""
    statuses = TreatyStatus.objects.filter(owner=agency).values_list("country", "instrument")
    return {*statuses, *NationalLaw.objects.filter(owner=agency).values_list("country", "title")}


def _columns(titles: Sequence[str]) -> dict[int, str]:
    found = {at: name for at, title in enumerate(titles) if (name := "_".join(title.casefold().split())) in COLUMNS}
    if len(set(found.values())) < len(found):
        raise Unreadable(_("A column stands twice. Take one away."))
    if not {"country"} < set(found.values()):
        raise Unreadable(_("The first row needs the titles of the columns, with one called “country”."))
    return found


@dataclass
class Row:
    """One row of the spreadsheet on its way in."""

    reading: Reading
    number: int
    told: Mapping[str, str]
    there: set[tuple[str, str]]

    def take(self) -> None:
        """Keeps what it says, or says what is wrong with it."""
        before = len(self.reading.faults) + self.reading.more
        land = places.read_country(self.told.get("country", ""))
        if land is None:
            self._wrong("country", _("Write the country as its code, such as MD or MDA."))
        sourced = self._sourced()
        treaty, law = self._treaty(sourced), self._law(sourced)
        if not (treaty or law) and before == len(self.reading.faults) + self.reading.more:
            self._wrong("", _("Neither a treaty nor a law stands in this row. Name one of the two."))
        if land is None or before != len(self.reading.faults) + self.reading.more:
            return
        if treaty:
            self._keep(self.reading.statuses, (land, self.told["instrument_code"]), treaty, "instrument_code")
        if law:
            told = ({"country": land, **law[0]}, law[1])
            self._keep(self.reading.laws, (land, str(law[0]["title"])), told, "national_law_title")

    def _keep(self, kept: dict[tuple[str, str], Any], key: tuple[str, str], value: Any, column: str) -> None:
        if key in kept or key in self.there:
            self._wrong(column, _("This is here already. Change it on its page, and take the row away."))
        else:
            kept[key] = value

    def _wrong(self, column: str, sentence: str) -> None:
        self.reading.wrong(self.number, column, sentence)

    def _sourced(self) -> dict[str, Any]:
        source, day = self.told.get("source_url", "")[:500], self._day("checked_on")
        return {"source": source, "checked_on": day, "standing": "checked" if source and day else "recalled"}

    def _treaty(self, sourced: dict[str, Any]) -> dict[str, Any] | None:
        if not any(self.told.get(name) for name in TREATY):
            return None
        self._code("instrument_code", "legal_instruments", needed=True)
        status = self._code("status", "treaty_statuses", needed=True)
        told = {"status": status, "on": self._day("status_date"), "reservation": self.told.get("reservation_text", "")}
        return {**told, **sourced}

    def _law(self, sourced: dict[str, Any]) -> tuple[dict[str, Any], dict[str, dict[str, str]]] | None:
        if not any(self.told.get(name) for name in LAW):
            return None
        title = self.told.get("national_law_title", "")
        if not title or len(title) > 300:
            self._wrong("national_law_title", _("A law needs a title of 300 signs at most."))
        lists = {"law_type": "law_types", "assistance_role": "law_help_roles"}
        told: dict[str, Any] = {"title": title, **{name: self._code(name, of) for name, of in lists.items()}}
        told |= {"stage": self._code("law_stage", "law_stages"), **sourced, **self._figures()}
        told["aggravating"] = self._codes("aggravating", load("law_aggravations").codes)
        return told, self._answers()

    def _figures(self) -> dict[str, int | None]:
        least, most = self._number("penalty_min_years", 99), self._number("penalty_max_years", 99)
        if least is not None and most is not None and least > most:
            self._wrong("penalty_min_years", _("The least penalty is above the highest. Check both."))
        days = self._number("reflection_period_days", 999)
        return {"penalty_min_years": least, "penalty_max_years": most, "reflection_days": days}

    def _answers(self) -> dict[str, dict[str, str]]:
        elements = [point for group in coverage.GROUPS[:3] for point in coverage.points(group)]
        answers = {code: {"answer": "yes"} for code in self._codes("palermo_elements_covered", elements)}
        for name, point in TRI.items():
            said = self.told.get(name, "").casefold()
            if said in WORDS:
                answers[point] = {"answer": WORDS[said]}
            elif said not in ("", "unknown", "?"):
                self._wrong(name, _("Write yes, no, partly, or leave it empty."))
        return answers

    def _code(self, name: str, listed: str, *, needed: bool = False) -> str:
        text = self.told.get(name, "")
        if text in load(listed) or not (text or needed):
            return text
        self._wrong(name, _("Write one of: %(codes)s.") % {"codes": ", ".join(load(listed).codes)})
        return ""

    def _codes(self, name: str, listed: Sequence[str]) -> list[str]:
        codes = [each.strip() for each in self.told.get(name, "").split(";") if each.strip()]
        if not set(codes) <= set(listed):
            self._wrong(name, _("Write one of: %(codes)s.") % {"codes": ", ".join(listed)})
        return list(dict.fromkeys(codes))

    def _number(self, name: str, most: int) -> int | None:
        text = self.told.get(name, "")
        if not text:
            return None
        if text.isascii() and text.isdigit() and len(text) <= 3 and int(text) <= most:
            return int(text)
        self._wrong(name, _("Write a whole number from 0 to %(most)d.") % {"most": most})
        return None

    def _day(self, name: str) -> date | None:
        text = self.told.get(name, "")
        try:
            day = date.fromisoformat(text) if text else None
        except ValueError:
            day = date.max
        if day and not date(1900, 1, 1) <= day <= localdate():
            self._wrong(name, _("Write the day as 2026-03-12; it lies in the past."))
            return None
        return day


def _lines(file: Any) -> Iterator[tuple[int, list[str], set[int]]]:
    try:
        yield from sandbox.rows(file)
    except sandbox.Ended as ended:
        raise Unreadable(_sentence(ended.code)) from None


def _sentence(code: str) -> str:
    if code == "empty":
        return _("The file is empty.")
    if code in ("latin", "utf16"):
        return _("The text is not UTF-8. Save it as CSV UTF-8, or as a workbook (.xlsx).")
    if code == "password":
        return _("The workbook is protected by a password. Take the password away and save it.")
    return _("This is no table that can be read here. Save it as a workbook (.xlsx) or as CSV UTF-8.")
