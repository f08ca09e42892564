"""Which words are scored: the reporter's of a sentence, a source's of a quotation."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence

Span = tuple[int, int]

WORD = re.compile(r"\w")
# Stands where words were taken out, so that those on either side do not become neighbours.
GAP = " ... "


def join(body: str, spans: Iterable[Span]) -> str:
    """Return the text of `spans`, in order, pieces parted by a gap.

    >>> join('He called it "folly" again.', [(0, 13), (20, 27)])
    'He called it ...  again.'
    """
    return GAP.join(body[start:end].strip() for start, end in spans).strip()


def has_words(text: str) -> bool:
    """Say whether there is a letter or a digit in `text`."""
    return WORD.search(text) is not None


def overlap(spans: Sequence[Span], others: Sequence[Span]) -> list[Span]:
    """Return the parts of `spans` that lie in `others` (both sorted, neither self-overlapping).

    >>> overlap([(0, 10), (20, 30)], [(5, 22)])
    [(5, 10), (20, 22)]
    """
    found = []
    for start, end in spans:
        place = bisect_right(others, start, key=_end)
        while place < len(others) and others[place][0] < end:
            found.append((max(start, others[place][0]), min(end, others[place][1])))
            place += 1
    return found


def without(spans: Sequence[Span], others: Sequence[Span]) -> list[Span]:
    """Return the parts of `spans` outside `others` (both sorted, neither self-overlapping).

    >>> without([(0, 10)], [(3, 5), (9, 12)])
    [(0, 3), (5, 9)]
    """
    found = []
    for start, end in spans:
        here = start
        for low, high in overlap([(start, end)], others):
            if low > here:
                found.append((here, low))
            here = high
        if here < end:
            found.append((here, end))
    return found


def merged(spans: Iterable[Span]) -> list[Span]:
    """Return `spans` sorted, with those that touch or overlap made one.

    >>> merged([(4, 6), (0, 2), (1, 4)])
    [(0, 6)]
    """
    out: list[Span] = []
    for start, end in sorted(spans):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], end))
        else:
            out.append((start, end))
    return out


def _end(span: Span) -> int:
    return span[1]
