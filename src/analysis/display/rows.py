"""Every row of every table that is about one dispatch."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis import schema
from analysis.display.one import dispatch_of

if TYPE_CHECKING:
    from analysis.store import Tables

# What has a column of its own in the result, or would only repeat the text.
_APART = {"dispatch_id", "start", "end", "body"}


def rows(tables: Tables, dispatch_id: str) -> pd.DataFrame:
    """Return every row about one dispatch, of all tables, below one another.

    Parameters
    ----------
    tables : the canonical tables.
    dispatch_id : the dispatch.

    Returns
    -------
    DataFrame in the order of the tables: ``table`` (string), ``key`` (string: the row's key, its
    parts joined by ``:``), ``start`` and ``end`` (Int64 characters of the body, NA for a row that
    has no single span), ``text`` (string: that slice of the body) and ``says`` (string: what else
    the row holds, ``column=value`` joined by ``; ``, NA left out).

    Raises
    ------
    InputError : no such dispatch.

    >>> from analysis.stats import invented_tables
    >>> rows(invented_tables(), "d3")["table"].value_counts(sort=False).to_dict()
    {'dispatches': 1, 'attributions': 2, 'sources': 1, 'sentiment': 2}
    """
    body = str(dispatch_of(tables, dispatch_id)["body"])
    frames = []
    for name, frame in _about(tables, dispatch_id).items():
        spans = _spans(frame)
        frames.append(
            pd.DataFrame(
                {
                    "table": name,
                    "key": [_key(name, row) for row in frame.to_dict("records")],
                    "start": spans["start"].array,
                    "end": spans["end"].array,
                    "text": [_slice(body, *span) for span in spans.itertuples(index=False)],
                    "says": [_says(name, row) for row in frame.to_dict("records")],
                }
            )
        )
    kinds = {"table": "string", "key": "string", "start": "Int64", "end": "Int64"}
    kinds |= {"text": "string", "says": "string"}
    return pd.concat([f.astype(kinds) for f in frames if len(f)], ignore_index=True)


def _about(tables: Tables, dispatch_id: str) -> dict[str, pd.DataFrame]:
    attributions = tables.attributions
    attributions = attributions[attributions["dispatch_id"].eq(dispatch_id)]
    spans, sources = tables.attribution_spans, tables.sources
    apart = {
        "attributions": attributions,
        "attribution_spans": spans[spans["attribution_id"].isin(attributions["attribution_id"])],
        "sources": sources[sources["source_id"].isin(attributions["source_id"].dropna())],
    }
    return {
        name: apart[name] if name in apart else frame[frame["dispatch_id"].eq(dispatch_id)]
        for name, frame in tables.frames().items()
        if name in apart or "dispatch_id" in frame.columns
    }


def _spans(frame: pd.DataFrame) -> pd.DataFrame:
    if "start" in frame.columns:
        return frame[["start", "end"]]
    nothing = pd.Series(pd.NA, index=frame.index, dtype="Int64")
    return pd.DataFrame({"start": nothing, "end": nothing})


def _slice(body: str, start: int, end: int) -> object:
    return pd.NA if pd.isna(start) or pd.isna(end) else body[int(start) : int(end)]


def _key(name: str, row: Mapping[Any, Any]) -> str:
    names = schema.TABLES[name].key
    return ":".join(str(row[key]) for key in names if not pd.isna(row[key]))


def _says(name: str, row: Mapping[Any, Any]) -> str:
    apart = _APART | set(schema.TABLES[name].key)
    held = {k: v for k, v in row.items() if k not in apart and not pd.isna(v)}
    return "; ".join(f"{key}={value}" for key, value in held.items())
