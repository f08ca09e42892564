"""Layer 5: findings in words, made from result tables; right for none, one and many."""

from analysis.findings.corpus import coverage, refusals, reliability, tone
from analysis.findings.headline import headline
from analysis.findings.holdings import holdings, missing, refused, repeats, republished
from analysis.findings.sentences import Findings, sentences
from analysis.findings.sources import anonymity, anonymity_by, top_source, who_is_heard

__all__ = [
    "Findings",
    "anonymity",
    "anonymity_by",
    "coverage",
    "headline",
    "holdings",
    "missing",
    "refusals",
    "refused",
    "reliability",
    "repeats",
    "republished",
    "sentences",
    "tone",
    "top_source",
    "who_is_heard",
]
