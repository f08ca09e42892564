"""Dots with intervals: the one form in which every estimate is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.figures import style
from analysis.stats.wording import (
    count_as_text,
    missing_as_text,
    roles,
    statistic_of,
    value_as_text,
    wording_of,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MOST_ROWS = 30
# How much of a row its series share.
SPREAD = 0.64
# Inches.
ROW_HEIGHT, DOT_HEIGHT, FRAME_HEIGHT = 0.42, 0.2, 1.0


def draw_intervals(
    result: pd.DataFrame,
    ax: Axes | None = None,
    *,
    title: str = "",
    nothing: str = "nothing to show in this selection",
) -> Axes:
    """Draw a result as dots with their intervals.

    Parameters
    ----------
    result : of `analysis.stats`, with one statistic. The categories are the rows; several groups
        are told apart by colour and shape. Without categories, or with more groups than
        colours, each group has its own row.
    ax : axes to draw on; None makes a figure high enough for the rows.
    title : of the axes.
    nothing : what to write when no estimate is there to draw.

    Returns
    -------
    The axes. A hollow dot has no interval (fewer than four dispatches). At most 30 rows are drawn;
    the axis says when there are more. Long names are wrapped and cut: the result has them whole.

    Raises
    ------
    InputError : a frame that is no result, or holds several statistics.

    >>> from analysis.stats import invented_tables, tone
    >>> draw_intervals(tone(invented_tables())).get_xlabel()
    'mean tone (compound, −1 to 1), 95 % interval'
    """
    statistic = statistic_of(result)
    drawn = result[result["estimate"].notna()] if statistic else result
    if not len(drawn):
        return style.message(ax or style.new_axes(1.6), nothing)
    marks = _marks(drawn)
    keys = marks["key"].drop_duplicates().tolist()
    shown = marks[marks["key"].isin(keys[:MOST_ROWS])]
    ax = ax or style.new_axes(_height(shown))
    _draw_rows(ax, shown)
    _draw_marks(ax, shown)
    _set_scale(ax, result, statistic)
    if len(keys) > MOST_ROWS:
        ax.set_xlabel(f"{ax.get_xlabel()}\nfirst {MOST_ROWS} of {len(keys)} rows", fontsize=9)
    if title:
        style.title(ax, title)
    return ax


def _marks(result: pd.DataFrame) -> pd.DataFrame:
    """One row a dot: where it stands, what is written there, which series it belongs to."""
    groups, categories = roles(result)
    by_group = [_joined(row, groups) for _, row in result.iterrows()]
    by_category = [_joined(row, categories) for _, row in result.iterrows()]
    in_series = bool(groups and categories) and 1 < len(set(by_group)) <= len(style.COLOURS)
    both = [" – ".join(filter(None, pair)) for pair in zip(by_group, by_category, strict=True)]
    before = list(result.columns[: list(result.columns).index("statistic")])
    keyed = [c for c in before if not in_series or c not in groups]
    return pd.DataFrame(
        {
            "key": [repr(tuple(row[keyed])) for _, row in result.iterrows()],
            "name": by_category if in_series else both,
            "count": "" if in_series else [_count(row) for _, row in result.iterrows()],
            "series": by_group if in_series else "",
            "statistic": result["statistic"].to_numpy(),
            "n": result["n"].to_numpy(),
            "estimate": result["estimate"].to_numpy("float64", na_value=np.nan),
            "low": result["ci_low"].to_numpy("float64", na_value=np.nan),
            "high": result["ci_high"].to_numpy("float64", na_value=np.nan),
        }
    )


def _height(marks: pd.DataFrame) -> float:
    """Inches for the rows, each high enough for two lines and for the dots of every series."""
    row = max(ROW_HEIGHT, DOT_HEIGHT * marks["series"].nunique())
    return FRAME_HEIGHT + row * marks["key"].nunique()


def _joined(row: pd.Series, columns: list[str]) -> str:
    return ", ".join(value_as_text(row[name], name) for name in columns)


def _count(row: pd.Series) -> str:
    """What stands behind a row's estimate, in numbers."""
    n = count_as_text(row["n"])
    if str(row["statistic"]).startswith("share_of_"):
        return f"{count_as_text(round(row['estimate'] * row['n']))} of {n}"
    return ", ".join(filter(None, (f"n = {n}", missing_as_text(row))))


