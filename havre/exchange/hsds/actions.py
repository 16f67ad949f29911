"""A directory comes in, the whole of it or nothing; cards go out."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import BinaryIO, Literal

from havre.exchange.actions import Cancelled, Faulty
from havre.exchange.beside import ROWS
from havre.exchange.formats.faults import LISTED
from havre.platform.accounts.models import User
from havre.platform.audit.actions import action
from havre.platform.keeping.rows import Visibility
from havre.platform.permissions import Permission

from . import documents, leaving, tables
from .feeding import Feeder
from .leaving import Passed, unseen
from .loading import Loader
from .reading import Reading
from .replacing import Replacing
from .told import Profile

WRITE = {"json": documents.write, "tabular": tables.write_package, "xlsx": tables.write_workbook}
Format = Literal["json", "tabular", "xlsx"]


@dataclass
class Summary:
    """What came in: how many rows of each entity, how many cards replaced others; and how many rows were read."""

    many: Counter[str] = field(default_factory=Counter)
    replaced: int = 0
    read: int = 0


@contextmanager
def without_looking_back() -> Iterator[None]:
    """Rows come and go by themselves: looking for circles among those that wait costs a fifth of the time."""
    looked = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if looked:
            gc.enable()


@action("directory.import", needs=Permission.DIRECTORY_WRITE)
def import_cards(
    reading: Reading,
    *,
    by: User,
    visibility: int = Visibility.PARTNERS,
    replace: bool = False,
    cancelled: Callable[[], bool] = lambda: False,
) -> Summary:
    """The cards of this file, kept by the agency of `by`, none of which goes further than `visibility`; Faulty else.

    With `replace` those that this agency keeps already are written anew; else, and of another keeper, they are faults.
    """
    replacing = Replacing(by) if replace else None
    number = 0
    with without_looking_back(), Feeder() as feeder:
        loader = Loader(by, visibility, reading.faults, replacing=replacing, feeder=feeder)
        for number, row in enumerate(reading):
            if number % ROWS == 0 and cancelled():
                raise Cancelled
            if len(reading.faults) < LISTED:
                loader.add(row)
        loader.finish()
    if reading.faults:
        raise Faulty(reading.faults, reading.more)
    return Summary(loader.many, len(replacing.cards) if replacing else 0, number)


@action("directory.export", needs=Permission.DIRECTORY_READ)
def export_cards(
    out: BinaryIO,
    *,
    by: User,
    kind: Format,
    profile: Profile,
    countries: Sequence[str] = (),
    passed: Passed = unseen,
) -> int:
    """Writes the cards that `by` may read, in profile `hsds` what is for everybody alone, and says how many."""
    batches = leaving.batches(leaving.organisations(profile, countries), profile, passed)
    return WRITE[kind](batches, leaving.free(profile), out)
