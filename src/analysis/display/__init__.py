"""Layer 5: show a dispatch with its sources, cues and content, and every row about it."""

from analysis.display.compared import compared
from analysis.display.heard import heard
from analysis.display.intake import intake
from analysis.display.page import MarkedDispatch, show
from analysis.display.rows import rows
from analysis.display.statements import examples, statements
from analysis.display.wide import wide

__all__ = [
    "MarkedDispatch",
    "compared",
    "examples",
    "heard",
    "intake",
    "rows",
    "show",
    "statements",
    "wide",
]
