"""Pairs that the input itself links: by a stated story, or by a mark and the same line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from analysis.versions.candidates import Pairs
from analysis.versions.marks import Marks

if TYPE_CHECKING:
    import pandas as pd

HOURS = 48
"""A slug or headline met again after more hours is another story's: both are used anew."""
MOST_LINKS = 8
"""Earlier dispatches that a mark is linked to, the latest first."""


def stated_pairs(dispatches: pd.DataFrame, marks: Sequence[Marks]) -> Pairs:
    """Link each dispatch of a stated story to the one before it; takes are no versions."""
    stories = dispatches["story_id"]
    known = np.flatnonzero(
        stories.notna() & np.array([mark.kind != "take" for mark in marks], bool)
    )
    before = stories.iloc[known].groupby(stories.iloc[known]).shift().notna().to_numpy()
    last: dict[str, int] = {}
    first = []
    for place, story in zip(known.tolist(), stories.iloc[known], strict=True):
        first.append(last.get(story, -1))
        last[story] = place
    return Pairs(np.array(first, dtype=np.int64)[before], known[before].astype(np.int64))


def marked_pairs(dispatches: pd.DataFrame, marks: Sequence[Marks]) -> Pairs:
    """Link each marked dispatch to earlier ones of the same agency, slug or headline, and time.

    Without a time of publication on both sides, the line in common must have three words or more.
    """
    import pandas as pd

    agencies = (
        dispatches["agency"].astype(object).where(dispatches["agency"].notna(), None).tolist()
    )
    since = dispatches["published_at"] - pd.Timestamp(0, tz="UTC")
    hours = (since / pd.Timedelta(hours=1)).tolist()
    met: dict[bytes, list[int]] = defaultdict(list)
    first, second = [], []
    for here, mark in enumerate(marks):
        if mark.kind in ("withdrawn", "corrected", "update"):
            near = _earlier(here, mark, met, agencies, hours)
            for there in list(dict.fromkeys(near))[:MOST_LINKS]:
                first.append(there)
                second.append(here)
        for stem in mark.stems:
            met[stem].append(here)
    return Pairs(np.array(first, dtype=np.int64), np.array(second, dtype=np.int64))


def _earlier(
    here: int,
    mark: Marks,
    met: dict[bytes, list[int]],
    agencies: Sequence[str | None],
    hours: Sequence[float],
) -> Iterator[int]:
    for stem in sorted(mark.stems):
        for there in met.get(stem, [])[: -4 * MOST_LINKS : -1]:
            apart = hours[here] - hours[there]
            timely = apart <= HOURS if apart == apart else stem.count(b" ") >= 2
            agency, other = agencies[here], agencies[there]
            if timely and (agency is None or other is None or agency == other):
                yield there
