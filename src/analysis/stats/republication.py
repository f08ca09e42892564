"""Who republishes whom: the outlets in which an agency's dispatches appear."""

from __future__ import annotations

import pandas as pd

from analysis.stats.selection import counted_dispatches
from analysis.versions.numbering import COPIES


def republication(dispatches: pd.DataFrame) -> pd.DataFrame:
    """Count the dispatches of each agency that each outlet published.

    Parameters
    ----------
    dispatches : the dispatches table; ``agency``, ``outlet``, ``status``, ``duplicate_of`` and
        ``duplicate_kind`` are read. Fill the last two first (`analysis.number_versions`).

    Returns
    -------
    DataFrame, the largest number first, then by agency and outlet: ``agency``, ``outlet`` (string);
    ``dispatches`` (Int64), of which ``stated`` name the agency themselves and ``by_copy`` name
    none, but repeat (exact, copy, truncated) a dispatch of the table that does. Only one step is
    followed. An agency's own outlet, of the same name, is no republication. Dispatches without a
    known agency or without an outlet have no row, and withheld and canceled ones do not count. No
    rows where nothing was republished.

    >>> rows = {"dispatch_id": ["a", "b", "c"], "agency": ["NPA", "NPA", None], "status": None,
    ...         "outlet": [None, "Ledger", "Courier"], "duplicate_of": [None, None, "a"],
    ...         "duplicate_kind": [None, None, "copy"]}
    >>> republication(pd.DataFrame(rows))
      agency   outlet  dispatches  stated  by_copy
    0    NPA  Courier           1       0        1
    1    NPA   Ledger           1       1        0
    """
    agency_of = dispatches.set_index("dispatch_id")["agency"]
    standing = counted_dispatches(dispatches, copies="keep")
    copied = standing["duplicate_of"].where(standing["duplicate_kind"].isin(COPIES))
    stated = standing["agency"].notna()
    pairs = pd.DataFrame(
        {
            "agency": standing["agency"].fillna(copied.map(agency_of)).astype("string"),
            "outlet": standing["outlet"].astype("string"),
            "stated": stated.astype("int64"),
            "by_copy": (~stated).astype("int64"),
        }
    ).dropna()
    elsewhere = pairs["agency"].str.casefold().ne(pairs["outlet"].str.casefold())
    sums = pairs[elsewhere].groupby(["agency", "outlet"], as_index=False).sum()
    sums.insert(2, "dispatches", sums["stated"] + sums["by_copy"])
    counts = dict.fromkeys(("dispatches", "stated", "by_copy"), "Int64")
    return sums.astype(counts).sort_values(
        ["dispatches", "agency", "outlet"], ascending=[False, True, True], ignore_index=True
    )
