"""Which dispatches and which attributions a statistic counts, and by what they are grouped."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

from analysis.errors import InputError
from analysis.versions import COPIES, TAKEN_BACK, usable_versions

if TYPE_CHECKING:
    from analysis.store import Tables

DISPATCH_COLUMNS = (
    "dispatch_id",
    "story_id",
    "version",
    "agency",
    "outlet",
    "language",
    "status",
    "urgency",
    "dateline_place",
    "slug",
    "byline",
    "format",
    "source_file",
    "duplicate_kind",
)
PERIODS = {"day": "%Y-%m-%d", "week": "%G-W%V", "month": "%Y-%m", "year": "%Y"}
ATTRIBUTION_COLUMNS = ("kind", "act", "stance", "cue_lemma", "method")
SOURCE_COLUMNS = ("source_type", "named", "source_id", "name", "role", "affiliation", "country")


def as_names(columns: str | Sequence[str]) -> tuple[str, ...]:
    """Return one column name or several as a tuple.

    >>> as_names("agency"), as_names(["agency", "day"])
    (('agency',), ('agency', 'day'))
    """
    return (columns,) if isinstance(columns, str) else tuple(columns)


def check_choice(value: str, choices: Sequence[str], argument: str) -> None:
    """Raise InputError unless `value` is one of `choices`.

    >>> check_choice("both", ("drop", "keep"), "copies")
    Traceback (most recent call last):
    analysis.errors.InputError: found copies='both', expected one of: drop, keep
    """
    if value not in choices:
        raise InputError(f"{argument}={value!r}", "one of: " + ", ".join(choices))


def counted_dispatches(dispatches: pd.DataFrame, copies: str = "drop") -> pd.DataFrame:
    """Return the dispatches that statistics count, in order of ``dispatch_id``.

    Parameters
    ----------
    dispatches : table with ``dispatch_id``, ``status`` and ``duplicate_of``; read where present:
        ``story_id``, ``version``, ``duplicate_kind``, ``published_at``.
    copies : ``"drop"`` counts a story once, in its latest usable version
        (`analysis.usable_versions`): copies, earlier versions and what a kill took back do not
        count. Of copies of a text that is not in the table, the one with the smallest
        ``dispatch_id`` stays. ``"keep"`` counts every publication.

    Returns
    -------
    The rows that count, all columns. Withheld and canceled dispatches never count: the agency has
    taken them back. A status of NA counts.

    Raises
    ------
    InputError : `copies` is neither ``"drop"`` nor ``"keep"``.

    >>> from analysis.stats.examples import invented_tables
    >>> dispatches = invented_tables().dispatches
    >>> len(dispatches), len(counted_dispatches(dispatches))
    (6, 4)
    """
    check_choice(copies, ("drop", "keep"), "copies")
    standing = dispatches[~dispatches["status"].isin(TAKEN_BACK)]
    standing = standing.sort_values("dispatch_id", kind="stable", ignore_index=True)
    if copies == "keep":
        return standing
    standing = standing[standing["dispatch_id"].isin(usable_versions(dispatches)["dispatch_id"])]
    standing = standing.reset_index(drop=True)
    text = standing["duplicate_of"]
    if "duplicate_kind" in standing:
        kind = standing["duplicate_kind"]
        text = text.where(kind.isin(COPIES) | kind.isna())
    text = text.fillna(standing["dispatch_id"])
    is_original = text.eq(standing["dispatch_id"])
    originals_first = is_original.sort_values(ascending=False, kind="stable").index
    repeated = text.loc[originals_first].duplicated().sort_index()
    return standing[~repeated].reset_index(drop=True)


def left_out(dispatches: pd.DataFrame, counted: pd.DataFrame) -> dict[str, int]:
    """Return how many dispatches count and how many do not, and why.

    These facts travel with every result as ``result.attrs``: ``dispatches`` (counted),
    ``taken_back_left_out`` (withheld or canceled) and ``copies_left_out`` (copies and versions that
    another one stands for).
    """
    taken_back = int(dispatches["status"].isin(TAKEN_BACK).sum())
    return {
        "dispatches": len(counted),
        "taken_back_left_out": taken_back,
        "copies_left_out": len(dispatches) - len(counted) - taken_back,
    }


def with_groups(dispatches: pd.DataFrame, group: tuple[str, ...]) -> pd.DataFrame:
    """Return ``dispatch_id`` and the group columns, one row a dispatch.

    A group is any of the columns in `DISPATCH_COLUMNS`, or ``day``, ``week``, ``month`` or
    ``year`` of publication (UTC; ISO 8601 text, NA where the time of publication is NA).

    Raises
    ------
    InputError : a name that is neither.

    >>> from analysis.stats.examples import invented_tables
    >>> with_groups(invented_tables().dispatches, ("week",))["week"].unique().tolist()
    ['2031-W10', '2031-W11']
    """
    out = {"dispatch_id": dispatches["dispatch_id"]}
    for name in group:
        if name in PERIODS:
            text = dispatches["published_at"].dt.strftime(PERIODS[name])
            out[name] = text.astype("string")
        elif name in DISPATCH_COLUMNS:
            out[name] = dispatches[name]
        else:
            known = ", ".join((*DISPATCH_COLUMNS, *PERIODS))
            raise InputError(f"group column {name!r}", f"one of: {known}")
    return pd.DataFrame(out)


def number_groups(
    grouped: pd.DataFrame, group: tuple[str, ...]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Number the groups from 0, and the dispatches of each from 0 in order of ``dispatch_id``.

    Parameters
    ----------
    grouped : what `with_groups` returns.
    group : names of the group columns. Without any there is one group, also of no dispatches.

    Returns
    -------
    The groups' keys, in ascending order, NA last; and ``dispatch_id``, ``group_no``, ``unit_no``.
    """
    ordered = grouped.sort_values("dispatch_id").reset_index(drop=True)
    if group:
        number = ordered.groupby(list(group), dropna=False, sort=True).ngroup()
        first = number.drop_duplicates().sort_values().index
        keys = ordered.loc[first, list(group)].reset_index(drop=True)
    else:
        number = pd.Series(0, index=ordered.index, dtype="int64")
        keys = pd.DataFrame(index=range(1))
    position = number.groupby(number).cumcount()
    ids = ordered[["dispatch_id"]]
    return keys, ids.assign(group_no=number, unit_no=position)


