"""What whoever holds the records may know of a release, and nobody else: what attacks found, how far it is off."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from havre.workbench import zeros
from havre.workbench.counting.fast import dense
from havre.workbench.protect import custodian_words as words
from havre.workbench.protect import page
from havre.workbench.protect.estimate import Cells, Estimate
from havre.workbench.protect.facts import Promise
from havre.workbench.protect.measure import all_recorded
from havre.workbench.protect.page import number, percent
from havre.workbench.protect.plan import Set
from havre.workbench.protect.trial import Custody, Trial, rolled_codes
from havre.workbench.reading import Reading
from havre.workbench.records import Coded, Codes
from havre.workbench.risk import FALSE, KS, LOUD, Figure, Risk, alone, k_map
from havre.workbench.threshold.tables import columns_of

Counts = NDArray[np.int64]
WORST, SEEN = 15, 1 / 200  # tables named; share of persons that a table must have
Rows = list[tuple[str, ...]]


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


@dataclass(frozen=True)
class Known:
    """All the page is made from: the true records, leaf codes and rolled-up, the release, its promise, its attacks."""

    read: Reading
    truth: Codes
    made: Estimate
    promise: Promise
    custody: Custody
    trial: Trial | None
    off: list[Off]


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


def write(path: Path, read: Reading, made: Estimate, promise: Promise, custody: Custody, trial: Trial | None) -> None:
    """The page, readable by its owner alone."""
    truth = rolled_codes(read.coded.codes, made)
    known = Known(read, truth, made, promise, custody, trial, compared(truth, made))
    body = {lang: _body(lang, known) for lang in page.LANGUAGES}
    path.write_text(page.whole(page.CUSTODIAN, body), encoding="utf-8")
    path.chmod(0o600)


def _body(lang: int, known: Known) -> str:
    tried = known.trial is not None and known.trial.risk.targets > 0
    return "".join(
        (
            page.warning(words.NOT_FOR_PUBLICATION[lang]),
            page.title(page.CUSTODIAN[lang]),
            page.section(words.VERDICT_HEAD[lang], _verdict(lang, known)),
            _attacks(lang, known, known.trial) if known.trial and tried else "",
            page.section(
                words.UNIQUE_HEAD[lang],
                page.paragraphs(words.UNIQUE[lang]) + page.table((), _people(lang, known), words.LOUD[lang]),
            ),
            page.section(
                words.ERROR_HEAD[lang],
                page.paragraphs(words.ERROR[lang])
                + page.table(
                    words.ERROR_COLUMNS[lang], [_sum(lang, k, known.off) for k in range(1, known.made.order + 1)]
                ),
            ),
            page.section(
                words.WORST_HEAD[lang],
                page.paragraphs(words.WORST[lang]) + page.table(words.ERROR_COLUMNS[lang], _worst(lang, known)),
            ),
        )
    )


def _verdict(lang: int, known: Known) -> str:
    """What to know before anything else: whether an attack was an alarm, and how far the tables are off."""
    longest = [each for each in known.off if len(each.columns) == known.made.order]
    error = 100 * sum(each.tables for each in longest) / max(1, sum(each.truth for each in longest))
    told = number(lang, error) if error >= 1 else words.LESS[lang]
    length = words.LENGTHS[lang][known.made.order - 1]
    said = _found(lang, known)
    found = page.warning(" ".join(said)) if len(said) > 1 else page.paragraphs(*said)
    return found + page.paragraphs(words.ERROR_SHORT[lang].format(error=told, length=length))


def _found(lang: int, known: Known) -> list[str]:
    """What the attacks came to, and where they found something whether the promise allows it."""
    risk = known.trial.risk if known.trial else None
    if risk is None or not risk.targets:
        return [(words.NOBODY_RARE if risk else words.NOT_TRIED)[lang]]
    alarms = [name for name, figure in risk.figures.items() if figure.alarm]
    if not alarms:
        return [words.CALM[lang]]
    beyond = any(_beyond(name, risk, known.promise) for name in alarms)
    said = words.ALARM[lang].format(many=len(alarms), all=len(risk.figures))
    epsilon = page.decimal(lang, known.promise.epsilon)
    return [said, words.BEYOND[lang] if beyond else words.ALLOWED[lang].format(epsilon=epsilon)]


def _beyond(name: str, risk: Risk, promise: Promise) -> bool:
    """Whether a figure is surely above what (epsilon, delta) allows: a factor for shares, the surest belief for AUC.

    A share may be another than it came out by 3 in as many as were tried (the rule of three).
    """
    figure, allowed, seldom = risk.figures[name], promise.surest, 3 / risk.targets
    if name in risk.beside:
        controls = risk.beside[name].controls
        allowed = min(1.0, math.exp(promise.epsilon) * (controls + seldom) + promise.delta) - controls
    return figure.value - LOUD * figure.error - seldom > allowed


def _attacks(lang: int, known: Known, trial: Trial) -> str:
    """Who was told apart and what was guessed, each beside what the promise allows or what is known of anybody."""
    risk, promise = trial.risk, known.promise
    most = min(1.0, math.exp(promise.epsilon) * FALSE + promise.delta)
    allowed = {"ceiling": page.ceiling(lang, promise.surest), "most": number(lang, 100 * most)}
    people = {"members": number(lang, risk.members), "controls": number(lang, risk.controls)}
    compared_with = (words.HELD_OUT if trial.rehearsed else words.WITH_CONTROL)[lang].format(**people)
    parts = [
        page.section(
            words.HOW_HEAD[lang],
            page.paragraphs(compared_with, words.TARGETS[lang].format(targets=number(lang, risk.targets))),
        ),
        page.section(
            words.MEMBER_HEAD[lang],
            page.paragraphs(words.MEMBER[lang].format(**allowed))
            + page.table(words.MEMBER_COLUMNS[lang], _members(lang, risk), words.LOUD[lang]),
        ),
        page.section(
            words.SECRET_HEAD[lang],
            page.paragraphs(words.SECRET[lang])
            + page.table(words.SECRET_COLUMNS[lang], _secrets(lang, risk), words.LOUD[lang]),
        ),
    ]
    return "".join(parts)


def _said(lang: int, figure: Figure) -> str:
    return (words.LOUD if figure.alarm else words.FINE)[lang]


def _members(lang: int, risk: Risk) -> Rows:
    """A line for each way of telling members from others: 100 times the area under its curve, two standard errors."""
    rows: Rows = []
    for name, told in words.WAYS.items():
        figure = risk.figures[name]
        right = f"{page.fixed(lang, 100 * figure.value)} ± {page.fixed(lang, 200 * figure.error)}"
        found = page.fixed(lang, 100 * risk.true_positives[name])
        rows.append((told[lang], right, "50", _said(lang, figure), found))
    return rows


def _secrets(lang: int, risk: Risk) -> Rows:
    """A line for each column guessed."""
    rows: Rows = []
    for name, beside in risk.beside.items():
        if not name.startswith("secret "):
            continue
        figure, shares = risk.figures[name], (beside.members, beside.controls, beside.commonest)
        apart = f"{page.fixed(lang, 100 * figure.value)} ± {page.fixed(lang, 200 * figure.error)}"
        rows.append(
            (name.removeprefix("secret "), *(percent(lang, each) for each in shares), apart, _said(lang, figure))
        )
    return rows


def _people(lang: int, known: Known) -> Rows:
    """Numbers and shares of true records, and k-map of the published ones with the file itself as the population."""
    coded = known.read.coded
    raised = np.any([row > each.leaves for row, each in zip(known.truth, known.made.rolled, strict=True)], axis=0)
    rows: Rows = [
        (words.RECORDS[lang], number(lang, coded.codes.shape[1])),
        (words.SHORTENED[lang], number(lang, known.read.shortened)),
        (words.BROKEN[lang], number(lang, _broken(known.read.coded))),
        (words.ALONE[lang], percent(lang, alone(coded.codes))),
    ]
    if known.custody.quasi:
        places = list(columns_of(coded, known.custody.quasi, len(coded.columns)))
        names = words.ALONE_BY[lang].format(names=", ".join(known.custody.quasi))
        rows.append((names, percent(lang, alone(coded.codes[places]))))
    rows.append((words.RAISED[lang], percent(lang, float(raised.mean()))))
    copied = known.trial.risk.beside.get("copied") if known.trial else None
    if known.trial and copied:
        said = _said(lang, known.trial.risk.figures["copied"])
        both = f"{percent(lang, copied.members)} / {percent(lang, copied.controls)}, {said}"
        rows.append((words.COPIED[lang], both))
    mapped = ((k, k_map(known.made.records.T, known.truth, k)) for k in KS)
    return rows + [(words.K_MAP[lang].format(k=k), percent(lang, share)) for k, share in mapped]


def _line(lang: int, name: str, own: list[Off]) -> tuple[str, ...]:
    """Persons a table, then shares over some tables together: errors of persons recorded, the rest of cells."""
    people = number(lang, sum(o.truth for o in own) / max(1, len(own)))
    truth, cells = (max(1, sum(each)) for each in zip(*((o.truth, o.cells) for o in own), strict=True))
    parts = [sum(o.tables for o in own) / truth, sum(o.records for o in own) / truth]
    parts += [sum(o.invented for o in own) / cells, sum(o.within for o in own) / cells]
    return name, people, *(percent(lang, part) for part in parts)


def _sum(lang: int, length: int, found: list[Off]) -> tuple[str, ...]:
    return _line(lang, words.LENGTHS[lang][length - 1], [each for each in found if len(each.columns) == length])


def _worst(lang: int, known: Known) -> Rows:
    enough = known.truth.shape[1] * SEEN
    worst = sorted((each for each in known.off if each.truth >= enough), key=lambda each: -each.share)[:WORST]
    names = known.read.coded.columns
    return [_line(lang, " × ".join(names[c].name for c in each.columns), [each]) for each in worst]


def _broken(coded: Coded) -> int:
    """How many records break a structural zero."""
    return int(zeros.without(coded.codes, zeros.impossible(coded.columns, coded.zeros))[1].sum())
