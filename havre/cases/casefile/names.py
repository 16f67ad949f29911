"""Finding somebody by name, though every name is sealed.

The promise: nobody is shown a name that the database does not let this very request read, and nobody's search compares
names that the database has never let them read. Names are opened once, kept in the memory of this process alone, in
romanised form, agency by agency, and forgotten after ten idle minutes. What was searched for is written nowhere; that
somebody searched, and whom they found, is recorded. It rests on SECURITY-DESIGN 4; ADR 19 says why it is so.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from uuid import UUID

from django.db import connection

from havre.cases.people.models import Case, CaseAccess, PersonName
from havre.platform.accounts.models import User
from havre.platform.crypto import keyring

from . import sounds
from .ranking import Index
from .rows import full

MOST = 50_000  # names in the memory of one process
AT_FIRST = 45_000  # of them at a first reading, so that what is new later finds room
IDLE = 600  # seconds
SHOWN = 20
LEAST = 3  # letters
AT_ONCE = 2000
CONFIRMED = 60  # of the nearest, how many the database is asked about first
NEVER = 2**62  # later than any mark
Row = tuple[UUID, UUID, int]  # the key, person and version of a name

# Who asks, up to where all is known, and the names whose own row or row of access was written since the last search.
SINCE = """
    select asking.principals, asking.settled, n.id, n.person_id, n.version
    from (
        select havre.principals() as principals, pg_snapshot_xmin(pg_current_snapshot())::text::bigint as settled
    ) asking
    left join people_personname n on n.person_id = any (array(
        select a.person_id from people_caseaccess a
        where a.mark > 0 and a.mark >= %s and a.mark <= greatest(
            pg_snapshot_xmax(pg_current_snapshot())::text::bigint - 1,
            pg_current_xact_id_if_assigned()::text::bigint)))"""
CONFIRM = "select id, person_id, version from people_personname where id = any (%s)"


@dataclass
class Reader:
    """What one user was let read: the numbers of the names, for these principals, up to this mark."""

    principals: list[int]
    settled: int = NEVER
    told: set[int] = field(default_factory=set)


class Shelf:
    """The names of one agency that its users were let read, opened once."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.clear()

    def clear(self) -> None:
        """Forgets everything."""
        self.index = Index()
        self.rows: dict[int, Row] = {}  # by the number of the name in the index
        self.readers: dict[UUID, Reader] = {}
        self._numbers: dict[UUID, int] = {}  # by the key of the name

    def stale(self, rows: Iterable[Row]) -> list[UUID]:
        """The keys of those that are new here or were changed."""
        return [row[0] for row in rows if row[0] not in self._numbers or self.rows[self._numbers[row[0]]] != row]

    def put(self, name: PersonName) -> None:
        """A name as it stands now, in the place of what it was."""
        if before := self._numbers.pop(name.pk, 0):
            self.index.remove(before)
            del self.rows[before]
        number = self.index.add(sounds.heard(full(name)))
        self._numbers[name.pk], self.rows[number] = number, (name.pk, name.person_id, name.version)

    def numbers(self, rows: Iterable[Row]) -> Iterator[int]:
        """The numbers of those that stand here."""
        return (self._numbers[key] for key, _person, _version in rows if key in self._numbers)


_shelves: dict[UUID, Shelf] = {}  # by agency, the one used last at the end
_timers: dict[UUID, threading.Timer] = {}
_lock = threading.Lock()


def find(text: str, *, by: User) -> list[UUID]:
    """The people whose names are nearest to the text, nearest first; none for fewer than three letters."""
    asked = sounds.heard(text)
    if sum(map(len, asked.words)) < LEAST:
        return []
    shelf = _taken(by.agency_id)
    while True:
        with shelf.lock:
            reader = _told(shelf, by)
            nearest = {number: shelf.rows[number] for number in shelf.index.rank(asked, reader.told)}
        people, refused = _confirmed(nearest)
        if not refused:
            return people
        reader.told -= refused  # what was withdrawn stands in nobody's way


def forget(agency: UUID | None = None) -> None:
    """Drops the names of one agency, or of all."""
    with _lock:
        for each in [agency] if agency else list(_shelves):
            _shelves.pop(each, None)
            if timer := _timers.pop(each, None):
                timer.cancel()


def _taken(agency: UUID) -> Shelf:
    """The names kept for that agency; their ten idle minutes begin anew."""
    with _lock:
        shelf = _shelves[agency] = _shelves.pop(agency) if agency in _shelves else Shelf()
        if old := _timers.pop(agency, None):
            old.cancel()
        timer = _timers[agency] = threading.Timer(IDLE, forget, [agency])
        timer.daemon = True
        timer.start()
    return shelf


def _told(shelf: Shelf, by: User) -> Reader:
    """What this user was let read, with everything that is new to them since their last search."""
    reader = shelf.readers.get(by.pk)
    with connection.cursor() as cursor:
        cursor.execute(SINCE, [reader.settled if reader else NEVER])
        answer = cursor.fetchall()
    principals, settled = answer[0][:2]
    new: list[Row] = [row[2:] for row in answer if row[2]]
    if reader is None or reader.principals != principals:
        reader, new = shelf.readers.setdefault(by.pk, Reader(principals)), _visible()
        reader.principals, reader.told = principals, set()
    if not _fits(shelf, len(shelf.stale(new))):
        shelf.clear()
        reader, new = shelf.readers.setdefault(by.pk, Reader(principals)), _visible()
    stale = shelf.stale(new)
    for start in range(0, len(stale), AT_ONCE):
        rows = list(PersonName.objects.filter(pk__in=stale[start : start + AT_ONCE]))
        keyring.load(row.person_id for row in rows)
        for row in rows:
            shelf.put(row)
    reader.told.update(shelf.numbers(new))
    reader.settled = settled
    return reader


def _visible() -> list[Row]:
    """The key, person and version of each name this request may read; of too many, those of the newest files."""
    people = CaseAccess.objects.order_by("-opened").values("person_id")[:AT_FIRST]
    names = PersonName.objects.filter(person_id__in=people)
    return list(names.values_list("pk", "person_id", "version")[:AT_FIRST])


def _fits(shelf: Shelf, coming: int) -> bool:
    """Whether so many more names may be kept, those of the agencies used longest ago forgotten when they must be."""
    for agency, other in list(_shelves.items()):
        if sum(len(each.rows) for each in _shelves.values()) + coming <= MOST:
            return True
        if other is not shelf:
            forget(agency)
    return len(shelf.rows) + coming <= MOST or not shelf.rows


def _confirmed(nearest: dict[int, Row]) -> tuple[list[UUID], set[int]]:
    """The people of these names, in that order, whom the database lets this request read; the names it does not."""
    people: dict[UUID, None] = {}
    refused: set[int] = set()
    left, many = iter(nearest.items()), CONFIRMED
    while len(people) < SHOWN and (some := list(islice(left, many))):
        with connection.cursor() as cursor:
            cursor.execute(CONFIRM, [[key for _number, (key, _person, _version) in some]])
            readable = set(cursor.fetchall())
        people.update(dict.fromkeys(row[1] for _number, row in some if row in readable))
        refused.update(number for number, row in some if row not in readable)
        many *= 4
    return list(people)[:SHOWN], refused


def files_of(people: Sequence[UUID]) -> list[Case]:
    """The files of these people that the reader may open, in the same order."""
    place = {person: number for number, person in enumerate(people)}
    found = Case.objects.filter(person_id__in=people).select_related("person", "owner")
    return sorted(found, key=lambda case: (place[case.person_id], case.reference))[:SHOWN]
