"""From an HTCDS record to rows.

What the standard leaves open is settled here. `con_Consent` is consent to the keeping of data, backed by the seven
points: it becomes one decision of the scope `data`, given or refused, and nothing else; an interview is asked for anew.
A case without a finding waits in screening, with one in planning, and where no trafficking was found in decision. The
standard has no day of closing: a closed case is closed on the day it was referred, else on the day it comes in.
A referral that was received was accepted; whether one that went out was answered is not in the file.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from os import urandom
from secrets import token_hex
from typing import Any
from uuid import UUID

from django.db import models

from havre.cases.assistance.models import Referral
from havre.cases.people.models import (
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
from havre.exchange.bulk import ABOUT, Opening
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
    compartment,
)
from havre.kernel.dates import PartialDate
from havre.platform.accounts.models import User
from havre.platform.crypto.fields import SealedText
from havre.platform.crypto.seal import Sealing

NOT_A_VICTIM = "NotAVictimOfTrafficking"
CODE = ("episode_id", "case_id", "list", "code")  # most rows of a register are these
STAGES = ("recruitment", "transit", "exploitation")
Named = Callable[[str], UUID | None]  # whose a case becomes by the name in its row
Rows = dict[tuple[type[models.Model], tuple[str, ...]], list[tuple[Any, ...]]]


@dataclass(frozen=True)
class Sheet:
    """What a row of a table needs: whose it is, and which of its columns are sealed and to where."""

    owner: str
    sealed: dict[str, tuple[str, str]]


@cache
def sheet(model: type[models.Model]) -> Sheet:
    """The sheet of this table."""
    columns = {each.attname: each for each in model._meta.concrete_fields}
    sealed = {name: each.place(model())[:2] for name, each in columns.items() if isinstance(each, SealedText)}
    return Sheet("case_id" if "case_id" in columns else "person_id", sealed)


def fresh_id(near: str) -> str:
    """A random key, as uuid4 makes them, in a fraction of the time; those of a batch begin alike.

    So they stand together in each index, and a large register is written page by page, not here and there. Ninety
    random bits are left: nobody guesses one.
    """
    drawn = urandom(12).hex()
    return f"{near}-{drawn[:4]}-4{drawn[5:8]}-a{drawn[9:12]}-{drawn[12:]}"


@dataclass
class Batch:
    """The rows of some records, sealed and ready to be written, and what is kept as a cell."""

    by: User
    today: date
    owner: Named = lambda name: None
    near: str = field(default_factory=lambda: token_hex(4))  # how the keys of its rows begin
    openings: list[Opening] = field(default_factory=list)
    rows: Rows = field(default_factory=lambda: defaultdict(list))
    kept: Counter[str] = field(default_factory=Counter)
    owned: Counter[str] = field(default_factory=Counter)
    source: dict[UUID, int] = field(default_factory=dict)  # person to row of the file

    def add(self, record: Record) -> None:
        """All rows of one record."""
        state = _state(record.values)
        person, case = UUID(fresh_id(self.near)), UUID(fresh_id(self.near))
        opening = Opening(state, record.values.get(RECEIVED_ON, self.today), person=person, case=case)
        opening.about = _coded(record, opening, self.today)
        opening.owner = self.owner(record.values.get(OWNER, ""))
        if opening.owner:
            self.owned[record.values[OWNER]] += 1
        self.openings.append(opening)
        self.source[opening.person] = record.row
        one = Row(self, opening, record)
        for tell in (_about, _reach, _case, _agreed, _referrals, _found, _story, _did):
            tell(one)
        one.keep()


@dataclass
class Row:
    """One record on its way: what it says, and which of its fields have found a place."""

    batch: Batch
    opening: Opening
    record: Record
    placed: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.keys = {
            "person_id": (str(self.opening.person), Sealing(self.opening.person_key, 1)),
            "case_id": (str(self.opening.case), Sealing(self.opening.case_key, 1)),
        }

    def fresh_id(self) -> str:
        """A key for a row of this record."""
        return fresh_id(self.batch.near)

    def take(self, *names: str) -> dict[str, Any]:
        """What stands in these fields, those that are empty left out; they have found their place."""
        self.placed.update(names)
        values = self.record.values
        return {name: values[name] for name in names if name in values}

    def columns(self, places: dict[str, str]) -> dict[str, Any]:
        """The columns of a row that these fields stand in, with nothing where the record says nothing."""
        self.placed.update(places)
        values = self.record.values
        return {column: values.get(name, "") for name, column in places.items()}

    def put(self, model: type[models.Model], **values: Any) -> None:
        """Adds a row of the person or of the case, sealed under their key."""
        of = sheet(model)
        subject, sealing = self.keys[of.owner]
        values[of.owner] = subject
        if of.sealed.keys() & values.keys():
            row = values.setdefault("id", self.fresh_id())
            for name, (table, column) in of.sealed.items():
                if name in values:
                    text = values[name].encode()
                    values[name] = sealing.seal((table, column, row), text) if text else b""
        self.batch.rows[model, tuple(values)].append(tuple(values.values()))

    def keep(self) -> None:
        """Every cell that found no place, as it is written."""
        values = self.record.values
        left = {name: value for name, value in values.items() if name not in self.placed}
        old = {name: _old(value) for name, value in left.items() if fields()[name].deprecated}
        cells = texts(Record(0, "", {name: left[name] for name in left.keys() - old.keys()})) if left else {}
        for name, text in {**cells, **old, **self.record.outside}.items():
            self.put(KeptCell, compartment=int(compartment(name)), name=name, value=text)
            self.batch.kept[name] += 1


def _old(value: bool | list[str] | str) -> str:
    """A field that is read and written no more, as it is kept."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return ";".join(value) if isinstance(value, list) else value


