"""Words that stand nowhere else: ten letters in five scripts, drawn anew for each run, and each way to spell them."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from urllib.parse import quote

SCRIPTS = {
    "Latin": "bcdfghjkmnpqrstvwxyz",
    "Arabic": "بتثجحخدذرزسشصضطظعغفقكلمنهوي",
    "Cyrillic": "бвгджзийклмнопрстуфхцчшщэюя",
    "Ethiopic": "ሀለመሠረሰሸቀበተኀነአከወዐዘየደገጠጸፀፈፐ",
    "Han": "陳林黃張李王吳劉蔡楊許鄭謝郭洪邱曾廖賴徐周葉蘇莊呂江何蕭羅高",
}
LETTERS = 10


def word(script: str) -> str:
    """A word that stands nowhere else."""
    return "".join(random.SystemRandom().choices(SCRIPTS[script], k=LETTERS))


@dataclass(frozen=True)
class Canary:
    """One script's word; what is written into a field is the word with the field's own mark behind it."""

    script: str
    stem: str

    def text(self, mark: str) -> str:
        """What is written into one field."""
        return f"{self.stem} {mark}"

    def spellings(self) -> dict[str, bytes]:
        """Every form in which the word could stand in a file."""
        plain = self.stem.encode()
        return {
            "UTF-8": plain,
            "UTF-16": self.stem.encode("utf-16-le"),
            "hexadecimal": plain.hex().encode(),
            "HEXADECIMAL": plain.hex().upper().encode(),
            "percent": quote(self.stem).encode(),
            "octal": "".join(f"\\{byte:03o}" for byte in plain).encode(),
            "JSON": json.dumps(self.stem).strip('"').encode(),
        }


def flock() -> list[Canary]:
    """One canary for each script."""
    return [Canary(script, word(script)) for script in SCRIPTS]
