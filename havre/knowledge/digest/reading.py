"""Feeds and mails are read by a process that can do nothing else; what it says of them comes back here."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from havre.platform.sandbox import Ended, lines

READER = "havre.knowledge.digest.reader"


class Unreadable(Exception):
    """Nothing was read, for a reason that `sentences` has words for."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Told:
    """A story as its source tells it."""

    title: str
    link: str
    guid: str
    summary: str
    day: date | None
    sender: str = ""


def read(kind: str, body: bytes, url: str = "", media: str = "") -> list[Told]:
    """The stories of a feed, or the one of a mail."""
    head = json.dumps({"kind": kind, "url": url, "media": media}).encode() + b"\n"
    found: list[Told] = []
    try:
        for line in lines(io.BytesIO(head + body), READER):
            said: dict[str, Any] = json.loads(line)
            if "refused" in said:
                raise Unreadable(said["refused"])
            if "end" in said:
                return found
            found.append(Told(**{**said, "day": date.fromisoformat(said["day"]) if said["day"] else None}))
    except Ended as ended:
        raise Unreadable("heavy" if ended.code in ("slow", "killed", "line") else "malformed") from None
    raise Unreadable("malformed")
