"""Edges of found spans moved to where words and quotation marks allow one."""

from __future__ import annotations

import re

Span = tuple[int, int]

# A source quoted by the writer is quoted whole: this share of a quotation stands for all of it.
GOOD_PART = 0.3
TRAILING = ".,;:"
INSIDE_WORD = re.compile(r"\w")


def tidy_words(text: str, span: Span) -> Span:
    """Return the span with cut words made whole.

    >>> tidy_words("the minister said", (6, 9))
    (4, 12)
    """
    start, end = span
    while start > 0 and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    return start, end


def tidy_content(
    text: str, spans: list[Span], quotations: list[Span], taken: list[Span]
) -> list[Span]:
    """Return content spans whose edges respect quotation marks.

    A span that reaches all of a quotation but its marks takes them in; punctuation outside
    quotation marks at the end is left out; pieces parted only by white space are one.

    Parameters
    ----------
    quotations : outermost quotations of the text, marks included.
    taken : source and cue, which no content may run into.

    >>> tidy_content('"We go," he said.', [(1, 6)], [(0, 8)], [])
    [(0, 8)]
    """
    found: list[Span] = []
    for span in spans:
        start, end = tidy_words(text, span)
        start, end = _with_marks(start, end, quotations, taken)
        start, end = _without_edge(text, start, end, quotations)
        if start >= end or not INSIDE_WORD.search(text, start, end):
            continue
        if any(s < end and start < e for s, e in taken):
            start, end = span
        if found and not text[found[-1][1] : start].strip():
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _with_marks(start: int, end: int, quotations: list[Span], taken: list[Span]) -> Span:
    """Take in the rest of a quotation: its marks, or all of it where a good part is found.

    Who speaks inside the quotation ("I told him to go") does not speak all of it.
    """
    for opening, closing in quotations:
        speaks_inside = any(opening <= s < closing for s, _ in taken)
        found = min(end, closing) - max(start, opening)
        if not speaks_inside and found >= GOOD_PART * (closing - opening):
            start, end = min(start, opening), max(end, closing)
        if opening < start <= opening + 2:
            start = opening
        if closing - 3 <= end < closing and end > opening + 1:
            end = closing
    return start, end


def _without_edge(text: str, start: int, end: int, quotations: list[Span]) -> Span:
    while end > start and text[end - 1].isspace():
        end -= 1
    while start < end and (text[start].isspace() or text[start] in ",;:"):
        start += 1
    while end > start and text[end - 1] in TRAILING and not _quoted(end - 1, quotations):
        if (
            re.search(r"\b(?:[A-Z]|[A-Za-z]\.[A-Za-z])\.$", text[start:end])
            and text[end - 1] == "."
        ):
            break
        end -= 1
    return start, end


def _quoted(place: int, quotations: list[Span]) -> bool:
    return any(s <= place < e for s, e in quotations)
