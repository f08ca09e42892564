"""Layer 5: results drawn, described in words, and made part of a page.

Every ``draw_`` function takes an optional Axes and returns the Axes it drew on; none touches
pyplot or the global settings of matplotlib.
"""

from analysis.figures.agreement import draw_agreement, draw_calibration
from analysis.figures.coverage import draw_coverage
from analysis.figures.describe import describe
from analysis.figures.intervals import draw_intervals
from analysis.figures.republication import draw_republication
from analysis.figures.results import (
    draw_anonymity,
    draw_difference,
    draw_share_of_voice,
    draw_tone,
)
from analysis.figures.svg import as_svg

__all__ = [
    "as_svg",
    "describe",
    "draw_agreement",
    "draw_anonymity",
    "draw_calibration",
    "draw_coverage",
    "draw_difference",
    "draw_intervals",
    "draw_republication",
    "draw_share_of_voice",
    "draw_tone",
]
