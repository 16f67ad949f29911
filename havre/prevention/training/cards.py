"""Cards for first-line officers, made of the lists of the program: four fit on a sheet of A4."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from havre.kernel.vocabularies import Row, load

FINAL = frozenset({"verified", "corroborated", "local"})


@dataclass(frozen=True)
class Line:
    """One line of a card."""

    text: str
    strong: bool = False


@dataclass(frozen=True)
class Card:
    """One card."""

    title: str
    lead: str
    parts: Sequence[tuple[str, Sequence[Line]]]  # a heading, or none, and its lines
    source: str
    provisional: bool
    tone: str = ""


def of(profile: str) -> list[Card]:
    """All cards, for people of that profile (adult or child, labour or sexual exploitation)."""
    return [_advice("do"), _advice("never"), _definition(), _eleven(), *_delphi(profile)]


def _words(row: Row, prefix: str = "label") -> str:
    return row.get(f"{prefix}_{(get_language() or 'en').partition('-')[0]}") or row[f"{prefix}_en"]


def _card(title: str, lead: str, parts: Sequence[tuple[str, list[Row]]], tone: str = "") -> Card:
    rows = [row for _head, some in parts for row in some]
    told = [(head, [Line(_words(row)) for row in some]) for head, some in parts]
    sources = ", ".join(dict.fromkeys(row["source"] for row in rows if not row["source"].startswith("SPEC")))
    return Card(title, lead, told, sources, any(row["status"] not in FINAL for row in rows), tone)


def _advice(kind: str) -> Card:
    rows = [row for row in load("first_line_advice").rows if row["kind"] == kind]
    if kind == "do":
        return _card(_("What to do"), _("One sign is enough to ask for advice."), [("", rows)], "do")
    return _card(_("What never to do"), "", [("", rows)], "never")


def _definition() -> Card:
    rows = load("palermo_elements").rows
    heads = (("ACT", _("An act")), ("MEANS", _("by a means")), ("PURPOSE", _("for exploitation")))
    parts = [(head, [row for row in rows if row["element"] == code]) for code, head in heads]
    lead = _("An act, by a means, for exploitation. Of a child, no means is needed.")
    return _card(_("What trafficking is"), lead, parts)


def _eleven() -> Card:
    lead = _("Forced labour: one of these may be enough, several together weigh more.")
    return _card(_("Eleven signs"), lead, [("", list(load("ilo_forced_labour_indicators").rows))])


def _delphi(profile: str) -> list[Card]:
    rows, found = load("delphi_indicators").rows, []
    for dimension in load("delphi_dimensions").rows:
        some = [row for row in rows if row["dimension"] == dimension["code"] and row[profile] in ("S", "M")]
        some.sort(key=lambda row: row[profile] != "S")
        lines = [Line(_sign(row, profile), row[profile] == "S") for row in some]
        unsure = any(row[f"status_{profile}"] not in FINAL for row in some)
        lead = _("Bold: a strong sign.") if any(each.strong for each in lines) else ""
        found.append(Card(_words(dimension), lead, [("", lines)], dimension["source"], unsure))
    return found


def _sign(row: Row, profile: str) -> str:
    sexual = profile.endswith("sexual") and row.get("sexual_en")
    return _words(row, "sexual" if sexual else "label")
