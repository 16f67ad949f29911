"""A seal: what is signed when a batch of the record is closed, in the words that are signed. Plain Python.

Each seal names the head of the seal before, and its own head is the hash of its words. So one head that is kept outside
stands for everything that was sealed before it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

FIRST = bytes(32)  # what the first seal names as the one before
MOMENT = "%Y-%m-%dT%H:%M:%S.%fZ"
WORDS = re.compile(
    r"havre seal 1\nnumber: (\d{1,18})\nrows: (\d{1,18})\nmarks: (\d{1,18}) (\d{1,18})\nfirst: (\S+)\nlast: (\S+)\n"
    r"sealed: (\S+)\nroot: ([0-9a-f]{64})\nprevious: ([0-9a-f]{64})\nkey: ([0-9a-f]{64})\n"
)
HEAD = re.compile(r"^number: (\d{1,18})$.*?^head: ([0-9a-f]{64})$", re.MULTILINE | re.DOTALL)
GROUPS, DIGITS = 10, 5


@dataclass(frozen=True)
class Seal:
    """One closed batch: its number, its rows by their marks and times, its root, the head before, the key."""

    number: int
    rows: int
    since: int
    upto: int
    first_at: datetime
    last_at: datetime
    at: datetime
    root: bytes
    previous: bytes
    key: bytes

    @property
    def words(self) -> str:
        """What is signed."""
        first, last, at = (each.astimezone(UTC).strftime(MOMENT) for each in (self.first_at, self.last_at, self.at))
        return (
            f"havre seal 1\nnumber: {self.number}\nrows: {self.rows}\nmarks: {self.since} {self.upto}\n"
            f"first: {first}\nlast: {last}\nsealed: {at}\n"
            f"root: {self.root.hex()}\nprevious: {self.previous.hex()}\nkey: {self.key.hex()}\n"
        )

    @property
    def head(self) -> bytes:
        """What stands for this seal and all before it."""
        return sha256(self.words.encode()).digest()

    @classmethod
    def read(cls, words: str) -> Seal:
        """The seal of these words; ValueError when they are not exactly the words of one."""
        found = WORDS.fullmatch(words)
        if not found:
            raise ValueError("these are not the words of a seal")
        first, last, at = (datetime.strptime(each, MOMENT).replace(tzinfo=UTC) for each in found.group(5, 6, 7))
        number, rows, since, upto = (int(each) for each in found.group(1, 2, 3, 4))
        root, previous, key = (bytes.fromhex(each) for each in found.group(8, 9, 10))
        return cls(number, rows, since, upto, first, last, at, root, previous, key)


def spoken(hashed: bytes) -> str:
    """Ten groups of five digits that two people compare by telephone, in any language."""
    digits = str(int.from_bytes(hashed) % 10 ** (GROUPS * DIGITS)).zfill(GROUPS * DIGITS)
    return " ".join(digits[place : place + DIGITS] for place in range(0, len(digits), DIGITS))


def head_text(seal: Seal) -> str:
    """The head as it leaves the machine: a few lines to print, to send, to read out."""
    return (
        f"Head of a record of Havre. Keep it outside the installation: it shows later whether the record was changed.\n"
        f"number: {seal.number}\nsealed: {seal.at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}\nhead: {seal.head.hex()}\n"
        f"by voice: {spoken(seal.head)}\nkey by voice: {spoken(sha256(seal.key).digest())}\n"
    )


def read_heads(text: str) -> dict[int, set[bytes]]:
    """The heads of such a text, or of several one after the other, by the number of their seal."""
    found: dict[int, set[bytes]] = {}
    for number, head in HEAD.findall(text):
        found.setdefault(int(number), set()).add(bytes.fromhex(head))
    return found
