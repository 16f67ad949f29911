"""Weights become whole records."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from havre.workbench.protect.fit import Codes, Floats


def whole(rows: Codes, weights: Floats, total: int) -> NDArray[np.int64]:
    """Whole numbers near the weights that add up to the total: records in order, every crossing of one half counts."""
    if not weights.sum() > 0:
        return np.zeros(len(weights), dtype=np.int64)
    order = np.lexsort(rows[::-1])
    running = np.cumsum(weights[order]) * (total / weights.sum())
    counts = np.zeros(len(weights), dtype=np.int64)
    counts[order] = np.diff(np.floor(running + 0.5), prepend=0).astype(np.int64)
    return counts
