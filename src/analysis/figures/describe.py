"""Figures in words, for readers who do not see them."""

from __future__ import annotations

import pandas as pd

from analysis.stats.selection import PERIODS
from analysis.stats.wording import (
    count_as_text,
    estimate_as_text,
    missing_as_text,
    roles,
    statistic_of,
    value_as_text,
    wording_of,
)

MOST_NAMED = 12


def describe(result: pd.DataFrame) -> str:
    """Say in words what the figure of a result shows: the alternative text.

    Parameters
    ----------
    result : of a statistic, of `analysis.stats.coverage` or of `analysis.stats.republication`.

    Returns
    -------
    One or two sentences: the measure, then the first twelve values with their intervals and counts,
    then how many more there are.

    Raises
    ------
    InputError : a frame that is neither, or holds several statistics.

    >>> from analysis.stats import coverage, invented_tables, tone
    >>> describe(tone(invented_tables()))
    'Mean tone, with 95 % intervals: reporter 0.03 (−0.20 to 0.18), n = 4, 2 not scored; source ...'
    >>> describe(coverage(invented_tables().dispatches))
    'Dispatches per day from 2031-03-04 to 2031-03-12: Halden Bureau 2, Norvik Press 2.'
    """
    if "by_copy" in result.columns:
        return _describe_republication(result)
    if "dispatches" in result.columns and "statistic" not in result.columns:
        return _describe_coverage(result)
    statistic = statistic_of(result)
    if not statistic:
        return "No figure: nothing to count in this selection."
    measure = wording_of(statistic)[0]
    level = round(100 * result.attrs.get("level", 0.95))
    parts = [_part(row, result) for _, row in result.head(MOST_NAMED).iterrows()]
    more = f"; and {len(result) - MOST_NAMED} more" if len(result) > MOST_NAMED else ""
    start = measure[0].upper() + measure[1:]
    return f"{start}, with {level} % intervals: {'; '.join(parts)}{more}."


def _part(row: pd.Series, result: pd.DataFrame) -> str:
    groups, categories = roles(result)
    name = ", ".join(value_as_text(row[column], column) for column in (*groups, *categories))
    parts = (f"{name} {estimate_as_text(row)}", f"n = {count_as_text(row['n'])}")
    return ", ".join(filter(None, (*parts, missing_as_text(row)))).strip()


def _describe_coverage(counted: pd.DataFrame) -> str:
    period = next(name for name in counted.columns if name in PERIODS)
    by = [name for name in counted.columns if name not in (period, "dispatches")]
    dated = counted[counted[period].notna()]
    undated = int(counted["dispatches"].sum() - dated["dispatches"].sum())
    tail = f" {undated:,} without a time of publication." if undated else ""
    if not len(dated):
        return f"No dispatches with a time of publication in this selection.{tail}"
    start = f"Dispatches per {period} from {dated[period].min()} to {dated[period].max()}"
    return f"{start}: {_totals(dated, by)}.{tail}"


def _describe_republication(counted: pd.DataFrame) -> str:
    if not len(counted):
        return "No figure: no dispatch of an agency in another's outlet in this selection."
    pairs = zip(counted["agency"], counted["outlet"], counted["dispatches"], strict=True)
    parts = [f"{value_as_text(a)} in {value_as_text(o)} {count_as_text(n)}" for a, o, n in pairs]
    more = f", {len(parts) - MOST_NAMED} more" if len(parts) > MOST_NAMED else ""
    return f"Dispatches of each agency by outlet: {', '.join(parts[:MOST_NAMED])}{more}."


def _totals(dated: pd.DataFrame, by: list[str]) -> str:
    if not by:
        return count_as_text(dated["dispatches"].sum())
    names = dated[by].apply(lambda row: ", ".join(map(value_as_text, row)), axis=1)
    totals = dated["dispatches"].groupby(names).sum().sort_values(ascending=False, kind="stable")
    parts = [f"{name} {count_as_text(n)}" for name, n in totals.head(MOST_NAMED).items()]
    more = [f"{len(totals) - MOST_NAMED} more"] if len(totals) > MOST_NAMED else []
    return ", ".join(parts + more)
