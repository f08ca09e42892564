"""A count by two columns, laid out for reading."""

from __future__ import annotations

import pandas as pd

from analysis.errors import InputError
from analysis.stats.wording import value_as_text


def wide(counted: pd.DataFrame) -> pd.DataFrame:
    """Lay out a count by two columns as a table: the first column down, the second across.

    Parameters
    ----------
    counted : three columns, e.g. what `analysis.stats.coverage` returns: what goes down (``week``),
        what goes across (``agency``), and a count.

    Returns
    -------
    DataFrame: the first column (string, "not stated" for NA, which comes last), then one Int64
    column for each value of the second, in the order of its total, then ``all``. A pair that does
    not occur is 0.

    Raises
    ------
    InputError : another number of columns.

    >>> from analysis.stats import coverage, invented_tables
    >>> wide(coverage(invented_tables().dispatches, period="week"))
           week  Halden Bureau  Norvik Press  all
    0  2031-W10              1             1    2
    1  2031-W11              1             1    2
    """
    if len(counted.columns) != 3:
        raise InputError(f"{len(counted.columns)} columns", "three: down, across, count")
    down, across, count = counted.columns
    named = counted.assign(
        **{name: counted[name].map(value_as_text).astype("string") for name in (down, across)}
    )
    rows = list(dict.fromkeys(named[down]))
    table = named.groupby([down, across])[count].sum().unstack(fill_value=0).reindex(rows)
    table = table[table.sum().sort_values(ascending=False, kind="stable").index]
    table.insert(len(table.columns), "all", table.sum(axis=1))
    out = table.astype("Int64").rename_axis(columns=None).reset_index()
    return out.astype({down: "string"})
