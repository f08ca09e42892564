"""How much of one text another has, measured on all their shingles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from analysis.versions.candidates import Pairs
from analysis.versions.shingles import WORDS, Hashes, Integers, Shingled, places

AT_ONCE = 2_000_000
"""Shingles looked up at a time, which bounds memory."""
SLACK = 3
"""Words beside a shared stretch in which a template has its slots."""
_BITS = np.uint64(42)


@dataclass(frozen=True)
class Overlap:
    """What the two texts of each pair have in common.

    `shared` is the share of the shorter text's shingles that stand anywhere in the other (0 where
    it has none). `figures` counts its words with a digit in the stretches that the two have in
    common and up to `SLACK` words beside them; `figures_matched`, those the other has too.
    """

    shared: npt.NDArray[np.float64]
    matched: Integers
    figures: Integers
    figures_matched: Integers


def overlap(texts: Shingled, pairs: Pairs) -> Overlap:
    """Compare the two texts of each pair in full."""
    swap = texts.counts[pairs.first] < texts.counts[pairs.second]
    shorter = np.where(swap, pairs.first, pairs.second)
    longer = np.where(swap, pairs.second, pairs.first)
    counted = np.zeros((3, len(shorter)), dtype=np.int64)
    for part in _parts(texts, shorter, longer):
        few, many = shorter[part], longer[part]
        owners, partner = np.unique(many, return_inverse=True)
        pair, sought = _values(few, texts.starts, texts.counts, texts.hashes)
        pool = _values(owners, texts.starts, texts.counts, texts.hashes)
        hit = _held((partner[pair], sought), pool)
        counted[0, part] = np.bincount(pair[hit], minlength=len(part))
        counted[1:, part] = _count_figures(texts, few, owners, partner, hit)
    shared = counted[0] / np.maximum(texts.counts[shorter], 1)
    return Overlap(shared, counted[0], counted[1], counted[2])


def _parts(texts: Shingled, shorter: Integers, longer: Integers) -> Iterator[Integers]:
    """Cut the pairs into parts of bounded size; the pairs of one longer text stay together."""
    order = np.argsort(longer, kind="stable")
    new = np.concatenate([[True], longer[order][1:] != longer[order][:-1]])[: len(order)]
    cost = texts.counts[shorter[order]] + np.where(new, texts.counts[longer[order]], 0)
    part = np.cumsum(cost) // AT_ONCE
    return iter(np.split(order, np.flatnonzero(np.diff(part)) + 1))


def _values(
    owners: Integers, starts: Integers, counts: Integers, values: npt.NDArray[Any]
) -> tuple[Integers, npt.NDArray[Any]]:
    """Return the values of each owner's stretch, and whose they are (by place in `owners`)."""
    owner = np.repeat(np.arange(len(owners)), counts[owners])
    return owner, values[places(starts[owners], counts[owners])]


def _count_figures(
    texts: Shingled,
    few: Integers,
    owners: Integers,
    partner: Integers,
    hit: npt.NDArray[np.bool_],
) -> tuple[Integers, Integers]:
    """Count the figures in or beside what each text of `few` shares, and those its partner has."""
    owner, held = _values(owners, texts.starts, texts.n_words, texts.words)
    numeric = texts.numeric[held]
    pool = owner[numeric], texts.word_hashes[held[numeric]]
    pair, words = _values(few, texts.starts, texts.n_words, texts.words)
    figure = np.flatnonzero(texts.numeric[words])
    pair, sought = pair[figure], texts.word_hashes[words[figure]]
    counts, n_words = texts.counts[few], texts.n_words[few]
    word_no = figure - (np.cumsum(n_words) - n_words)[pair]
    low = np.clip(word_no - (WORDS - 1) - SLACK, 0, counts[pair])
    high = np.clip(word_no + SLACK + 1, 0, counts[pair])
    base = (np.cumsum(counts) - counts)[pair]
    hits = np.concatenate([[0], np.cumsum(hit)])
    near = hits[base + high] > hits[base + low]
    pair, sought = pair[near], sought[near]
    found = _held((partner[pair], sought), pool)
    return np.bincount(pair, minlength=len(few)), np.bincount(pair[found], minlength=len(few))


def _held(sought: tuple[Integers, Hashes], pool: tuple[Integers, Hashes]) -> npt.NDArray[np.bool_]:
    """Tell which (text, hash) that are sought the pool has."""
    keys, held = _keyed(*sought), np.sort(_keyed(*pool))
    at = np.searchsorted(held, keys)
    hit = np.zeros(len(keys), dtype=bool)
    inside = at < len(held)
    hit[inside] = held[at[inside]] == keys[inside]
    return hit


def _keyed(owners: Integers, hashes: Hashes) -> Hashes:
    """One number for a text and a hash in it; those of one text lie together once sorted."""
    return (owners.astype(np.uint64) << _BITS) | (hashes >> (np.uint64(64) - _BITS))
