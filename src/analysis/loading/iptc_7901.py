"""IPTC 7901, the text message format of European agencies: SOH header STX text ETX time EOT."""

from __future__ import annotations

import re
from dataclasses import replace

from analysis.loading.agencies import canonical_agency, known_agency
from analysis.loading.bylines import writer
from analysis.loading.clock_times import Stated, at_time, wire_day
from analysis.loading.dates import month_number
from analysis.loading.record_dispatch import Source, TextParts, with_text
from analysis.loading.records import RawDispatch, ReadOptions, ReadResult, Reject
from analysis.loading.wire_frames import LEAD, Frame, read_frames
from analysis.loading.wire_status import is_kicker, lead_version, stated_status
from analysis.loading.wrapped_text import unwrap

FORMAT = "iptc_7901"
_SNIFF = re.compile(LEAD + rb"[A-Za-z]{2,4} ?\d{3,4}\s+[1-9]\s+[A-Za-z]{1,4}\s+\d{1,5}\b")
_HEADER = re.compile(
    r"\s*(?P<source>[A-Za-z]{2,4}) ?(?P<number>\d{3,4})\s+(?P<priority>[1-9])\s+"
    r"(?P<category>[A-Za-z]{1,4})\b(?:\s+(?P<words>\d{1,5})\b)?(?P<options>[^\r\n]*)"
)
_SERVICE = re.compile(r"([A-Za-z]{2,}(?:-[A-Za-z]+)?)\s+\d{2,5}\s*$")
_TIME = re.compile(
    r"\s*(?P<day>\d\d)(?P<hour>\d\d)(?P<minute>\d\d)\s*(?P<zone>[A-Z]{1,5}\b)?\s*"
    r"(?P<month>[^\W\d_]{3,9})\.?\s*(?P<year>\d\d)\b"
)
_HEAD_LINES = 8
_NOTES = re.compile(
    r"#+ *(?:\w+ )?notebook\b|\* \* \* \*|the following information is not", re.IGNORECASE
)
_SIGNATURE = re.compile(r"[a-z]{2,4}(?:[ /-][a-z]{2,4}){1,6}")


def sniff(head: bytes, source_file: str) -> bool:
    """Tell whether the file starts with an IPTC 7901 header line."""
    return _SNIFF.match(head) is not None


def read(data: bytes, source_file: str, options: ReadOptions) -> ReadResult:
    """Read every frame as one dispatch; priority is its urgency, the keyword line its slug."""
    source = Source(source_file, FORMAT)
    return ReadResult.of(_outcome(item, source) for item in read_frames(data, source, options))


def _outcome(item: Frame | Reject, source: Source) -> RawDispatch | Reject:
    if isinstance(item, Reject):
        return item
    header = _HEADER.match(item.header)
    if header is None:
        found = item.header.strip()[:60] or "nothing"
        expected = "source and number, priority, category, word count"
        return source.reject("header not understood", found, expected, item.number)
    dispatch = _dispatch(item, header, source.file)
    if dispatch.body:
        return dispatch
    return source.reject("frame without a text", "no text", "a dispatch", item.number)


def _dispatch(frame: Frame, header: re.Match[str], source_file: str) -> RawDispatch:
    service = _SERVICE.search(header["options"])
    agency = known_agency(re.split("-", service[1])[0]) if service else None
    when = _time(frame.trailer)
    raw = RawDispatch(
        body="",
        source_file=source_file,
        format=FORMAT,
        dispatch_id=_name(header, when),
        agency=agency or (canonical_agency(service[1]) if service else None),
        urgency=int(header["priority"]),
        published_at=when.published.at if when else None,
        published_precision=when.published.precision if when else None,
        published_zone=when.zone if when else None,
        published_evidence="IPTC 7901 date and time" if when else None,
        slug=" ".join(frame.header[header.end() :].split()).rstrip("/ ") or None,
        encoding=frame.encoding,
        cuts=frame.cuts,
    )
    head, text = _split_head(frame.text.replace("\r\n", "\n").replace("\r", "\n"))
    parts = _text_parts(text)
    parts.cut("metadata", "head lines", "\n".join(head))
    return with_text(_with_head(raw, head), parts)


def _name(header: re.Match[str], when: Stated | None) -> str | None:
    # The number starts again every day: without the day it names nothing.
    if when is None:
        return None
    return f"{header['source']}{header['number']}-{when.published.at.date().isoformat()}"


def _time(trailer: str) -> Stated | None:
    found = _TIME.match(trailer)
    month = month_number(found["month"]) if found else None
    if not found or not month:
        return None
    day = wire_day(int(found["year"]), month, int(found["day"]))
    if day is None:
        return None
    return at_time(day, int(found["hour"]), int(found["minute"]), 0, found["zone"])


def _split_head(text: str) -> tuple[list[str], str]:
    """Head lines and text: the head ends with "=", or is one line with a blank one after it."""
    lines = text.split("\n", _HEAD_LINES)
    for i, line in enumerate(lines[:_HEAD_LINES]):
        if line.rstrip().endswith("="):
            return [line.strip(" =") for line in lines[: i + 1]], "\n".join(lines[i + 1 :])
    if len(lines) > 2 and lines[0].strip() and not lines[1].strip():
        return [lines[0].strip()], "\n".join(lines[1:])
    return [], text


def _with_head(raw: RawDispatch, head: list[str]) -> RawDispatch:
    lines = [line for line in head if line]
    kickers = " / ".join(line for line in lines if is_kicker(line))
    rest = [line for line in lines if not is_kicker(line)]
    bylines = [line for line in rest if line.startswith("By ")]
    headline = [line for line in rest if line not in bylines]
    return replace(
        raw,
        version=lead_version(kickers),
        status=stated_status(kickers),
        headline=" ".join(headline) or None,
        byline=writer(bylines[0]) if bylines else None,
    )


def _text_parts(text: str) -> TextParts:
    parts = TextParts()
    paragraphs = unwrap(text)
    end = next((i for i, line in enumerate(paragraphs) if _NOTES.match(line)), len(paragraphs))
    parts.cut("metadata", "notes to editors", "\n".join(paragraphs[end:]))
    if end and _SIGNATURE.fullmatch(paragraphs[end - 1]):
        end -= 1
        parts.cut("metadata", "end mark", paragraphs[end])
    parts.paragraphs = paragraphs[:end]
    return parts
