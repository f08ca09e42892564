"""Tone: the mean sentiment of the reporter's words and of the sources' quoted words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

from analysis.errors import InputError
from analysis.stats.bootstrap import Resampling
from analysis.stats.estimate import estimate
from analysis.stats.observations import Observations
from analysis.stats.selection import (
    as_names,
    category_columns,
    counted_attributions,
    counted_dispatches,
    left_out,
    with_groups,
)

if TYPE_CHECKING:
    from analysis.store import Tables

UNIT_COLUMNS = ("voice", "unit")


def tone(
    tables: Tables,
    *,
    by: str | Sequence[str] = ("voice",),
    group: str | Sequence[str] = (),
    scorer: str = "vader",
    copies: str = "drop",
    level: float = 0.95,
    draws: int = 2000,
    seed: int = 0,
    interval: str = "percentile",
) -> pd.DataFrame:
    """Return the mean compound score, from -1 (negative) to 1 (positive).

    Each scored unit counts once: the reporter's words of a sentence (voice ``reporter``), or the
    quoted words of an attribution (voice ``source``). A unit in which the scorer knows no word is
    no evidence, and never counts as neutral: it is left out and counted in ``n_missing``. Read
    the two together; a mean over the tenth of the units that were scored is a mean over a tenth.

    Parameters
    ----------
    tables : the canonical tables; dispatches, sentiment, attributions and sources are read.
    by : ``"voice"``, ``"unit"``, or categories of an attribution or its source (as in
        `analysis.stats.share_of_voice`). With the latter only quotations count, for a sentence
        of the reporter's has no source; quotations whose category is NA are left out.
    group : columns of the dispatch, e.g. ``"agency"`` or ``"week"``.
    scorer : whose scores to read; scores of different scorers are never mixed. Scores about a
        target are not read.
    copies, level, draws, seed, interval : as in `analysis.stats.share_of_voice`.

    Returns
    -------
    DataFrame: group columns, category columns, ``statistic`` (``mean_compound``), ``estimate``,
    ``ci_low``, ``ci_high`` (-1 to 1), ``n`` (units with a score), ``n_missing`` (units without).

    Notes
    -----
    ``mean_k = sum_d s_dk / sum_d n_dk`` where ``s_dk`` adds up the compound scores of category k
    in dispatch d and ``n_dk`` counts them. The interval resamples dispatches; NA with fewer than
    four dispatches that have a score.

    Raises
    ------
    InputError : an unknown category, group, option, or a scorer that scored nothing here.

    >>> from analysis.stats.examples import invented_tables
    >>> tone(invented_tables())[["voice", "estimate", "n", "n_missing"]]
          voice  estimate  n  n_missing
    0  reporter     0.025  4          2
    1    source      -0.4  3          1
    """
    observations = observe_tone(tables, by, group=group, scorer=scorer, copies=copies)
    return estimate(observations, Resampling(level, draws, seed, interval))


def observe_tone(
    tables: Tables,
    by: str | Sequence[str] = ("voice",),
    *,
    group: str | Sequence[str] = (),
    scorer: str = "vader",
    copies: str = "drop",
) -> Observations:
    """Return what `tone` counts, before resampling; the parameters are its own."""
    categories, group = category_columns(by, UNIT_COLUMNS), as_names(group)
    dispatches = counted_dispatches(tables.dispatches, copies)
    scored = _scores(tables.sentiment, scorer)
    if not set(categories) <= set(UNIT_COLUMNS):
        scored = _with_sources(scored, tables, categories)
    units = scored[["dispatch_id", *categories]].assign(
        value=scored["compound"].fillna(0.0).astype("float64"),
        weight=1.0,
        missing=scored["compound"].isna(),
    )
    return Observations(
        statistic="mean_compound",
        units=units,
        dispatches=with_groups(dispatches, group),
        group=group,
        categories=categories,
        shared=False,
        proportion=False,
        facts=left_out(tables.dispatches, dispatches),
    )


def _scores(sentiment: pd.DataFrame, scorer: str) -> pd.DataFrame:
    """The scores of one scorer about whole units."""
    present = sorted(sentiment["scorer"].unique())
    if present and scorer not in present:
        raise InputError(f"scorer {scorer!r}", "one that scored: " + ", ".join(present))
    return sentiment[sentiment["scorer"].eq(scorer) & sentiment["target"].isna()]


def _with_sources(
    scored: pd.DataFrame, tables: Tables, categories: tuple[str, ...]
) -> pd.DataFrame:
    """The quotations among the scores, with the columns of their attributions and sources."""
    quotations = scored[scored["unit"].eq("quotation")]
    columns = [name for name in categories if name not in UNIT_COLUMNS]
    attributions = counted_attributions(tables)[["attribution_id", *columns]]
    return quotations.merge(attributions, left_on="unit_id", right_on="attribution_id")