def _state(values: dict[str, Any]) -> str:
    status, finding = values.get(STATUS, "Active"), values.get(FINDING)
    if status in ("Closed", "ClosedReferred"):
        return "S13"
    if status == "FollowUp":
        return "S12"
    return "S3" if finding is None else "S4" if finding == NOT_A_VICTIM else "S5"


def _coded(record: Record, opening: Opening, today: date) -> tuple[object, ...]:
    """What the record says of person and case in codes, as `bulk.ABOUT` names it."""
    values, closed, reason = record.values, None, ""
    if opening.state == "S13":
        sent = [each for each in values.get(SENT_ON, []) if each and opening.on <= each <= today]
        closed, reason = max(sent, default=today), "other"
        if values[STATUS] == "ClosedReferred":
            reason = "referred_out"
    born = values.get(BORN)
    said = {column: values.get(name) for name, column in PERSON.items()}
    said |= {"outside_reference": record.reference, "closed_on": closed, "closure_reason": reason}
    said |= {"birth_year": born.value.year, "birth_precision": born.precision} if born else {}
    return tuple(said.get(column) for column in ABOUT)


def _about(row: Row) -> None:
    row.take(*PERSON)
    name = row.columns(NAME)
    if full := " ".join(filter(None, (name["given"], name["middle"], name["family"]))):
        row.put(PersonName, kind="legal", full=full, **name)
    born = {"born_on": str(row.take(BORN).get(BORN, ""))}
    identity = {**born, **row.columns(IDENTITY)}
    if any(identity.values()):
        row.put(PersonIdentity, **identity)
    for country in row.take(CITIZENSHIP).get(CITIZENSHIP, []):
        row.put(PersonCountry, country=country, kind="citizenship")
    spoken = row.take(FIRST_LANGUAGE, SECOND_LANGUAGE)
    for language in dict.fromkeys(spoken.values()):
        row.put(PersonLanguage, language=language, preferred=language == spoken.get(FIRST_LANGUAGE))
    if len(spoken) > len(set(spoken.values())):
        row.placed.remove(SECOND_LANGUAGE)


def _reach(row: Row) -> None:
    """Ways to reach the person. Whether they are safe is not in the file, and so it is not known."""
    for name, value in row.take(*CONTACTS).items():
        row.put(PersonContact, kind=CONTACTS[name], value=value)
    home = row.columns(HOME)
    if any(home.values()):
        row.put(PersonPlace, kind="home", **home)


