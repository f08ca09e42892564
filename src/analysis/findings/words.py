"""Pieces of sentences: counts with their noun, lists, periods, and whether a lead is chance."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from analysis.stats.wording import number_as_text


def number(n: Any, one: str, many: str) -> str:
    """Return a count with its noun.

    >>> number(0, "dispatch", "dispatches"), number(1, "dispatch", "dispatches")
    ('no dispatches', '1 dispatch')
    >>> number(100_000, "dispatch", "dispatches")
    '100,000 dispatches'
    """
    return f"{int(n):,} {one if int(n) == 1 else many}" if int(n) else f"no {many}"


def attributions(n: Any) -> str:
    """Return a number of attributions.

    >>> attributions(2)
    '2 attributions'
    """
    return number(n, "attribution", "attributions")


def times(n: Any) -> str:
    """Return how often something happened.

    >>> times(1), times(2), times(1000)
    ('once', 'twice', '1,000 times')
    """
    return {1: "once", 2: "twice"}.get(int(n), f"{int(n):,} times")


def listed(parts: Iterable[str]) -> str:
    """Return parts as a list in a sentence.

    >>> listed(["a"]), listed(["a", "b", "c"])
    ('a', 'a, b and c')
    """
    *head, last = list(parts) or [""]
    return f"{', '.join(head)} and {last}" if head else last


def capital(text: str) -> str:
    """Return `text` with its first letter in upper case, as a sentence begins.

    >>> capital("other media")
    'Other media'
    """
    return text[:1].upper() + text[1:]


def beyond_chance(difference: pd.DataFrame | None, what: str, pairs: int = 1) -> str:
    """Say whether a difference is more than chance; nothing without an interval.

    Parameters
    ----------
    difference : the first row of a result of `analysis.stats.difference`.
    what : the subject of the sentence.
    pairs : how many pairs this one was chosen from, when its interval was widened for that.

    >>> import pandas as pd
    >>> row = {"statistic": "difference_in_anonymity_rate", "estimate": 0.1, "ci_low": -0.02,
    ...        "ci_high": 0.2}
    >>> beyond_chance(pd.DataFrame([row]), "this lead")
    ' This lead, 10 points (−2 to 20), may be chance.'
    """
    if difference is None or not len(difference) or pd.isna(difference["ci_low"].iloc[0]):
        return ""
    row = difference.iloc[0]
    statistic = str(row["statistic"])
    low, high = (number_as_text(row[b], statistic, unit=False) for b in ("ci_low", "ci_high"))
    widened = f", widened for {pairs} pairs" if pairs > 1 else ""
    size = f"{number_as_text(row['estimate'], statistic)} ({low} to {high}{widened})"
    sure = row["ci_low"] > 0 or row["ci_high"] < 0
    return f" {capital(what)}, {size}, {'is more than chance' if sure else 'may be chance'}."


def period(first: Any, last: Any) -> str:
    """Return a period of publication or nothing where none is given.

    >>> import pandas as pd
    >>> period(pd.Timestamp("2031-03-04"), pd.Timestamp("2031-04-28"))
    '4 March to 28 April 2031'
    """
    if pd.isna(first) or pd.isna(last):
        return ""
    begin, end = (f"{day.day} {day:%B}" for day in (first, last))
    if first.date() == last.date():
        return f"{end} {last.year}"
    if first.year != last.year:
        begin += f" {first.year}"
    return f"{begin} to {end} {last.year}"
