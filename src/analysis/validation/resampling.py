"""Ratios over labelled documents with their intervals: one bootstrap for every figure."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

Numbers = np.ndarray[Any, np.dtype[np.float64]]
COLUMNS = ("statistic", "estimate", "ci_low", "ci_high", "n", "n_missing")
# Fewer documents do not show how much documents differ.
FEWEST = 4
DTYPES = {
    "statistic": "string",
    **dict.fromkeys(("estimate", "ci_low", "ci_high"), "Float64"),
    **dict.fromkeys(("n", "n_missing"), "Int64"),
}


def ratios(
    hits: Numbers,
    n: Numbers,
    statistic: str,
    *,
    level: float = 0.95,
    draws: int = 1000,
    seed: int = 0,
    n_missing: int = 0,
) -> pd.DataFrame:
    """Return ``sum(hits) / sum(n)`` for every column, with intervals over the rows.

    Parameters
    ----------
    hits, n : counts, a row a document, a column a figure.
    statistic : what the ratio is called.
    level, draws, seed : percentile bootstrap over documents: coverage, resamples, seed.
    n_missing : labelled documents without a prediction.

    Returns
    -------
    DataFrame, a row a figure: ``statistic``, ``estimate``, ``ci_low``, ``ci_high``, ``n``,
    ``n_missing``. The estimate is NA where n is 0. ``attrs`` holds ``level``, ``draws``, ``seed``.

    Notes
    -----
    Whole documents are drawn again, for the attributions of one are not independent of each other.
    As in `analysis.stats`, there is no interval where fewer than four documents contribute, and a
    share of exactly 0 or 1 in two documents or more, which has no variation to resample, has
    Clopper and Pearson's bound (1934) with documents as trials: wide on purpose.

    >>> n = np.array([[1.0, 1.0], [3.0, 3.0], [2.0, 0.0], [4.0, 0.0]])
    >>> ratios(n * [[0.5, 1.0]], n, "recall", draws=50)[["estimate", "ci_low", "ci_high", "n"]]
       estimate    ci_low  ci_high   n
    0       0.5       0.5      0.5  10
    1       1.0  0.158114      1.0   4
    """
    weights = _weights(len(hits), draws, seed)
    with np.errstate(invalid="ignore", divide="ignore"):
        estimate = hits.sum(axis=0) / n.sum(axis=0)
        drawn = (weights @ hits) / (weights @ n)
    contributing = (n > 0).sum(axis=0)
    bounds = [
        _bounds(*figure, level) for figure in zip(estimate, drawn.T, contributing, strict=True)
    ]
    out = pd.DataFrame(
        {
            "statistic": statistic,
            "estimate": estimate,
            "ci_low": [low for low, _ in bounds],
            "ci_high": [high for _, high in bounds],
            "n": n.sum(axis=0).astype("int64"),
            "n_missing": n_missing,
        },
        columns=list(COLUMNS),
    ).astype(DTYPES)
    out.attrs.update(level=level, draws=draws, seed=seed)
    return out


def _weights(documents: int, draws: int, seed: int) -> Numbers:
    """How often each document is drawn, a row a resample."""
    if not documents:
        return np.zeros((draws, 0))
    chances = [1 / documents] * documents
    drawn = np.random.default_rng(seed).multinomial(documents, chances, size=draws)
    return drawn.astype("float64")


def _bounds(estimate: float, drawn: Numbers, documents: int, level: float) -> tuple[float, float]:
    tail = (1 - level) / 2
    if estimate in (0, 1) and documents > 1:
        bound = float(tail ** (1 / documents))
        return (bound, 1.0) if estimate == 1 else (0.0, 1 - bound)
    known = drawn[~np.isnan(drawn)]
    if documents < FEWEST or not len(known):
        return np.nan, np.nan
    low, high = np.quantile(known, [tail, 1 - tail])
    return float(low), float(high)
