"""Agreement with labels: methods beside each other, and confidence against what was right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.figures import style
from analysis.stats.wording import count_as_text, statistic_of, value_as_text

if TYPE_CHECKING:
    from matplotlib.axes import Axes

NOTHING = "nothing labelled to compare with"
# How far apart methods stand: in a row at most, and all together; on the scale of confidence.
STEP, SPREAD, ASIDE = 0.28, 0.6, 0.024
# Inches.
ROW_HEIGHT, FRAME_HEIGHT, SQUARE = 0.5, 1.2, 4.8


def draw_agreement(result: pd.DataFrame, ax: Axes | None = None, *, title: str = "") -> Axes:
    """Draw a measure of agreement from 0 to 1, a row a measure or label, methods side by side.

    Parameters
    ----------
    result : rows of one statistic from `analysis.validation`, with ``method`` where there are
        several (`analysis.validation.by_method`).
    ax : axes to draw on; None makes a figure high enough for the rows.
    title : of the axes.

    Returns
    -------
    The axes. Each row has its name and what was labelled; the scale always runs from 0 to 1, so
    that two figures may be compared. A hollow mark has no interval.

    Raises
    ------
    InputError : a frame that is no result, or holds several statistics.

    >>> from analysis.validation import by_method, score_attributions
    >>> gold = [{"id": "a", "text": "Ada said it rained.", "attributions": [
    ...     {"source": [[0, 3]], "cue": [[4, 8]], "content": [[9, 18]]}]}]
    >>> scores = by_method(score_attributions, gold, {"rules": gold}, draws=5)
    >>> ax = draw_agreement(scores.query("statistic == 'f1' and measure == 'joint'"))
    >>> [label.get_text() for label in ax.get_yticklabels()], ax.get_xlabel()
    (['joint\\nn = 1'], 'F1, 0 to 1, with 95 % interval')
    """
    statistic = statistic_of(result)
    drawn = result[result["estimate"].notna()] if statistic else result
    if not len(drawn):
        return style.message(ax or style.new_axes(1.6), NOTHING)
    names = _names(drawn)
    rows = names.drop_duplicates().tolist()
    methods = _methods(drawn)
    ax = ax or style.new_axes(FRAME_HEIGHT + ROW_HEIGHT * len(rows))
    labels = [f"{style.label(name)}\n{_count(drawn[names.eq(name)])}" for name in rows]
    ax.set_yticks(range(len(rows)), labels)
    ax.set_ylim(len(rows) - 0.5, -0.5)
    style.bare(ax)
    place = names.map({name: at for at, name in enumerate(rows)})
    for number, method in enumerate(methods):
        part = drawn["method"].eq(method) if "method" in drawn.columns else drawn["n"].notna()
        shift = _shift(number, len(methods), min(STEP, SPREAD / len(methods)))
        _draw_across(ax, drawn[part], place[part].to_numpy(dtype="float64") + shift, number, method)
    ax.set_xlim(0, 1)
    ax.set_xlabel(
        f"{statistic.replace('f1', 'F1')}, 0 to 1, with {_level(result)} interval", fontsize=9
    )
    return _finish(ax, title, methods)


def draw_calibration(result: pd.DataFrame, ax: Axes | None = None, *, title: str = "") -> Axes:
    """Draw `analysis.validation.calibration`: confidence against the share that was right.

    Parameters
    ----------
    result : of `analysis.validation.calibration`, with ``method`` where there are several.
    ax, title : as in `draw_agreement`; the title "" says what is drawn.

    Returns
    -------
    The axes. On the dashed line a method is as often right as it says; below it, it is too sure of
    itself. The larger a mark, the more finds it stands for; a hollow one has no interval. Several
    methods stand a little aside of their confidence, so that none hides another. Finds without a
    confidence are not drawn, and the axis says how many they are.

    Raises
    ------
    InputError : a frame that is no result, or holds several statistics.

    >>> row = {"confidence": 0.7, "statistic": "share_right", "estimate": 0.8}
    >>> rows = pd.DataFrame([row | {"ci_low": 0.7, "ci_high": 0.9, "n": 20, "n_missing": 0}])
    >>> draw_calibration(rows).get_title(loc="left")
    'Confidence against the share right'
    """
    statistic = statistic_of(result)
    drawn = result[result["estimate"].notna() & result["confidence"].notna()]
    if not statistic or not len(drawn):
        return style.message(ax or style.new_axes(1.6), "no find was given a confidence")
    ax = ax or style.new_axes(SQUARE)
    ax.plot([0, 1], [0, 1], linestyle="--", linewidth=1, color=style.FAINT, zorder=1)
    ax.text(
        0.02,
        0.04,
        "as often right as it says",
        rotation=45,
        rotation_mode="anchor",
        fontsize=8,
        color=style.FAINT,
    )
    methods = _methods(drawn)
    for number, method in enumerate(methods):
        part = drawn[drawn["method"].eq(method)] if "method" in drawn.columns else drawn
        x = part["confidence"].to_numpy("float64") + _shift(number, len(methods), ASIDE)
        _draw_upright(ax, part, x, number, method)
    style.bare(ax)
    ax.grid(axis="y", color="#E3E3E3", linewidth=0.8)
    ax.set_xlim(0, 1)
    ax.set_ylim(0, 1.02)
    ax.set_aspect("equal", adjustable="box")
    rest = int(result.loc[result["confidence"].isna(), "n"].sum())
    undrawn = f"\n{count_as_text(rest)} finds without a confidence are not drawn" if rest else ""
    ax.set_xlabel(f"confidence given{undrawn}", fontsize=9, color=style.INK)
    ax.set_ylabel(f"share right, with {_level(result)} interval", fontsize=9, color=style.INK)
    return _finish(ax, title or "Confidence against the share right", methods)


def _names(result: pd.DataFrame) -> pd.Series:
    """What each row is called: its columns before the statistic, but for the method."""
    columns = list(result.columns)
    keys = [c for c in columns[: columns.index("statistic")] if c != "method"]
    names = [", ".join(value_as_text(row[c], c) for c in keys) for _, row in result.iterrows()]
    return pd.Series(names, index=result.index).str.replace("_", " ")


def _methods(result: pd.DataFrame) -> list[str]:
    return list(result["method"].unique()) if "method" in result.columns else [""]


def _count(rows: pd.DataFrame) -> str:
    """What stands behind a row: one number where all methods share it."""
    return "n = " + " / ".join(dict.fromkeys(count_as_text(n) for n in rows["n"]))


def _level(result: pd.DataFrame) -> str:
    return f"{round(100 * result.attrs.get('level', 0.95))} %"


def _shift(number: int, methods: int, step: float) -> float:
    """How far a method stands from the middle, so that none hides another."""
    return (number - (methods - 1) / 2) * step


def _numbers(part: pd.DataFrame) -> tuple[Any, ...]:
    columns = ("estimate", "ci_low", "ci_high")
    return tuple(part[name].to_numpy("float64", na_value=np.nan) for name in columns)


def _draw_across(ax: Axes, part: pd.DataFrame, y: Any, number: int, method: str) -> None:
    estimate, low, high = _numbers(part)
    colour, marker = _look(number)
    ax.hlines(y, low, high, color=colour, linewidth=2)
    for sure, fill in ((~np.isnan(low), colour), (np.isnan(low), "white")):
        ax.scatter(
            estimate[sure],
            y[sure],
            46,
            edgecolors=colour,
            facecolors=fill,
            marker=marker,
            clip_on=False,
            zorder=3,
        )
    ax.plot([], [], marker, color=colour, label=style.label(method, 24))


def _draw_upright(ax: Axes, part: pd.DataFrame, x: Any, number: int, method: str) -> None:
    estimate, low, high = _numbers(part)
    colour, marker = _look(number)
    ax.vlines(x, low, high, color=colour, linewidth=2, alpha=0.8)
    area = 30 + 220 * part["n"].to_numpy("float64") / max(float(part["n"].sum()), 1.0)
    for sure, fill in ((~np.isnan(low), colour), (np.isnan(low), "white")):
        ax.scatter(
            x[sure],
            estimate[sure],
            area[sure],
            edgecolors=colour,
            facecolors=fill,
            marker=marker,
            clip_on=False,
            zorder=3,
        )
    ax.plot([], [], marker, color=colour, label=style.label(method, 24))


def _look(number: int) -> tuple[str, str]:
    return style.COLOURS[number % len(style.COLOURS)], style.MARKERS[number % len(style.MARKERS)]


def _finish(ax: Axes, title: str, methods: list[str]) -> Axes:
    if len(methods) > 1:
        ax.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0), frameon=False, fontsize=9)
    if title:
        style.title(ax, title)
    return ax
