"""What was read: dispatches, words, attributions, sources, and what was left out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.stats.selection import (
    as_names,
    counted_attributions,
    counted_dispatches,
    number_groups,
    with_groups,
)
from analysis.versions import TAKEN_BACK

if TYPE_CHECKING:
    from analysis.store import Tables

DISPATCH_COUNTS = (
    "dispatches_read",
    "taken_back_left_out",
    "copies_left_out",
    "dispatches",
    "words",
)
ATTRIBUTION_COUNTS = ("attributions", "declines")


def counts(
    tables: Tables, *, group: str | Sequence[str] = (), copies: str = "drop"
) -> pd.DataFrame:
    """Count what a corpus holds, and what statistics leave out of it.

    Parameters
    ----------
    tables : the canonical tables.
    group : columns of the dispatch, e.g. ``"agency"``; none gives one row for the whole.
    copies : as in `analysis.stats.share_of_voice`.

    Returns
    -------
    DataFrame, one row a group in ascending order: the group columns; ``dispatches_read``, of which
    ``taken_back_left_out`` (withheld or canceled) and ``copies_left_out`` leave ``dispatches``; in
    these, ``words``, ``attributions`` (all of them, declines and nested ones included), of which
    ``declines``; ``sources``, of which ``named_sources``; ``rejects`` and ``cuts`` (inputs not
    loaded, stretches cut; NA by group, for they belong to none), all Int64; and
    ``first_published`` and ``last_published`` (UTC; NA where no time is given).

    Raises
    ------
    InputError : an unknown group or option.

    >>> from analysis.stats.examples import invented_tables
    >>> total = counts(invented_tables())
    >>> total[["dispatches_read", "taken_back_left_out", "copies_left_out", "dispatches"]]
       dispatches_read  taken_back_left_out  copies_left_out  dispatches
    0                6                    1                1           4
    """
    group = as_names(group)
    grouped = with_groups(tables.dispatches, group)
    keys, numbered = number_groups(grouped, group)
    facts = _facts(tables, copies).merge(numbered, on="dispatch_id")
    out = keys.copy()
    for name in (*DISPATCH_COUNTS, *ATTRIBUTION_COUNTS):
        out[name] = _sum(facts[name], facts["group_no"], len(keys))
    for name, sources in _sources_heard(tables, facts).items():
        out[name] = _sum(pd.Series(1, index=sources.index), sources, len(keys))
    whole = not group
    out["rejects"] = pd.array([len(tables.rejects) if whole else pd.NA] * len(out), dtype="Int64")
    out["cuts"] = pd.array([len(tables.cuts) if whole else pd.NA] * len(out), dtype="Int64")
    times = facts.loc[facts["dispatches"] > 0].groupby("group_no")["published_at"]
    out["first_published"] = times.min().reindex(out.index)
    out["last_published"] = times.max().reindex(out.index)
    return out


def _facts(tables: Tables, copies: str) -> pd.DataFrame:
    """What each dispatch adds to the counts."""
    dispatches = tables.dispatches
    counted = dispatches["dispatch_id"].isin(counted_dispatches(dispatches, copies)["dispatch_id"])
    taken_back = dispatches["status"].isin(TAKEN_BACK)
    attributions = tables.attributions
    declined = attributions[attributions["stance"].eq("declines")]
    return pd.DataFrame(
        {
            "dispatch_id": dispatches["dispatch_id"],
            "dispatches_read": 1,
            "taken_back_left_out": taken_back.astype("int64"),
            "copies_left_out": (~taken_back & ~counted).astype("int64"),
            "dispatches": counted.astype("int64"),
            "words": dispatches["n_words"].where(counted, 0),
            "attributions": _rows_of(attributions, dispatches).where(counted, 0),
            "declines": _rows_of(declined, dispatches).where(counted, 0),
            "published_at": dispatches["published_at"],
        }
    )


def _rows_of(table: pd.DataFrame, dispatches: pd.DataFrame) -> pd.Series:
    rows = table["dispatch_id"].value_counts()
    return dispatches["dispatch_id"].map(rows).fillna(0).astype("int64")


def _sources_heard(tables: Tables, facts: pd.DataFrame) -> dict[str, pd.Series]:
    """The group number of each source heard in a group, once a source; then of the named ones."""
    counted = facts.loc[facts["dispatches"] > 0, ["dispatch_id", "group_no"]]
    heard = (
        counted_attributions(tables).dropna(subset=["source_id"]).merge(counted, on="dispatch_id")
    )
    heard = heard.drop_duplicates(["group_no", "source_id"])
    named = heard[heard["named"].fillna(False)]
    return {"sources": heard["group_no"], "named_sources": named["group_no"]}


def _sum(values: pd.Series, number: pd.Series, n_groups: int) -> pd.Series:
    sums = np.bincount(number, values.fillna(0).astype("float64"), n_groups)
    return pd.Series(sums).astype("Int64")
