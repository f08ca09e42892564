"""Take one dispatch out of the tables."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

import pandas as pd

from analysis.errors import InputError

if TYPE_CHECKING:
    from analysis.store import Tables


def dispatch_of(tables: Tables, dispatch_id: str) -> pd.Series:
    """Return the row of one dispatch.

    Raises
    ------
    InputError : no dispatch of that name; the message names the nearest.
    """
    found = tables.dispatches[tables.dispatches["dispatch_id"].eq(dispatch_id)]
    if len(found):
        return found.iloc[0]
    known = tables.dispatches["dispatch_id"].tolist()
    near = difflib.get_close_matches(str(dispatch_id), known, n=1)
    advice = f"did you mean {near[0]!r}?" if near else ""
    raise InputError(f"dispatch {dispatch_id!r}", f"one of the {len(known)} in the table", advice)


def attributions_of(tables: Tables, dispatch_id: str) -> pd.DataFrame:
    """Return the attributions of one dispatch, numbered from 1, with their sources and tone.

    Columns: those of `attributions`, then ``number``, ``name``, ``named``, ``source_type``,
    ``role``, ``affiliation``, ``country``, and ``compound`` (NA where nothing was scored).
    """
    table = tables.attributions
    found = table[table["dispatch_id"].eq(dispatch_id)].sort_values("attribution_id")
    tone = tables.sentiment
    tone = tone[tone["unit"].eq("quotation") & tone["target"].isna()]
    tone = tone.drop_duplicates("unit_id")[["unit_id", "compound"]]
    joined = found.merge(tables.sources, on="source_id", how="left").merge(
        tone, left_on="attribution_id", right_on="unit_id", how="left"
    )
    return joined.assign(number=range(1, len(joined) + 1))
