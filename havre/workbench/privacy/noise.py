"""Discrete Gaussian noise from OpenDP's exact sampler, and a seeded stand-in that marks what it touches."""

from __future__ import annotations

import math
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

Noise = NDArray[np.int64]
LARGEST = 1e7  # standard deviations beyond it protect nothing that anybody would publish


class Draw(Protocol):
    """A source of noise; `is_release` is false where the noise can be known beforehand."""

    is_release: bool

    def __call__(self, size: int, sigma: float) -> Noise:
        """That many independent draws of the discrete Gaussian, P(z) proportional to exp(-z^2 / (2 sigma^2))."""
        ...


class Exact:
    """OpenDP's sampler (Canonne, Kamath, Steinke 2020, Algorithm 3): rational arithmetic, the system's randomness."""

    is_release = True

    def __init__(self) -> None:
        self._measurements: dict[float, Any] = {}

    def __call__(self, size: int, sigma: float) -> Noise:
        """Independent draws; about 10 microseconds each."""
        _check(sigma)
        if size == 0:
            return np.zeros(0, dtype=np.int64)
        drawn: Noise = np.asarray(self._measurement(sigma)(np.zeros(size, dtype=np.int64)), dtype=np.int64)
        return drawn

    def _measurement(self, sigma: float) -> Any:
        import opendp.prelude as dp

        if sigma not in self._measurements:
            dp.enable_features("contrib")
            space = dp.vector_domain(dp.atom_domain(T="i64")), dp.l2_distance(T="f64")
            self._measurements[sigma] = dp.m.make_gaussian(*space, scale=sigma)
        return self._measurements[sigma]


class Seeded:
    """Draws that come again with the same seed: for tests, never for a release."""

    is_release = False

    def __init__(self, seed: int) -> None:
        self._random = np.random.Generator(np.random.PCG64(seed))

    def __call__(self, size: int, sigma: float) -> Noise:
        """Independent draws by inversion of the distribution function, as exact as floating-point numbers are."""
        _check(sigma)
        reach = math.ceil(12 * sigma) + 1
        values = np.arange(-reach, reach + 1, dtype=np.int64)
        mass = np.exp(-(values.astype(float) ** 2) / (2 * sigma**2))
        steps = np.cumsum(mass / mass.sum())
        return values[np.minimum(np.searchsorted(steps, self._random.random(size), side="right"), 2 * reach)]


def source(seed: int | None) -> Draw:
    """The noise of a release, or with a seed that of a test."""
    return Exact() if seed is None else Seeded(seed)


def _check(sigma: float) -> None:
    if not 0 < sigma <= LARGEST:
        raise ValueError(f"noise needs a standard deviation above 0 and at most {LARGEST:g}, not {sigma}")
