"""Paragraphs of a dispatch body."""

from __future__ import annotations

import re

BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")
NEWLINE = re.compile(r"\n\s*")


def paragraph_spans(body: str) -> list[tuple[int, int]]:
    """Return the paragraphs of `body` as half-open spans without surrounding whitespace.

    Paragraphs are parted by blank lines. Only in a text without a blank line does a single newline
    part them, so that hard-wrapped lines stay together.

    >>> paragraph_spans("First line,\\nwrapped.\\n\\nSecond.")
    [(0, 20), (22, 29)]
    >>> paragraph_spans("First.\\nSecond.")
    [(0, 6), (7, 14)]
    >>> paragraph_spans("  ")
    []
    """
    break_at = BLANK_LINE if BLANK_LINE.search(body.strip()) else NEWLINE
    spans, start = [], 0
    for gap in break_at.finditer(body):
        spans.append(trim(body, start, gap.start()))
        start = gap.end()
    spans.append(trim(body, start, len(body)))
    return [(start, end) for start, end in spans if start < end]


def trim(body: str, start: int, end: int) -> tuple[int, int]:
    """Return the span without whitespace at its edges; an empty span when nothing is left.

    >>> trim("  word ", 0, 7)
    (2, 6)
    """
    while start < end and body[start].isspace():
        start += 1
    while end > start and body[end - 1].isspace():
        end -= 1
    return start, end
