"""Confidence intervals from bootstrap draws, and what to do where the bootstrap is silent."""

from __future__ import annotations

from statistics import NormalDist

import numpy as np

from analysis.stats.bootstrap import (
    NUMBERS_AT_ONCE,
    Floats,
    Ratio,
    Resampling,
    divide,
    draw_ratios,
)

_NORMAL = NormalDist()
# Sums of shares that are equal on paper differ by this much at most in floating point.
ROUNDING = 1e-12
# One draw in 27 of three dispatches takes the same one three times, more than the 2.5 % of a tail:
# the 95 % interval would merely run from the least to the greatest value.
FEWEST = 4


def ratio_intervals(
    ratio: Ratio, resampling: Resampling, stream: np.random.SeedSequence, *, proportion: bool
) -> tuple[Floats, Floats]:
    """Return the lower and the upper bound of each ratio.

    Parameters
    ----------
    ratio : numerators and denominators by dispatch.
    resampling : level, number of draws and method.
    stream : where the randomness comes from; the same stream gives the same bounds.
    proportion : whether every ratio is a share of its denominator, from 0 to 1.

    Returns
    -------
    Two float arrays, one value a ratio. NaN where fewer than four dispatches have a denominator:
    so few do not show how much dispatches differ. A proportion of exactly 0 or 1 in two dispatches
    or more has no variation to resample; its bounds are Clopper and Pearson's (1934) with
    dispatches as the trials, which is wide on purpose. Any other ratio that no draw changes has
    NaN bounds.

    Memory is bounded: ratios are treated in blocks, and each block sees the same draws.
    """
    low, high = np.full((2, ratio.n_columns), np.nan)
    width = max(1, NUMBERS_AT_ONCE // resampling.draws)
    if ratio.n_units > 1:
        for place, block in ratio.blocks(width):
            generator = np.random.default_rng(stream)
            draws = draw_ratios(block, resampling.draws, generator)
            bounds = bca if resampling.method == "bca" else _percentile_of
            low[place], high[place] = bounds(block, draws, resampling.level)
    few = ratio.contributing() < FEWEST
    low[few], high[few] = np.nan, np.nan
    constant = high - low < ROUNDING
    low[constant], high[constant] = np.nan, np.nan
    return exact_at_ends(ratio, low, high, resampling.level) if proportion else (low, high)


def percentile(draws: Floats, level: float) -> tuple[Floats, Floats]:
    """Return the percentile interval (Efron and Tibshirani 1993, section 13.3) of each row.

    Draws that are NaN (no dispatch drawn that counts) are left out.

    >>> low, high = percentile(np.arange(101.0)[None, :], 0.50)
    >>> low.tolist(), high.tolist()
    ([25.0], [75.0])
    """
    tail = (1 - level) / 2
    bounds = _quantiles(draws, np.array([tail, 1 - tail]))
    return bounds[0], bounds[1]


def bca(ratio: Ratio, draws: Floats, level: float) -> tuple[Floats, Floats]:
    """Return the bias-corrected and accelerated interval of each ratio.

    The acceleration comes from leaving out one dispatch at a time, which for ratios of sums is one
    subtraction (Efron and Tibshirani 1993, section 14.3, equations 14.9 to 14.15). It answers
    as ``scipy.stats.bootstrap(method="BCa")``. NaN where the jackknife values are all equal.
    """
    estimate, acceleration = ratio.estimate(), _acceleration(ratio)
    low, high = np.full((2, ratio.n_columns), np.nan)
    for i in np.flatnonzero(np.isfinite(acceleration)):
        row = draws[i][~np.isnan(draws[i])]
        below = ((row < estimate[i]).mean() + (row <= estimate[i]).mean()) / 2
        if 0 < below < 1:
            shares = _corrected(below, float(acceleration[i]), level)
            low[i], high[i] = np.quantile(row, shares)
    return low, high


def clopper_pearson_at_ends(n: Floats, level: float) -> tuple[Floats, Floats]:
    """Return the upper bound for 0 successes in `n` trials, and the lower bound for `n` in `n`.

    These two bounds of Clopper and Pearson's interval (1934) have a closed form:
    ``1 - (alpha / 2) ** (1 / n)`` and its mirror image.

    >>> [bound.round(3).tolist() for bound in clopper_pearson_at_ends(np.array([10.0]), 0.95)]
    [[0.308], [0.692]]
    """
    lower = np.power((1 - level) / 2, 1 / n)
    return 1 - lower, lower


def exact_at_ends(ratio: Ratio, low: Floats, high: Floats, level: float) -> tuple[Floats, Floats]:
    """Return the bounds with those of shares of exactly 0 or 1 replaced (see `ratio_intervals`)."""
    estimate, n = ratio.estimate(), ratio.contributing().astype(np.float64)
    upper, lower = clopper_pearson_at_ends(np.maximum(n, 1), level)
    none, all_ = (estimate == 0) & (n > 1), (estimate == 1) & (n > 1)
    low = np.where(none, 0.0, np.where(all_, lower, low))
    high = np.where(none, upper, np.where(all_, 1.0, high))
    return low, high


def _percentile_of(ratio: Ratio, draws: Floats, level: float) -> tuple[Floats, Floats]:
    """Give `percentile` the signature of `bca`."""
    return percentile(draws, level)


def _quantiles(draws: Floats, shares: Floats) -> Floats:
    """Quantiles of each row without its NaNs; NaN for a row of NaNs."""
    if not np.isnan(draws).any():
        return np.asarray(np.quantile(draws, shares, axis=1))
    out = np.full((len(shares), len(draws)), np.nan)
    for i, row in enumerate(draws):
        kept = row[~np.isnan(row)]
        if len(kept):
            out[:, i] = np.quantile(kept, shares)
    return out


def _acceleration(ratio: Ratio) -> Floats:
    """A sixth of the skewness of the influence of single dispatches; NaN where they all agree."""
    out = np.full(ratio.n_columns, np.nan)
    for place, block in ratio.blocks(max(1, NUMBERS_AT_ONCE // ratio.n_units)):
        influence = _influence(block)
        squares = (influence**2).sum(axis=0)
        cubes = (influence**3).sum(axis=0)
        out[place] = divide(cubes, np.where(squares > ROUNDING**2, 6 * squares**1.5, 0.0))
    return out


def _influence(ratio: Ratio) -> Floats:
    """Mean of the leave-one-out ratios less each of them: one row a dispatch."""
    left_out = divide(
        ratio.numerator.totals() - ratio.numerator.dense(),
        ratio.denominator.totals() - ratio.denominator.dense(),
    )
    defined = ~np.isnan(left_out)
    sums = np.where(defined, left_out, 0).sum(axis=0)
    mean = divide(sums, defined.sum(axis=0).astype(np.float64))
    return np.where(defined, mean - left_out, 0)


def _corrected(below: float, acceleration: float, level: float) -> list[float]:
    """Give the shares of the draws at which the corrected bounds lie."""
    shift = _NORMAL.inv_cdf(below)
    shares = []
    for tail in ((1 - level) / 2, (1 + level) / 2):
        z = shift + _NORMAL.inv_cdf(tail)
        shares.append(_NORMAL.cdf(shift + z / (1 - acceleration * z)))
    return shares
