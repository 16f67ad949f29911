"""A register comes in: the whole of it or nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from havre.cases.people.models import Consent
from havre.cases.story.models import EpisodeCode
from havre.exchange import bulk, owners
from havre.exchange.formats.htcds import LISTED, REFERENCE, Fault, Record
from havre.exchange.htcds_rows import Batch, Named
from havre.platform.accounts.models import User
from havre.platform.audit.actions import Refused, action
from havre.platform.audit.recorder import current
from havre.platform.crypto import keyring
from havre.platform.permissions import Permission

SIZE = 500
SHOWN = 5
HELD = gettext_lazy(
    "your agency already holds a person with this reference; take the row away, or give it another reference"
)


class Faulty(Exception):
    """The file has faults; nothing was written."""

    def __init__(self, faults: list[Fault], more: int = 0) -> None:
        super().__init__()
        self.faults = sorted(faults, key=lambda fault: fault.row)[:LISTED]
        self.more = more + max(0, len(faults) - LISTED)


class Cancelled(Exception):
    """Whoever brought the file in thought better of it; nothing was written."""


@dataclass
class Summary:
    """What came in: how many of what, whose they became, what is kept as a cell, and the first few for a look."""

    persons: int = 0
    codes: int = 0
    consents: Counter[str] = field(default_factory=Counter)
    states: Counter[str] = field(default_factory=Counter)
    owners: Counter[str] = field(default_factory=Counter)
    kept: Counter[str] = field(default_factory=Counter)
    outside: list[str] = field(default_factory=list)
    columns: list[str] = field(default_factory=list)  # those of the standard that the file has
    first: list[Record] = field(default_factory=list)


@action("register.import", needs=Permission.REGISTER_IMPORT)
def import_register(
    records: Iterable[Record],
    *,
    by: User,
    agency: str,
    today: date,
    faults: Sequence[Fault] = (),
    cancelled: Callable[[], bool] = lambda: False,
) -> Summary:
    """The people of these records, each with a case of `by` or of the colleague it names; Refused or Faulty else.

    `faults` is what the reader of the records finds as it reads. At the first one nothing more is written, and the
    rest is gone through for what else is wrong.
    """
    if by.agency.code != agency:
        raise Refused(
            _("A register is brought in by somebody of the agency itself: %(login)s does not work for %(agency)s.")
            % {"login": by.login, "agency": agency}
        )
    summary, named = Summary(), owners.by_name(by)
    held: list[Fault] = []
    for some in _batches(records):
        if cancelled():
            raise Cancelled
        if len(faults) + len(held) < LISTED:
            batch = _batch(some, by, today, named)
            held += _open(batch)
            if not faults and not held:
                _write(batch)
                _count(summary, batch, some)
            keyring.release(subject for each in batch.openings for subject, _key in each.keys)
    if faults or held:
        raise Faulty([*faults, *held])
    return summary


def _batches(records: Iterable[Record]) -> Iterator[list[Record]]:
    source = iter(records)
    while some := list(islice(source, SIZE)):
        yield some


def _batch(records: Sequence[Record], by: User, today: date, named: Named) -> Batch:
    batch = Batch(by, today, named)
    for record in records:
        batch.add(record)
    return batch


def _open(batch: Batch) -> list[Fault]:
    """Opens the cases; the rows whose reference the agency holds already."""
    held = bulk.open_cases(batch.openings, by=batch.by)
    return [Fault(batch.source[each.person], REFERENCE, HELD) for each in held]


def _write(batch: Batch) -> None:
    for (model, names), rows in batch.rows.items():
        bulk.insert(model, names, rows, batch.near, by_id=batch.by.pk)
    recorder = current()
    if recorder:
        for each in batch.openings:
            recorder.showed(each.case)
        recorder.flush()


def _count(summary: Summary, batch: Batch, records: Sequence[Record]) -> None:
    summary.persons += len(records)
    summary.first += records[: SHOWN - len(summary.first)]
    summary.states.update(each.state for each in batch.openings)
    summary.owners += batch.owned
    summary.kept += batch.kept
    for (model, names), rows in batch.rows.items():
        if model is EpisodeCode:
            summary.codes += len(rows)
        elif model is Consent:
            summary.consents.update(row[names.index("decision")] for row in rows)
