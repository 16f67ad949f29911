"""A text of law, cut at the lines that begin an article."""

from __future__ import annotations

import re
from typing import NamedTuple

WORD = (
    r"article|art\.?|section|sec\.?|clause|§|artículo|artigo|articolo|artikel|"
    r"المادة|مادة|стаття|статья|член|madde|neni|moddasi"
)
HEADING = re.compile(
    rf"[ \t]*(?:{WORD})[ \t]*(?:n[o°ºᵒ]\.?[ \t]*)?"
    r"(\d+(?:[-.]\d+)*(?:[ \t]?(?:bis|ter|quater|[a-z]))?|premier|première|1er|unique|[ivxlc]+)(?![\w(])"
    r"[ \t.:–—-]*(.{0,150})",
    re.IGNORECASE,
)
FIRST = {"premier", "première", "1er", "unique", "i"}
MOST = 1000  # articles of a text; what comes after stands in the last
RUNS_ON = re.compile(r"(of|du|de|des|d’|d'|and|et|shall|est|is|to|à|,|;)\b", re.IGNORECASE)


class Article(NamedTuple):
    """One article: its number (nothing for what stands before the first), the line it begins with, its words."""

    number: str
    heading: str
    body: str

    @property
    def whole(self) -> str:
        """Heading and words."""
        return f"{self.heading}\n{self.body}".strip()


def split(text: str) -> list[Article]:
    """The articles of a text in their order; one without a number where no line begins an article."""
    found: list[tuple[str, str, list[str]]] = [("", "", [])]
    seen: dict[str, int] = {}
    for line in text.splitlines():
        began = _begins(line) if len(found) <= MOST else None
        if began is None:
            found[-1][2].append(line)
            continue
        seen[began] = seen.get(began, 0) + 1
        found.append((began if seen[began] == 1 else f"{began} ({seen[began]})", line.strip(), []))
    articles = [Article(number, heading, "\n".join(lines).strip()) for number, heading, lines in found]
    return [each for each in articles if each.number or each.body] or [Article("", "", "")]


def _begins(line: str) -> str | None:
    """The number of the article that this line begins; None for any other, as one that names an article in passing."""
    match = HEADING.fullmatch(line.rstrip())
    if match is None or RUNS_ON.match(match[2]):
        return None
    number = " ".join(match[1].casefold().split())
    return "1" if number in FIRST else number[:30]
