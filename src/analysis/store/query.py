"""Take the dispatches on a topic, of some agencies or of a period out of the tables."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

import pandas as pd

from analysis.errors import InputError
from analysis.store.tables import Tables

_PLAIN = re.compile(r"[\w\s'’-]*")


def select(
    tables: Tables,
    query: str = "",
    *,
    agencies: Iterable[str] = (),
    start: str | date | None = None,
    end: str | date | None = None,
) -> Tables:
    """Return the tables of the dispatches that match, and of nothing else.

    Parameters
    ----------
    tables : the canonical tables.
    query : looked for in headline and body, in upper or lower case. Words (letters, digits,
        hyphens, apostrophes) match where each stands somewhere as a whole word; anything else is
        a regular expression of Python, found anywhere. Empty matches every dispatch.
    agencies : keep the dispatches of these; none keeps all.
    start, end : first and last day of publication (ISO 8601, UTC), both included. With either, a
        dispatch without a time of publication does not match.

    Returns
    -------
    Tables
        With the rows about matching dispatches in every table, the sources heard in them, and all
        rejects (they belong to the input as a whole). Order and provenance are kept.

    Raises
    ------
    InputError : a regular expression or a date that cannot be read, or `start` after `end`.

    >>> import pandas as pd
    >>> from analysis import schema
    >>> row = {"dispatch_id": "d1", "body": "Patrols resumed.", "n_words": 2, "format": "frame",
    ...        "source_file": "(memory)", "content_hash": "0"}
    >>> corpus = Tables(dispatches=schema.conform(pd.DataFrame([row]), "dispatches"))
    >>> len(select(corpus, "patrols").dispatches), len(select(corpus, "patrol").dispatches)
    (1, 0)
    """
    dispatches = tables.dispatches
    wanted = _matches(dispatches, query) & _published(dispatches, start, end)
    names = list(agencies)
    if names:
        wanted &= dispatches["agency"].isin(names)
    kept = dispatches[wanted]
    return Tables(**_about(tables, kept), provenance=dict(tables.provenance))


def _about(tables: Tables, kept: pd.DataFrame) -> dict[str, Any]:
    ids = set(kept["dispatch_id"])
    frames = tables.frames()
    attributions = frames["attributions"]
    attributions = attributions[attributions["dispatch_id"].isin(ids)]
    spans, sources = frames["attribution_spans"], frames["sources"]
    own: dict[str, pd.DataFrame] = {
        "dispatches": kept,
        "attributions": attributions,
        "attribution_spans": spans[spans["attribution_id"].isin(attributions["attribution_id"])],
        "sources": sources[sources["source_id"].isin(attributions["source_id"])],
        "rejects": frames["rejects"],
    }
    for name, frame in frames.items():
        if name not in own:
            own[name] = frame[frame["dispatch_id"].isin(ids)]
    return {name: frame.reset_index(drop=True) for name, frame in own.items()}


def _matches(dispatches: pd.DataFrame, query: str) -> pd.Series:
    text = dispatches["headline"].fillna("") + "\n" + dispatches["body"]
    patterns = _patterns(query)
    found = [all(pattern.search(one) for pattern in patterns) for one in text]
    return pd.Series(found, index=dispatches.index, dtype="boolean")


def _patterns(query: str) -> list[re.Pattern[str]]:
    if _PLAIN.fullmatch(query):
        words = query.split()
        return [re.compile(rf"(?<!\w){re.escape(w)}(?!\w)", re.IGNORECASE) for w in words]
    try:
        return [re.compile(query, re.IGNORECASE)]
    except re.error as error:
        expected = "words, or a regular expression of Python"
        raise InputError(f"query {query!r} ({error})", expected) from error


def _published(
    dispatches: pd.DataFrame, start: str | date | None, end: str | date | None
) -> pd.Series:
    first, last = _day(start, "start"), _day(end, "end")
    if first is not None and last is not None and first > last:
        raise InputError(f"start {first:%Y-%m-%d} after end {last:%Y-%m-%d}", "start before end")
    published = dispatches["published_at"]
    wanted = pd.Series(True, index=dispatches.index, dtype="boolean")
    if first is not None:
        wanted &= published.ge(first)
    if last is not None:
        wanted &= published.lt(last + pd.Timedelta(days=1))
    return wanted.fillna(False)


def _day(value: str | date | None, argument: str) -> pd.Timestamp | None:
    if value is None or value == "":
        return None
    try:
        return pd.Timestamp(date.fromisoformat(str(value)), tz="UTC")
    except ValueError as error:
        raise InputError(f"{argument}={value!r}", "a day such as 2031-03-04") from error
