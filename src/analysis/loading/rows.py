"""Rows of JSONL, CSV and Parquet inputs: their values read into raw dispatches."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from analysis import schema
from analysis.loading.agencies import canonical_agency
from analysis.loading.columns import Columns, absent_columns, match_columns
from analysis.loading.dates import FIRST_YEAR, LAST_YEAR, Published, find_day, parse_published
from analysis.loading.presets import column_map, without_text
from analysis.loading.records import RawDispatch, ReadOptions, ReadResult, Reject
from analysis.loading.repair import repair_dispatch

_TIME_EXPECTED = f"an ISO 8601 day or time, {FIRST_YEAR} to {LAST_YEAR}"
_NAMES = {"cancelled": "canceled", "embargoed": "withheld"}
_DATELINE_DATE = re.compile(r"\d{4}-\d\d-\d\d|--\d\d-\d\d")
Row = tuple[str, Mapping[str, Any]]


def read_rows(
    rows: Iterable[Row | Reject],
    present: Iterable[str],
    source_file: str,
    format: str,
    options: ReadOptions,
) -> ReadResult:
    """Read (place, row) pairs whose columns are `present`; rejects among them are passed on."""
    present = list(present)
    rejected = without_text(present, source_file, format, options)
    if rejected:
        return ReadResult(rejects=[rejected])
    matched = match_columns(present, column_map(present, options))
    if matched.absent:
        return ReadResult(rejects=[absent_columns(matched, present, source_file, format)])
    result = ReadResult()
    reader = RowReader(matched, source_file, format, result.rejects)
    for item in rows:
        if isinstance(item, Reject):
            result.rejects.append(item)
        elif dispatch := reader.dispatch(item[1], item[0], options.limits.line_chars):
            result.dispatches.append(repair_dispatch(dispatch) if options.repair else dispatch)
    return result


@dataclass
class RowReader:
    """Turns rows of one input into raw dispatches, collecting rejects on the way."""

    matched: Columns
    source_file: str
    format: str
    rejects: list[Reject] = field(default_factory=list)

    def dispatch(self, row: Mapping[str, Any], place: str, longest: int) -> RawDispatch | None:
        """Read one row; None, with a rejects row, where it holds no body of at most `longest`."""
        value = {ours: row.get(theirs) for ours, theirs in self.matched.mapping.items()}
        body = value.get("body")
        if not isinstance(body, str) or not body.strip():
            column = self.matched.mapping.get("body")
            found = f"no text in {column!r}" if column else "columns " + ", ".join(list(row)[:30])
            self._reject("row without a body", found[:300], "text in the body column", place)
            return None
        if len(body) > longest:
            found = f"{len(body)} characters"
            self._reject("body too long", found, f"at most {longest} characters", place)
            return None
        published = self._published(value, place)
        agency = _text(value.get("agency"))
        return RawDispatch(
            body=body,
            source_file=self.source_file,
            format=self.format,
            agency=canonical_agency(agency) if agency else None,
            status=self._status(value.get("status"), place),
            version=self._whole_number("version", value.get("version"), place),
            urgency=self._whole_number("urgency", value.get("urgency"), place),
            published_at=published.at if published else None,
            published_precision=published.precision if published else None,
            dateline_date=self._dateline_date(value.get("dateline_date"), place),
            dispatch_id=_text(value.get("dispatch_id")),
            story_id=_text(value.get("story_id")),
            outlet=_text(value.get("outlet")),
            language=_text(value.get("language")),
            dateline_place=_text(value.get("dateline_place")),
            slug=_text(value.get("slug")),
            headline=_text(value.get("headline")),
            byline=_text(value.get("byline")),
            url=_text(value.get("url")),
        )

    def _published(self, value: Mapping[str, Any], place: str) -> Published | None:
        given = value.get("published_at")
        if _blank(given):
            return None
        read = _read_time(given)
        if read is None:
            self._loaded_without("published_at", given, _TIME_EXPECTED, place)
        elif value.get("published_precision") == "day":
            return Published(read.at, "day")
        return read

    def _status(self, given: Any, place: str) -> str | None:
        if _blank(given):
            return None
        name = str(given).strip().casefold()
        name = _NAMES.get(name, name)
        if name in schema.STATUSES:
            return name
        self._loaded_without("status", given, "one of: " + ", ".join(schema.STATUSES), place)
        return None

    def _whole_number(self, column: str, given: Any, place: str) -> int | None:
        if _blank(given):
            return None
        try:
            number = float(str(given))
            if number == int(number) and abs(number) < 2**31:
                return int(number)
        except (ValueError, OverflowError):
            pass
        self._loaded_without(column, given, "a whole number", place)
        return None

    def _dateline_date(self, given: Any, place: str) -> str | None:
        if _blank(given):
            return None
        text = given.isoformat() if isinstance(given, date) else str(given).strip()[:200]
        if _DATELINE_DATE.fullmatch(text):
            return text
        found = find_day(text)
        if found is None:
            self._loaded_without("dateline_date", given, "a day, or --MM-DD", place)
        return found.isoformat() if found else None

    def _loaded_without(self, column: str, given: Any, expected: str, place: str) -> None:
        reason = f"{column} not understood; dispatch loaded without it"
        self._reject(reason, repr(given)[:100], expected, place)

    def _reject(self, reason: str, found: str, expected: str, place: str) -> None:
        # A lone surrogate in the input must not make the rejects row itself unstorable.
        shown = found.encode("utf-8", "backslashreplace").decode()
        self.rejects.append(Reject(self.source_file, self.format, reason, shown, expected, place))


def _blank(value: Any) -> bool:
    return value is None or value != value or (isinstance(value, str) and not value.strip())


def _text(value: Any) -> str | None:
    if isinstance(value, (list, tuple)):
        parts = [text for item in value if (text := _text(item))]
        return "; ".join(parts) or None
    if isinstance(value, (bool, Mapping)) or _blank(value):
        return None
    return value if isinstance(value, str) else str(value)


def _read_time(value: Any) -> Published | None:
    if isinstance(value, datetime):
        if not FIRST_YEAR <= value.year <= LAST_YEAR:
            return None
        if value.tzinfo is None:
            return Published(datetime(value.year, value.month, value.day, tzinfo=UTC), "day")
        return Published(value.astimezone(UTC), "time")
    if isinstance(value, date):
        return parse_published(value.isoformat())
    return parse_published(value) if isinstance(value, str) else None
