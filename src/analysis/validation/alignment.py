"""Pair labelled and found attributions of one document, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Span = tuple[int, int]
Words = frozenset[int]

WORD = re.compile(r"\w+(?:['’]\w+)*|[^\w\s]")
# Where the head of a source phrase has passed: "the spokesman | for the ministry".
AFTER_HEAD = frozenset(
    {"of", "for", "at", "in", "from", "with", "on", "to", "by", "as", "about", "near", "close"}
    | {"who", "whom", "which", "whose", "that", "and", "or", ",", "(", "-", "–", "—"}
)
ROLES = ("source", "cue", "content")


@dataclass(frozen=True)
class Marked:
    """An attribution as sets of word positions; `row` is its place in the document's list."""

    row: int
    source: Words
    cue: Words
    content: Words


@dataclass(frozen=True)
class Pair:
    """A labelled and a found attribution that speak of the same content."""

    gold: Marked
    found: Marked
    detected: bool
    joint: bool


class Document:
    """A text cut into words, so that spans can be compared without minding edge punctuation."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = [match.span() for match in WORD.finditer(text)]
        self.is_word = [text[start].isalnum() for start, _ in self.tokens]

    def words(self, spans: Iterable[Sequence[int]]) -> Words:
        """Return the positions of the words that `spans` touch."""
        return frozenset(
            position
            for start, end in spans
            for position, (first, last) in enumerate(self.tokens)
            if first < end and last > start and self.is_word[position]
        )

    def mark(self, attributions: Sequence[Mapping[str, Any]]) -> list[Marked]:
        """Return the attributions that have content, as word positions."""
        marked = [
            Marked(row, *(self.words(attribution.get(role) or ()) for role in ROLES))
            for row, attribution in enumerate(attributions)
        ]
        return [one for one in marked if one.content]

    def head(self, source: Words) -> int | None:
        """Return the head word of a source phrase: the last before a preposition or clause."""
        last = None
        for position in sorted(source):
            start, end = self.tokens[position]
            if last is not None and self.text[start:end].lower() in AFTER_HEAD:
                break
            last = position
        return last

    def same_source(self, gold: Words, found: Words) -> bool:
        """Say whether the found source is the labelled one, allowing for its length."""
        if not gold or not found:
            return not gold and not found
        return overlap(gold, found) >= 0.5 or (found <= gold and self.head(gold) in found)


def overlap(one: Words, other: Words) -> float:
    """F1 of two sets of words.

    >>> overlap(frozenset({1, 2}), frozenset({2, 3}))
    0.5
    """
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


def align(document: Document, gold: list[Marked], found: list[Marked]) -> list[Pair]:
    """Pair one to one, best content overlap first; equal overlaps by cue, then reading order."""
    candidates = sorted(
        (
            (-overlap(g.content, f.content), -len(g.cue & f.cue), i, j)
            for i, g in enumerate(gold)
            for j, f in enumerate(found)
            if g.content & f.content
        ),
    )
    pairs, taken_gold, taken_found = [], set(), set()
    for cost, _, i, j in candidates:
        if i in taken_gold or j in taken_found:
            continue
        taken_gold.add(i)
        taken_found.add(j)
        detected = -cost >= 0.5
        joint = detected and document.same_source(gold[i].source, found[j].source)
        pairs.append(Pair(gold[i], found[j], detected, joint))
    return pairs
