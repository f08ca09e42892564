"""The answer of a report, in the sentences a reader meets first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from analysis.findings import corpus, sources
from analysis.findings.sentences import Findings, sentences
from analysis.stats import anonymity_rate, counts, difference, share_of_voice, tone
from analysis.stats.selection import counted_dispatches

if TYPE_CHECKING:
    from analysis.store import Tables


NONE = " (no interval)"


def headline(tables: Tables, *, draws: int = 2000, seed: int = 0) -> Findings:
    """Return the findings on a corpus in words: who is heard, who is not named, in what tone.

    Parameters
    ----------
    tables : the canonical tables of the selection.
    draws, seed : of the bootstrap intervals; the same seed gives the same words.

    Returns
    -------
    Findings
        From one sentence, for an empty selection, to seven. Every number is one that
        `analysis.stats` returns for the same arguments. Whether one share is larger than another is
        said from the interval of their difference, not from two intervals side by side. The first
        and the second of many may be compared at the level of one comparison (Hung and Fithian
        2019, Rank verification for exponential families); the highest and the lowest may not, and
        their interval is widened (`analysis.findings.sources.level_for_extremes`).

    >>> from analysis.store import Tables
    >>> headline(Tables())
    - No dispatch of this selection can be counted.
    """
    read = counts(tables)
    agencies = counted_dispatches(tables.dispatches)["agency"].unique()
    if not read.iloc[0]["dispatches"]:
        return sentences(corpus.coverage(read))
    return _explained(
        _who_is_heard(tables, draws, seed),
        sources.top_source(share_of_voice(tables, "source", top=5, draws=draws, seed=seed)),
        sources.anonymity(anonymity_rate(tables, draws=draws, seed=seed)),
        _anonymity_by_agency(tables, draws, seed),
        _tone(tables, draws, seed),
        corpus.refusals(tables),
        corpus.coverage(read, agencies),
    )


def _explained(*said: str) -> Findings:
    """Say once what the brackets are, or, where no number has an interval, that there is none."""
    if any(" (" in one.replace(NONE, "") for one in said[:-1]):
        return sentences(*said[:-1], said[-1] + " Numbers in brackets are 95 % intervals.")
    plain = [one.replace(NONE, "") for one in said]
    return sentences(*plain[:-1], plain[-1] + " There are too few dispatches for intervals.")


def _who_is_heard(tables: Tables, draws: int, seed: int) -> str:
    shares = share_of_voice(tables, "source_type", draws=draws, seed=seed)
    first, second = [*shares["source_type"].tolist(), None, None][:2]
    lead = None
    if second is not None:
        lead = difference(
            tables, "share_of_voice", "source_type", first, second, draws=draws, seed=seed
        )
    return sources.who_is_heard(shares, lead)


def _anonymity_by_agency(tables: Tables, draws: int, seed: int) -> str:
    rates = anonymity_rate(tables, group="agency", draws=draws, seed=seed)
    pair = sources.extremes(rates, "agency")
    gap = None
    if len(pair) == 2:
        high, low = pair["agency"]
        level = sources.level_for_extremes(rates, "agency")
        gap = difference(
            tables, "anonymity_rate", "agency", high, low, level=level, draws=draws, seed=seed
        )
    return sources.anonymity_by(rates, "agency", gap)


def _tone(tables: Tables, draws: int, seed: int) -> str:
    means = tone(tables, draws=draws, seed=seed)
    gap: pd.DataFrame | None = None
    if means["n"].gt(0).sum() == 2:
        gap = difference(tables, "tone", "voice", "source", "reporter", draws=draws, seed=seed)
    return corpus.tone(means, gap)
