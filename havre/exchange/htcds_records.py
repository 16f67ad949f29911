"""From rows to an HTCDS record: which of several rows the one cell gets.

- Names: the legal one, else the first. Birth: the day, else the year. Contacts: one of each kind, one known to be safe
  first; one that is marked as not safe never goes out, since the mark could not go with it. Address: the home.
- Languages: the preferred one, then another. Citizenships and codes: all, in the order of their list; of all episodes
  together, and the age from the first that has one. A list of one code: that of the first episode.
- Places of recruitment and exploitation: the first leg of each that was told here. The event: the leg that came as one,
  else the first of transit. Roles: of all who did it, together.
- Finding and consent: the one that stands. Notes: those of the facts, in their order. The reason of closing: the last.
- Referral in: the first. Referrals out: all, part by part (`several`). Without one in, its day is that of the opening.
- Owner: the name the register gave, else whose the file is. An anonymous file goes out without name, birthday, papers,
  address, ways to reach and the office's own number. Health and child protection have no place in the standard.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from uuid import UUID

from django.db import models

from havre.cases.assistance.models import Referral
from havre.cases.people.models import (
    Case,
    CaseMove,
    CaseNote,
    Consent,
    KeptCell,
    PersonContact,
    PersonCountry,
    PersonIdentity,
    PersonLanguage,
    PersonName,
    PersonPlace,
)
from havre.cases.screening.models import Finding
from havre.cases.story.models import Episode, EpisodeCode, Leg, Perpetrator, PerpetratorRole
from havre.exchange import several
from havre.exchange.formats.htcds import Record, fields, texts
from havre.exchange.mapping import (
    AGE,
    BORN,
    CITIZENSHIP,
    CLOSURE,
    CODED,
    COMMENT,
    CONSENT,
    CONTACTS,
    EVENT,
    EVENT_DAY,
    EVENT_KIND,
    FINDING,
    FIRST_LANGUAGE,
    FOUND_BY,
    HOME,
    IDENTITY,
    NAME,
    OWNER,
    PERSON,
    PLACES,
    RECEIVED,
    RECEIVED_ON,
    ROLES,
    SECOND_LANGUAGE,
    SENT,
    SENT_ON,
    STATUS,
)
from havre.kernel.dates import PartialDate, parse
from havre.kernel.vocabularies import load
from havre.platform.crypto import keyring
from havre.platform.permissions import Compartment

# Every table the standard has a place for, in the order in which the first row is chosen.
TABLES: dict[type[models.Model], tuple[str, ...]] = {
    PersonName: ("pk",),
    PersonIdentity: ("pk",),
    PersonCountry: ("country",),
    PersonLanguage: ("-preferred", "language"),
    PersonContact: ("pk",),
    PersonPlace: ("pk",),
    CaseMove: ("at",),
    CaseNote: ("at", "pk"),
    Consent: ("at",),
    Finding: ("at",),
    Referral: ("sent_on", "at", "pk"),
    Episode: ("number",),
    EpisodeCode: ("episode__number",),
    Leg: ("episode__number", "seq"),
    Perpetrator: ("pk",),
    PerpetratorRole: ("pk",),
    KeptCell: ("name",),
}
LONGEST = 20_000  # signs of a text that can be read in again
Values = dict[str, Any]


@dataclass
class File:
    """One case with its rows."""

    case: Case
    rows: dict[type[models.Model], list[Any]] = field(default_factory=dict)

    def of(self, model: type[models.Model], **like: Any) -> list[Any]:
        """The rows of that table with these values."""
        found = self.rows.get(model, [])
        return [row for row in found if all(getattr(row, name) == value for name, value in like.items())]

    def first(self, model: type[models.Model], **like: Any) -> Any:
        """The first of them, or nothing."""
        return next(iter(self.of(model, **like)), None)


def files(cases: Iterable[UUID]) -> Iterator[File]:
    """The files of these cases, in their order, with the keys in hand: as many queries as there are tables."""
    wanted = list(cases)
    found = Case.objects.select_related("person", "owner").in_bulk(wanted)
    made = {case.pk: File(case) for case in found.values()}
    people: dict[UUID, list[File]] = {}
    for each in made.values():
        people.setdefault(each.case.person_id, []).append(each)
    keyring.load([*made, *people])
    for model, order in TABLES.items():
        if hasattr(model, "case_id"):
            for row in models.QuerySet[Any](model).filter(case_id__in=list(made)).order_by(*order):
                made[row.case_id].rows.setdefault(model, []).append(row)
        else:
            for row in models.QuerySet[Any](model).filter(person_id__in=list(people)).order_by(*order):
                for each in people[row.person_id]:
                    each.rows.setdefault(model, []).append(row)
    yield from (made[each] for each in wanted if each in made)
    keyring.release([*made, *people])


def cells(file: File, reference: str, *, strict: bool = False) -> dict[str, str]:
    """The cells of one row, those that are empty left out."""
    parts = [_facts, _case, _agreed, _referrals, _story]
    parts += [] if file.case.anonymous else [_identity, _reach]
    values: Values = {
        name: value for part in parts for name, value in part(file).items() if value not in ("", None, [])
    }
    kept = _kept(file, values)
    if OWNER in kept:
        values.pop(OWNER, None)
    return {**kept, **texts(Record(0, reference, values), strict=strict)}


def _kept(file: File, values: Values) -> dict[str, str]:
    """The kept cells that may go out; what somebody decided here stands for what the register said of it."""
    naming = int(Compartment.IDENTITY | Compartment.WHEREABOUTS) if file.case.anonymous else 0
    kept = {each.name: each.value for each in file.of(KeptCell) if not each.compartment & naming and each.value}
    if FINDING in values:
        kept.pop(FOUND_BY, None)
    if file.case.anonymous:
        kept.pop(OWNER, None)
    known = fields()
    return {name: value for name, value in kept.items() if name not in known or not known[name].deprecated}


def _stands(rows: Sequence[Any]) -> Any:
    """The last row that no other supersedes."""
    later = {each.supersedes_id for each in rows}
    return next((each for each in reversed(rows) if each.pk not in later), None)


def _columns(row: Any, places: dict[str, str]) -> Values:
    return {name: getattr(row, column) for name, column in places.items()} if row else {}


@cache
def _place(name: str, code: str) -> tuple[int, str]:
    codes = load(name).codes
    return (codes.index(code) if code in codes else len(codes), code)


def _in_order(name: str, codes: Iterable[str]) -> list[str]:
    return sorted(set(codes), key=lambda code: _place(name, code))


def _facts(file: File) -> Values:
    person = file.case.person
    spoken = [each.language for each in file.of(PersonLanguage)]
    first = [each.language for each in file.of(PersonLanguage, preferred=True)][:1]
    others = [each for each in spoken if each not in first]
    year = person.birth_year
    return {
        **_columns(person, PERSON),
        BORN: str(year) if year else "",
        CITIZENSHIP: [each.country for each in file.of(PersonCountry, kind="citizenship")],
        FIRST_LANGUAGE: first[0] if first else "",
        SECOND_LANGUAGE: others[0] if others else "",
    }


def _identity(file: File) -> Values:
    name = file.first(PersonName, kind="legal") or file.first(PersonName)
    called = _columns(name, NAME)
    if name and not any(called.values()):
        called = {"prs_FirstName": name.full}
    identity = file.first(PersonIdentity)
    born = {BORN: str(parse(identity.born_on))} if identity and identity.born_on else {}
    return {**called, **_columns(identity, IDENTITY), **born}


def _reach(file: File) -> Values:
    ways = sorted((each for each in file.of(PersonContact) if each.safe is not False), key=lambda each: not each.safe)
    first = {kind: next((each.value for each in ways if each.kind == kind), "") for kind in CONTACTS.values()}
    return {
        **{name: first[kind] for name, kind in CONTACTS.items()},
        **_columns(file.first(PersonPlace, kind="home"), HOME),
    }


def _case(file: File) -> Values:
    case = file.case
    closed = "ClosedReferred" if case.closure_reason == "referred_out" else "Closed"
    closing = file.of(CaseMove, kind="close") if case.state == "S13" else []
    return {
        STATUS: closed if case.state == "S13" else "FollowUp" if case.state == "S12" else "Active",
        CLOSURE: closing[-1].reason if closing else "",
        OWNER: case.owner.name,
        COMMENT: _notes(file.of(CaseNote, compartment=int(Compartment.FACTS))),
    }


def _notes(notes: Sequence[CaseNote]) -> str:
    """One note as it is; several each with its day, the newest as far as there is room."""
    if len(notes) == 1:
        return notes[0].text
    told = [f"{each.at:%Y-%m-%d}: {each.text}" for each in notes if each.text]
    while told and len("\n\n".join(told)) > LONGEST:
        told.pop(0)
    return "\n\n".join(told)


def _agreed(file: File) -> Values:
    agreed = _stands(file.of(Consent, scope="data"))
    found = _stands(file.of(Finding))
    known = found and found.result in load(FINDING)
    return {
        CONSENT: None if agreed is None else agreed.decision == "given",
        FINDING: found.result if known else "",
        FOUND_BY: found.body if known else "",
    }


def _referrals(file: File) -> Values:
    received, sent = file.first(Referral, direction="in"), file.of(Referral, direction="out")
    sent.sort(key=lambda each: (each.at, each.pk))
    cells: Values = {RECEIVED_ON: received.sent_on if received else file.case.opened_on}
    for name, column in SENT.items():
        said = [getattr(each, column) for each in sent]
        listed = column == "reason"
        cells[name] = said if listed else (several.joined_details if column == "details" else several.joined)(said)
    cells["cas_ReasonForOutgoingReferral"] = _filled(cells["cas_ReasonForOutgoingReferral"])
    return {**_columns(received, RECEIVED), **cells, SENT_ON: _filled([each.sent_on for each in sent])}


def _filled(listed: list[Any]) -> list[Any]:
    """The list, each in its place, and nothing where it has no value at all."""
    return [each or None for each in listed] if any(listed) else []


def _story(file: File) -> Values:
    values: Values = {}
    for name in CODED:
        codes = file.of(EpisodeCode, list=name, answer="yes")
        several_ = _in_order(name, (each.code for each in codes))
        values[name] = (several_[0] if several_ else "") if fields()[name].kind == "code" else several_
    ages = [each.age_at_start for each in file.of(Episode) if each.age_at_start is not None]
    values[AGE] = ages[0] if ages else None
    values[ROLES] = _in_order(ROLES, (each.code for each in file.of(PerpetratorRole)))
    for name, stage in PLACES.items():
        values[name] = next((leg.place for leg in file.of(Leg, stage=stage, event=False) if leg.place), "")
    event = file.first(Leg, event=True) or file.first(Leg, stage="transit")
    if event and not any(
        each.name.startswith("hte_") and each.name in (EVENT_KIND, *EVENT) for each in file.of(KeptCell)
    ):
        day = event.began and PartialDate(event.began, event.began_precision)
        values |= {EVENT_KIND: event.stage.capitalize(), EVENT_DAY: day, **_columns(event, EVENT)}
    return values
