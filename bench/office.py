"""The register of an invented office: `python -m bench.office ROWS OUT` writes it as OUT.csv or OUT.xlsx.

Same seed, same register. Every code of every list of the standard, the countries that are read wrong most often
(Namibia's `NA`, Kosovo's `XK`), many scripts, half-known birthdays and every field occur; then come rows as an office
has them. Everybody in it is invented.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from havre.exchange.formats.htcds import REFERENCE, fields, write
from havre.kernel.vocabularies import load

SEED = "an office"
LAST = date(2026, 2, 28)
NAMES = (
    ("Ndapewa", "!Gaeb"), ("فاطمة", "الحسن"), ("Олена", "Шевченко"), ("Quỳnh", "Nguyễn"), ("Adaeze", "Okafor"),
    ("Ștefan", "Țurcanu"), ("მარიამ", "ბერიძე"), ("አበበች", "ተስፋዬ"), ("美玲", "陳"), ("சுமதி", "ராஜன்"),
    ("Γεωργία", "Παπά"), ("Dijana", "Krasniqi-Đorđević"), ("শিউলি", "আক্তার"), ("Sopheap", "O’Brien"),
)  # fmt: skip
COUNTRIES = ("NA", "XK", "NG", "MD", "VN", "UA", "BD", "ET", "GE", "LK", "CI", "FR")
LANGUAGES = ("kj", "sq", "ig", "ro", "vi", "uk", "bn", "am", "ka", "ta", "fr", "ar")
TOWNS = ("Oshakati", "Приштина", "بيروت", "Port-Harcourt", "Bălți", "Hải Phòng", "L’Aquila", "東京")
BODIES = ("Foyer Sud", "Police; 2nd district", "Legal Aid", "Croix-Bleue", "Maison \\ Refuge")
WORKERS = ("Maria K.", "Joël B.", "Sister Anne")
OWNERS = ("Maria Kowalczyk", "Joël Barré", "amina.d")
TOLD = (
    "She wants to be paid; then to go home.\nHer sister knows.",
    "He asked for a lawyer.",
    'Said: "never again", and laughed.',
)
REMARKS, FOLDER = "Remarks of the office", "Colour of the folder"
# How often a field of the core is filled by an office that keeps its register with care.
SHARE = 0.6
OFTEN = {"prs_FirstName": 0.97, "prs_Gender": 0.98, "cas_Status": 0.98, "con_Consent": 0.95, "cas_CaseOwner": 0.4}


def columns(*, core: bool = False) -> list[str]:
    """The columns of the register: the reference and the core alone, or all there are and two of the office's own."""
    standard = [each.name for each in fields().values() if each.core or not core]
    known = [name for name in standard if not core or not fields()[name].deprecated]
    return [REFERENCE, *known, *(() if core else (REMARKS, FOLDER))]


def people(rows: int, *, seed: str = SEED, core: bool = False) -> Iterator[dict[str, str]]:
    """The rows: first those in which everything occurs, unless `core`, then those of an office."""
    rng = random.Random(seed)
    titles = columns(core=core)
    every = max(len(load(name).codes) for name in _coded())
    for number in range(rows):
        if not core and number < every:
            yield _full(number, rng)
        else:
            yield {name: cell for name, cell in _row(number, rng, titles).items() if cell}


def _coded() -> list[str]:
    return [each.name for each in fields().values() if each.kind in ("code", "codes", "reasons")]


def _full(number: int, rng: random.Random) -> dict[str, str]:
    """A row with every field, and of each list the code whose turn it is."""
    row = {name: _cell(name, rng) for name in columns()}
    for name in _coded():
        codes = load(name).codes
        row[name] = codes[number % len(codes)]
    row[REFERENCE] = f"A/{number:04}"
    row["prs_Birthdate"] = ("1991", "1991-07", "1991-07-30")[number % 3]
    row["prs_Citizenship"] = COUNTRIES[number % len(COUNTRIES)]
    row["prs_PrimaryLanguage"] = LANGUAGES[number % len(LANGUAGES)]
    row["prs_SecondaryLanguage"] = LANGUAGES[(number + 1) % len(LANGUAGES)]
    return row


def _row(number: int, rng: random.Random, titles: list[str]) -> dict[str, str]:
    row = {name: _cell(name, rng) for name in titles if rng.random() < OFTEN.get(name, SHARE)}
    row[REFERENCE] = f"B/{number:06}"
    if row.get("cas_Status") not in ("Closed", "ClosedReferred"):
        row.pop("cas_ReasonForCaseClosure", None)
    if "vic_TraffickingStatus" not in row:
        row.pop("vic_TraffickingStatusDecisionMakingOrg", None)
    return row


def _cell(name: str, rng: random.Random) -> str:
    """What might stand in this field."""
    kind = fields()[name].kind if name in fields() else "words"
    if kind in ("code", "reasons"):
        return rng.choice(load(name).codes)
    if kind == "codes":
        codes = load(name).codes
        return ";".join(sorted(rng.sample(codes, min(rng.choice((1, 1, 2, 3)), len(codes))), key=codes.index))
    return _text(name, kind, rng)


def _text(name: str, kind: str, rng: random.Random) -> str:
    day = LAST - timedelta(rng.randrange(2000))
    names = rng.choice(NAMES)
    told = {
        "day": str(day),
        "days": str(day),
        "born": str(date(1960 + rng.randrange(55), 1 + rng.randrange(12), 1 + rng.randrange(28))),
        "number": str(rng.randrange(9)),
        "age": str(5 + rng.randrange(50)),
        "decimal": f"{rng.uniform(-80, 80):.4f}",
        "tick": rng.choice(("true", "true", "true", "false")),
        "country": rng.choice(COUNTRIES),
        "countries": ";".join(sorted(rng.sample(COUNTRIES, rng.choice((1, 1, 1, 2))))),
        "language": rng.choice(LANGUAGES),
        "phone": f"+2648155{rng.randrange(10**5):05}",
        "email": f"person{rng.randrange(10**6)}@example.org",
        "words": rng.choice(TOLD),
    }
    lines = {
        "prs_FirstName": names[0],
        "prs_MiddleName": rng.choice(("Maria", "bint", "van der")),
        "prs_SecondName": names[1],
        "prs_Salutation": rng.choice(("Ms", "Mr", "Dr")),
        "prs_Title": rng.choice(("Director", "Cook", "Seamstress")),
        "prs_IdentityNumber": f"N{rng.randrange(10**8):08}",
        "cas_CaseOwner": rng.choice(OWNERS),
        "cas_ReferringOrganisation": rng.choice(BODIES),
        "cas_ReferredOrganisation": rng.choice(BODIES).replace(";", "\\;"),
        REMARKS: rng.choice(TOLD),
        FOLDER: rng.choice(("green", "blue", "")),
    }
    if name in lines:
        return lines[name]
    if name.endswith("CaseWorker"):
        return rng.choice(WORKERS)
    return told.get(kind) or f"{1 + rng.randrange(90)} {rng.choice(TOWNS)}"


def main(rows: int, out: Path, core: bool) -> None:
    """Writes the register."""
    with out.open("wb") as file:
        kind = "xlsx" if out.suffix == ".xlsx" else "csv"
        write(people(rows, core=core), columns(core=core), file, kind)  # type: ignore[arg-type]


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]), "--core" in sys.argv)
