"""ANPA 1312, the wire format of American agencies: SYN SYN SOH header STX text ETX time EOT."""

from __future__ import annotations

import re
from dataclasses import replace

from analysis.loading.agencies import canonical_agency
from analysis.loading.anpa_text import AnpaText, mend, split_text
from analysis.loading.bylines import writer
from analysis.loading.clock_times import Stated, at_time, wire_day
from analysis.loading.record_dispatch import Source, TextParts, with_text
from analysis.loading.records import RawDispatch, ReadOptions, ReadResult, Reject
from analysis.loading.wire_frames import LEAD, Frame, read_frames
from analysis.loading.wire_status import lead_version, stated_status

FORMAT = "anpa_1312"
_SNIFF = re.compile(LEAD + rb"[A-Za-z]\d{3,4}\x1f")
_HEADER = re.compile(
    r"\s*(?P<service>[A-Za-z])(?P<number>\d{3,4})\x1f(?P<selector>[^\r\n]*)[\r\n]+"
    r"(?P<priority>[A-Za-z]) (?P<category>[A-Za-z])[\x11-\x14\s]*(?P<keywords>[^\r\n]*?)"
    r"(?:\s+(?P<month>\d\d)-(?P<day>\d\d)(?:\s+(?P<words>\d{1,4}))?)?\s*$"
)
_TIME = re.compile(
    r"(?P<agency>[A-Z]{2,8})-(?P<circuit>[A-Z]{2})-(?P<month>\d\d)-(?P<day>\d\d)-(?P<year>\d\d)"
    r"\s+(?P<hour>\d\d)(?P<minute>\d\d)\s?(?P<zone>[A-Z]{1,5})"
)
# The ranks of the wire's own letters: flash, bulletin, urgent, rush, daily. Others (advance,
# hold for a Sunday, ...) say when to print, not how urgent.
URGENCY = {"f": 1, "b": 2, "u": 3, "r": 4, "d": 5}
_KEYWORD_LINE = re.compile(r"(?P<slug>.*?)(?:,\s*(?P<words>\d{1,5})?)?")


def sniff(head: bytes, source_file: str) -> bool:
    """Tell whether the file starts with an ANPA 1312 header line."""
    return _SNIFF.match(head) is not None


def read(data: bytes, source_file: str, options: ReadOptions) -> ReadResult:
    """Read every frame as one dispatch; typesetting codes become paragraphs and repairs."""
    source = Source(source_file, FORMAT)
    return ReadResult.of(_outcome(item, source) for item in read_frames(data, source, options))


def _outcome(item: Frame | Reject, source: Source) -> RawDispatch | Reject:
    if isinstance(item, Reject):
        return item
    header = _HEADER.match(item.header)
    if header is None:
        found = re.sub(r"[\x00-\x1f]+", " ", item.header).strip()[:60] or "nothing"
        expected = "service, number and selector; priority, category, keyword"
        return source.reject("header not understood", found, expected, item.number)
    dispatch = _dispatch(item, header, source.file)
    if dispatch.body:
        return dispatch
    return source.reject("frame without a text", "head lines only", "text", item.number)


def _dispatch(frame: Frame, header: re.Match[str], source_file: str) -> RawDispatch:
    text = split_text(frame.text)
    found = _TIME.search(frame.trailer)
    when = _time(found) if found else None
    raw = RawDispatch(
        body="",
        source_file=source_file,
        format=FORMAT,
        dispatch_id=_name(header, when),
        agency=canonical_agency(found["agency"]) if found else None,
        urgency=URGENCY.get(header["priority"].casefold()),
        published_at=when.published.at if when else None,
        published_precision=when.published.precision if when else None,
        published_zone=when.zone if when else None,
        published_evidence="ANPA 1312 date and time" if when else None,
        encoding=frame.encoding,
        cuts=frame.cuts,
    )
    parts = TextParts(text.paragraphs)
    for kind, reason, line in text.cuts:
        parts.cut(kind, reason, line)
    return with_text(_with_head(raw, text, header), parts, mend)


def _with_head(raw: RawDispatch, text: AnpaText, header: re.Match[str]) -> RawDispatch:
    # The header cuts its keyword off after 24 characters; the text gives it whole.
    keywords = text.keyword_line or " ".join(header["keywords"].split())
    line = _KEYWORD_LINE.fullmatch(keywords)
    slug = line["slug"].strip() if line else keywords
    return replace(
        raw,
        slug=slug or None,
        version=lead_version(keywords),
        status=stated_status(keywords.partition(",")[2]),
        headline=text.headline,
        byline=writer(text.byline),
    )


def _name(header: re.Match[str], when: Stated | None) -> str | None:
    # The number starts again every cycle: without the day it names nothing.
    if when is None:
        return None
    return f"{header['service']}{header['number']}-{when.published.at.date().isoformat()}"


def _time(found: re.Match[str]) -> Stated | None:
    day = wire_day(int(found["year"]), int(found["month"]), int(found["day"]))
    if day is None:
        return None
    return at_time(day, int(found["hour"]), int(found["minute"]), 0, found["zone"])
