"""Reuters-21578: SGML files of Reuters dispatches of 1987, many REUTERS elements a file.

The markup is described in the collection's README (D. Lewis, 1997). Elements are found by their
tags: the files are no XML, and nothing in them is expanded but character references.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from analysis.loading.anpa_1312 import URGENCY
from analysis.loading.bylines import writer
from analysis.loading.clock_times import at_day
from analysis.loading.dates import find_day
from analysis.loading.decode import Decoded, decode
from analysis.loading.record_dispatch import Source
from analysis.loading.records import RawDispatch, ReadOptions, ReadResult, Reject
from analysis.loading.reuters_text import add_text, plain_line
from analysis.loading.text_dispatch import encoding_cut
from analysis.loading.wrapped_text import longest_line

FORMAT = "reuters_sgml"
_SNIFF = re.compile(rb"\s*(?:<!DOCTYPE\s+lewis\b[^>]*>\s*)?(?:<DATA>\s*)?<REUTERS[\s>]", re.I)
_OPEN, _CLOSE = "<REUTERS", "</REUTERS>"
_ID = re.compile(r'\bNEWID\s*=\s*"([^"]{1,40})"', re.I)
_DATE = re.compile(r"\s*(\d{1,2})-([A-Z]{3})-(\d{4})", re.I)
# The header the dispatch was sent under: "u f BC-HARBOUR-HALT   02-26 0105".
_HEADER = re.compile(
    r"^ ?(?P<priority>[A-Za-z]) (?P<category>[A-Za-z]) (?P<slug>\S.*?)\s+\d\d-\d\d(?: \d{4})?\s*$",
    re.M,
)

_CORRECTED = re.compile(r"\W*correct(?:ed|ion)\b", re.I)


def sniff(head: bytes, source_file: str) -> bool:
    """Tell whether the file starts with the collection's DOCTYPE or a REUTERS element."""
    return _SNIFF.match(head.lstrip(b"\xef\xbb\xbf")) is not None


def read(data: bytes, source_file: str, options: ReadOptions) -> ReadResult:
    """Read every REUTERS element as one dispatch; its DATE gives the day and the dateline's year.

    A record without a text is a reject with its number; the rest is loaded.
    """
    source = Source(source_file, FORMAT)
    decoded = decode(data)
    if decoded is None:
        return ReadResult(rejects=[source.reject("unknown encoding", None, "ISO 8859-1 or UTF-8")])
    outcomes = (
        one
        for number, record in enumerate(_records(decoded.text), 1)
        for one in _read_record(record, number, source, decoded, options)
    )
    result = ReadResult.of(outcomes, encoding_cut(decoded))
    if not result.dispatches and not result.rejects:
        result.rejects.append(source.reject("no record", "no REUTERS element", "REUTERS elements"))
    return result


def _records(text: str) -> Iterator[str]:
    """The REUTERS elements; one that is not closed ends where the next begins."""
    start = text.find(_OPEN)
    while start >= 0:
        following = text.find(_OPEN, start + len(_OPEN))
        yield text[start : following if following >= 0 else len(text)]
        start = following


def _read_record(
    record: str, number: int, source: Source, decoded: Decoded, options: ReadOptions
) -> Iterator[RawDispatch | Reject]:
    limits = options.limits
    if len(record) > limits.page_bytes or longest_line(record, limits.line_chars):
        expected = f"lines of at most {limits.line_chars} characters"
        yield source.reject("record too long", f"{len(record)} characters", expected, number)
        return
    tag, _, inside = record.partition(">")
    text = inner(inside, "TEXT")
    if text is None or not plain_line(re.sub("<[^>]{0,200}>", "", text)):
        found = "no TEXT element" if text is None else "an empty TEXT element"
        yield source.reject("record without a text", found, "TEXT with BODY or TITLE", number)
        return
    if _CLOSE not in inside:
        reason = "record cut short; what arrived is loaded"
        yield source.reject(reason, "no end tag", _CLOSE, number)
    raw = _head(tag, inside, source, decoded)
    if raw.published_at is None:
        found = plain_line(inner(inside, "DATE") or "") or "no DATE element"
        reason = "published_at not understood; dispatch loaded without it"
        yield source.reject(reason, found, "26-FEB-1987 15:01:01.79", number)
    made = add_text(raw, text)
    if _CORRECTED.match(made.headline or ""):
        made = replace(made, status="corrected")
    if made.body:
        yield made
    else:
        yield source.reject("record without a text", "end mark only", "text", number)


def _head(tag: str, inside: str, source: Source, decoded: Decoded) -> RawDispatch:
    new_id = _ID.search(tag)
    header = _HEADER.search(inner(inside, "UNKNOWN") or "")
    title = plain_line(inner(inside, "TITLE") or "")
    # The clock time has no zone and, in places, impossible digits: the day alone is kept.
    date = _DATE.match(plain_line(inner(inside, "DATE") or ""))
    day = find_day(f"{date[1]} {date[2]} {date[3]}") if date else None
    published = at_day(day) if day else None
    return RawDispatch(
        body="",
        source_file=source.file,
        format=FORMAT,
        dispatch_id=f"reuters-21578-{new_id[1]}" if new_id else None,
        agency="Reuters",
        urgency=URGENCY.get(header["priority"].casefold()) if header else None,
        published_at=published.at if published else None,
        published_precision=published.precision if published else None,
        published_evidence="DATE" if published else None,
        slug=plain_line(header["slug"]) if header else None,
        headline=title or None,
        byline=writer(plain_line(inner(inside, "AUTHOR") or "")),
        encoding=decoded.encoding,
    )


def inner(text: str, name: str) -> str | None:
    """Return what stands inside the first element `name`, or from its tag on if it is not closed.

    >>> inner("<DATE>26-FEB-1987</DATE>", "DATE"), inner("<TEXT>cut", "TEXT"), inner("", "DATE")
    ('26-FEB-1987', 'cut', None)
    """
    start = text.find(f"<{name}")
    if start < 0:
        return None
    begin = text.find(">", start)
    if begin < 0:
        return None
    end = text.find(f"</{name}>", begin)
    return text[begin + 1 : end if end >= 0 else len(text)]
