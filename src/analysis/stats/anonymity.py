"""Anonymity: how often the source is not named; and how often a source declines to speak."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

from analysis.stats.bootstrap import Resampling
from analysis.stats.estimate import estimate
from analysis.stats.observations import Observations
from analysis.stats.selection import (
    as_names,
    category_columns,
    counted_attributions,
    counted_dispatches,
    left_out,
    with_groups,
)

if TYPE_CHECKING:
    from analysis.store import Tables


def anonymity_rate(
    tables: Tables,
    *,
    by: str | Sequence[str] = (),
    group: str | Sequence[str] = (),
    nested: str = "all",
    copies: str = "drop",
    level: float = 0.95,
    draws: int = 2000,
    seed: int = 0,
    interval: str = "percentile",
) -> pd.DataFrame:
    """Return the share of attributions whose source is not named.

    In the denominator: attributions with an expressed source ("officials said"). Not in it:
    attributions without one ("it was reported that"), which count in ``n_missing``; and sources
    that declined to comment, who have `decline_rate` to themselves.

    Parameters
    ----------
    tables : the canonical tables; dispatches, attributions and sources are read.
    by : categories within which the rate is taken, e.g. ``"source_type"`` or ``"kind"``; none gives
        one rate a group.
    group : columns of the dispatch, e.g. ``"agency"`` or ``"month"``.
    nested, copies, level, draws, seed, interval : as in `analysis.stats.share_of_voice`.

    Returns
    -------
    DataFrame: group columns, category columns, ``statistic`` (``anonymity_rate``), ``estimate``,
    ``ci_low``, ``ci_high`` (0 to 1), ``n`` (attributions in the denominator), ``n_missing``.
    Without groups and categories there is always one row, of NA and n 0 where nothing counts.

    Notes
    -----
    ``rate = sum_d unnamed_d / sum_d expressed_d`` over dispatches d, with the interval of
    `analysis.stats.share_of_voice`.

    Raises
    ------
    InputError : an unknown category, group or option.

    >>> from analysis.stats.examples import invented_tables
    >>> rate = anonymity_rate(invented_tables(), group="agency")
    >>> rate[["agency", "estimate", "n", "n_missing"]]
              agency  estimate  n  n_missing
    0  Halden Bureau       0.5  4          0
    1   Norvik Press       0.0  3          1
    """
    observations = observe_anonymity_rate(tables, by, group=group, nested=nested, copies=copies)
    return estimate(observations, Resampling(level, draws, seed, interval))


def decline_rate(
    tables: Tables,
    *,
    by: str | Sequence[str] = (),
    group: str | Sequence[str] = (),
    nested: str = "all",
    copies: str = "drop",
    level: float = 0.95,
    draws: int = 2000,
    seed: int = 0,
    interval: str = "percentile",
) -> pd.DataFrame:
    """Return the share of attributions in which the source declines to speak.

    In the denominator: every attribution with an expressed source. ``n_missing`` counts those
    without. Parameters, result and method are those of `anonymity_rate`; the statistic is
    ``decline_rate``.

    >>> from analysis.stats.examples import invented_tables
    >>> decline_rate(invented_tables())[["estimate", "n", "n_missing"]]
       estimate  n  n_missing
    0     0.125  8          1
    """
    observations = observe_decline_rate(tables, by, group=group, nested=nested, copies=copies)
    return estimate(observations, Resampling(level, draws, seed, interval))


def observe_anonymity_rate(
    tables: Tables,
    by: str | Sequence[str] = (),
    *,
    group: str | Sequence[str] = (),
    nested: str = "all",
    copies: str = "drop",
) -> Observations:
    """Return what `anonymity_rate` counts, before resampling; the parameters are its own."""
    attributions = counted_attributions(tables, nested)
    heard = attributions[~attributions["stance"].eq("declines")]
    unnamed = heard["named"].eq(False)
    return _observe("anonymity_rate", tables, heard, unnamed, by, group, copies)


def observe_decline_rate(
    tables: Tables,
    by: str | Sequence[str] = (),
    *,
    group: str | Sequence[str] = (),
    nested: str = "all",
    copies: str = "drop",
) -> Observations:
    """Return what `decline_rate` counts, before resampling; the parameters are its own."""
    attributions = counted_attributions(tables, nested)
    declined = attributions["stance"].eq("declines")
    return _observe("decline_rate", tables, attributions, declined, by, group, copies)


def _observe(
    statistic: str,
    tables: Tables,
    attributions: pd.DataFrame,
    is_counted: pd.Series,
    by: str | Sequence[str],
    group: str | Sequence[str],
    copies: str,
) -> Observations:
    categories, group = category_columns(by), as_names(group)
    dispatches = counted_dispatches(tables.dispatches, copies)
    units = attributions[["dispatch_id", *categories]].assign(
        value=is_counted.fillna(False).astype("float64"),
        weight=1.0,
        missing=attributions["named"].isna(),
    )
    return Observations(
        statistic=statistic,
        units=units,
        dispatches=with_groups(dispatches, group),
        group=group,
        categories=categories,
        shared=False,
        proportion=True,
        facts=left_out(tables.dispatches, dispatches),
    )
