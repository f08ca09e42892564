"""Values as wire formats write them: times, whole numbers, statuses; what is not understood."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime

from analysis.loading.dates import FIRST_YEAR, LAST_YEAR, Published, parse_published
from analysis.loading.records import Reject

_COMPACT = re.compile(
    r"(\d{4})(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(\d\d)?(?:[.,]\d+)?(Z|[+-]\d\d:?\d\d)?)?"
)
_ZONE = re.compile(r"\d\d(?:[.,]\d+)?\s*(Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)$", re.IGNORECASE)
_STATUSES = {
    "usable": "usable",
    "withheld": "withheld",
    "embargoed": "withheld",
    "canceled": "canceled",
    "cancelled": "canceled",
    "killed": "canceled",
    "corrected": "corrected",
}
_MOST_VERSION = 2**63 - 1


@dataclass(frozen=True)
class WireTime:
    """A stated time: the instant or day, the zone as written, and the element that states it."""

    published: Published
    zone: str | None
    evidence: str


def read_time(text: str, evidence: str) -> WireTime | None:
    """Read an ISO 8601 time, with or without its hyphens and colons; None for what is none.

    A time without a zone is kept as its day.

    >>> read_time("20140829T134951+0200", "date.issue").published.at.isoformat()
    '2014-08-29T11:49:51+00:00'
    >>> read_time("2020-09-07T14:45:26", "date.issue").published.precision
    'day'
    """
    text = text.strip()
    compact = _COMPACT.fullmatch(text)
    if compact:
        year, month, day, hour, minute, second, zone = compact.groups()
        text = f"{year}-{month}-{day}"
        if hour:
            text += f"T{hour}:{minute}:{second or '00'}{zone or ''}"
    published = parse_published(text)
    if published is None:
        return None
    stated = _ZONE.search(text) if published.precision == "time" else None
    return WireTime(published, stated[1] if stated else None, evidence)


@dataclass
class WireValues:
    """Reads the values of one item, and keeps a reject for each that is not understood."""

    source_file: str
    format: str
    place: str | None = None
    rejects: list[Reject] = field(default_factory=list)

    def first_time(self, stated: list[tuple[str | None, str]]) -> WireTime | None:
        """The first of several (text, element) pairs that states a time."""
        for text, evidence in stated:
            if text:
                found = read_time(text, evidence)
                if found:
                    return found
                expected = f"an ISO 8601 day or time, {FIRST_YEAR} to {LAST_YEAR}"
                self.not_understood("published_at", f"{evidence} {text}", expected)
        return None

    def embargo(self, text: str | None, evidence: str) -> datetime | None:
        """The instant an embargo ends; None, with a reject, where it cannot be told."""
        if not text:
            return None
        found = read_time(text, evidence)
        if found and found.published.precision == "time":
            return found.published.at
        self.not_understood("embargo_until", f"{evidence} {text}", "a time with its zone")
        return None

    def status(self, text: str | None) -> str | None:
        """One of the statuses of `analysis.schema`, from a word or a code such as stat:usable."""
        if not text:
            return None
        found = _STATUSES.get(text.rpartition(":")[2].casefold())
        if found is None:
            self.not_understood("status", text, "usable, withheld, embargoed or canceled")
        return found

    def urgency(self, text: str | None) -> int | None:
        """IPTC urgency, 1 to 9."""
        return self._whole("urgency", text, 1, 9)

    def version(self, text: str | None) -> int | None:
        """A version number, from 1; zero, which some senders count from, is no version of ours."""
        return (
            None if text and not text.strip("0") else self._whole("version", text, 1, _MOST_VERSION)
        )

    def not_understood(self, column: str, found: str, expected: str) -> None:
        """Note a value that the dispatch is loaded without."""
        reason = f"{column} not understood; dispatch loaded without it"
        reject = Reject(self.source_file, self.format, reason, found[:100], expected, self.place)
        self.rejects.append(reject)

    def _whole(self, column: str, text: str | None, least: int, most: int) -> int | None:
        if not text:
            return None
        if re.fullmatch(r"[0-9]{1,19}", text) and least <= int(text) <= most:
            return int(text)
        self.not_understood(column, text, f"a whole number, {least} to {most}")
        return None