def _n_of(series: pd.DataFrame) -> str:
    """What stands behind a whole series: shares have one denominator, means one each."""
    shared = series["statistic"].str.startswith("share_of_").all()
    return f"n = {count_as_text(series['n'].max() if shared else series['n'].sum())}"


def _draw_rows(ax: Axes, marks: pd.DataFrame) -> None:
    """Write the rows' names down the left, each with its count."""
    rows = marks.drop_duplicates("key")
    labels = [
        "\n".join(filter(None, (style.label(name), count)))
        for name, count in zip(rows["name"], rows["count"], strict=True)
    ]
    ax.set_yticks(range(len(rows)), labels)
    ax.set_ylim(len(rows) - 0.4, -0.6)
    style.bare(ax)


def _draw_marks(ax: Axes, marks: pd.DataFrame) -> None:
    """Draw each series' intervals and dots, side by side within a row."""
    place = {key: y for y, key in enumerate(marks["key"].drop_duplicates())}
    names = marks["series"].drop_duplicates().tolist()
    for number, name in enumerate(names):
        series = marks[marks["series"].eq(name)]
        shift = 0.0 if len(names) == 1 else (number / (len(names) - 1) - 0.5) * SPREAD
        y = series["key"].map(place).to_numpy(dtype="float64") + shift
        _draw_one_series(ax, series, y, number, name)
    if len(names) > 1:
        ax.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0), frameon=False, fontsize=9)


def _draw_one_series(ax: Axes, series: pd.DataFrame, y: Any, number: int, name: str) -> None:
    colour, marker = style.COLOURS[number], style.MARKERS[number]
    sure = series["low"].notna().to_numpy()
    ax.hlines(y, series["low"], series["high"], color=colour, linewidth=2)
    # The legend shows solid dots if there are any.
    named = f"{style.label(name, 24)} ({_n_of(series)})" if name else None
    for chosen, fill in ((sure, colour), (~sure, "white")):
        if not chosen.any():
            continue
        ax.plot(
            series["estimate"].to_numpy()[chosen],
            y[chosen],
            linestyle="none",
            marker=marker,
            markersize=7,
            color=colour,
            markerfacecolor=fill,
            clip_on=False,
            label=named,
        )
        named = None


def _set_scale(ax: Axes, result: pd.DataFrame, statistic: str) -> None:
    """Scale the axis from 0 (or about 0), in per cent where the estimate is a share."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    measure, _, is_share = wording_of(statistic)
    level = f"{round(100 * result.attrs.get('level', 0.95))} % interval"
    numbers = result[["estimate", "ci_low", "ci_high"]].to_numpy("float64", na_value=np.nan)
    signed = statistic.startswith("difference_in_") or not is_share
    most = max(float(np.nanmax(np.abs(numbers))) * 1.08, 0.1)
    ax.set_xlim(-most if signed else 0, min(most, 1.0) if is_share and not signed else most)
    if signed:
        ax.axvline(0, color=style.FAINT, linewidth=1, zorder=1)
    ax.xaxis.set_major_locator(MaxNLocator(6, steps=[1, 2, 2.5, 5, 10]))
    formatter = _per_cent if is_share else _signed
    ax.xaxis.set_major_formatter(FuncFormatter(formatter))
    unit = "percentage points" if is_share and signed else "%" if is_share else "compound, −1 to 1"
    ax.set_xlabel(f"{measure} ({unit}), {level}", fontsize=9, color=style.INK)


def _per_cent(value: float, _place: int) -> str:
    return f"{100 * value:.0f}".replace("-", "−")


def _signed(value: float, _place: int) -> str:
    return f"{value:.2f}".replace("-", "−")
