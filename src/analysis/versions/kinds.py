"""How one dispatch repeats another: exactly, cut, updated, corrected, in a roundup."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from analysis.versions.copies import Found
from analysis.versions.marks import Marks
from analysis.versions.shingles import Integers, Shingled

if TYPE_CHECKING:
    import pandas as pd

WHOLE = 0.8
"""Share of a text from which the other has it whole, but for small changes."""
SIMILAR = 0.9
"""Two texts are of one length when the shorter has this share of the longer one's shingles."""
PART = 0.75
"""A story in a roundup has at most this share of the roundup's shingles."""
APART = 0.1
"""Two stories are apart in a roundup when at most this share of the smaller is in both's place."""


def kinds_of(
    dispatches: pd.DataFrame, marks: Sequence[Marks], texts: Shingled, found: Found
) -> npt.NDArray[np.object_]:
    """Name how the second dispatch of each pair repeats the first, roundups left aside."""
    first, second = found.first, found.second
    mark = np.array([m.kind for m in marks], dtype=object)
    number = np.array([m.number for m in marks], dtype=np.int64)
    status = dispatches["status"].fillna("").to_numpy(object)
    withdrawn = (mark == "withdrawn") | (status == "canceled")
    corrected = (mark == "corrected") | (status == "corrected")
    outlets = dispatches["outlet"].fillna("").to_numpy(object)
    carried = (outlets[first] != "") & (outlets[second] != "") & (outlets[first] != outlets[second])
    counts = texts.counts
    few, many = np.minimum(counts[first], counts[second]), np.maximum(counts[first], counts[second])
    whole = found.shared >= WHOLE
    similar = few >= SIMILAR * many
    shorter = counts[second] < counts[first]
    renewed = corrected[second] & (~corrected[first] | (number[first] != number[second]))
    return np.select(
        [
            withdrawn[second] & ~withdrawn[first],
            renewed,
            found.exact,
            number[second] > number[first],
            whole & similar,
            whole & shorter,
            whole & carried,
        ],
        ["withdrawn", "corrected", "exact", "update", "copy", "truncated", "copy"],
        "update",
    ).astype(object)


def roundup_pairs(
    dispatches: pd.DataFrame, marks: Sequence[Marks], texts: Shingled, found: Found
) -> npt.NDArray[np.bool_]:
    """Tell which pairs are a roundup and a story in it: the one with more shingles is the roundup.

    A roundup has two stories or more whole, in places apart, none of them under its own slug,
    headline or stated story, and none of them most of it.
    """
    story = dispatches["story_id"].fillna("").to_numpy(object)
    part, whole = parts_of(texts, found)
    fits = (found.shared >= WHOLE) & (texts.counts[part] <= PART * texts.counts[whole])
    fits &= ~found.exact & ~((story[part] == story[whole]) & (story[part] != ""))
    order = np.flatnonzero(fits)[np.argsort(whole[fits], kind="stable")]
    roundup = np.zeros(len(part), dtype=bool)
    for pairs in np.split(order, np.flatnonzero(np.diff(whole[order])) + 1):
        if len(pairs) > 1:
            stems = marks[whole[pairs[0]]].stems
            others = [p for p in part[pairs].tolist() if not marks[p].stems & stems]
            roundup[pairs] = _any_apart(texts, int(whole[pairs[0]]), others)
    return roundup


def parts_of(texts: Shingled, found: Found) -> tuple[Integers, Integers]:
    """Return of each pair the text with fewer shingles, and the other."""
    swap = texts.counts[found.first] < texts.counts[found.second]
    part = np.where(swap, found.first, found.second)
    return part, np.where(swap, found.second, found.first)


def _any_apart(texts: Shingled, whole: int, parts: Sequence[int]) -> bool:
    """Tell whether a part stands in another place of the whole than the first or the last one."""
    text = _hashes(texts, whole)
    first: npt.NDArray[np.bool_] | None = None
    before = np.zeros(len(text), dtype=bool)
    for part in parts:
        held = np.sort(_hashes(texts, part))
        cover = held[np.minimum(np.searchsorted(held, text), len(held) - 1)] == text
        if first is not None and (_apart(first, cover) or _apart(before, cover)):
            return True
        first, before = (cover if first is None else first), cover
    return False


def _apart(one: npt.NDArray[np.bool_], other: npt.NDArray[np.bool_]) -> bool:
    return bool((one & other).sum() <= APART * min(one.sum(), other.sum()))


def _hashes(texts: Shingled, text: int) -> npt.NDArray[np.uint64]:
    start = texts.starts[text]
    return texts.hashes[start : start + texts.counts[text]]
