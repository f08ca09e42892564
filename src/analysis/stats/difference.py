"""The difference of a statistic between two agencies, periods, voices or source types."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.errors import InputError
from analysis.stats.anonymity import observe_anonymity_rate, observe_decline_rate
from analysis.stats.bootstrap import (
    NUMBERS_AT_ONCE,
    Floats,
    Resampling,
    draw_ratios,
)
from analysis.stats.estimate import RESULT_COLUMNS, finish
from analysis.stats.intervals import FEWEST, ROUNDING, percentile
from analysis.stats.observations import Observations, Prepared, Sample, prepare
from analysis.stats.selection import DISPATCH_COLUMNS, PERIODS
from analysis.stats.share_of_voice import observe_share_of_voice
from analysis.stats.tone import observe_tone

if TYPE_CHECKING:
    from analysis.store import Tables

STATISTICS: dict[str, Callable[..., Observations]] = {
    "share_of_voice": observe_share_of_voice,
    "anonymity_rate": observe_anonymity_rate,
    "decline_rate": observe_decline_rate,
    "tone": observe_tone,
}


def difference(
    tables: Tables,
    statistic: str,
    column: str,
    first: str | bool | int,
    second: str | bool | int,
    *,
    level: float = 0.95,
    draws: int = 2000,
    seed: int = 0,
    **options: Any,
) -> pd.DataFrame:
    """Return by how much a statistic is larger for `first` than for `second`, with its interval.

    An interval that leaves out 0 is the way to say that two agencies differ; two intervals that
    do or do not overlap are not.

    Parameters
    ----------
    tables : the canonical tables.
    statistic : ``"share_of_voice"``, ``"anonymity_rate"``, ``"decline_rate"`` or ``"tone"``.
    column : what the two differ in. A column of the dispatch (``"agency"``, ``"week"``, ...)
        compares two sets of dispatches, drawn independently. A category (``"voice"`` with
        ``"tone"``, ``"source_type"``, ``"named"``, ...) compares two categories within the same
        dispatches, drawn together, so that what a dispatch does to both cancels out.
    first, second : the two values of that column.
    level, draws, seed : as in `analysis.stats.share_of_voice`.
    options : of the statistic: ``by``, ``measure``, ``nested``, ``declines``, ``copies``,
        ``scorer``.

    Returns
    -------
    DataFrame: ``first`` and ``second`` (string), the category columns of ``by`` (none when `column`
    is a category), then ``statistic`` (``difference_in_...``), ``estimate`` (first less second),
    ``ci_low``, ``ci_high``, ``n`` and ``n_missing`` (both sides together; the whole, where the
    two share one denominator). NA where a side has no dispatch that counts; the interval is NA
    where either side has fewer than four.

    Notes
    -----
    Percentile interval of the differences of the draws (Davison and Hinkley 1997, section 3.2, for
    two independent samples). Stories that both agencies covered are treated as unrelated, which
    makes the interval wider than need be. A side whose share is exactly 0 or 1 in every dispatch
    does not vary between draws and adds no width: an interval beside such a side is too narrow.

    Raises
    ------
    InputError : an unknown statistic, column, value or option.

    >>> from analysis.stats.examples import invented_tables
    >>> change = difference(
    ...     invented_tables(), "anonymity_rate", "agency", "Halden Bureau", "Norvik Press"
    ... )
    >>> change[["first", "second", "estimate", "n"]]
               first        second  estimate  n
    0  Halden Bureau  Norvik Press       0.5  7
    """
    if statistic not in STATISTICS:
        raise InputError(f"statistic {statistic!r}", "one of: " + ", ".join(STATISTICS))
    resampling = Resampling(level, draws, seed)
    of_dispatch = column in DISPATCH_COLUMNS or column in PERIODS
    role = "group" if of_dispatch else "by"
    if role in options:
        raise InputError(f"{role}={options[role]!r} with column={column!r}", f"no {role} here")
    observations = _observe(statistic, tables, {role: column, **options})
    pair = _two_groups if of_dispatch else _two_categories
    return _compare(pair(prepare(observations), first, second), resampling, (first, second))


@dataclass(frozen=True)
class Pair:
    """Two samples over the same categories. Equal keys are drawn together, others apart."""

    prepared: Prepared
    levels: pd.DataFrame
    first: Sample
    second: Sample
    one_denominator: bool


def _observe(statistic: str, tables: Tables, options: dict[str, Any]) -> Observations:
    observer = STATISTICS[statistic]
    known = list(inspect.signature(observer).parameters)[1:]
    strange = [name for name in options if name not in known]
    if strange:
        raise InputError(f"option {strange[0]!r} for {statistic}", "one of: " + ", ".join(known))
    return observer(tables, **options)


def _two_groups(prepared: Prepared, first: str | bool | int, second: str | bool | int) -> Pair:
    (column,) = prepared.observations.group
    samples = list(prepared.samples())
    one, other = (_place(prepared.keys[column], value) for value in (first, second))
    return Pair(prepared, prepared.levels, samples[one], samples[other], False)


def _two_categories(prepared: Prepared, first: str | bool | int, second: str | bool | int) -> Pair:
    """Two columns of one sample: the same key, hence the same draws."""
    column = prepared.observations.categories[-1]
    (sample,) = prepared.samples()
    one, other = (
        _only(sample, _place(prepared.levels[column], value)) for value in (first, second)
    )
    none = pd.DataFrame(index=range(1))
    return Pair(prepared, none, one, other, prepared.observations.shared)


def _place(values: pd.Series, value: str | bool | int) -> int:
    places = np.flatnonzero(values.eq(value).fillna(False))
    if len(places) != 1:
        present = ", ".join(str(v) for v in values.dropna().unique()[:10])
        raise InputError(f"{values.name} {value!r}", f"one of: {present or 'none present'}")
    return int(places[0])


def _only(sample: Sample, place: int) -> Sample:
    ratio = next(block for where, block in sample.ratio.blocks(1) if where.start == place)
    return Sample(sample.key, ratio, sample.n_missing[place : place + 1])


def _compare(pair: Pair, resampling: Resampling, values: tuple[object, object]) -> pd.DataFrame:
    low, high = _bounds(pair, resampling)
    numbers = {
        "statistic": f"difference_in_{pair.prepared.observations.statistic}",
        "estimate": pair.first.ratio.estimate() - pair.second.ratio.estimate(),
        "ci_low": low,
        "ci_high": high,
        "n": _together(pair, pair.first.n, pair.second.n),
        "n_missing": _together(pair, pair.first.n_missing, pair.second.n_missing),
    }
    first, second = (pd.array([str(v)] * len(low), dtype="string") for v in values)
    frame = pd.concat(
        [
            pd.DataFrame({"first": first, "second": second}),
            pair.levels.reset_index(drop=True),
            pd.DataFrame(numbers).astype(RESULT_COLUMNS),
        ],
        axis=1,
    )
    return finish(frame, pair.prepared.observations.facts, resampling)


def _together(pair: Pair, first: Floats, second: Floats) -> Floats:
    return first if pair.one_denominator else first + second


def _bounds(pair: Pair, resampling: Resampling) -> tuple[Floats, Floats]:
    first, second = pair.first.ratio, pair.second.ratio
    low, high = np.full((2, first.n_columns), np.nan)
    if min(first.n_units, second.n_units) < 2:
        return low, high
    width = max(1, NUMBERS_AT_ONCE // resampling.draws)
    for (place, one), (_, other) in zip(first.blocks(width), second.blocks(width), strict=True):
        drawn = [
            draw_ratios(
                ratio, resampling.draws, np.random.default_rng(sample.stream(resampling.seed))
            )
            for ratio, sample in ((one, pair.first), (other, pair.second))
        ]
        low[place], high[place] = percentile(drawn[0] - drawn[1], resampling.level)
    few = np.minimum(first.contributing(), second.contributing()) < FEWEST
    silent = few | (high - low < ROUNDING)
    low[silent], high[silent] = np.nan, np.nan
    return low, high
