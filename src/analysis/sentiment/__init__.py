"""Sentiment: the tone of the reporter's words and of the sources' quoted words, kept apart."""

from analysis.sentiment.score import score
from analysis.sentiment.scorers import SCORERS, Score, Scorer, load_scorer

__all__ = ["SCORERS", "Score", "Scorer", "load_scorer", "score"]
