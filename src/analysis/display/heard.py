"""The sources that are heard most, with what the dispatches say about them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from analysis.stats.selection import counted_attributions, counted_dispatches

if TYPE_CHECKING:
    from analysis.store import Tables

COLUMNS = {
    "source_id": "string",
    "name": "string",
    "source_type": "string",
    "role": "string",
    "affiliation": "string",
    "country": "string",
    "attributions": "Int64",
    "dispatches": "Int64",
    "own_words": "Int64",
    "denials": "Int64",
    "non_answers": "Int64",
}


def heard(tables: Tables, *, copies: str = "drop") -> pd.DataFrame:
    """Return the named sources, the one heard most first.

    Parameters
    ----------
    tables : the canonical tables; dispatches, attributions and sources are read.
    copies : as in `analysis.stats.share_of_voice`.

    Returns
    -------
    DataFrame: ``source_id``, ``name``, ``source_type``, ``role``, ``affiliation`` and ``country``
    (string, as in `analysis.schema.SOURCES`: NA where no dispatch says), then, all Int64,
    ``attributions`` (declines left out, as `share_of_voice` counts), in how many ``dispatches``,
    how many of them quote ``own_words`` (direct or mixed), how many are ``denials``; and
    ``non_answers``, the attributions in which the source declines, which are counted here only.
    Unnamed sources are not listed: "a senior official" is another one in every dispatch.

    Raises
    ------
    InputError : an unknown option.

    >>> from analysis.stats import invented_tables
    >>> heard(invented_tables())[["name", "attributions", "dispatches", "own_words", "non_answers"]]
                   name  attributions  dispatches  own_words  non_answers
    0         Mara Lund             3           3          3            0
    1    Halden Courier             1           1          0            0
    2  Kelm Water Board             1           1          0            1
    """
    counted = counted_dispatches(tables.dispatches, copies)["dispatch_id"]
    found = counted_attributions(tables)
    found = found[found["dispatch_id"].isin(counted) & found["named"].fillna(False)]
    declined = found["stance"].eq("declines")
    spoken = found.assign(
        attributions=~declined,
        own_words=found["kind"].isin(["direct", "mixed"]) & ~declined,
        denials=found["stance"].eq("denies"),
        non_answers=declined,
        dispatch_id=found["dispatch_id"].where(~declined),
    )
    sums = spoken.groupby("source_id")[["attributions", "own_words", "denials", "non_answers"]]
    out = sums.sum().assign(dispatches=spoken.groupby("source_id")["dispatch_id"].nunique())
    about = tables.sources.drop(columns="named")
    out = (
        out.reset_index()
        .merge(about, on="source_id")
        .sort_values(
            ["attributions", "dispatches", "name"], ascending=[False, False, True], kind="stable"
        )
    )
    return out[list(COLUMNS)].astype(COLUMNS).reset_index(drop=True)
