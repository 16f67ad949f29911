"""What whoever holds the records may know of a release, and nobody else: how far it is from the truth."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from havre.workbench.counting.fast import dense
from havre.workbench.protect import page
from havre.workbench.protect.estimate import Cells, Estimate
from havre.workbench.protect.measure import all_recorded
from havre.workbench.protect.plan import Set
from havre.workbench.reading import Reading
from havre.workbench.records import Codes
from havre.workbench.risk import k_map
from havre.workbench.threshold.kanon import groups

Counts = NDArray[np.int64]
WORST = 15
KS = (2, 5, 11)
NOT_FOR_PUBLICATION = (
    "NOT FOR PUBLICATION. These figures compare with the true records: published, they would undo the protection.",
    "NE PAS PUBLIER. Ces chiffres comparent avec les vrais dossiers\u00a0: publiés, ils annuleraient la protection.",
)


@dataclass(frozen=True)
class Off:
    """How far a table is: persons wrongly placed in tables and records over persons recorded, invented, within 2 sd."""

    columns: Set
    truth: int
    tables: int
    records: int
    cells: int
    invented: int
    within: int

    @property
    def share(self) -> float:
        """The error of the published table, of the persons recorded."""
        return self.tables / max(self.truth, 1)


def compared(truth: Codes, made: Estimate) -> list[Off]:
    """Each table against the rolled-up true codes, recorded cells only; an unpublished cell counts as 0 here."""
    sizes, found = [rolled.size for rolled in made.rolled], []
    for length in range(1, made.order + 1):
        sets = [each for each in made.cells if len(each) == length]
        real, synthetic = dense(truth, sizes, sets), dense(made.records.T, sizes, sets)
        found += [_off(each, made.cells[each], real[each], synthetic[each]) for each in sets]
    return found


def _off(columns: Set, cells: Cells, real: Counts, synthetic: Counts) -> Off:
    told, recorded = np.zeros_like(real), all_recorded(real.shape)
    told[tuple(cells.keys)] = cells.counts
    at_cells = real[tuple(cells.keys)]
    return Off(
        columns,
        int(real[recorded].sum()),
        int(np.abs(real - told)[recorded].sum()),
        int(np.abs(real - synthetic)[recorded].sum()),
        len(cells.counts),
        int((at_cells == 0).sum()),
        int((np.abs(at_cells - cells.counts) <= 2 * cells.sd).sum()),
    )


def write(path: Path, read: Reading, made: Estimate) -> None:
    """The page, readable by its owner alone."""
    coded = read.coded
    truth = np.stack([rolled.of(codes) for rolled, codes in zip(made.rolled, coded.codes, strict=True)])
    found = compared(truth, made)
    body = {lang: _body(lang, read, truth, made, found) for lang in page.LANGUAGES}
    path.write_text(page.whole(page.CUSTODIAN, body), encoding="utf-8")
    path.chmod(0o600)


def _body(lang: int, read: Reading, truth: Codes, made: Estimate, found: list[Off]) -> str:
    return "".join(
        (
            page.warning(NOT_FOR_PUBLICATION[lang]),
            page.title(page.CUSTODIAN[lang]),
            page.section(("The people", "Les personnes")[lang], page.table((), _people(lang, read, truth, made))),
            page.section(
                ("Errors, all tables of a length", "Erreurs, tous les tableaux d’une longueur")[lang],
                page.table(_HEAD[lang], [_sum(lang, k, found) for k in range(1, made.order + 1)]),
            ),
            page.section(
                ("The worst tables", "Les pires tableaux")[lang], page.table(_HEAD[lang], _worst(lang, read, found))
            ),
        )
    )


_HEAD = (
    ("Columns", "Error of the table", "Error of the records", "Invented cells", "Counts within 2 sd"),
    ("Colonnes", "Erreur du tableau", "Erreur des enregistrements", "Cases inventées", "Effectifs à moins de 2 é.-t."),
)


def _line(lang: int, name: str, own: list[Off]) -> tuple[str, ...]:
    """Shares over some tables together: errors of persons recorded, the rest of published cells."""
    truth, cells = (max(1, sum(each)) for each in zip(*((o.truth, o.cells) for o in own), strict=True))
    parts = [sum(o.tables for o in own) / truth, sum(o.records for o in own) / truth]
    parts += [sum(o.invented for o in own) / cells, sum(o.within for o in own) / cells]
    return name, *(page.percent(lang, part) for part in parts)


def _sum(lang: int, length: int, found: list[Off]) -> tuple[str, ...]:
    name = (("single values", "pairs", "triples"), ("valeurs seules", "paires", "triplets"))[lang][length - 1]
    return _line(lang, name, [each for each in found if len(each.columns) == length])


def _worst(lang: int, read: Reading, found: list[Off]) -> list[tuple[str, ...]]:
    worst = sorted(found, key=lambda each: -each.share)[:WORST]
    names = read.coded.columns
    return [_line(lang, " × ".join(names[c].name for c in each.columns), [each]) for each in worst]


def _people(lang: int, read: Reading, truth: Codes, made: Estimate) -> list[tuple[str, str]]:
    """Numbers and shares of true records, and k-map of the published ones with the file itself as the population."""
    codes, people = read.coded.codes, read.coded.codes.shape[1]
    ids, many = groups(codes)
    unique = float((np.bincount(ids, minlength=many) == 1).mean() * many / people)
    raised = np.any([row > rolled.leaves for row, rolled in zip(truth, made.rolled, strict=True)], axis=0)
    shares = [
        (("Records that no other is like", "Dossiers que nul autre n’égale"), unique),
        (("Persons with a value shown one level up only", "Personnes dont une valeur n’est montrée qu’au niveau"
          " supérieur"), float(raised.mean())),
    ]  # fmt: skip
    shares += [
        ((f"Synthetic records that fewer than {k} real persons are like, but somebody is (k-map)",
          f"Enregistrements synthétiques que moins de {k} vraies personnes égalent, mais au moins une (k-map)"),
         k_map(made.records.T, truth, k)) for k in KS
    ]  # fmt: skip
    numbers = [
        (("Records in the file", "Dossiers du fichier"), people),
        (("Records that lost answers to the cap", "Dossiers que la limite a écourtés"), read.shortened),
    ]
    told = [(name[lang], page.number(lang, value)) for name, value in numbers]
    return told + [(name[lang], page.percent(lang, value)) for name, value in shares]
