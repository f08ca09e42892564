"""Pairs of texts that may repeat one another, from an index of chosen shingles."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analysis.versions.shingles import Integers, Shingled

COMMON = 16
"""A shingle of more texts than this pairs each with its nearest neighbours only."""
NEIGHBOURS = 3
LIKELY = 0.15
"""Share of the shorter text's indexed shingles from which a pair is looked at in full."""


@dataclass(frozen=True)
class Pairs:
    """Pairs of texts by number, `first` before `second` in the order of the texts."""

    first: Integers
    second: Integers


def candidates(texts: Shingled, among: Integers) -> Pairs:
    """Return the pairs of the texts `among` (ascending) that share enough indexed shingles.

    A shingle that many texts have says little, for it comes from a template, and n texts make n
    squared pairs: each is paired with its neighbours in order of publication alone. A long row of
    versions stays linked by them, and the work stays in proportion to the text.
    """
    hashes, owners = _index(texts, among)
    n_indexed = np.bincount(owners, minlength=len(texts.starts))
    pairs = _sharing(hashes, owners, len(texts.starts))
    found, n_shared = np.unique(pairs, return_counts=True)
    first, second = np.divmod(found, len(texts.starts))
    likely = n_shared >= LIKELY * np.minimum(n_indexed[first], n_indexed[second])
    return Pairs(first[likely], second[likely])


def _index(
    texts: Shingled, among: Integers
) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.int64]]:
    """Return hash and text of the indexed shingles, by hash and then by text, each pair once."""
    n_indexed = np.add.reduceat(texts.indexed, texts.starts, dtype=np.int64)
    owners = np.repeat(np.arange(len(texts.starts)), n_indexed)
    wanted = np.zeros(len(texts.starts), dtype=bool)
    wanted[among] = True
    kept = wanted[owners]
    hashes, owners = texts.hashes[texts.indexed][kept], owners[kept]
    # Stable, and the owners ascend already: equal hashes stay in order of their texts.
    order = np.argsort(hashes, kind="stable")
    hashes, owners = hashes[order], owners[order]
    again = np.zeros(len(hashes), dtype=bool)
    again[1:] = (hashes[1:] == hashes[:-1]) & (owners[1:] == owners[:-1])
    return hashes[~again], owners[~again]


def _sharing(hashes: npt.NDArray[np.uint64], owners: Integers, n_texts: int) -> Integers:
    """Return first * n_texts + second of each two texts with a hash in common, once a hash."""
    starts = np.flatnonzero(np.concatenate([[True], hashes[1:] != hashes[:-1]]))
    sizes = np.diff([*starts, len(hashes)])
    size = np.repeat(sizes, sizes)
    found = [np.empty(0, dtype=np.int64)]
    for ahead in range(1, COMMON):
        reach = (size <= COMMON) | (ahead <= NEIGHBOURS)
        linked = np.flatnonzero(reach[:-ahead] & (hashes[:-ahead] == hashes[ahead:]))
        found.append(owners[linked] * n_texts + owners[linked + ahead])
    return np.concatenate(found)
