"""Finding somebody by name, though every name is sealed.

The promise: only names that the database lets this request read are compared. They are opened once, kept in the memory
of this process alone, in romanised form, agency by agency, and forgotten after ten idle minutes. What was searched for
is written nowhere; that somebody searched, and whom they found, is recorded. It rests on SECURITY-DESIGN 4.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from uuid import UUID

from havre.cases.people.models import Case, CaseAccess, PersonName
from havre.platform.accounts.models import User
from havre.platform.crypto import keyring

from . import sounds
from .rows import full
from .sounds import Name

MOST = 50_000  # names in the memory of one process
IDLE = 600  # seconds
SHOWN = 20
LEAST = 3  # letters
AT_ONCE = 2000
Kept = dict[UUID, tuple[int, Name]]  # the key of a name: its version, and how it sounds

_kept: dict[UUID, Kept] = {}  # by agency, the one used last at the end
_timers: dict[UUID, threading.Timer] = {}
_lock = threading.Lock()


def find(text: str, *, by: User) -> list[UUID]:
    """The people whose names are nearest to the text, nearest first; none for fewer than three letters."""
    asked = sounds.heard(text)
    if sum(map(len, asked.words)) < LEAST:
        return []
    visible = _visible()
    kept = _kept_for(by.agency_id, visible)
    ranked = sounds.rank(asked, {key: kept[key][1] for key, _person, _version in visible if key in kept})
    person_of = {key: person for key, person, _version in visible}
    return list(dict.fromkeys(person_of[key] for key in ranked))[:SHOWN]


def forget(agency: UUID | None = None) -> None:
    """Drops the names of one agency, or of all."""
    with _lock:
        for each in [agency] if agency else list(_kept):
            _kept.pop(each, None)
            timer = _timers.pop(each, None)
            if timer:
                timer.cancel()


def _visible() -> list[tuple[UUID, UUID, int]]:
    """The key, person and version of each name this request may read; of too many, those of the newest files."""
    people = CaseAccess.objects.order_by("-opened").values("person_id")[:MOST]
    names = PersonName.objects.filter(person_id__in=people)
    return list(names.values_list("pk", "person_id", "version")[:MOST])


def _kept_for(agency: UUID, visible: Sequence[tuple[UUID, UUID, int]]) -> Kept:
    """The names of the agency in memory, those that are new or were changed opened now."""
    with _lock:
        kept = _kept.pop(agency, {})
        _kept[agency] = kept
        _awake(agency)
    stale = [key for key, _person, version in visible if key not in kept or kept[key][0] != version]
    _make_room(agency, len(stale))
    for start in range(0, len(stale), AT_ONCE):
        kept.update(_opened(stale[start : start + AT_ONCE]))
    return kept


def _opened(keys: Iterable[UUID]) -> Kept:
    rows = list(PersonName.objects.filter(pk__in=keys))
    keyring.load(row.person_id for row in rows)
    return {row.pk: (row.version, sounds.heard(full(row))) for row in rows}


def _make_room(agency: UUID, coming: int) -> None:
    """Forgets the agencies used longest ago, then what this agency no longer shows, until the new names fit."""
    for other in list(_kept):
        if sum(map(len, _kept.values())) + coming <= MOST:
            return
        if other != agency:
            forget(other)
    if len(_kept.get(agency, {})) + coming > MOST:
        _kept[agency].clear()


def _awake(agency: UUID) -> None:
    """Counts the ten idle minutes anew."""
    old = _timers.pop(agency, None)
    if old:
        old.cancel()
    _timers[agency] = threading.Timer(IDLE, forget, [agency])
    _timers[agency].daemon = True
    _timers[agency].start()


def files_of(people: Sequence[UUID]) -> list[Case]:
    """The files of these people that the reader may open, in the same order."""
    place = {person: number for number, person in enumerate(people)}
    found = Case.objects.filter(person_id__in=people).select_related("person", "owner")
    return sorted(found, key=lambda case: (place[case.person_id], case.reference))[:SHOWN]
