"""The tree of hashes of RFC 6962, section 2.1: one root stands for all rows of a batch and their order."""

from __future__ import annotations

from hashlib import sha256

EMPTY = sha256().digest()


def leaf(data: bytes) -> bytes:
    """The hash of one row."""
    return sha256(b"\0" + data).digest()


def node(before: bytes, after: bytes) -> bytes:
    """The hash of two neighbours."""
    return sha256(b"\1" + before + after).digest()


class Tree:
    """Leaves come one by one; of a million it holds twenty hashes."""

    def __init__(self) -> None:
        self.size = 0
        self._whole: list[bytes] = []  # the roots of whole trees, the largest first: one for each bit of the size

    def add(self, hashed: bytes) -> None:
        """One more leaf, hashed already."""
        grown = self.size
        while grown & 1:
            hashed = node(self._whole.pop(), hashed)
            grown >>= 1
        self._whole.append(hashed)
        self.size += 1

    def root(self) -> bytes:
        """The root of all leaves so far."""
        if not self._whole:
            return EMPTY
        *before, root = self._whole
        for each in reversed(before):
            root = node(each, root)
        return root
