"""Layer 4: how well found attributions agree with labelled ones."""

from analysis.validation.gold import read_annotations
from analysis.validation.scoring import score_attributions

__all__ = ["read_annotations", "score_attributions"]
