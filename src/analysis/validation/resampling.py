"""Ratios over labelled documents with their intervals: one bootstrap for every figure."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

Numbers = np.ndarray[Any, np.dtype[np.float64]]
COLUMNS = ("statistic", "estimate", "ci_low", "ci_high", "n", "n_missing")
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
    ``n_missing``. The estimate is NA where n is 0, the interval also with fewer than two documents
    and where ``n`` is 0 in all resamples. ``attrs`` holds ``level``, ``draws`` and ``seed``.

    Notes
    -----
    Whole documents are drawn again, for the attributions of one are not independent of each other;
    a figure of few documents has an interval that is too narrow (`benchmarks/intervals.py`).

    >>> result = ratios(np.array([[1.0], [1.0]]), np.array([[1.0], [3.0]]), "recall", draws=50)
    >>> result[["estimate", "ci_low", "ci_high", "n"]].values.tolist()
    [[0.5, 0.3333333333333333, 1.0, 4]]
    """
    documents = len(hits)
    generator = np.random.default_rng(seed)
    chances = [1 / documents] * documents
    weights = generator.multinomial(documents, chances, size=draws) if documents else hits
    tail = (1 - level) / 2
    with np.errstate(invalid="ignore", divide="ignore"):
        estimate = hits.sum(axis=0) / n.sum(axis=0)
        drawn = (weights @ hits) / (weights @ n) if documents else hits
    bounds = [_bounds(column, tail) if documents > 1 else (np.nan, np.nan) for column in drawn.T]
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


def _bounds(numbers: Numbers, tail: float) -> tuple[float, float]:
    known = numbers[~np.isnan(numbers)]
    if not len(known):
        return np.nan, np.nan
    low, high = np.quantile(known, [tail, 1 - tail])
    return float(low), float(high)
