"""What a corpus holds: how much, from when, of what kind, and what its dispatches do not say."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analysis.errors import InputError
from analysis.stats.selection import (
    PERIODS,
    as_names,
    counted_dispatches,
    number_groups,
    with_groups,
)

FIELDS = ("agency", "published_at", "dateline_place", "byline", "language")
# The longest time in days that a period divides into parts which can still be seen side by side.
LONGEST = {"day": 92, "week": 2 * 366, "month": 10 * 366}


def coverage(
    dispatches: pd.DataFrame,
    *,
    by: str | Sequence[str] = "agency",
    period: str = "day",
    copies: str = "drop",
) -> pd.DataFrame:
    """Count dispatches by period of publication, e.g. per day and agency.

    Parameters
    ----------
    dispatches : the dispatches table; ``published_at`` (UTC), ``status``, ``duplicate_of`` and the
        columns of `by` are read.
    by : columns of the dispatch.
    period : ``"day"``, ``"week"`` (ISO 8601), ``"month"`` or ``"year"``, in UTC.
    copies : as in `analysis.stats.share_of_voice`.

    Returns
    -------
    DataFrame in order of period: `period` (string), the columns of `by`, ``dispatches`` (Int64).
    Periods without a dispatch have no row. Dispatches without a time of publication come last,
    with a period of NA: they are never guessed into one.

    Raises
    ------
    InputError : an unknown period, column or option.

    >>> from analysis.stats.examples import invented_tables
    >>> coverage(invented_tables().dispatches, period="week")
           week         agency  dispatches
    0  2031-W10  Halden Bureau           1
    1  2031-W10   Norvik Press           1
    2  2031-W11  Halden Bureau           1
    3  2031-W11   Norvik Press           1
    """
    if period not in PERIODS:
        raise InputError(f"period={period!r}", "one of: " + ", ".join(PERIODS))
    group = (period, *as_names(by))
    keys, numbered = number_groups(
        with_groups(counted_dispatches(dispatches, copies), group), group
    )
    return keys.assign(dispatches=_rows_of_each(numbered, keys))


def fitting_period(dispatches: pd.DataFrame) -> str:
    """Return the period in which the dispatches are best counted for a figure.

    Parameters
    ----------
    dispatches : the dispatches table; ``published_at`` is read.

    Returns
    -------
    ``"day"`` up to three months from the first time of publication to the last, ``"week"`` up to
    two years, ``"month"`` up to ten, then ``"year"``; ``"day"`` where no time is given.

    >>> from analysis.stats.examples import invented_tables
    >>> fitting_period(invented_tables().dispatches)
    'day'
    """
    times = dispatches["published_at"].dropna()
    if not len(times):
        return "day"
    days = (times.max() - times.min()).days
    return next((period for period, most in LONGEST.items() if days <= most), "year")


def volume(dispatches: pd.DataFrame, by: str | Sequence[str] = "agency") -> pd.DataFrame:
    """Count everything a corpus holds by a column, e.g. by agency, format or kind of repetition.

    Parameters
    ----------
    dispatches : the dispatches table; ``n_words`` and the columns of `by` are read. To count by
        ``version`` or ``duplicate_kind``, fill them first (`analysis.number_versions`).
    by : columns of the dispatch, or a period of publication; none gives one row for the whole.

    Returns
    -------
    DataFrame, the largest first, then in ascending order, NA last: the columns of `by`;
    ``dispatches`` and ``words`` (Int64); ``share`` (Float64): of all dispatches, NA where there are
    none. Every dispatch counts, copies and those taken back too: this is what was received, not
    what statistics count (`analysis.stats.counts`).

    Raises
    ------
    InputError : an unknown column.

    >>> from analysis.stats.examples import invented_tables
    >>> volume(invented_tables().dispatches, "agency")[["agency", "dispatches", "share"]]
              agency  dispatches  share
    0  Halden Bureau           3    0.5
    1   Norvik Press           3    0.5
    """
    group = as_names(by)
    keys, numbered = number_groups(with_groups(dispatches, group), group)
    words = dispatches.set_index("dispatch_id")["n_words"].reindex(numbered["dispatch_id"])
    words = words.groupby(numbered["group_no"].to_numpy()).sum()
    rows = _rows_of_each(numbered, keys)
    out = keys.assign(
        dispatches=rows,
        words=words.reindex(keys.index).fillna(0).astype("Int64"),
        share=_shares(rows, len(dispatches)),
    )
    return out.sort_values("dispatches", ascending=False, kind="stable", ignore_index=True)


def missing_fields(
    dispatches: pd.DataFrame,
    fields: Sequence[str] = FIELDS,
    *,
    group: str | Sequence[str] = (),
) -> pd.DataFrame:
    """Count the dispatches that do not say who wrote them, when, where, or in which language.

    Parameters
    ----------
    dispatches : the dispatches table.
    fields : columns to look at.
    group : columns of the dispatch, e.g. ``"format"``; none gives the whole.

    Returns
    -------
    DataFrame, one row a group and field, groups in ascending order (NA last) and fields as given:
    the group columns; ``field`` (string); ``dispatches`` (Int64); ``missing`` (Int64), of these the
    ones in which the field is NA; ``share`` (Float64), NA where there are no dispatches. The share
    has no interval: all dispatches of the corpus are counted, none is drawn. Copies and dispatches
    taken back count, as in `volume`.

    Raises
    ------
    InputError : a field or group that the table does not have.

    >>> from analysis.stats.examples import invented_tables
    >>> missing_fields(invented_tables().dispatches, ["agency", "byline"])
        field  dispatches  missing  share
    0  agency           6        0    0.0
    1  byline           6        6    1.0
    """
    for name in fields:
        if name not in dispatches.columns:
            raise InputError(f"field {name!r}", "one of: " + ", ".join(dispatches.columns))
    group = as_names(group)
    keys, numbered = number_groups(with_groups(dispatches, group), group)
    ordered = dispatches.set_index("dispatch_id").reindex(numbered["dispatch_id"])
    rows = _rows_of_each(numbered, keys)
    parts = []
    for name in fields:
        absent = ordered[name].isna().groupby(numbered["group_no"].to_numpy()).sum()
        missing = absent.reindex(keys.index).fillna(0).astype("Int64")
        part = keys.assign(field=pd.array([name] * len(keys), dtype="string"), dispatches=rows)
        parts.append(part.assign(missing=missing, share=_shares(missing, rows)))
    by_group = pd.concat(parts).sort_index(kind="stable") if parts else keys.head(0)
    return by_group.reset_index(drop=True)


def _rows_of_each(numbered: pd.DataFrame, keys: pd.DataFrame) -> pd.Series:
    rows = numbered["group_no"].value_counts()
    return rows.reindex(keys.index).fillna(0).astype("Int64")


def _shares(part: pd.Series, whole: pd.Series | int) -> pd.Series:
    whole = pd.Series(whole, index=part.index, dtype="Float64")
    return part.astype("Float64") / whole.mask(whole.eq(0))
