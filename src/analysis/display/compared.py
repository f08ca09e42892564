"""Results of several methods, each in a column of its own."""

from __future__ import annotations

import pandas as pd

from analysis.errors import InputError
from analysis.stats.wording import count_as_text, estimate_as_text, value_as_text


def compared(result: pd.DataFrame, across: str = "method") -> pd.DataFrame:
    """Lay out a result for reading: one row a figure, one column a method.

    Parameters
    ----------
    result : long form, with the column `across`, any key columns, ``statistic``, ``estimate``,
        ``ci_low``, ``ci_high`` and ``n`` (`analysis.validation.by_method`).
    across : the column whose values become columns, in their order.

    Returns
    -------
    DataFrame of strings: the key columns, ``figure`` (the statistic), ``n`` (of all methods, or one
    after the other where they differ), then a column for each value of `across`: the estimate with
    its interval, NA where there is no such row.

    Raises
    ------
    InputError : a frame without these columns.

    >>> row = {"measure": "joint", "statistic": "f1", "ci_low": 0.5, "ci_high": 0.7, "n": 9}
    >>> rows = [row | {"method": "rules", "estimate": 0.6}, row | {"method": "model", "estimate": 0.7}]
    >>> compared(pd.DataFrame(rows))
      measure figure  n                rules                model
    0   joint     f1  9  0.60 (0.50 to 0.70)  0.70 (0.50 to 0.70)
    """
    needed = [across, "statistic", "estimate", "ci_low", "ci_high", "n"]
    absent = [name for name in needed if name not in result.columns]
    if absent:
        raise InputError(f"no column {absent[0]!r}", ", ".join(needed))
    columns = list(result.columns)
    keys = [name for name in columns[: columns.index("estimate")] if name != across]
    told = result[[*keys, across]].copy()
    for name in keys:
        told[name] = [value_as_text(value, name) for value in result[name]]
    told["text"] = [estimate_as_text(row) for _, row in result.iterrows()]
    told["n"] = [count_as_text(n) for n in result["n"]]
    groups = told.groupby(keys, sort=False)
    out = groups["n"].agg(lambda some: " / ".join(dict.fromkeys(some))).reset_index()
    for value in told[across].unique():
        own = told.loc[told[across].eq(value), [*keys, "text"]]
        out = out.merge(own.rename(columns={"text": value}), on=keys, how="left")
    return out.rename(columns={"statistic": "figure"}).astype("string")
