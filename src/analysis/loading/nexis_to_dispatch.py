"""From the parts of a Nexis document to a raw dispatch."""

from __future__ import annotations

import re
from dataclasses import replace

from analysis.loading.agencies import known_agency
from analysis.loading.bylines import writer
from analysis.loading.clock_times import stated_time
from analysis.loading.datelines import parse_dateline
from analysis.loading.languages import language_tag
from analysis.loading.nexis_records import HEAD_FIELDS, Record
from analysis.loading.record_dispatch import Source, TextParts, day_of, with_dateline, with_text
from analysis.loading.records import RawDispatch

_SERVICE = re.compile(r"\s+(?:news|newswires?|international|english)(?: service)?$", re.I)


def to_dispatch(record: Record, source: Source, encoding: str | None) -> RawDispatch:
    """Make the dispatch: the day line gives the time, a time only where a zone stands with it."""
    when = stated_time(record.day) if record.day else None
    language = language_tag(record.fields.get("LANGUAGE"))
    raw = RawDispatch(
        body="",
        source_file=source.file,
        format=source.format,
        agency=agency_of(record.outlet),
        outlet=record.outlet,
        language=language,
        language_evidence="stated" if language else None,
        published_at=when.published.at if when else None,
        published_precision=when.published.precision if when else None,
        published_zone=when.zone if when else None,
        published_evidence="Nexis date line" if when else None,
        headline=record.headline,
        byline=writer(record.fields.get("BYLINE")),
        url=record.fields.get("URL"),
        encoding=encoding,
    )
    parts = TextParts(record.paragraphs)
    above = [f"{name}: {text}" for name, text in record.fields.items() if name in HEAD_FIELDS]
    parts.cut("metadata", "fields above the text", "\n".join(above))
    parts.cut("standfirst", "HIGHLIGHT", record.fields.get("HIGHLIGHT", ""))
    parts.cut("metadata", "after the text", "\n".join(record.tail))
    parts.cut("copyright", "copyright notice", "\n".join(record.copyright))
    return _with_dateline_field(with_text(raw, parts), record.fields.get("DATELINE"))


def agency_of(outlet: str | None) -> str | None:
    """Return the agency that an outlet's name in a database stands for, or None.

    >>> agency_of("Agence France Presse -- English"), agency_of("Reuters News")
    ('AFP', 'Reuters')
    """
    if not outlet:
        return None
    name = re.split(r"\s+(?:--|-)\s+|\s*\(", outlet)[0]
    shorter = _SERVICE.sub("", name)
    return known_agency(name) or known_agency(shorter)


def _with_dateline_field(raw: RawDispatch, line: str | None) -> RawDispatch:
    if not line or raw.dateline_place:
        return raw
    found = parse_dateline(f"{line} -- text", day_of(raw))
    if found:
        return with_dateline(raw, found, parse_dateline(f"{line} -- text"))
    return replace(raw, dateline_place=line)
