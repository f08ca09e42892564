"""Which pairs of dispatches repeat one another, and how much they share."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analysis.versions.candidates import Pairs, candidates
from analysis.versions.overlap import Overlap, overlap
from analysis.versions.shingles import Integers, Shingled

SHARED = 0.54
"""Share of the shorter text from which a pair repeats."""
SHARED_MARKED = 0.3
"""The same, where a mark and the same slug or headline link the two."""
FEWEST = 6
"""Shingles in common from which a pair repeats (ten words in a row)."""
AGREEING = 2 / 3
"""Share of the figures in and beside the shared stretches that the two must have in common, ..."""
STRAY = 40
"""... unless there is but one differing figure in so many shared shingles."""
FAMILY = 8
"""Of texts with the very same words, the first so many are named as repeated."""


@dataclass(frozen=True)
class Found:
    """Pairs of dispatches that repeat one another, by `first` and `second`.

    `shared` is NA (nan) where the shorter has no words; `exact` tells the same words in the same
    order.
    """

    first: Integers
    second: Integers
    shared: npt.NDArray[np.float64]
    exact: npt.NDArray[np.bool_]


def find_copies(
    texts: Shingled, stated: Pairs, marked: Pairs, notices: npt.NDArray[np.bool_]
) -> Found:
    """Return the pairs that repeat one another by their text or by what the input says.

    `stated` pairs repeat whatever their text; `marked` ones when they share `SHARED_MARKED`, or
    when `notices` has the second: a notice of withdrawal need not repeat what it takes back.
    """
    n_texts = len(texts.starts)
    alike = _alike(texts)
    by_text = candidates(texts, np.unique(alike[texts.n_words > 0]))
    linked = np.concatenate([_keys(n_texts, stated), _keys(n_texts, marked)])
    linked_alike = _keys(n_texts, Pairs(alike[linked // n_texts], alike[linked % n_texts]))
    compared = np.unique(np.concatenate([_keys(n_texts, by_text), linked_alike]))
    compared = compared[compared // n_texts != compared % n_texts]
    pairs = Pairs(compared // n_texts, compared % n_texts)
    common = overlap(texts, pairs)
    copies = _repeats(common)
    by_text = _spread(alike, Pairs(pairs.first[copies], pairs.second[copies]))
    sure = np.unique(np.concatenate([_keys(n_texts, by_text), _keys(n_texts, stated)]))
    found = np.unique(np.concatenate([sure, linked]))
    first, second = found // n_texts, found % n_texts
    exact = (alike[first] == alike[second]) & (first != second)
    shared = np.where(exact, 1.0, np.nan)
    at = np.searchsorted(compared, _keys(n_texts, Pairs(alike[first], alike[second])))
    measured = ~exact & (texts.counts[first] > 0) & (texts.counts[second] > 0)
    shared[measured] = common.shared[at[measured]]
    kept = np.isin(found, sure) | notices[second] | (shared >= SHARED_MARKED)
    return Found(first[kept], second[kept], shared[kept], exact[kept])


def _keys(n_texts: int, pairs: Pairs) -> Integers:
    """One number a pair, the lower text first."""
    return np.minimum(pairs.first, pairs.second) * n_texts + np.maximum(pairs.first, pairs.second)


def _alike(texts: Shingled) -> Integers:
    """Return for each text the first that has the very same words; itself if it has none."""
    first_with: dict[bytes, int] = {}
    alike = np.arange(len(texts.starts), dtype=np.int64)
    ends = texts.starts + texts.n_words
    for text, (start, end) in enumerate(zip(texts.starts.tolist(), ends.tolist(), strict=True)):
        if end > start:
            digest = hashlib.blake2b(texts.words[start:end].tobytes(), digest_size=16).digest()
            alike[text] = first_with.setdefault(digest, text)
    return alike


def _repeats(common: Overlap) -> npt.NDArray[np.bool_]:
    """Tell which pairs repeat: enough is shared, and the figures in it are the same.

    Notices written to a template (market reports, weather) share many words; what sets two of them
    apart are the figures in its slots. A version with a new lead has new figures too, but in a
    stretch of its own, and is not judged by them.
    """
    differing = common.figures - common.figures_matched
    template = (differing > (1 - AGREEING) * common.figures) & (differing * STRAY > common.matched)
    return (common.shared >= SHARED) & (common.matched >= FEWEST) & ~template


def _spread(alike: Integers, pairs: Pairs) -> Pairs:
    """Return the pairs of texts that pairs of first texts stand for, those of one text too."""
    members: dict[int, list[int]] = defaultdict(list)
    for text in np.flatnonzero(np.bincount(alike, minlength=len(alike))[alike] > 1).tolist():
        members[int(alike[text])].append(text)
    several = np.zeros(len(alike) + 1, dtype=bool)
    several[list(members)] = True
    single = ~several[pairs.first] & ~several[pairs.second]
    first, second = [], []
    for a, b in zip(pairs.first[~single].tolist(), pairs.second[~single].tolist(), strict=True):
        left, right = members.get(a, [a]), members.get(b, [b])
        both = {(x, y) for x in left[:FAMILY] for y in right}
        both |= {(x, y) for x in left for y in right[:FAMILY]}
        first += [x for x, _ in both]
        second += [y for _, y in both]
    for group in members.values():
        for place, text in enumerate(group):
            first += group[: min(place, FAMILY)]
            second += [text] * min(place, FAMILY)
    return Pairs(
        np.concatenate([pairs.first[single], np.array(first, dtype=np.int64)]),
        np.concatenate([pairs.second[single], np.array(second, dtype=np.int64)]),
    )
