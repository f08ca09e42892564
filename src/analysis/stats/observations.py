"""From counted units to ratios: the step between the tables and the bootstrap."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from analysis.stats.bootstrap import Cells, Floats, Integers, Ratio
from analysis.stats.selection import number_groups


@dataclass(frozen=True)
class Observations:
    """Everything a statistic counts, before grouping.

    Parameters
    ----------
    statistic : name of the statistic, for the result's column of that name.
    units : one row a counted unit (an attribution, a scored sentence): ``dispatch_id``, the
        category columns, ``value`` (what it adds to the numerator), ``weight`` (to the
        denominator) and ``missing`` (bool: it cannot be classified, and adds to ``n_missing``).
    dispatches : ``dispatch_id`` and the group columns of every dispatch that counts. Units of
        other dispatches are left out here.
    group, categories : names of the group and category columns.
    shared : whether all categories of a group share one denominator, as shares of a whole do.
    proportion : whether the statistic is a share, from 0 to 1.
    """

    statistic: str
    units: pd.DataFrame
    dispatches: pd.DataFrame
    group: tuple[str, ...]
    categories: tuple[str, ...]
    shared: bool
    proportion: bool
    facts: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Sample:
    """The ratios of one group: one column a category, in the order of `Prepared.levels`."""

    key: tuple[object, ...]
    ratio: Ratio
    n_missing: Floats

    @property
    def n(self) -> Floats:
        """Return the units in the denominator of each ratio."""
        return np.broadcast_to(self.ratio.denominator.totals(), (self.ratio.n_columns,))

    def stream(self, seed: int) -> np.random.SeedSequence:
        """Return this group's own random stream.

        It follows from the seed and the group's key alone, so that a group's interval is the same
        whichever other groups stand beside it, and two groups are drawn independently.
        """
        text = "\x1f".join("\x00" if part is pd.NA else str(part) for part in self.key)
        words = np.frombuffer(hashlib.sha256(text.encode()).digest(), dtype=">u4")
        return np.random.SeedSequence([seed, *words.tolist()])


@dataclass(frozen=True)
class Prepared:
    """Observations coded by number and sorted by group, ready to resample."""

    observations: Observations
    keys: pd.DataFrame
    levels: pd.DataFrame
    coded: pd.DataFrame
    n_units: Integers

    def samples(self) -> Iterator[Sample]:
        """Yield each group's ratios, in the order of `keys`."""
        bounds = np.searchsorted(self.coded["group"], np.arange(len(self.keys) + 1))
        for number, key in enumerate(self.keys.itertuples(index=False, name=None)):
            rows = self.coded.iloc[bounds[number] : bounds[number + 1]]
            yield self._sample(key, rows, int(self.n_units[number]))

    def _sample(self, key: tuple[object, ...], rows: pd.DataFrame, n_units: int) -> Sample:
        n_levels, shared = len(self.levels), self.observations.shared
        missing = rows["missing"].to_numpy(dtype=bool)
        counted = rows[~missing]
        listed = counted[counted["category"] >= 0]
        whole = counted.assign(category=0) if shared else listed
        lost = rows[missing & ((rows["category"] >= 0).to_numpy() | shared)]
        codes = np.zeros(len(lost), dtype=np.int64) if shared else lost["category"].to_numpy()
        n_missing = np.bincount(codes, lost["weight"], minlength=1 if shared else n_levels)
        return Sample(
            key,
            Ratio(
                _cells(listed, "value", n_units, n_levels),
                _cells(whole, "weight", n_units, 1 if shared else n_levels),
            ),
            np.broadcast_to(n_missing, (n_levels,)),
        )


def prepare(observations: Observations, top: int | None = None) -> Prepared:
    """Number the groups, the dispatches in each, and the categories.

    Parameters
    ----------
    observations : what is counted.
    top : list only so many categories, the largest over all groups; the others still count in a
        shared denominator. None lists all.

    Returns
    -------
    `Prepared`. Groups are in ascending order, NA last; without group columns there is one group.
    Categories are in descending order of their sum where they share a denominator, else ascending;
    ties are broken by name.
    """
    keys, numbered = number_groups(observations.dispatches, observations.group)
    units = observations.units.merge(numbered, on="dispatch_id", how="inner")
    levels = _levels(observations, units).head(top) if top else _levels(observations, units)
    levels = levels.reset_index(drop=True)
    coded = pd.DataFrame(
        {
            "group": units["group_no"].to_numpy(dtype=np.int64),
            "unit": units["unit_no"].to_numpy(dtype=np.int64),
            "category": _codes(units, levels, observations.categories),
            "value": units["value"].to_numpy(dtype=np.float64),
            "weight": units["weight"].to_numpy(dtype=np.float64),
            "missing": units["missing"].to_numpy(dtype=bool),
        }
    )
    coded = coded.sort_values("group", kind="stable").reset_index(drop=True)
    n_units = np.bincount(numbered["group_no"].to_numpy(dtype=np.int64), minlength=len(keys))
    return Prepared(observations, keys, levels, coded, n_units)


def _levels(observations: Observations, units: pd.DataFrame) -> pd.DataFrame:
    """List the categories that occur, in order."""
    names = list(observations.categories)
    if not names:
        return pd.DataFrame(index=range(1))
    sums = units.groupby(names, dropna=True)["weight"].sum().reset_index()
    if observations.shared:
        sums = sums.sort_values(["weight", *names], ascending=[False] + [True] * len(names))
    return sums[names]


def _codes(units: pd.DataFrame, levels: pd.DataFrame, names: tuple[str, ...]) -> Integers:
    """Number each unit's category; -1 for one that is NA or not listed."""
    if not names:
        return np.zeros(len(units), dtype=np.int64)
    numbered = levels.assign(_category=range(len(levels)))
    merged = units[list(names)].merge(numbered, on=list(names), how="left")
    return merged["_category"].fillna(-1).to_numpy(dtype=np.int64)


def _cells(rows: pd.DataFrame, column: str, n_units: int, n_columns: int) -> Cells:
    return Cells.of(
        rows["unit"].to_numpy(),
        rows["category"].to_numpy(),
        rows[column].to_numpy(),
        n_units,
        n_columns,
    )
