"""Find the dispatch among the lines of a page.

Each line gets a weight: running text counts for it, short lines, link lists and page furniture
against it. The dispatch is the contiguous block with the largest sum (Kadane's algorithm, as in
maximum subsequence segmentation: Pasternack and Roth, 2009, WWW, "Extracting article text from the
web with maximum subsequence segmentation"). Local repairs follow. All weights are set by hand.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from analysis.loading.datelines import parse_dateline
from analysis.loading.page_head import is_metadata
from analysis.loading.page_lines import Line

MOST_WORDS = 60  # a longer line gains no more: one long cookie notice must not outweigh a text
ENOUGH_TEXT = 80  # words of text above a comments heading for what follows to be comments
TRUST_AFTER = {"comments": 0.3, "copyright": 0.3, "teaser": 0.5}  # text after such a line
AGAINST = {"comments": -150.0, "copyright": -50.0}
REACH = 3  # neighbours on each side that say whether a line stands among running text
HEAD_WORDS = 60  # a standfirst and captions above the byline are not longer than this

Why = tuple[str, str]
LINK = ("teaser", "link to another story")


@dataclass(frozen=True)
class Kept:
    """The lines of the body (indices), and why some lines near it were left out."""

    body: list[int]
    cut: dict[int, Why]


def find_body(lines: list[Line]) -> Kept:
    """Choose the lines of the body: the best block, then its start and its inside repaired."""
    start, end = best_block(weights(lines))
    cut: dict[int, Why] = {}
    first = _start_after_head(lines, start, end)
    for i in range(start, first):
        cut[i] = lines[i].furniture_why or ("standfirst", "above byline, date or dateline")
    body: list[int] = []
    in_box = False
    for i in range(first, end):
        in_box = _in_box(lines[i], in_box)
        why = _why_inside(lines[i]) or (("teaser", "box inside the text") if in_box else None)
        if why:
            cut[i] = why
            if why == LINK:
                _cut_excerpt(lines, body, cut)
        else:
            body.append(i)
    while body and not lines[body[-1]].is_prose:
        cut[body.pop()] = ("navigation", "short line after the text")
    return Kept(body, cut)


def _cut_excerpt(lines: list[Line], body: list[int], cut: dict[int, Why]) -> None:
    """Take back the lines right above a "Read more" that are a title and a broken-off sentence."""
    for _ in range(2):
        if body and not lines[body[-1]].ends_sentence and lines[body[-1]].words < 30:
            cut[body.pop()] = ("teaser", "excerpt above a link to another story")


def _in_box(line: Line, in_box: bool) -> bool:
    """Whether a line is in a box of related links: from its heading to the next sentence."""
    if line.furniture and line.furniture.ends_text:
        return True
    return in_box and not (line.is_prose and line.ends_sentence and line.words >= 10)


def weights(lines: list[Line]) -> list[float]:
    """The weight of each line, from its own features and the share of text around it.

    >>> from analysis.loading.page_lines import split_lines
    >>> page = split_lines("News\\n\\nThe strait reopened to traffic on Monday, they said.")
    >>> weights(page)[0] < 0 < weights(page)[1]
    True
    """
    prose = [line.is_prose for line in lines]
    margin = _text_margin(lines)
    found, text_words, trust = [], 0, 1.0
    for i, line in enumerate(lines):
        density = _density(prose, i)
        if line.furniture and line.furniture.ends_text and text_words >= ENOUGH_TEXT:
            trust = max(trust * TRUST_AFTER.get(line.furniture.kind, 1.0), 0.1)
        elif line.is_prose and density >= 0.5 and line.indent <= margin:
            text_words += line.words
        weight = _weight(line, density, margin)
        found.append(weight * trust if weight > 0 else weight)
    return found


def _text_margin(lines: list[Line]) -> int:
    """The indentation up to which the running text stands: a tenth of its words reach it."""
    words: Counter[int] = Counter()
    for line in lines:
        if line.is_prose:
            words[line.indent] += line.words
    total, below = sum(words.values()), 0
    for indent in sorted(words):
        below += words[indent]
        if below >= 0.1 * total:
            return indent
    return 0


def best_block(weights: list[float]) -> tuple[int, int]:
    """Half-open range of the block with the largest sum; (0, 0) where no weight is positive.

    >>> best_block([-1.0, 3.0, -1.0, 4.0, -9.0, 5.0])
    (1, 4)
    """
    best, best_range, total, start = 0.0, (0, 0), 0.0, 0
    for i, weight in enumerate(weights):
        if total <= 0:
            total, start = 0.0, i
        total += weight
        if total > best:
            best, best_range = total, (start, i + 1)
    return best_range


def _density(prose: list[bool], i: int) -> float:
    around = prose[max(0, i - REACH) : i] + prose[i + 1 : i + 1 + REACH]
    return sum(around) / len(around) if around else 1.0


def _weight(line: Line, density: float, margin: int) -> float:
    if line.furniture:
        return AGAINST.get(line.furniture.kind, -25.0) if line.furniture.ends_text else -2.0
    if line.is_prose:
        weight = 4.0 + min(line.words, MOST_WORDS)
        if density <= 0.5 and line.words < 25:
            weight = max(1.0, line.words - 10.0)  # one short sentence under each headline: teasers
        return weight * (0.4 if line.indent > margin else 1.0) * min(1.0, 0.25 + 1.5 * density)
    if is_metadata(line):
        return -8.0
    if line.repeats > 2:
        return -6.0
    return -(2.0 if line.words >= 8 else 4.0) * (2.0 - density) - (line.indent > margin)


def _start_after_head(lines: list[Line], start: int, end: int) -> int:
    """Where the text begins, past a standfirst: after a byline, date or dateline near the top."""
    first, words = start, 0
    for i in range(start, end):
        if i > start and is_metadata(lines[i]):
            first = i + 1
        elif i > start and _opens_with_dateline(lines[i]):
            first = i
        words += lines[i].words
        if words > HEAD_WORDS:
            break
    return first


def _opens_with_dateline(line: Line) -> bool:
    dateline = parse_dateline(line.text)
    # Without an agency or capitals, "Photo, May 3 - Ferries" would pass for one.
    return dateline is not None and bool(dateline.agency or line.text[:4].isupper())


def _why_inside(line: Line) -> Why | None:
    """Why a line inside the block is no text; None for a line of the body."""
    if line.furniture:
        return line.furniture_why
    if line.repeats > 1 and not line.is_prose:
        return ("navigation", "line repeated on the page")
    if (
        line.words >= 6
        and not line.is_prose
        and line.text == line.text.upper() != line.text.lower()
    ):
        return ("teaser", "line in capitals")
    if is_metadata(line) and not line.ends_sentence and line.text[0] not in "—–-":
        return ("metadata", "byline or date line inside the text")
    return None
