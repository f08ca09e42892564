"""Cut a text wherever a marked span begins or ends, so that overlapping marks never cross."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Mark:
    """A span of the text: the number of the attribution it belongs to, and its part in it."""

    start: int
    end: int
    number: int
    role: str


@dataclass(frozen=True)
class Segment:
    """A stretch of text and all the marks that cover it, in order of number and role."""

    start: int
    end: int
    marks: tuple[Mark, ...]


def segments(length: int, marks: Iterable[Mark]) -> Iterator[Segment]:
    """Yield the stretches of a text of `length` characters between all bounds of `marks`, in order.

    The stretches cover the text without gap or overlap. Marks may nest and cross; what lies
    outside the text is cut off; an empty mark is dropped.

    >>> [(s.start, s.end, len(s.marks)) for s in segments(9, [Mark(0, 6, 1, "content"),
    ...                                                       Mark(4, 8, 2, "source")])]
    [(0, 4, 1), (4, 6, 2), (6, 8, 1), (8, 9, 0)]
    """
    inside = [m for m in marks if max(m.start, 0) < min(m.end, length)]
    starts = sorted(inside)
    bounds = {0, length, *(max(m.start, 0) for m in inside), *(min(m.end, length) for m in inside)}
    ordered = sorted(bounds)
    open_marks: list[Mark] = []
    position = 0
    for start, end in itertools.pairwise(ordered):
        while position < len(starts) and starts[position].start <= start:
            open_marks.append(starts[position])
            position += 1
        open_marks = [mark for mark in open_marks if mark.end > start]
        yield Segment(start, end, tuple(sorted(open_marks, key=lambda m: (m.number, m.role))))
