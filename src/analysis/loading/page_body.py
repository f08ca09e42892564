"""Find the dispatch among the lines of a page.

Each line gets a weight: running text counts for it, short lines, link lists and page furniture
against it. The dispatch is the contiguous block with the largest sum (Kadane's algorithm, as in
maximum subsequence segmentation: Pasternack and Roth, 2009, WWW, "Extracting article text from the
web with maximum subsequence segmentation"). Local repairs follow.
"""

from __future__ import annotations

from dataclasses import dataclass

from analysis.loading.page_lines import Line

MOST_WORDS = 60  # a longer line gains no more: one long cookie notice must not outweigh a text


@dataclass(frozen=True)
class Kept:
    """Which lines are the body (indices into the lines), and why each other one is not."""

    body: list[int]
    cut: dict[int, tuple[str, str]]


def weights(lines: list[Line]) -> list[float]:
    """The weight of each line."""
    return [_weight(line, lines, i) for i, line in enumerate(lines)]


def _weight(line: Line, lines: list[Line], i: int) -> float:
    if line.furniture:
        return -24.0 if line.furniture.ends_text else -2.0
    if line.is_prose:
        return 4.0 + min(line.words, MOST_WORDS)
    if line.repeats > 2:
        return -6.0
    if line.indent >= 2:
        return -5.0
    return -2.0 if line.words >= 8 else -4.0


def best_block(weights: list[float]) -> tuple[int, int]:
    """Half-open range of the block with the largest sum; (0, 0) where no weight is positive."""
    best, best_range, total, start = 0.0, (0, 0), 0.0, 0
    for i, weight in enumerate(weights):
        if total <= 0:
            total, start = 0.0, i
        total += weight
        if total > best:
            best, best_range = total, (start, i + 1)
    return best_range


def find_body(lines: list[Line]) -> Kept:
    """Choose the lines of the body."""
    start, end = best_block(weights(lines))
    body = [i for i in range(start, end) if not lines[i].furniture]
    cut: dict[int, tuple[str, str]] = {}
    return Kept(body, cut)
