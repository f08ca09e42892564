"""Share of voice: who is heard, and how much of what is quoted or reported is theirs."""

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
    check_choice,
    counted_attributions,
    counted_dispatches,
    left_out,
    with_groups,
)

if TYPE_CHECKING:
    from analysis.store import Tables

MEASURES = ("attributions", "words")
# Counted as `dispatches.n_words` counts.
WORD = r"\w+"


def share_of_voice(
    tables: Tables,
    by: str | Sequence[str] = "source_type",
    *,
    group: str | Sequence[str] = (),
    measure: str = "attributions",
    top: int | None = None,
    nested: str = "all",
    declines: str = "drop",
    copies: str = "drop",
    level: float = 0.95,
    draws: int = 2000,
    seed: int = 0,
    interval: str = "percentile",
) -> pd.DataFrame:
    """Return each category's share of the attributions, or of the attributed words.

    Parameters
    ----------
    tables : the canonical tables; dispatches, attributions and sources are read.
    by : what a voice is: ``"source_type"``, ``"source"`` (one row a source, by id and name),
        ``"named"``, ``"affiliation"``, ``"role"``, ``"country"``, or a label of the attribution:
        ``"kind"``, ``"act"``, ``"stance"``, ``"cue_lemma"``, ``"method"``. Several names give their
        combinations.
    group : columns of the dispatch within which shares are taken, e.g. ``"agency"`` or ``"week"``
        (see `analysis.stats.selection.with_groups`).
    measure : ``"attributions"`` counts each attribution once; ``"words"`` counts the words of its
        content, so that a long quotation weighs more.
    top : return only so many categories, the largest over all groups. The others still count in
        the denominator, so the shares returned then sum to less than 1.
    nested : ``"all"``: every attribution counts for its own source, also one reported inside
        another (by words, content that two sources share counts for both). ``"outermost"``: only
        attributions that no other reports.
    declines : ``"drop"`` leaves out sources that declined to comment, who are mentioned but not
        heard; ``"keep"`` counts them.
    copies : ``"drop"`` counts a text once, ``"keep"`` every publication of it. Keep copies to
        compare outlets.
    level, draws, seed, interval : confidence level, number of bootstrap draws, seed, and
        ``"percentile"`` or ``"bca"``.

    Returns
    -------
    DataFrame: the group columns, the category columns (``source_id`` and ``name`` for
    ``"source"``), then ``statistic`` (``share_of_attributions`` or ``share_of_words``),
    ``estimate``, ``ci_low``, ``ci_high`` (0 to 1), ``n`` (attributions or words in the group's
    denominator) and ``n_missing`` (those left out of it because the category is NA: no source is
    expressed, or the text does not say). Largest category first; a category that a group never
    uses has a row with estimate 0. A source type of ``"unknown"`` is a category, not a gap.

    Notes
    -----
    ``share_k = sum_d x_dk / sum_d x_d``, where ``x_dk`` counts category k in dispatch d. The
    interval resamples dispatches within each group (`analysis.stats.bootstrap`), because the
    attributions of one dispatch are not independent. NA with fewer than four dispatches that
    contribute; a share of exactly 0 or 1 has Clopper and Pearson's bound with dispatches as trials.

    Raises
    ------
    InputError : an unknown category, group or option.

    References
    ----------
    Efron and Tibshirani (1993), An Introduction to the Bootstrap, chapters 6 and 13. Davison and
    Hinkley (1997), Bootstrap Methods and their Application, section 3.8. Field and Welsh (2007),
    Bootstrapping clustered data, JRSS B 69, 369-390. Clopper and Pearson (1934), Biometrika 26.

    >>> from analysis.stats.examples import invented_tables
    >>> shares = share_of_voice(invented_tables(), by="named")
    >>> shares[["named", "estimate", "n", "n_missing"]]
       named  estimate  n  n_missing
    0   True  0.714286  7          1
    1  False  0.285714  7          1
    """
    resampling = Resampling(level, draws, seed, interval)
    observations = observe_share_of_voice(
        tables, by, group=group, measure=measure, nested=nested, declines=declines, copies=copies
    )
    return estimate(observations, resampling, top)


def observe_share_of_voice(
    tables: Tables,
    by: str | Sequence[str] = "source_type",
    *,
    group: str | Sequence[str] = (),
    measure: str = "attributions",
    nested: str = "all",
    declines: str = "drop",
    copies: str = "drop",
) -> Observations:
    """Return what `share_of_voice` counts, before resampling; the parameters are its own."""
    check_choice(measure, MEASURES, "measure")
    check_choice(declines, ("drop", "keep"), "declines")
    categories, group = category_columns(by), as_names(group)
    if not categories:
        raise InputError("no category", "at least one name in `by`", "e.g. by='source_type'")
    dispatches = counted_dispatches(tables.dispatches, copies)
    attributions = counted_attributions(tables, nested)
    declined = attributions["stance"].eq("declines")
    kept = attributions[~declined] if declines == "drop" else attributions
    size = _size(kept, measure)
    units = kept[["dispatch_id", *categories]].assign(
        value=size, weight=size, missing=kept[list(categories)].isna().any(axis=1)
    )
    return Observations(
        statistic=f"share_of_{measure}",
        units=units,
        dispatches=with_groups(dispatches, group),
        group=group,
        categories=categories,
        shared=True,
        proportion=True,
        facts=left_out(tables.dispatches, dispatches),
    )


def _size(attributions: pd.DataFrame, measure: str) -> pd.Series:
    if measure == "attributions":
        return pd.Series(1.0, index=attributions.index)
    return attributions["content"].str.count(WORD).fillna(0).astype("float64")
