"""Dates as inputs write them: publication times, and months in datelines.

Nothing is guessed: a clock time without a zone is reduced to its day, a day that can be read two
ways (03/04/2024) is not read at all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_tz

FIRST_YEAR, LAST_YEAR = 1800, 2100

_MONTH_NAMES = (
    "jan january januar janvier janv ene enero gen gennaio",
    "feb february februar fév février feb febrero febbraio",
    "mar march märz mrz mars marzo",
    "apr april avr avril abr abril aprile",
    "may mai mayo mag maggio",
    "jun june juni juin junio giu giugno",
    "jul july juli juil juillet julio lug luglio",
    "aug august août aout ago agosto",
    "sep sept september septembre septiembre set settembre",
    "oct october okt oktober octobre octubre ott ottobre",
    "nov november novembre noviembre",
    "dec december dez dezember déc décembre dic diciembre dicembre",
)
MONTHS = {name: n for n, line in enumerate(_MONTH_NAMES, 1) for name in line.split()}
MONTH = "(?:" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"

_ISO = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):?(\d\d)(?::?(\d\d)(?:[.,]\d+)?)?\s*"
    r"(Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?)?",
    re.IGNORECASE,
)
_WORDS = (
    re.compile(
        rf"(?P<month>{MONTH})\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})\b", re.I
    ),
    re.compile(
        rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|\.)?\s+(?:de\s+)?(?P<month>{MONTH}),?\s+(?:de\s+)?"
        r"(?P<year>\d{4})\b",
        re.I,
    ),
    re.compile(r"\b(?P<year>\d{4})[/.](?P<month>\d{1,2})[/.](?P<day>\d{1,2})\b"),
    re.compile(r"\b(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)"),
)
_CLOCK_AND_ZONE = re.compile(r"\d:\d\d(?::\d\d)?\s*([+-]\d{4}|[A-Z]{1,5})\b")
# The names that RFC 822 gives an offset; others have several meanings (IST), or none that is sure.
_ZONES = frozenset("UT UTC GMT Z EST EDT CST CDT MST MDT PST PDT".split())
_SLASHED = re.compile(r"\b(\d{1,2})([/.])(\d{1,2})\2(\d{4})\b")


@dataclass(frozen=True)
class Published:
    """A publication time: the instant in UTC, and whether the input gave a day or a time.

    `zone` is the zone or offset of the time as the input wrote it, None where it wrote none.
    """

    at: datetime
    precision: str
    zone: str | None = None

    @property
    def local_day(self) -> date:
        """The calendar day as the input states it, in its own zone.

        >>> parse_published("2024-03-04T23:30:00-05:00").local_day
        datetime.date(2024, 3, 4)
        """
        return (self.at + (offset_of(self.zone) or timedelta(0))).date()


def parse_published(text: str) -> Published | None:
    """Read a publication time; None where `text` states none that can be read one way only.

    ISO 8601 and RFC 2822 times with a zone become UTC instants (precision "time"). Everything
    else, a time without a zone too, is kept as its day (precision "day", midnight UTC). Years
    before 1800 or after 2100 are taken for errors.

    >>> parse_published("2024-03-04T10:30:00+02:00").at.isoformat()
    '2024-03-04T08:30:00+00:00'
    >>> parse_published("March 4, 2024, 9:02 AM").precision
    'day'
    >>> parse_published("03/04/2024") is None
    True
    >>> parse_published("Mon, 04 Mar 2024 10:30:00 IST").precision  # of India, Ireland or Israel
    'day'
    """
    text = text.strip()[:200]
    iso = _ISO.fullmatch(text)
    if iso:
        return _from_iso(iso)
    zoned = _from_rfc2822(text)
    if zoned:
        return zoned
    found = find_day(text)
    return _day(found) if found else None


def offset_of(zone: str | None) -> timedelta | None:
    """Offset from UTC of a zone as written; None where it states none that is known.

    >>> offset_of("-05:00") == offset_of("EST") == timedelta(hours=-5), offset_of("Mars")
    (True, None)
    """
    if zone is None:
        return None
    written = re.fullmatch(r"([+-])(\d\d):?(\d\d)?", zone)
    if written:
        sign = -1 if written[1] == "-" else 1
        return sign * timedelta(hours=int(written[2]), minutes=int(written[3] or 0))
    parts = parsedate_tz(f"Mon, 01 Jan 2024 00:00:00 {zone}") if zone.isascii() else None
    known = parts is not None and parts[9] is not None and zone.upper() in _ZONES
    return timedelta(seconds=parts[9] or 0) if known and parts else None


def find_day(text: str) -> date | None:
    """The first calendar day stated with its year in `text`, or None.

    >>> find_day("Posted 16 January 2020 by staff"), find_day("no date")
    (datetime.date(2020, 1, 16), None)
    """
    matches = [m for pattern in _WORDS if (m := pattern.search(text))]
    for match in sorted(matches, key=lambda m: m.start()):
        day = _make_day(match["year"], match["month"], match["day"])
        if day:
            return day
    slashed = _SLASHED.search(text)
    return _from_slashed(slashed) if slashed else None


def month_number(name: str) -> int | None:
    """Number of the month called `name` in English, German, French, Spanish or Italian.

    >>> month_number("Sept."), month_number("ene"), month_number("soon")
    (9, 1, None)
    """
    return MONTHS.get(name.strip(". ").casefold())


def _from_iso(match: re.Match[str]) -> Published | None:
    year, month, day, hour, minute, second, zone = match.groups()
    found = _make_day(year, month, day)
    if not found:
        return None
    if not (hour and zone):
        return _day(found)
    offset = "+00:00" if zone.upper() in ("Z", "UTC", "GMT") else zone
    try:
        local = datetime.fromisoformat(
            f"{found.isoformat()}T{hour}:{minute}:{second or '00'}{offset}"
        )
        return Published(local.astimezone(UTC), "time", zone)
    except (ValueError, OverflowError):
        return _day(found)


def _from_rfc2822(text: str) -> Published | None:
    try:
        parts = parsedate_tz(text)
    except (ValueError, IndexError, TypeError, OverflowError):
        return None
    # The parser takes a zone that it does not know, and one that is absent, for UTC: a guess.
    zone = _CLOCK_AND_ZONE.search(text)
    if (
        parts is None
        or parts[9] is None
        or zone is None
        or (zone[1].isalpha() and zone[1] not in _ZONES)
    ):
        return None
    if re.search(r"\b[AP]\.?M\b", text, re.IGNORECASE) or not _make_day(*map(str, parts[:3])):
        return None
    try:
        seconds = datetime(*parts[:6], tzinfo=UTC).timestamp() - parts[9]
        return Published(datetime.fromtimestamp(seconds, UTC), "time", zone[1])
    except (ValueError, OverflowError, OSError):
        return None


def _from_slashed(match: re.Match[str]) -> date | None:
    first, mark, second, year = match.groups()
    if mark == ".":  # dates written with full stops put the day first
        return _make_day(year, second, first)
    readings = {
        day for day in (_make_day(year, second, first), _make_day(year, first, second)) if day
    }
    return readings.pop() if len(readings) == 1 else None


def _make_day(year: str, month: str, day: str) -> date | None:
    number = int(month) if month.isdigit() else month_number(month)
    try:
        found = date(int(year), number or 0, int(day))
    except ValueError:
        return None
    return found if FIRST_YEAR <= found.year <= LAST_YEAR else None


def _day(day: date) -> Published:
    return Published(datetime(day.year, day.month, day.day, tzinfo=UTC), "day")