def _case(row: Row) -> None:
    state = row.opening.state
    row.take(STATUS)
    before = "S5" if state == "S13" else state
    row.put(CaseMove, from_state="", to_state=before, kind="open", reason="")
    if state == "S13":
        row.put(CaseMove, from_state=before, to_state=state, kind="close", reason=row.take(CLOSURE).get(CLOSURE, ""))
    if row.opening.owner:
        row.take(OWNER)
    for comment in row.take(COMMENT).values():
        row.put(CaseNote, kind="note", text=comment)


def _agreed(row: Row) -> None:
    for agreed in row.take(CONSENT).values():
        decision = {"scope": "data", "decision": "given" if agreed else "refused", "given_by": ""}
        row.put(Consent, person_id=row.opening.person, decided_on=row.opening.on, **decision)


def _referrals(row: Row) -> None:
    given, on = row.columns(RECEIVED), row.take(RECEIVED_ON).get(RECEIVED_ON)
    if any(given.values()):
        row.put(Referral, direction="in", state="accepted", imported=True, sent_on=on, **given)
    sent, days = row.take(*SENT), row.take(SENT_ON).get(SENT_ON, [])
    cells = {SENT[name]: _parts(value) for name, value in sent.items() if SENT[name] != "details"}
    details = {SENT[name]: value for name, value in sent.items() if SENT[name] == "details"}
    cells["sent_on"] = [str(each or "") for each in days]
    state = "done" if row.opening.state == "S13" else "in_progress"
    found = several.aligned(cells, details)
    # Keys in their order: that is how their places are known again when they go out.
    for key, one in zip(sorted(row.fresh_id() for _ in found), found, strict=True):
        known = {column: one.get(column, "") for column in SENT.values()}
        row.put(Referral, id=key, direction="out", state=state, imported=True, sent_on=one["sent_on"] or None, **known)


def _parts(value: str | list[str | None]) -> list[str]:
    return several.parts(value) if isinstance(value, str) else [each or "" for each in value]


def _found(row: Row) -> None:
    if FINDING not in row.record.values:
        return
    found = row.take(FINDING, FOUND_BY)
    row.put(Finding, result=found[FINDING], definition="", body=found.get(FOUND_BY, ""), reason="", imported=True)


def _story(row: Row) -> None:
    age, codes = row.take(AGE).get(AGE), row.take(*CODED)
    legs = sorted(_legs(row), key=lambda leg: STAGES.index(leg["stage"]))
    if age is None and not legs and not codes:
        return
    episode = row.fresh_id()
    row.put(Episode, id=episode, age_at_start=age)
    case = str(row.opening.case)
    for name, found in codes.items():
        coded = found if isinstance(found, list) else [found]
        row.batch.rows[EpisodeCode, CODE] += [(episode, case, name, code) for code in coded]
    for seq, leg in enumerate(legs, start=1):
        row.put(Leg, episode_id=episode, seq=seq, **leg)


def _legs(row: Row) -> Iterator[dict[str, Any]]:
    nothing = {"country": "", "note": "", "began": None, "began_precision": "", "event": False}
    for name, place in row.take(*PLACES).items():
        yield {**nothing, "stage": PLACES[name], "place": place}
    if EVENT_KIND not in row.record.values:
        return
    kind, day = row.take(EVENT_KIND)[EVENT_KIND], row.take(EVENT_DAY).get(EVENT_DAY)
    when = day if isinstance(day, PartialDate) or day is None else PartialDate(day)
    began = {"began": when.value, "began_precision": when.precision} if when else {}
    yield {**nothing, **began, "stage": kind.lower(), "event": True, **row.columns(EVENT)}


def _did(row: Row) -> None:
    if roles := row.take(ROLES).get(ROLES):
        one = row.fresh_id()
        row.put(Perpetrator, id=one)
        for code in roles:
            row.put(PerpetratorRole, perpetrator_id=one, code=code)