def counted_attributions(tables: Tables, nested: str = "all") -> pd.DataFrame:
    """Return the attributions with the columns of their sources beside them.

    Parameters
    ----------
    tables : the canonical tables.
    nested : ``"all"`` keeps every row: in "the Courier, citing two officials, reported" the Courier
        and the officials are each heard. ``"outermost"`` keeps only the attributions that no
        other reports: the Courier.

    Returns
    -------
    The columns of `attributions`, then ``source_type``, ``named``, ``name``, ``role``,
    ``affiliation`` and ``country``: NA for an attribution without an expressed source.

    Raises
    ------
    InputError : `nested` is neither.
    """
    check_choice(nested, ("all", "outermost"), "nested")
    attributions = tables.attributions
    if nested == "outermost":
        attributions = attributions[attributions["nested_in"].isna()]
    sources = tables.sources[list(SOURCE_COLUMNS)]
    return attributions.merge(sources, on="source_id", how="left")


def category_columns(by: str | Sequence[str], extra: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Return the columns that `by` stands for: ``"source"`` is the source's id and its name.

    Raises
    ------
    InputError : a name that is no column of an attribution, its source, or `extra`.

    >>> category_columns("source")
    ('source_id', 'name')
    """
    known = (*extra, *ATTRIBUTION_COLUMNS, *SOURCE_COLUMNS)
    columns: list[str] = []
    for name in as_names(by):
        if name == "source":
            columns += ["source_id", "name"]
        elif name in known:
            columns.append(name)
        else:
            raise InputError(f"category {name!r}", "one of: source, " + ", ".join(known))
    return tuple(dict.fromkeys(columns))
