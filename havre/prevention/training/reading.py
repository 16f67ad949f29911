"""People from a spreadsheet, which a process of its own reads (SECURITY-DESIGN 8)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from havre.directory.folding import fold
from havre.kernel import places
from havre.kernel.guards import unguarded
from havre.kernel.vocabularies import load
from havre.platform.audit.actions import Refused
from havre.platform.sandbox import Ended, rows

MOST = 2000  # people of one file
TITLES = {
    "name": {"name", "full name", "nom", "nom complet", "nom et prenom", "prenom et nom"},
    "mail": {"mail", "email", "e-mail", "mail address", "courriel", "adresse mail", "adresse electronique", "mel"},
    "body": {"organisation", "organization", "organisme", "agency", "institution", "service"},
    "role": {"role", "function", "fonction", "profession"},
    "sex": {"sex", "sexe", "gender", "genre"},
    "age": {"age", "age group", "tranche d'age", "tranche d’age"},
    "country": {"country", "pays"},
}
SEXES = {"f": "female", "w": "female", "femme": "female", "woman": "female", "feminin": "female", "feminine": "female"}
SEXES |= {"m": "male", "h": "male", "homme": "male", "man": "male", "masculin": "male", "masculine": "male"}
BANDS = ((24, "under_25"), (34, "25_34"), (44, "35_44"), (54, "45_54"), (120, "from_55"))


@dataclass
class Found:
    """People of a file, and what of it was left out: the row, and a sentence."""

    people: list[dict[str, str]] = field(default_factory=list)
    notes: list[tuple[int, str]] = field(default_factory=list)


def people(file: BinaryIO) -> Found:
    """The people of the file; Refused, with one sentence, when it is no table of people."""
    found, columns = Found(), dict[str, int]()
    for row, cells in _rows(file):
        if not columns:
            columns = header(cells)
            if "name" not in columns:
                raise Refused(_("No column of names stands in the first row. Call one of its columns “Name”."))
            continue
        if len(found.people) == MOST:
            raise Refused(_("More than %(most)d people stand in this file. Split it.") % {"most": MOST})
        _person(row, {name: _cell(cells, place) for name, place in columns.items()}, found)
    if not columns:
        raise Refused(_("This file is empty."))
    return found


def header(cells: list[str]) -> dict[str, int]:
    """Which column stands for what."""
    titles = [fold(each) for each in cells]
    pairs = ((name, place) for name, known in TITLES.items() for place, title in enumerate(titles) if title in known)
    return dict(reversed(list(pairs)))


def _rows(file: BinaryIO) -> Iterator[tuple[int, list[str]]]:
    try:
        yield from ((number, cells) for number, cells, _unread in rows(file))
    except Ended as ended:
        raise Refused(_sentence(ended.code)) from None


def _sentence(code: str) -> str:
    if code == "empty":
        return _("This file is empty.")
    if code == "password":
        return _("This workbook is protected by a password. Take it away and give the file again.")
    if code in ("latin", "utf16"):
        return _("The letters of this file cannot be read. Save it as CSV UTF-8, or as a workbook (.xlsx).")
    if code in ("damaged", "quotes", "unclosed", "died", "failed"):
        return _("This file is damaged or was cut off. Save it anew as a workbook (.xlsx) and give it again.")
    if code in ("large", "parts", "unpacked", "bomb", "nested", "memory", "slow", "killed"):
        return _("This file is far larger than a list of people. Copy the list into a new workbook.")
    return _("This is no list of people. Give a workbook (.xlsx) or CSV UTF-8.")


def _cell(cells: list[str], place: int) -> str:
    text = unguarded(cells[place]) if place < len(cells) else ""
    return " ".join("".join(sign for sign in text if sign.isprintable() or sign.isspace()).split())[:200]


def _person(row: int, told: dict[str, str], found: Found) -> None:
    if not told["name"]:
        if any(told.values()):
            found.notes.append((row, _("nobody is named here; the row was left out")))
        return
    person = {"name": told["name"], "body": told.get("body", ""), "mail": told.get("mail", "")}
    if person["mail"] and not _is_mail(person["mail"]):
        found.notes.append((row, _("what stands for the mail address is none; it was left empty")))
        person["mail"] = ""
    for name, read in READ.items():
        text = told.get(name, "")
        person[name] = read(text) if text else ""
        if text and not person[name]:
            said = {"text": text[:40]}
            found.notes.append((row, _("“%(text)s” is not in the list; it was left empty") % said))
    found.people.append(person)


def _is_mail(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


@cache
def _meant(name: str) -> Mapping[str, str]:
    """Codes by their words in both languages, folded."""
    held = load(name)
    pairs = [(held.label(code, language), code) for code in held for language in ("en", "fr")]
    return {fold(text): code for text, code in [*pairs, *((code, code) for code in held)]}


@cache
def _lands() -> Mapping[str, str]:
    pairs = [(name, code) for language in ("en", "fr") for code, name in places.country_choices(language)]
    return {fold(text): code for text, code in [*pairs, *((code, code) for code in places.countries)]}


def _age(text: str) -> str:
    if text.isdecimal() and text.isascii():
        return next((code for most, code in BANDS if int(text[:4]) <= most), "")
    return _meant("trainee_ages").get(fold(text), "")


READ: Mapping[str, Callable[[str], str]] = {
    "role": lambda text: _meant("trainee_roles").get(fold(text), ""),
    "sex": lambda text: SEXES.get(fold(text)) or _meant("sexes").get(fold(text), ""),
    "age": _age,
    "country": lambda text: _lands().get(fold(text), ""),
}
