"""Results of several methods, each in a column of its own."""

from __future__ import annotations

import pandas as pd

from analysis.errors import InputError
from analysis.stats.wording import count_as_text, estimate_as_text, value_as_text


def compared(result: pd.DataFrame, across: str = "method") -> pd.DataFrame:
    """Lay out a result for reading: one row a figure, one column a method.

    Parameters
    ----------
    result : long form, with the column `across`, any key columns, ``statistic``, and after it
        ``estimate``, ``ci_low``, ``ci_high`` and ``n`` (`analysis.validation.by_method`).
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
    >>> found = {"rules": 0.6, "model": 0.7}
    >>> rows = [{"method": name} | row | {"estimate": f1} for name, f1 in found.items()]
    >>> compared(pd.DataFrame(rows))
      measure figure  n                rules                model
    0   joint     f1  9  0.60 (0.50 to 0.70)  0.70 (0.50 to 0.70)
    """
    needed = [across, "statistic", "estimate", "ci_low", "ci_high", "n"]
    absent = [name for name in needed if name not in result.columns]
    if absent:
        raise InputError(f"no column {absent[0]!r}", ", ".join(needed))
    columns = list(result.columns)
    before = columns[: columns.index("statistic") + 1]
    keys = [name for name in before if name != across]
    told: dict[tuple[str, ...], dict[str, str]] = {}
    counts: dict[tuple[str, ...], list[str]] = {}
    for _, row in result.iterrows():
        key = tuple(value_as_text(row[name], name) for name in keys)
        told.setdefault(key, {})[str(row[across])] = estimate_as_text(row)
        counts.setdefault(key, []).append(count_as_text(row["n"]))
    methods = result[across].astype(str).unique()
    rows = [
        (*key, " / ".join(dict.fromkeys(counts[key])), *(cells.get(name) for name in methods))
        for key, cells in told.items()
    ]
    heads = ["figure" if name == "statistic" else name for name in keys]
    return pd.DataFrame(rows, columns=[*heads, "n", *methods], dtype="string")
