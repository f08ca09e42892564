"""Coverage: how many dispatches there are, by period and agency."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

import pandas as pd

from analysis.figures import style
from analysis.stats.coverage import coverage, fitting_period
from analysis.stats.wording import value_as_text

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MOST_ROWS, MOST_DATES = 12, 6
# How much of the distance between two rows the highest count fills.
ROW_SHARE = 0.85
STARTS = {"day": "D", "week": "W-MON", "month": "MS", "year": "YS"}


def draw_coverage(
    dispatches: pd.DataFrame,
    ax: Axes | None = None,
    *,
    by: str = "agency",
    period: str | None = None,
    copies: str = "drop",
    title: str = "",
) -> Axes:
    """Draw how many dispatches were published in each period, one row an agency.

    Parameters
    ----------
    dispatches : the dispatches table.
    ax : axes to draw on; None makes a figure.
    by : the column that gives the rows, the largest first; beyond twelve, the last row is the rest.
    period : ``"day"``, ``"week"`` (from Monday), ``"month"`` or ``"year"``, in UTC; None takes what
        `analysis.stats.fitting_period` says.
    copies : as in `analysis.stats.coverage`.
    title : of the axes; "" says what is counted.

    Returns
    -------
    The axes. All rows have the same scale. Periods without a dispatch are empty; dispatches without
    a time of publication are not drawn, and the axis says how many they are.

    Raises
    ------
    InputError : an unknown column, period or option.

    >>> from analysis.stats import invented_tables
    >>> draw_coverage(invented_tables().dispatches).get_title(loc="left")
    'Dispatches per day by agency'
    """
    counted = coverage(dispatches, by=by, period="day", copies=copies)
    dated = counted[counted["day"].notna()]
    n_undated = int(counted.loc[counted["day"].isna(), "dispatches"].sum())
    if not len(dated):
        undated = f" with a time of publication ({n_undated} without)" if n_undated else ""
        return style.message(ax or style.new_axes(1.6), f"no dispatches{undated} in this selection")
    period = _check(period) or fitting_period(dispatches)
    table = _by_period(dated, by, period)
    ax = ax or style.new_axes(1.1 + 0.5 * len(table.columns))
    _draw_rows(ax, table, period)
    _finish(ax, table, period, n_undated)
    style.title(ax, title or f"Dispatches per {period} by {by.replace('_', ' ')}")
    return ax


def _check(period: str | None) -> str | None:
    from analysis.stats.selection import check_choice

    if period is not None:
        check_choice(period, tuple(STARTS), "period")
    return period


def _by_period(dated: pd.DataFrame, by: str, period: str) -> pd.DataFrame:
    """Counts, every period from the first to the last by agencies, the largest first."""
    names = pd.Series([value_as_text(value) for value in dated[by]], index=dated.index)
    start = pd.to_datetime(dated["day"]).map(_rolled_back(period))
    table = pd.crosstab(start, names, dated["dispatches"].astype("int64"), aggfunc="sum")
    every = pd.date_range(start.min(), start.max(), freq=STARTS[period])
    table = table.reindex(every).fillna(0).astype("int64")
    order = table.sum().sort_values(ascending=False, kind="stable").index
    if len(order) <= MOST_ROWS:
        return table[order]
    own, rest = order[: MOST_ROWS - 1], order[MOST_ROWS - 1 :]
    return table[own].assign(**{f"{len(rest)} others": table[rest].sum(axis=1)})


def _rolled_back(period: str) -> Callable[[pd.Timestamp], pd.Timestamp]:
    """The first day of the period in which a day lies."""
    offset = pd.tseries.frequencies.to_offset(STARTS[period])
    return offset.rollback


def _draw_rows(ax: Axes, counted: pd.DataFrame, period: str) -> None:
    """One silhouette a row: a single shape stays small on a page, hundreds of bars do not."""
    from matplotlib.dates import date2num

    first = date2num(counted.index.to_numpy())  # type: ignore[no-untyped-call]
    after = pd.date_range(counted.index[-1], periods=2, freq=STARTS[period])[-1]
    edges = [*first, date2num(after)]  # type: ignore[no-untyped-call]
    scale = ROW_SHARE / max(int(counted.to_numpy().max()), 1)
    floors = range(len(counted.columns) - 1, -1, -1)
    labels = []
    for floor, name in zip(floors, counted.columns, strict=True):
        heights = counted[name].to_numpy() * scale
        ax.axhline(floor, color=style.FAINT, linewidth=0.5)
        ax.stairs(floor + heights, edges, baseline=floor, fill=True, color=style.COLOURS[0])
        labels.append(f"{style.label(str(name))}\nn = {int(counted[name].sum()):,}")
    ax.set_yticks([floor + ROW_SHARE / 2 for floor in floors], labels)
    ax.set_ylim(-0.05, len(labels))


def _finish(ax: Axes, counted: pd.DataFrame, period: str, n_undated: int) -> None:
    from matplotlib.dates import date2num

    style.bare(ax)
    dates = counted.index[:: math.ceil(len(counted) / MOST_DATES)]
    places = date2num(dates.to_numpy())  # type: ignore[no-untyped-call]
    ax.set_xticks(places, [day.strftime("%Y-%m-%d") for day in dates])
    tallest = int(counted.to_numpy().max())
    undated = f"; {n_undated:,} without a time are not drawn" if n_undated else ""
    text = f"{period} of publication, UTC; the highest {period} stands for {tallest:,}{undated}"
    ax.set_xlabel(text, fontsize=9, color=style.INK)
