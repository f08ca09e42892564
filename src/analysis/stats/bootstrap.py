"""Bootstrap over dispatches: ratios of sums, resampled with whole dispatches kept together.

Attributions of one dispatch are not independent of one another: a dispatch about a trial quotes
lawyers again and again. The dispatch is therefore what is drawn, with replacement, and everything
counted in it comes along (Davison and Hinkley 1997, section 3.8; Field and Welsh 2007).

Every statistic of this package is a ratio of two sums over dispatches, so a draw needs no copy of
the data: it is a vector of multinomial weights, and its ratios are weighted sums (Efron and
Tibshirani 1993, section 6.3).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.errors import InputError

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

# Numbers held at once while drawing (32 MB), and draws done together: more of them spill the cache.
NUMBERS_AT_ONCE = 4_000_000
DRAWS_TOGETHER = 64
METHODS = ("percentile", "bca")


@dataclass(frozen=True)
class Resampling:
    """How intervals are made: their level, the number of draws, the seed and the method.

    Raises
    ------
    InputError : a level outside 0 to 1, fewer than 100 draws, a negative seed, an unknown method.

    >>> Resampling(level=95)
    Traceback (most recent call last):
    analysis.errors.InputError: found level=95, expected a number between 0 and 1; 0.95 means 95 %
    """

    level: float = 0.95
    draws: int = 2000
    seed: int = 0
    method: str = "percentile"

    def __post_init__(self) -> None:
        if not 0 < self.level < 1:
            found = f"level={self.level!r}"
            raise InputError(found, "a number between 0 and 1", "0.95 means 95 %")
        if self.draws < 100:
            raise InputError(f"draws={self.draws!r}", "100 or more", "2000 is usual")
        if self.seed < 0:
            raise InputError(f"seed={self.seed!r}", "0 or more")
        if self.method not in METHODS:
            raise InputError(f"interval={self.method!r}", "one of: " + ", ".join(METHODS))


@dataclass(frozen=True)
class Cells:
    """A sparse matrix, dispatches by columns: what each dispatch adds to each column's sum.

    Sorted by column, then dispatch, with one entry a pair; build it with `Cells.of`.
    """

    unit: Integers
    column: Integers
    value: Floats
    n_units: int
    n_columns: int

    @classmethod
    def of(
        cls, unit: Integers, column: Integers, value: Floats, n_units: int, n_columns: int
    ) -> Cells:
        """Add up `value` by dispatch number and column number.

        The sums do not depend on the order of the input, to the last bit: equal pairs are added
        in order of value.

        >>> cells = Cells.of(np.array([1, 0, 1]), np.array([0, 0, 0]), np.ones(3), 2, 1)
        >>> cells.value.tolist()
        [1.0, 2.0]
        """
        pair = column.astype(np.int64) * max(n_units, 1) + unit
        order = np.lexsort((value, pair))
        pair, sorted_value = pair[order], value[order].astype(np.float64)
        starts = np.flatnonzero(np.diff(pair, prepend=-1))
        sums = np.add.reduceat(sorted_value, starts) if len(starts) else sorted_value
        column, unit = np.divmod(pair[starts], max(n_units, 1))
        return cls(unit, column, sums, n_units, n_columns)

    def totals(self) -> Floats:
        """Return each column's sum over all dispatches."""
        return np.bincount(self.column, self.value, self.n_columns).astype(np.float64)

    def weighted(self, weights: Floats) -> Floats:
        """Return the sums of the columns (rows of the result) under each column of `weights`."""
        sums = np.zeros((self.n_columns, weights.shape[1]))
        starts = np.flatnonzero(np.diff(self.column, prepend=-1))
        if len(starts):
            terms = weights[self.unit] * self.value[:, None]
            sums[self.column[starts]] = np.add.reduceat(terms, starts, axis=0)
        return sums

    def between(self, first: int, last: int) -> Cells:
        """Return the columns from `first` up to but not including `last`."""
        low, high = np.searchsorted(self.column, [first, last])
        part = slice(low, high)
        column = self.column[part] - first
        return Cells(self.unit[part], column, self.value[part], self.n_units, last - first)

    def dense(self) -> Floats:
        """Return the full matrix, dispatches by columns."""
        matrix = np.zeros((self.n_units, self.n_columns))
        matrix[self.unit, self.column] = self.value
        return matrix


@dataclass(frozen=True)
class Ratio:
    """K ratios of sums over the same dispatches.

    `denominator` has one column a ratio, or a single column that all of them share.
    """

    numerator: Cells
    denominator: Cells

    @property
    def n_units(self) -> int:
        """Dispatches in the sample, those that add nothing included."""
        return self.numerator.n_units

    @property
    def n_columns(self) -> int:
        """Number of ratios."""
        return self.numerator.n_columns

    def estimate(self) -> Floats:
        """Return the ratios in the sample; NaN where the denominator is 0."""
        return divide(self.numerator.totals(), self.denominator.totals())

    def contributing(self) -> Integers:
        """Return how many dispatches have a denominator above 0, for each ratio."""
        counts = np.bincount(self.denominator.column, self.denominator.value > 0)
        whole = np.zeros(self.denominator.n_columns, dtype=np.int64)
        whole[: len(counts)] = counts
        return np.broadcast_to(whole, (self.n_columns,))

    def blocks(self, width: int) -> Iterator[tuple[slice, Ratio]]:
        """Yield the ratios `width` at a time, with their place."""
        shared = self.denominator.n_columns != self.n_columns
        for first in range(0, self.n_columns, width):
            last = min(first + width, self.n_columns)
            below = self.denominator if shared else self.denominator.between(first, last)
            yield slice(first, last), Ratio(self.numerator.between(first, last), below)


def divide(numerator: Floats, denominator: Floats) -> Floats:
    """Divide, giving NaN (and no warning) where the denominator is 0."""
    shape = np.broadcast_shapes(numerator.shape, denominator.shape)
    out: Floats = np.full(shape, np.nan)
    np.divide(numerator, denominator, out=out, where=denominator != 0)
    return out


def draw_ratios(ratio: Ratio, draws: int, generator: np.random.Generator) -> Floats:
    """Return the ratios in each of `draws` bootstrap samples: one row a ratio, one column a draw.

    Parameters
    ----------
    ratio : the sums to resample.
    draws : number of bootstrap samples.
    generator : where the randomness comes from. The stream is used as by
        ``scipy.stats.bootstrap``, so that the two agree number for number.

    Returns
    -------
    Array of shape (ratios, draws); NaN where a draw holds no dispatch with a denominator.
    """
    out = np.empty((ratio.n_columns, draws))
    done = 0
    for weights in _weights(ratio, draws, generator):
        here = slice(done, done + weights.shape[1])
        out[:, here] = divide(
            ratio.numerator.weighted(weights), ratio.denominator.weighted(weights)
        )
        done = here.stop
    return out


def _weights(ratio: Ratio, draws: int, generator: np.random.Generator) -> Iterator[Floats]:
    """Yield multinomial weights, dispatches by draws, few enough draws at once for the memory."""
    n_units = ratio.n_units
    widest = max(n_units, len(ratio.numerator.value), len(ratio.denominator.value), 1)
    together = int(np.clip(NUMBERS_AT_ONCE // widest, 1, DRAWS_TOGETHER))
    for first in range(0, draws, together):
        width = min(together, draws - first)
        drawn = generator.integers(0, n_units, size=(width, n_units))
        flat = (drawn * width + np.arange(width)[:, None]).ravel()
        counts = np.bincount(flat, minlength=n_units * width)
        yield counts.reshape(n_units, width).astype(np.float64)
