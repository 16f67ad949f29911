"""The data keys of the subjects one request may reach, unwrapped once and forgotten with the request."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.utils import timezone

from .models import SubjectKey
from .provider import LocalKeys, Provider
from .seal import Broken, Erased

KEYS = "select subject_id, generation, agency_id, wrapped from crypto_subjectkey where subject_id = any(%s)"
Ring = dict[UUID, dict[int, bytes | None]]  # None: that generation was destroyed
_ring: ContextVar[Ring | None] = ContextVar("ring", default=None)


@lru_cache(maxsize=1)
def provider() -> Provider:
    """The key provider of this installation."""
    return LocalKeys(settings.HAVRE_KEYS / "roots.json")


def mac(purpose: str, message: str) -> bytes:
    """A keyed hash that only this installation can make (32 bytes)."""
    return provider().mac(purpose, message.encode())


def claims_pads() -> list[bytes]:
    """The inner and outer padded key of RFC 2104 under which the database checks `mac("claims", …)`."""
    key = provider().root("server:claims").ljust(64, b"\0")
    return [bytes(byte ^ pad for byte in key) for pad in (0x36, 0x5C)]


@contextmanager
def held() -> Iterator[None]:
    """Keeps unwrapped keys for the length of one request, job or command."""
    token = _ring.set({})
    try:
        yield
    finally:
        _ring.reset(token)


def _context(agency: UUID, subject: UUID, generation: int) -> bytes:
    return f"{agency}|{subject}|{generation}".encode()


def drawn() -> bytes:
    """A new data key."""
    return secrets.token_bytes(32)


def fresh(agency: UUID, subject: UUID, generation: int = 1, key: bytes = b"") -> bytes:
    """A new data key, or the one that was drawn, wrapped and ready to be stored."""
    return provider().wrap(str(agency), _context(agency, subject, generation), key or drawn())


def hold(keys: Iterable[tuple[UUID, bytes]]) -> None:
    """Holds the first keys of new subjects, so that nobody asks the database for them."""
    ring = _ring.get()
    if ring is not None:
        ring.update((subject, {1: key}) for subject, key in keys)


def release(subjects: Iterable[UUID]) -> None:
    """Forgets the keys of these subjects before the request ends: work on many holds few at a time."""
    ring = _ring.get() or {}
    for subject in subjects:
        ring.pop(subject, None)


def load(subjects: Iterable[UUID]) -> Ring:
    """The keys of these subjects by generation; one query for those not yet held. Subjects out of reach are missing."""
    ring = _ring.get()
    ring = {} if ring is None else ring
    missing = {subject for subject in subjects if subject not in ring}
    if missing:
        with connection.cursor() as cursor:
            cursor.execute(KEYS, [list(missing)])
            for subject, generation, agency, wrapped in cursor.fetchall():
                ring.setdefault(subject, {})[generation] = _unwrapped(subject, generation, agency, wrapped)
    return ring


def _unwrapped(subject: UUID, generation: int, agency: UUID, wrapped: bytes | memoryview | None) -> bytes | None:
    if wrapped is None:
        return None
    return provider().unwrap(str(agency), _context(agency, subject, generation), bytes(wrapped))


def key(subject: UUID, generation: int) -> bytes:
    """The key of that generation; Erased when it was destroyed, Broken when it is out of reach."""
    try:
        found = load([subject])[subject][generation]
    except KeyError:
        raise Broken(f"no key of generation {generation} for this subject") from None
    if found is None:
        raise Erased("the key of this value was destroyed")
    return found


def newest(subject: UUID) -> tuple[int, bytes]:
    """The generation and key that seal new values of the subject."""
    keys = {generation: key for generation, key in load([subject]).get(subject, {}).items() if key is not None}
    if not keys:
        raise Broken("no key for this subject: it was erased or is out of reach")
    return max(keys.items())


def destroy(subject: UUID) -> None:
    """Destroys every key of the subject: what they sealed cannot be read again, here or in a backup with its list."""
    SubjectKey.objects.filter(subject_id=subject, destroyed_on=None).update(wrapped=None, destroyed_on=timezone.now())
    (_ring.get() or {}).pop(subject, None)


def renew(subject: UUID, agency: UUID, kind: str) -> None:
    """Gives the subject a key of a new generation."""
    generation = 1 + (
        SubjectKey.objects.filter(subject_id=subject)
        .order_by("-generation")
        .values_list("generation", flat=True)
        .first()
        or 0
    )
    wrapped = fresh(agency, subject, generation)
    SubjectKey.objects.create(subject_id=subject, generation=generation, kind=kind, agency_id=agency, wrapped=wrapped)
    (_ring.get() or {}).pop(subject, None)
