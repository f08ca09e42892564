"""Texts as runs of numbers: one number a word, one a shingle (five words in a row)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
import numpy.typing as npt

from analysis.versions.words import words_of

Integers = npt.NDArray[np.int64]
Hashes = npt.NDArray[np.uint64]

WORDS = 5
"""Words in a shingle."""
WINDOW = 8
"""Shingles in a window, of which one at least is indexed."""
SHORT = 8
"""A body of fewer words is told apart by its headline too."""
BATCH = 2000
"""Texts numbered at a time."""

_PAD = b""
_FACTORS = np.array(
    [
        0x9E3779B97F4A7C15,
        0xC2B2AE3D27D4EB4F,
        0x165667B19E3779F9,
        0xD6E8FEB86659FD93,
        0xA0761D6478BD642F,
    ],
    dtype=np.uint64,
)
_LAST = np.uint64(2**64 - 1)
_DIGIT = re.compile(rb"[0-9]")


@dataclass(frozen=True)
class Shingled:
    """Texts as numbers. Text i has ``counts[i]`` shingles, from place ``starts[i]`` on.

    `hashes` has a shingle's hash at the place of its first word, `words` the word's number; a text
    of under five words is one shingle, an empty one none. `indexed` tells the shingles that stand
    for their stretch of a text of five words and more. By a word's number `numeric` tells whether
    it has a digit, `word_hashes` its hash. `n_words` counts the words of each text.
    """

    starts: Integers
    counts: Integers
    n_words: Integers
    words: npt.NDArray[np.uint32]
    hashes: Hashes
    indexed: npt.NDArray[np.bool_]
    word_hashes: Hashes
    numeric: npt.NDArray[np.bool_]


class _Vocabulary(dict[bytes, int]):
    """Numbers words as they are met."""

    def __missing__(self, word: bytes) -> int:
        number = self[word] = len(self)
        return number


def shingle(texts: Iterable[tuple[str, str]]) -> Shingled:
    """Cut texts into shingles: of each dispatch its body and its headline, "" for none."""
    vocabulary = _Vocabulary()
    _ = vocabulary[_PAD]
    numbers = [np.empty(0, dtype=np.uint32)]
    lengths: list[int] = []
    texts = iter(texts)
    while batch := list(islice(texts, BATCH)):
        flat: list[bytes] = []
        for words in _texts_as_words(batch):
            lengths.append(len(words))
            flat += words
            flat += [_PAD] * (WORDS - 1)
        numbers.append(np.fromiter(map(vocabulary.__getitem__, flat), np.uint32, len(flat)))
    n_words = np.array(lengths, dtype=np.int64)
    starts = np.cumsum(n_words + WORDS - 1) - (n_words + WORDS - 1)
    counts = np.where(n_words > 0, np.maximum(n_words - WORDS + 1, 1), 0)
    words_in_a_row = np.concatenate(numbers)
    word_hashes = _word_hashes(vocabulary)
    hashes, indexed = _hashed(words_in_a_row, word_hashes, starts, n_words)
    numeric = np.fromiter((bool(_DIGIT.search(w)) for w in vocabulary), bool, len(vocabulary))
    return Shingled(starts, counts, n_words, words_in_a_row, hashes, indexed, word_hashes, numeric)


def places(starts: Integers, counts: Integers) -> Integers:
    """Return the places of stretches, one stretch after the other.

    >>> places(np.array([10, 40]), np.array([3, 2])).tolist()
    [10, 11, 12, 40, 41]
    """
    total = int(counts.sum())
    before = np.cumsum(counts) - counts
    out: Integers = np.arange(total, dtype=np.int64) + np.repeat(starts - before, counts)
    return out


def _texts_as_words(batch: Iterable[tuple[str, str]]) -> Iterator[list[bytes]]:
    for body, headline in batch:
        words = words_of(body)
        yield words if len(words) >= SHORT or not words else words_of(headline) + words


def _word_hashes(vocabulary: Iterable[bytes]) -> Hashes:
    """Hashes that depend on the word alone: not on the run, not on the order of the texts."""
    joined = b"".join(hashlib.blake2b(word, digest_size=8).digest() for word in vocabulary)
    return np.frombuffer(joined, dtype="<u8").astype(np.uint64)


def _hashed(
    words: npt.NDArray[np.uint32], word_hashes: Hashes, starts: Integers, n_words: Integers
) -> tuple[Hashes, npt.NDArray[np.bool_]]:
    """Hash the shingles and choose those to index, some texts at a time, which bounds memory."""
    hashes, indexed = np.empty(len(words), np.uint64), np.empty(len(words), bool)
    weighed = [word_hashes * factor for factor in _FACTORS]
    for low in range(0, len(starts), BATCH):
        begin, length = starts[low : low + BATCH], n_words[low : low + BATCH]
        block = slice(begin[0], begin[-1] + length[-1] + WORDS - 1)
        hashes[block] = _shingle_hashes(words[block], weighed)
        whole = length >= WORDS
        valid = np.zeros(block.stop - block.start, dtype=bool)
        valid[places(begin[whole] - block.start, length[whole] - WORDS + 1)] = True
        indexed[block] = _chosen(hashes[block], valid)
    return hashes, indexed


def _shingle_hashes(words: npt.NDArray[np.uint32], weighed: Sequence[Hashes]) -> Hashes:
    hashes = weighed[0][words]
    for ahead in range(1, WORDS):
        hashes[:-ahead] += weighed[ahead][words[ahead:]]
    hashes ^= hashes >> np.uint64(32)
    hashes *= _FACTORS[1]
    hashes ^= hashes >> np.uint64(29)
    return hashes


def _chosen(hashes: Hashes, valid: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Winnow: a shingle is chosen when its hash is the smallest in some window of `WINDOW`.

    Two texts that share `WINDOW` shingles in a row so have a chosen one in common, wherever it
    stands in either (Schleimer, Wilkerson and Aiken 2003). The places between two texts are wide
    enough that no window reaches from one into the other; where one reaches past its text, it
    holds the shingles of that text and nothing smaller.
    """
    edge = np.full(WINDOW - 1, _LAST)
    extreme = np.concatenate([edge, np.where(valid, hashes, _LAST), edge])
    for step in (1, 2, 4):
        extreme = np.minimum(extreme[:-step], extreme[step:])
    for step in (1, 2, 4):
        extreme = np.maximum(extreme[:-step], extreme[step:])
    chosen: npt.NDArray[np.bool_] = valid & (hashes == extreme)
    return chosen
