"""Combinations that the estimate itself hardly fills are taken out of its records, and the rest is fitted again."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from havre.workbench.progress import FITTING, Passed, quiet
from havre.workbench.protect.fit import Codes, Floats, cells, fit
from havre.workbench.protect.measure import Measures, all_recorded, says
from havre.workbench.protect.plan import Plan, Set

ROUNDS = ((0.4, 240), (0.8, 240), (1.2, 240), (1.2, 600))  # sd of the longest tables; steps of the fit after it
Doubtful = Mapping[Set, NDArray[np.bool_]]


def clear(rows: Codes, weights: Floats, measures: Measures, plan: Plan, passed: Passed = quiet) -> tuple[Codes, Floats]:
    """Records (columns, R) and weights (R) whose longest recorded combinations all stand out, harder each round."""
    for number, (least, steps) in enumerate(ROUNDS):
        passed(FITTING, len(rows) + number, len(rows) + len(ROUNDS))
        rows, weights = _cleared(rows, weights, _doubtful(rows, weights, least, measures, plan), measures)
        weights = fit(cells(rows, _recorded(rows), list(measures.tables), measures, plan), weights, steps)
        if not (weights > 0).any():
            break
        rows, weights = rows[:, weights > 0], weights[weights > 0]
    return rows, weights


def _recorded(rows: Codes) -> NDArray[np.floating]:
    return (rows != 0).sum(axis=0).astype(float)


def _doubtful(rows: Codes, weights: Floats, least: float, measures: Measures, plan: Plan) -> Doubtful:
    """Of each longest table (flat) the recorded cells that these weights fill by less than `least` sd."""
    found = {}
    for each, table in measures.tables.items():
        if len(each) == measures.order:
            key = np.ravel_multi_index(tuple(rows[c] for c in each), table.noisy.shape)
            share = weights * says(_recorded(rows), len(each), plan)
            told = np.bincount(key, weights=share, minlength=table.noisy.size)
            found[each] = (told < least * table.sd.ravel()) & all_recorded(table.noisy.shape).ravel()
    return found


def _cleared(rows: Codes, weights: Floats, doubtful: Doubtful, measures: Measures) -> tuple[Codes, Floats]:
    """Every record loses the answers that are in most doubtful combinations, until it is in none; equals are joined."""
    rows = rows.copy()
    for _answer in range(len(rows)):
        many = _in_doubt(rows, doubtful, measures.sizes)
        short = np.flatnonzero(many.max(axis=0) > 0)
        if not short.size:
            break
        rows[many[:, short].argmax(axis=0), short] = 0
    joined, place = np.unique(rows, axis=1, return_inverse=True)
    return joined, np.bincount(place.ravel(), weights=weights).astype(np.float32)


def _in_doubt(rows: Codes, doubtful: Doubtful, sizes: list[int]) -> NDArray[np.int32]:
    """For each answer of each record (columns, R), in how many doubtful combinations it is."""
    many = np.zeros(rows.shape, dtype=np.int32)
    for each, doubts in doubtful.items():
        hit = doubts[np.ravel_multi_index(tuple(rows[c] for c in each), [sizes[c] for c in each])]
        for column in each:
            many[column] += hit
    return many
