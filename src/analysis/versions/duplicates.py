"""Find the dispatches that repeat one another."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from analysis.versions.copies import find_copies
from analysis.versions.kinds import kinds_of, parts_of, roundup_pairs
from analysis.versions.links import marked_pairs, stated_pairs
from analysis.versions.marks import marks_of
from analysis.versions.order import in_order
from analysis.versions.shingles import BATCH, shingle

if TYPE_CHECKING:
    import pandas as pd


def find_duplicates(dispatches: pd.DataFrame) -> pd.DataFrame:
    """Find the dispatches that repeat another, and say how and how much.

    Two dispatches repeat one another when .54 of the shorter text and more stands in the other.
    Texts are compared as shingles, five words in a row, letter case and punctuation apart. Shared
    shingles alone would join different stories written to one template (market reports, weather):
    a pair whose figures differ beside what it shares is none (`analysis.versions.copies`). Two
    dispatches of one stated ``story_id`` repeat one another whatever their text. So do a notice of
    withdrawal (KILL, WITHDRAWN) and what it names, by slug or headline, within 48 hours; a version
    marked so (UPDATE 2, 2nd Ld-Writethru, CORRECTED, REFILE) needs only three tenths of the text.

    Parameters
    ----------
    dispatches : table with ``dispatch_id`` and ``body``. Read where present: ``published_at``,
        ``version``, ``headline``, ``slug``, ``story_id``, ``status``, ``agency``, ``outlet``.

    Returns
    -------
    DataFrame, one row a pair found, in order of publication:

    - ``dispatch_id`` (string): the later dispatch, by ``published_at``, then ``version``, then
      ``dispatch_id``, what is NA last; or the roundup, whenever it was published.
    - ``duplicate_of`` (string): the dispatch it repeats. A dispatch that repeats several has a row
      for each; of texts with the very same words only the first eight are named.
    - ``duplicate_kind`` (string): ``exact`` (the same words in the same order), ``copy`` (small
      changes, or another outlet's text around it), ``truncated`` (cut), ``update`` (text added or
      replaced, or marked so), ``corrected`` and ``withdrawn`` (by mark or status), ``roundup`` (one
      of several stories in one file).
    - ``shared`` (Float64): of the shingles of the text with fewer of them, repeated ones counted as
      often, the share that stands anywhere in the other text; from 0 to 1. A text of under five
      words is one shingle. NA where one of the two has no words.

    The result does not depend on the order of the rows. Nothing is drawn at random.

    Raises
    ------
    SchemaError : no ``dispatch_id`` or ``body``, an id that is NA or stands twice, a time or
        version that is none.

    Notes
    -----
    Candidates come from an index of winnowed shingles (Schleimer, Wilkerson and Aiken, "Winnowing:
    local algorithms for document fingerprinting", SIGMOD 2003), and are then compared in full.

    >>> import pandas as pd
    >>> text = "The harbour of Norvik stayed shut on Monday after a storm tore loose two cranes"
    >>> rows = {"dispatch_id": ["a", "b"], "body": [text + ", the mayor said.", text.upper()]}
    >>> find_duplicates(pd.DataFrame(rows))
      dispatch_id duplicate_of duplicate_kind  shared
    0           b            a      truncated     1.0
    """
    import pandas as pd

    ordered = in_order(dispatches)
    headlines = ordered["headline"].fillna("").tolist()
    slugs = ordered["slug"].fillna("").tolist()
    marks = [marks_of(slug, line) for slug, line in zip(slugs, headlines, strict=True)]
    texts = shingle(zip(_bodies(ordered), headlines, strict=True))
    notices = np.array([mark.kind == "withdrawn" for mark in marks], dtype=bool)
    linked = stated_pairs(ordered, marks), marked_pairs(ordered, marks)
    found = find_copies(texts, *linked, notices)
    roundup = roundup_pairs(ordered, marks, texts, found)
    part, whole = parts_of(texts, found)
    repeating = np.where(roundup, whole, found.second)
    repeated = np.where(roundup, part, found.first)
    kinds = np.where(roundup, "roundup", kinds_of(ordered, marks, texts, found))
    order = np.lexsort((repeated, repeating))
    ids = ordered["dispatch_id"].array
    shared = pd.Series(found.shared[order]).astype("Float64")
    return pd.DataFrame(
        {
            "dispatch_id": ids[repeating[order]],
            "duplicate_of": ids[repeated[order]],
            "duplicate_kind": pd.array(kinds[order], dtype="string"),
            "shared": shared.array,
        }
    )


def _bodies(ordered: pd.DataFrame) -> Iterator[str]:
    """The bodies, of which few are held as Python strings at a time."""
    for low in range(0, len(ordered), BATCH):
        yield from ordered["body"].iloc[low : low + BATCH].fillna("").tolist()
