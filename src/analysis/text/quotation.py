"""Quotation marks read by the press convention.

A quotation that runs over several paragraphs opens anew in each and closes once, at its end
(Associated Press Stylebook, "quotation marks"). Marks may be curly, straight, guillemets or
doubled backticks; they may be nested, stray or missing. Nothing here raises on odd marks.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

from analysis.text.paragraphs import paragraph_spans

MARK = re.compile(r"``|''|[“”„‟\"«»‘’'‚]")
OPENING = {"“": "double", "„": "low", "‟": "double", "``": "double", "«": "guillemet"}
BEFORE_OPENING = set(" \t\n\r\xa0\u2009\u202f([{—–-/:;,“\"‘'«„…")
AFTER_CLOSING = set(" \t\n\r\xa0\u2009\u202f)]}—–-/:;,.?!”\"’'»…")
ELISION = re.compile(r"(?:\d0s|em|tis|twas|til|cause|n|round|bout)\b", re.IGNORECASE)
# A quotation left open for longer than this many paragraphs is a slip, not a running quotation.
LONGEST_RUN = 12


@dataclass(frozen=True)
class Quotation:
    """A stretch of one paragraph inside quotation marks, marks included.

    Attributes
    ----------
    start, end : half-open span; an unclosed quotation ends with its paragraph.
    depth : 1 for an outermost quotation, 2 for one inside it.
    mark : "double", "guillemet", "low" (opened „, closed “ or ”) or "single".
    closed : whether a closing mark stands at the end.
    continues : whether this is the next paragraph of the quotation before it.
    """

    start: int
    end: int
    depth: int
    mark: str
    closed: bool
    continues: bool = False


def find_quotations(body: str) -> list[Quotation]:
    """Return every quotation in `body`, in order of its opening mark, nested ones included.

    A running quotation gives one `Quotation` a paragraph; those after the first say
    ``continues=True``. Apostrophes and measures (6'2") are not marks. A closing mark that nothing
    opened is passed over.

    >>> [(q.start, q.end) for q in find_quotations('"We agree," she said. "Fully."')]
    [(0, 11), (22, 30)]
    >>> running = find_quotations('“One.\\n\\n“Two.” He sat.')
    >>> [(q.start, q.end, q.closed, q.continues) for q in running]
    [(0, 5, False, False), (7, 13, True, True)]
    """
    return list(_found_in(body))


# One dispatch is asked for several times in a row: for its sentences, its zones, its tone.
@lru_cache(maxsize=4)
def _found_in(body: str) -> tuple[Quotation, ...]:
    found: list[Quotation] = []
    open_for = 0
    for start, end in paragraph_spans(body):
        reader = _ParagraphReader(body, start, end)
        lead = reader.lead(unclosed=0 < open_for < LONGEST_RUN)
        quotations = reader.read(lead)
        found.extend(quotations)
        # Only a quotation that reaches the end of its paragraph can run on into the next.
        runs_on = [q for q in quotations if q.depth == 1 and not q.closed and q.end == end]
        open_for = open_for + 1 if runs_on else 0
    return tuple(sorted(found, key=lambda q: (q.start, q.depth)))


def quoted_spans(body: str) -> list[tuple[int, int]]:
    """Return the outermost quotations of `body` as sorted spans apart from one another.

    The marks are included. Single marks count only in a text that uses no double ones (the British
    style); elsewhere they set off terms and quotations inside quotations.

    >>> quoted_spans('He said "no" twice.')
    [(8, 12)]
    >>> quoted_spans("It's over.")
    []
    """
    outer = [q for q in find_quotations(body) if q.depth == 1]
    doubles = [q for q in outer if q.mark != "single"]
    return [(q.start, q.end) for q in (doubles or outer)]


def quoted_mask(body: str) -> bytearray:
    """Return one byte a character of `body`: 1 inside quotation marks (marks included), else 0.

    >>> list(quoted_mask('a "b"'))
    [0, 0, 1, 1, 1]
    """
    mask = bytearray(len(body))
    for start, end in quoted_spans(body):
        mask[start:end] = b"\x01" * (end - start)
    return mask


class _ParagraphReader:
    """Reads the marks of one paragraph from left to right with a stack of open quotations."""

    def __init__(self, body: str, start: int, end: int) -> None:
        self.body, self.start, self.end = body, start, end
        self.marks = list(MARK.finditer(body, start, end))
        self.single_ends = [m.start() for m in self.marks if self._closes_single(m)]
        self.stack: list[tuple[int, str, bool]] = []
        self.found: list[Quotation] = []

    def lead(self, unclosed: bool) -> str:
        """How the paragraph takes up a quotation still open: "reopens", "runs" on, or ""."""
        first = next((m for m in self.marks if m.group() not in "‘’'‚"), None)
        if not unclosed or first is None:
            return ""
        if first.start() == self.start:
            return "reopens" if self._can_open(first) else ""
        return "runs" if not self._can_open(first) and self._can_close(first) else ""

    def read(self, lead: str) -> list[Quotation]:
        if lead == "runs":
            self.stack.append((self.start, "double", True))
        for mark in self.marks:
            self._take(mark, continues=lead == "reopens" and mark.start() == self.start)
        while self.stack:
            self._close(self.end, closed=False)
        return self.found

    def _take(self, mark: re.Match[str], continues: bool) -> None:
        text = mark.group()
        if text in "‘’'‚":
            self._take_single(mark)
        elif text == "“" and self.stack and self.stack[-1][1] == "low":
            self._close(mark.end(), closed=True)
        elif text in OPENING and self._can_open(mark):
            self._open_double(mark, continues)
        elif self._double_is_open() and not self._starts_another(mark):
            self._close_down_to_double(mark.end())
        elif text == '"' and self._can_open(mark):
            self._open_double(mark, continues)

    def _open_double(self, mark: re.Match[str], continues: bool) -> None:
        # A second opening mark without a closing one between: the first was never closed, unless
        # a single mark has opened in between (a quotation inside a quotation inside a quotation).
        if self.stack and self.stack[-1][1] != "single":
            self._close(_before_space(self.body, self.stack[-1][0], mark.start()), closed=False)
        kind = OPENING.get(mark.group(), "double")
        self.stack.append((mark.start(), kind, continues))

    def _take_single(self, mark: re.Match[str]) -> None:
        if self.stack and self.stack[-1][1] == "single" and self._closes_single(mark):
            self._close(mark.end(), closed=True)
        elif not any(kind == "single" for _, kind, _ in self.stack) and self._opens_single(mark):
            self.stack.append((mark.start(), "single", False))

    def _close(self, end: int, closed: bool) -> None:
        start, kind, continues = self.stack.pop()
        depth = len(self.stack) + 1
        self.found.append(Quotation(start, end, depth, kind, closed, continues))

    def _close_down_to_double(self, end: int) -> None:
        while self.stack[-1][1] == "single":
            self.stack.pop()  # an apostrophe taken for a mark: it never closed
        self._close(end, closed=True)

    def _double_is_open(self) -> bool:
        return any(kind != "single" for _, kind, _ in self.stack)

    def _starts_another(self, mark: re.Match[str]) -> bool:
        """Whether a straight mark inside a quotation can only be an opening one."""
        return mark.group() == '"' and self._can_open(mark) and not self._can_close(mark)

    def _can_open(self, mark: re.Match[str]) -> bool:
        before = self.body[mark.start() - 1] if mark.start() > self.start else " "
        after = self.body[mark.end()] if mark.end() < self.end else " "
        if mark.group() in OPENING:
            return mark.end() < self.end
        return before in BEFORE_OPENING and not after.isspace()

    def _can_close(self, mark: re.Match[str]) -> bool:
        before = self.body[mark.start() - 1] if mark.start() > self.start else " "
        after = self.body[mark.end()] if mark.end() < self.end else " "
        return not before.isspace() or after in AFTER_CLOSING

    def _opens_single(self, mark: re.Match[str]) -> bool:
        before = self.body[mark.start() - 1] if mark.start() > self.start else " "
        after = self.body[mark.end()] if mark.end() < self.end else " "
        if mark.group() == "’" or before not in BEFORE_OPENING or after in AFTER_CLOSING:
            return False
        if ELISION.match(self.body, mark.end()):
            return False
        return bisect_right(self.single_ends, mark.end()) < len(self.single_ends)

    def _closes_single(self, mark: re.Match[str]) -> bool:
        if mark.group() not in "’'" or mark.start() == self.start:
            return False
        before = self.body[mark.start() - 1]
        after = self.body[mark.end()] if mark.end() < self.end else " "
        # "the workers' demand" is a possessive far more often than the end of a quotation.
        possessive = before in "sS" and after == " "
        return not before.isspace() and after in AFTER_CLOSING and not possessive


def _before_space(body: str, start: int, end: int) -> int:
    while end > start + 1 and body[end - 1].isspace():
        end -= 1
    return end
