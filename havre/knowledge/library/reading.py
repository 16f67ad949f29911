"""A stranger's file as the process that reads it tells it, and the sentence for each way in which it cannot be read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from havre.platform import sandbox

READER = "havre.knowledge.library.sandbox"
PDF: dict[str, Promise] = {
    "locked": _("This PDF is locked with a password. Its words are found once you give one without a lock."),
    "broken": _("This PDF is damaged, so that its words cannot be read."),
    "pages": _("This PDF has more than 2,000 pages. Its words are not read; give it in parts."),
    "bomb": _("This PDF grows without end when it is opened, so that its words were not read."),
    "memory": _("This PDF grows without end when it is opened, so that its words were not read."),
    "slow": _("To read this PDF takes too long. Its words are not found; give it in parts, or saved anew."),
    "large": _("This PDF is larger than 20 MB. Its words are not read; give it in parts."),
    "empty": _("This PDF has pictures of pages, and no words that can be read."),
    "died": _("This PDF could not be read. The file itself is kept."),
}
LIST: dict[str, Promise] = {
    "heavy": _("This list is too large. Bring it in parts of at most 2,000 entries and 8 MB."),
    "many": _("This list has more than 2,000 entries. Bring it in parts."),
    "none": _("No entry was found in this file. Give a list in BibTeX or in CSL-JSON."),
    "json": _("This is no JSON that can be read: something is wrong in line %(line)s."),
    "slow": _("To read this list takes too long. Bring it in parts."),
    "died": _("This list could not be read. Give one in BibTeX or in CSL-JSON."),
}


class Unread(Exception):
    """The file cannot be read: a code that PDF or LIST has a sentence for, and the line where it has one."""

    def __init__(self, code: str, line: int = 0) -> None:
        super().__init__(code)
        self.code, self.line = code, line


def told(file: BinaryIO) -> Iterator[dict[str, Any]]:
    """What the reader says of the file, to its end; Unread when it does not get there."""
    try:
        for line in sandbox.lines(file, READER):
            each = json.loads(line)
            if each.get("end"):
                return
            if "refused" in each:
                place, code, _values = each["refused"]
                raise Unread("died" if code == "failed" else code, place)
            yield each
    except sandbox.Ended as ended:
        raise Unread("slow" if ended.code == "slow" else "died") from None


def sentence(sentences: dict[str, Promise], unread: Unread) -> str:
    """Why it cannot be read, in the reader's words."""
    said = str(sentences.get(unread.code, sentences["died"]))
    return said % {"line": unread.line} if "%(line)s" in said else said
