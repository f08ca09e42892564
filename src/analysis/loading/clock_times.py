"""Clock times as wires and archives write them, with a zone that is stated or none at all."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from analysis.loading.dates import Published, find_day

# Hours to UTC of the zone names that RFC 2822 defines; other names stand for several zones.
ZONES = {
    "GMT": 0, "UTC": 0, "UT": 0, "Z": 0,
    "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7,
}  # fmt: skip
_CLOCK = re.compile(
    r"\b(\d{1,2})[:.](\d\d)(?:[:.](\d\d))?\s*([AP])?\.?(?(4)M\b\.?)\s*([A-Z]{1,5}\b)?", re.I
)
_FIRST_WIRE_YEAR = 79  # IPTC 7901 and ANPA 1312 both date from 1979


@dataclass(frozen=True)
class Stated:
    """A publication time, and the zone that stood beside it as written."""

    published: Published
    zone: str | None


def stated_time(text: str, clock: str | None = None) -> Stated | None:
    """Read a day and, where a zone of `ZONES` stands beside one, a clock time.

    Without such a zone the precision is "day"; None where `text` states no day.

    >>> stated_time("July 1, 2019 Monday 9:20 PM GMT").published.at.isoformat()
    '2019-07-01T21:20:00+00:00'
    >>> stated_time("4 March 2024", "15:04").published.precision
    'day'
    """
    day = find_day(text[:200])
    if day is None:
        return None
    found = _CLOCK.search((clock if clock is not None else text)[:200])
    if not found:
        return Stated(at_day(day), None)
    hour, minute, half = int(found[1]), int(found[2]), (found[4] or "").upper()
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "P" else 0)
    return at_time(day, hour, minute, int(found[3] or 0), found[5])


def at_time(day: date, hour: int, minute: int, second: int, zone: str | None) -> Stated:
    """Return the instant where `zone` is one of `ZONES`, else the day alone."""
    offset = ZONES.get((zone or "").upper())
    if offset is None or hour > 23 or minute > 59 or second > 59:
        return Stated(at_day(day), None)
    local = datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=UTC)
    return Stated(Published(local - timedelta(hours=offset), "time"), zone)


def at_day(day: date) -> Published:
    """Return midnight UTC of a day, with precision "day"."""
    return Published(datetime(day.year, day.month, day.day, tzinfo=UTC), "day")


def wire_day(year: int, month: int, day: int) -> date | None:
    """Return the day for the two-digit year of a wire message; None where there is no such day.

    The century follows from the age of the formats that write years so.

    >>> wire_day(13, 11, 13), wire_day(87, 2, 26), wire_day(13, 2, 30)
    (datetime.date(2013, 11, 13), datetime.date(1987, 2, 26), None)
    """
    try:
        return date(year + (1900 if year >= _FIRST_WIRE_YEAR else 2000), month, day)
    except ValueError:
        return None
