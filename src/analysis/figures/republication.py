"""Who republishes whom: agencies down, outlets across, a dot for each pair."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.figures import style

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MOST_AGENCIES, MOST_OUTLETS = 12, 6
# Square points of the largest dot: it fills about half the distance between two rows.
LARGEST = 420
AGENCY_WIDTH, OUTLET_WIDTH = 20, 12
# A number stands on the grid's line: white behind it keeps the digits free.
BEHIND = {"facecolor": "white", "edgecolor": "none", "pad": 1.0}


def draw_republication(counted: pd.DataFrame, ax: Axes | None = None, *, title: str = "") -> Axes:
    """Draw `analysis.stats.republication`: how many dispatches of an agency an outlet published.

    Parameters
    ----------
    counted : what `analysis.stats.republication` returns.
    ax : axes to draw on; None makes a figure.
    title : of the axes; "" says what is counted.

    Returns
    -------
    The axes. The area of a dot is in proportion to the number beside it; a pair that does not occur
    is empty. Largest agencies on top, largest outlets on the left; the last row stands for those
    beyond twelve agencies, the last column for those beyond six outlets.

    >>> rows = {"agency": ["NPA"], "outlet": ["Ledger"], "dispatches": [3]}
    >>> draw_republication(pd.DataFrame(rows)).get_title(loc="left")
    'Dispatches of each agency by outlet'
    """
    if not len(counted):
        return style.message(
            ax or style.new_axes(1.6), "no dispatch of an agency in another's outlet"
        )
    table = _by_outlet(counted)
    ax = ax or style.new_axes(1.5 + 0.5 * len(table))
    _draw_dots(ax, table)
    _finish(ax, table)
    style.title(ax, title or "Dispatches of each agency by outlet")
    return ax


def _by_outlet(counted: pd.DataFrame) -> pd.DataFrame:
    table = counted.assign(dispatches=counted["dispatches"].astype("int64")).pivot_table(
        index="agency", columns="outlet", values="dispatches", aggfunc="sum", fill_value=0
    )
    down = _largest(table, MOST_AGENCIES)
    return _largest(down.T, MOST_OUTLETS).T


def _largest(table: pd.DataFrame, most: int) -> pd.DataFrame:
    """The rows in order of their total, those beyond the most in one at the end."""
    order = table.sum(axis=1).sort_values(ascending=False, kind="stable").index
    ordered = table.loc[order]
    if len(ordered) <= most:
        return ordered
    rest = ordered.iloc[most - 1 :].sum().to_frame(f"{len(ordered) - most + 1} others").T
    return pd.concat([ordered.iloc[: most - 1], rest])


def _draw_dots(ax: Axes, table: pd.DataFrame) -> None:
    numbers = table.to_numpy()
    rows, columns = np.nonzero(numbers)
    found = numbers[rows, columns]
    sizes = LARGEST * found / found.max()
    ax.scatter(columns, rows, s=sizes, color=style.COLOURS[0], zorder=2)
    radii = np.sqrt(sizes / np.pi)
    for row, column, n, radius in zip(rows, columns, found, radii, strict=True):
        ax.annotate(
            f"{n:,}",
            (column, row),
            xytext=(radius + 4, 0),
            textcoords="offset points",
            va="center",
            fontsize=9,
            color=style.INK,
            bbox=BEHIND,
        )


def _finish(ax: Axes, table: pd.DataFrame) -> None:
    style.bare(ax)
    ax.spines["bottom"].set_visible(False)
    ax.grid(axis="y", color="#E3E3E3", linewidth=0.8)
    outlets = [style.label(str(name), OUTLET_WIDTH, 3) for name in table.columns]
    rows = zip(table.index, table.sum(axis=1), strict=True)
    agencies = [f"{style.label(str(name), AGENCY_WIDTH)}\nn = {n:,}" for name, n in rows]
    ax.set_xticks(range(len(outlets)), outlets)
    ax.set_yticks(range(len(agencies)), agencies)
    ax.set_xlim(-0.5, len(outlets) - 0.5)
    ax.set_ylim(len(agencies) - 0.5, -0.5)
    ax.set_xlabel("outlet; the area of a dot is the number", fontsize=9, color=style.INK)
