"""Number the versions of each story, and choose the one that counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.versions.duplicates import find_duplicates
from analysis.versions.numbering import COPIES, number
from analysis.versions.order import in_order

if TYPE_CHECKING:
    import pandas as pd

# Statuses under which an agency takes its text back.
TAKEN_BACK = ("withheld", "canceled")
_FILLED = ("duplicate_of", "duplicate_kind", "duplicate_shared")
_STRENGTH = ("withdrawn", *COPIES, "corrected", "update", "roundup")


def number_versions(dispatches: pd.DataFrame) -> pd.DataFrame:
    """Fill in story, version and what each dispatch repeats; nothing is deleted.

    Parameters
    ----------
    dispatches : as for `find_duplicates`.

    Returns
    -------
    The rows of `dispatches` in their order, with all their columns, and these (added at the end if
    absent). What is stated stays; NA is filled:

    - ``duplicate_of``, ``duplicate_kind`` (string), ``duplicate_shared`` (Float64): of the rows
      `find_duplicates` has for the dispatch, the one that says most: a withdrawal, then exact,
      copy, truncated, then corrected, update, roundup; among equals, the earliest repeated. NA for
      a dispatch that repeats none. Where ``duplicate_of`` is stated, kind and share are filled only
      if that pair was found.
    - ``story_id`` (string): that of the dispatch it repeats; a story without a stated name has the
      ``dispatch_id`` of its first dispatch. A roundup is a story of its own.
    - ``version`` (Int64): from 1 within the story. A copy has the version of the dispatch it
      copies; any other has the next one after the highest so far.

    Raises
    ------
    SchemaError : as for `find_duplicates`.

    >>> import pandas as pd
    >>> text = "The harbour of Norvik stayed shut on Monday after a storm tore loose two cranes"
    >>> rows = {"dispatch_id": ["b", "a"], "body": [text + ", the mayor said.", text]}
    >>> rows["headline"] = ["UPDATE 1-Storm shuts harbour", "Storm shuts harbour"]
    >>> numbered = number_versions(pd.DataFrame(rows))
    >>> numbered[["dispatch_id", "story_id", "version", "duplicate_kind"]]
      dispatch_id story_id  version duplicate_kind
    0           b        a        2         update
    1           a        a        1           <NA>
    """
    import pandas as pd

    ordered = in_order(dispatches)
    filled = _with_duplicates(dispatches, find_duplicates(dispatches))
    repeats = filled.set_index("dispatch_id").loc[ordered["dispatch_id"]]
    rows = zip(
        ordered["dispatch_id"].tolist(),
        _none_for_na(ordered["story_id"]),
        _none_for_na(ordered["version"]),
        _none_for_na(repeats["duplicate_of"]),
        _none_for_na(repeats["duplicate_kind"]),
        strict=True,
    )
    numbered = number(list(rows))
    ids = filled["dispatch_id"].tolist()
    story = pd.array([numbered[name][0] for name in ids], dtype="string")
    version = pd.array([numbered[name][1] for name in ids], dtype="Int64")
    return filled.assign(story_id=story, version=version)


def usable_versions(dispatches: pd.DataFrame) -> pd.DataFrame:
    """Return one usable version of each story: the latest that was not taken back.

    Parameters
    ----------
    dispatches : table with ``dispatch_id``; read where present: ``story_id``, ``version``,
        ``published_at``, ``status``, ``duplicate_of``, ``duplicate_kind``. Fill them first with
        `number_versions`: a dispatch without a story is one of its own.

    Returns
    -------
    The rows that count, all columns, in their order. Withheld and canceled dispatches do not count.
    A withdrawal (kind ``withdrawn``, or status ``canceled``) takes back all versions of its story
    up to its own. Of the rest the highest version counts (then the latest published, then the
    largest ``dispatch_id``), a copy (exact, copy, truncated) only where nothing else is left of the
    story. A copy of another story counts only when no version of that story does. A roundup is kept
    whatever became of the stories in it.

    >>> import pandas as pd
    >>> rows = {"dispatch_id": ["a", "b", "c"], "story_id": ["s", "s", "t"], "version": [1, 2, 1]}
    >>> usable_versions(pd.DataFrame(rows))["dispatch_id"].tolist()
    ['b', 'c']
    """
    import pandas as pd

    ordered = in_order(dispatches.assign(body=""))
    columns = dispatches.set_index("dispatch_id").reindex(ordered["dispatch_id"])
    for name in ("duplicate_of", "duplicate_kind"):
        given = columns.get(name)
        ordered[name] = pd.NA if given is None else given.array
    ordered["story_id"] = ordered["story_id"].fillna(ordered["dispatch_id"])
    ordered["version"] = ordered["version"].fillna(1)
    taken = ordered["duplicate_kind"].eq("withdrawn").fillna(False)
    taken |= ordered["status"].eq("canceled").fillna(False)
    last_taken = ordered["version"].where(taken).groupby(ordered["story_id"]).transform("max")
    standing = ~ordered["status"].isin(TAKEN_BACK) & ~ordered["version"].le(last_taken).fillna(
        False
    )
    left = ordered[standing & ~taken]
    left = left.assign(copied=left["duplicate_kind"].isin(COPIES))
    by = ["copied", "version", "published_at", "dispatch_id"]
    left = left.sort_values(by, ascending=[False, True, True, True], na_position="first")
    chosen = _without_copies_of_others(left.drop_duplicates("story_id", keep="last"), ordered)
    kept = dispatches["dispatch_id"].isin(chosen)
    return dispatches[kept].reset_index(drop=True)


def _without_copies_of_others(chosen: pd.DataFrame, ordered: pd.DataFrame) -> list[str]:
    """The ids of the chosen, less the copies of a dispatch whose own story has a chosen one."""
    story_of = ordered.set_index("dispatch_id")["story_id"]
    repeated = chosen["duplicate_of"].where(chosen["copied"]).map(story_of)
    elsewhere = repeated.isin(chosen["story_id"]) & repeated.ne(chosen["story_id"]).fillna(False)
    return chosen.loc[~elsewhere, "dispatch_id"].tolist()


def _with_duplicates(dispatches: pd.DataFrame, found: pd.DataFrame) -> pd.DataFrame:
    """Fill in the three columns on duplicates from the strongest row of each dispatch."""
    import pandas as pd

    strength = found["duplicate_kind"].map({kind: n for n, kind in enumerate(_STRENGTH)})
    order = strength.sort_values(kind="stable").index
    strongest = found.loc[order].drop_duplicates("dispatch_id").set_index("dispatch_id")
    ids = dispatches["dispatch_id"].astype("string")
    absent = pd.Series(pd.NA, dispatches.index, dtype="object")
    stated = {name: dispatches.get(name, absent) for name in _FILLED}
    of = (
        stated["duplicate_of"]
        .astype("string")
        .fillna(ids.map(strongest["duplicate_of"]).astype("string"))
    )
    facts = found.set_index(["dispatch_id", "duplicate_of"])
    facts = facts.reindex(pd.MultiIndex.from_arrays([ids, of])).set_axis(dispatches.index)
    kind = stated["duplicate_kind"].astype("string").fillna(facts["duplicate_kind"])
    shared = stated["duplicate_shared"].astype("Float64").fillna(facts["shared"])
    return dispatches.assign(
        dispatch_id=ids, duplicate_of=of, duplicate_kind=kind, duplicate_shared=shared
    )


def _none_for_na(column: pd.Series) -> list[object]:
    return [None if absent else value for value, absent in zip(column, column.isna(), strict=True)]
