"""Plain text: one dispatch a file, with an optional headline line and an optional dateline."""

from __future__ import annotations

import re

from analysis.loading.datelines import parse_dateline
from analysis.loading.page_head import is_metadata, read_head
from analysis.loading.page_lines import Line, split_lines
from analysis.loading.records import ReadOptions, ReadResult, Reject
from analysis.loading.text_dispatch import build, read_text

FORMAT = "plain_text"
_MOST_HEAD_LINES = 6
_END_MARK = re.compile(
    r"\W*(?:ends?|-\s?30\s?-|-\s?0\s?-|#{2,}|[a-z]{2,4}(?:[-/][a-z]{2,4}){1,5})\W*", re.IGNORECASE
)


def read(data: bytes, source_file: str, options: ReadOptions) -> ReadResult:
    """Read the file as one dispatch; nothing but head lines and an end mark is cut."""
    decoded = read_text(data, source_file, FORMAT, options)
    if isinstance(decoded, Reject):
        return ReadResult(rejects=[decoded])
    lines = split_lines(decoded.text)
    if not any(line.words for line in lines):
        found = f"{len(data)} bytes without a word"
        return ReadResult(rejects=[Reject(source_file, FORMAT, "no text", found, "a dispatch")])
    start, end = _head_end(lines), _text_end(lines)
    head = read_head(lines, start)
    why = dict.fromkeys(range(start), ("metadata", "line above the text"))
    why |= {i: ("metadata", what) for i, what in head.stated_on}
    why |= dict.fromkeys(range(end, len(lines)), ("metadata", "end mark"))
    body = list(range(start, max(end, start + 1)))
    for i in body:
        why.pop(i, None)
    return ReadResult([build(lines, body, why, head, source_file, FORMAT, decoded)])


def _head_end(lines: list[Line]) -> int:
    """Index of the first line of the text: after headline, byline, date and dateline lines."""
    for i, line in enumerate(lines[:_MOST_HEAD_LINES]):
        dateline = parse_dateline(line.text)
        if dateline and line.text[dateline.end :].strip() and not dateline.stated:
            return i
        if dateline and i + 1 < len(lines):
            return i + 1
    first_text = int(len(lines) > 1 and _may_be_headline(lines[0]))
    for i, line in enumerate(lines[first_text:_MOST_HEAD_LINES], first_text):
        if line.is_prose and not is_metadata(line):
            return i
    return first_text


def _may_be_headline(line: Line) -> bool:
    return not line.ends_sentence and line.words <= 30


def _text_end(lines: list[Line]) -> int:
    return len(lines) - 1 if len(lines) > 1 and _END_MARK.fullmatch(lines[-1].text) else len(lines)
