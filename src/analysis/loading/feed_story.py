"""From an entry of a feed to a dispatch: what JSON Feed, RSS and Atom have in common."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from analysis.loading.dates import FIRST_YEAR, LAST_YEAR
from analysis.loading.records import Cut, RawDispatch
from analysis.loading.wire_parties import agency_of
from analysis.loading.wire_story import Story, build_dispatch, without_by
from analysis.loading.wire_values import WireTime, WireValues, read_time
from analysis.loading.xml_blocks import Blocks

_CLOCK_AND_ZONE = re.compile(r"\d:\d\d(?::\d\d)?\s+([+-]\d{4}|[A-Z]{1,4})\b")
_SUMMARY = "the feed gives a summary or description alone, which may be a teaser; nothing was cut"


@dataclass
class Entry:
    """What an entry says; `summarised` where its only text is a summary."""

    blocks: Blocks
    summarised: bool = False
    dispatch_id: str | None = None
    headline: str | None = None
    authors: list[str] = field(default_factory=list)
    outlet: str | None = None
    language: str | None = None
    published: WireTime | None = None
    url: str | None = None
    encoding: str | None = None
    cuts: list[Cut] = field(default_factory=list)


def entry_dispatch(entry: Entry, source_file: str, format: str) -> RawDispatch:
    """The dispatch of an entry: dateline and repeated headline cut, agencies told from writers.

    An author that is a known agency wrote it; the others are the byline. A text that is the
    entry's summary is kept, with a cut of kind "incomplete" that says so and gives the address.
    """
    story = Story(source_file, format, entry.blocks)
    story.dispatch_id = entry.dispatch_id
    story.headline = entry.headline
    story.language = entry.language
    story.published = entry.published
    story.encoding = entry.encoding
    people = [name for name in entry.authors if not agency_of(without_by(name) or name)]
    agencies = [name for name in entry.authors if name not in people]
    story.byline = "; ".join(dict.fromkeys(people)) or None
    story.writers = [[without_by(name) or name] for name in agencies]
    story.cuts = list(entry.cuts)
    if entry.summarised:
        story.cuts.append(Cut("incomplete", _SUMMARY, entry.url or ""))
    return replace(build_dispatch(story), outlet=entry.outlet, url=entry.url)


def entry_time(stated: list[tuple[str | None, str]], values: WireValues) -> WireTime | None:
    """The first of several (text, name) pairs that states a time, in ISO 8601 or RFC 822."""
    for text, evidence in stated:
        if not text:
            continue
        found = read_feed_time(text, evidence)
        if found:
            return found
        expected = f"an ISO 8601 or RFC 822 time, {FIRST_YEAR} to {LAST_YEAR}"
        values.not_understood("published_at", f"{evidence} {text}"[:100], expected)
    return None


def read_feed_time(text: str, evidence: str) -> WireTime | None:
    """Read a time in ISO 8601 or RFC 822; None for what is neither.

    >>> found = read_feed_time("Mon, 04 Mar 2024 10:30:00 EST", "RSS pubDate")
    >>> found.published.at.isoformat(), found.zone
    ('2024-03-04T15:30:00+00:00', 'EST')
    >>> read_feed_time("Mon, 04 Mar 2024 10:30:00", "RSS pubDate").published.precision
    'day'
    """
    found = read_time(text, evidence)
    if found is None or found.zone or found.published.precision == "day":
        return found
    zone = _CLOCK_AND_ZONE.search(text)
    return replace(found, zone=zone[1] if zone else None)


def web_address(text: str | None) -> str | None:
    """An address of the web as stated; None for any other."""
    return text if text and re.fullmatch(r"https?://\S+", text, re.IGNORECASE) else None
