"""From observations to a result table, with intervals."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.stats.bootstrap import Resampling
from analysis.stats.intervals import ratio_intervals
from analysis.stats.observations import Observations, Prepared, Sample, prepare

RESULT_COLUMNS = {
    "statistic": "string",
    "estimate": "Float64",
    "ci_low": "Float64",
    "ci_high": "Float64",
    "n": "Int64",
    "n_missing": "Int64",
}


def estimate(
    observations: Observations, resampling: Resampling, top: int | None = None
) -> pd.DataFrame:
    """Estimate a statistic in every group, with intervals.

    Parameters
    ----------
    observations : what is counted.
    resampling : how intervals are made.
    top : list only the largest categories (see `prepare`).

    Returns
    -------
    One row a group and category, every category in every group: the group columns, the category
    columns, then ``statistic`` (string), ``estimate``, ``ci_low``, ``ci_high`` (Float64), ``n``
    (Int64: units in the denominator) and ``n_missing`` (Int64: units that could not be
    classified). The estimate is NA where n is 0. ``attrs`` holds ``level``, ``draws``, ``seed``,
    ``interval`` (the method) and the facts of `analysis.stats.selection.left_out`.
    """
    prepared = prepare(observations, top)
    rows = [_rows(sample, prepared, resampling) for sample in prepared.samples()]
    return _assemble(prepared, rows, resampling)


def finish(frame: pd.DataFrame, facts: dict[str, int], resampling: Resampling) -> pd.DataFrame:
    """Return a result with its facts in ``attrs``."""
    out = frame.copy()
    settings = {
        "level": resampling.level,
        "draws": resampling.draws,
        "seed": resampling.seed,
        "interval": resampling.method,
    }
    out.attrs.update(settings | facts)
    return out


def _rows(sample: Sample, prepared: Prepared, resampling: Resampling) -> pd.DataFrame:
    observations = prepared.observations
    low, high = ratio_intervals(
        sample.ratio,
        resampling,
        sample.stream(resampling.seed),
        proportion=observations.proportion,
    )
    numbers = {
        "statistic": observations.statistic,
        "estimate": sample.ratio.estimate(),
        "ci_low": low,
        "ci_high": high,
        "n": sample.n,
        "n_missing": sample.n_missing,
    }
    return pd.DataFrame(numbers, index=range(len(low))).astype(RESULT_COLUMNS)


def _assemble(prepared: Prepared, rows: list[pd.DataFrame], resampling: Resampling) -> pd.DataFrame:
    n_groups, n_levels = len(prepared.keys), len(prepared.levels)
    keys = prepared.keys.loc[np.repeat(np.arange(n_groups), n_levels)].reset_index(drop=True)
    levels = prepared.levels.loc[np.tile(np.arange(n_levels), n_groups)].reset_index(drop=True)
    none = pd.DataFrame({name: [] for name in RESULT_COLUMNS}).astype(RESULT_COLUMNS)
    numbers = pd.concat(rows, ignore_index=True) if rows else none
    frame = pd.concat([keys, levels, numbers], axis=1)
    return finish(frame, prepared.observations.facts, resampling)
