"""How figures look: colours that the colour-blind tell apart, and text that cannot break them."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from analysis.stats.wording import printable

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# Okabe and Ito (2008), Color Universal Design, ordered so that neighbours differ in grey as well.
COLOURS = ("#0072B2", "#E69F00", "#000000", "#56B4E9", "#D55E00", "#009E73", "#CC79A7")
MARKERS = ("o", "s", "D", "^", "v", "P", "X")
INK, FAINT = "#222222", "#767676"
WIDTH = 7.2  # inches
LABEL_WIDTH, LABEL_LINES = 34, 2


def new_axes(height: float) -> Axes:
    """Return the axes of a new figure, `height` inches high, that belongs to no window."""
    from matplotlib.figure import Figure
    from matplotlib.layout_engine import ConstrainedLayoutEngine

    layout = ConstrainedLayoutEngine(w_pad=0.08, h_pad=0.08)
    figure = Figure(figsize=(WIDTH, height), layout=layout, facecolor="white")
    return figure.subplots()


def literal(text: str) -> str:
    """Return `text` so that matplotlib draws it as it stands: a dollar sign starts no formula.

    >>> literal("$5 and $6")
    '\\\\$5 and \\\\$6'
    """
    return text.replace("$", r"\$")


def label(text: str, width: int = LABEL_WIDTH, lines: int = LABEL_LINES) -> str:
    """Return `text` wrapped for an axis, cut with an ellipsis after so many lines.

    >>> print(label("a spokesman for the Kelm Valley Water and Sewage Board in Norvik", 20))
    a spokesman for the
    Kelm Valley Water…
    """
    short = textwrap.wrap(
        printable(text), width, max_lines=lines, placeholder="…", break_on_hyphens=False
    )
    return literal("\n".join(short))


def title(axes: Axes, text: str) -> None:
    """Set a title that starts where the figure's text does."""
    lines = label(text, 56, 3)
    axes.set_title(lines, loc="left", fontsize=11, fontweight="bold", color=INK, pad=10)


def bare(axes: Axes) -> None:
    """Take away the frame, and leave faint lines to read values by."""
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(FAINT)
    axes.tick_params(axis="both", length=0, labelsize=9, labelcolor=INK)
    axes.grid(axis="x", color="#E3E3E3", linewidth=0.8)
    axes.set_axisbelow(True)


def message(axes: Axes, text: str) -> Axes:
    """Draw a plain sentence where there is nothing to draw."""
    axes.set_axis_off()
    axes.text(
        0.5, 0.5, literal(text), ha="center", va="center", color=FAINT, transform=axes.transAxes
    )
    return axes
