"""Statistics: tables in, small result tables out, each number with its uncertainty.

Every result has the group columns, the category columns, then ``statistic``, ``estimate``,
``ci_low``, ``ci_high``, ``n`` and ``n_missing``.
"""

from analysis.stats.anonymity import anonymity_rate, decline_rate
from analysis.stats.counts import counts
from analysis.stats.coverage import coverage, fitting_period, missing_fields, volume
from analysis.stats.difference import difference
from analysis.stats.examples import invented_tables
from analysis.stats.republication import republication
from analysis.stats.share_of_voice import share_of_voice
from analysis.stats.tone import tone

__all__ = [
    "anonymity_rate",
    "counts",
    "coverage",
    "decline_rate",
    "difference",
    "fitting_period",
    "invented_tables",
    "missing_fields",
    "republication",
    "share_of_voice",
    "tone",
    "volume",
]
