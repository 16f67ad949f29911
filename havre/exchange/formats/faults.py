"""What is wrong with a register: where, and in a sentence that says what to do and never repeats what stands there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

LISTED = 1000
Value = str | int


def _(message: str) -> str:
    """Marks a message for the catalogues; it is translated when it is read."""
    return message


@dataclass(frozen=True)
class Sentence:
    """A message and its values, which becomes words in the language of whoever reads it."""

    message: str
    values: Mapping[str, Value] = field(default_factory=dict)

    def __str__(self) -> str:
        from django.conf import settings
        from django.utils.translation import gettext

        # A command may find faults before Django has begun; it speaks English.
        said = gettext(self.message) if settings.configured else self.message
        return said % self.values


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong: its row (0: the whole file), its column, and what to do."""

    row: int
    column: str
    sentence: object  # a Sentence, or a text (of another room) that is translated when it is read

    def at(self, name: str) -> str:
        """The fault as one line, of a file of that name."""
        where = f"{name}:{self.row}" if self.row else name
        return ": ".join(filter(None, [where, self.column, str(self.sentence)]))

    def stored(self) -> dict[str, Any]:
        """The fault as JSON holds it, without a language."""
        said = (
            self.sentence if isinstance(self.sentence, Sentence) else Sentence("%(said)s", {"said": str(self.sentence)})
        )
        return {"row": self.row, "column": self.column, "message": said.message, "values": dict(said.values)}

    @classmethod
    def again(cls, stored: Mapping[str, Any]) -> Fault:
        """The fault that was stored."""
        return cls(stored["row"], stored["column"], Sentence(stored["message"], stored["values"]))
