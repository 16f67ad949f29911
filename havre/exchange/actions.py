"""A register comes in: the whole of it or nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from havre.cases.people.models import Consent, Person
from havre.cases.story.models import EpisodeCode
from havre.exchange import bulk
from havre.exchange.formats.htcds import REFERENCE, Fault, Record
from havre.exchange.htcds_rows import CASE, PERSON, Batch
from havre.platform.accounts.models import User
from havre.platform.audit.actions import Refused, action
from havre.platform.audit.recorder import current
from havre.platform.permissions import Permission

SIZE = 500
HELD = "your agency already holds a person with this reference; take the row away, or give it another reference"


class AlreadyHeld(Exception):
    """Some references are those of people the agency already holds; nothing was written."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__()
        self.faults = faults


@dataclass
class Summary:
    """What came in."""

    persons: int = 0
    codes: int = 0
    consents: Counter[str] = field(default_factory=Counter)
    states: Counter[str] = field(default_factory=Counter)
    left: Counter[str] = field(default_factory=Counter)


@action("register.import", needs=Permission.REGISTER_IMPORT)
def import_register(
    records: Iterable[Record], *, by: User, agency: str, today: date, passed: Callable[[int], None] = lambda done: None
) -> Summary:
    """The people of a checked file, each with a case of `by`; Refused, or AlreadyHeld with the rows, else."""
    if by.agency.code != agency:
        raise Refused(
            _("A register is brought in by somebody of the agency itself: %(login)s does not work for %(agency)s.")
            % {"login": by.login, "agency": agency}
        )
    summary, done = Summary(), 0
    faults: list[Fault] = []
    for some in _batches(records):
        batch = Batch(by, today)
        for record in some:
            batch.add(record)
        faults += _open(batch)
        if not faults:
            _write(batch)
            _count(summary, batch)
        done += len(some)
        passed(done)
    if faults:
        raise AlreadyHeld(faults)
    return summary


def _batches(records: Iterable[Record]) -> Iterator[list[Record]]:
    source = iter(records)
    while some := list(islice(source, SIZE)):
        yield some


def _open(batch: Batch) -> list[Fault]:
    """Opens the cases and writes what is known of the persons; the rows whose reference is held already."""
    bulk.open_cases(batch.openings, by=batch.by)
    return [Fault(batch.source[each.outside_reference], REFERENCE, HELD) for each in _held(batch.persons)]


def _held(persons: Sequence[Person]) -> list[Person]:
    """Those whose reference the agency holds, by halves: whose they are may be hidden from whoever asks."""
    try:
        with transaction.atomic():
            bulk.update(persons, *PERSON)
    except IntegrityError:
        if len(persons) == 1:
            return list(persons)
        half = len(persons) // 2
        return _held(persons[:half]) + _held(persons[half:])
    return []


def _write(batch: Batch) -> None:
    bulk.update(batch.cases, *CASE)
    for model, rows in batch.rows.items():
        models.QuerySet[Any](model).bulk_create(rows, batch_size=SIZE)
    recorder = current()
    if recorder:
        for each in batch.openings:
            recorder.showed(each.case)


def _count(summary: Summary, batch: Batch) -> None:
    summary.persons += len(batch.persons)
    summary.codes += len(batch.rows.get(EpisodeCode, []))
    summary.consents.update(each.decision for each in batch.rows.get(Consent, []) if isinstance(each, Consent))
    summary.states.update(each.state for each in batch.cases)
    summary.left.update(batch.left)
