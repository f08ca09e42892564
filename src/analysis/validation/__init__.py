"""Layer 4: how well found attributions agree with labelled ones."""

from analysis.validation.calibration import calibration
from analysis.validation.errors_found import attribution_errors
from analysis.validation.gold import read_annotations
from analysis.validation.held import labels_held
from analysis.validation.methods import as_dispatches, by_method
from analysis.validation.recall import recall_by
from analysis.validation.scoring import score_attributions

__all__ = [
    "as_dispatches",
    "attribution_errors",
    "by_method",
    "calibration",
    "labels_held",
    "read_annotations",
    "recall_by",
    "score_attributions",
]
