"""WARC files, read with FastWARC, or with warcio where FastWARC is not installed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from analysis.loading.captures import Record, read_record
from analysis.loading.limits import Limits
from analysis.loading.members import Member, PassedOver
from analysis.loading.records import Reject

_VERSION = re.compile(rb"\s{0,100}WARC/\d+\.\d+\s*\n")


def sniff(head: bytes, name: str) -> bool:
    """Whether the file starts with the version line of a WARC record."""
    return _VERSION.match(head) is not None


def members(stream: Any, name: str, limits: Limits) -> Iterator[Member | Reject | PassedOver]:
    """Give the captured text pages; requests, images and the like are counted, not read."""
    try:
        import fastwarc  # noqa: F401
    except ImportError:
        records = _records_of_warcio(stream)
    else:
        records = _records_of_fastwarc(stream)
    for record in records:
        yield read_record(record, name, "warc", limits)


def _records_of_fastwarc(stream: Any) -> Iterator[Record]:
    from fastwarc.warc import ArchiveIterator

    for number, record in enumerate(ArchiveIterator(stream, parse_http=False), 1):
        headers = {key.casefold(): value for key, value in record.headers}
        kind = headers.get("warc-type", "unknown").casefold()
        yield _record(number, kind, record.reader, headers)


def _records_of_warcio(stream: Any) -> Iterator[Record]:
    from warcio.archiveiterator import ArchiveIterator

    open_archive: Any = ArchiveIterator  # warcio carries no types
    for number, record in enumerate(open_archive(stream, no_record_parse=True), 1):
        headers = {key.casefold(): value for key, value in record.rec_headers.headers}
        yield _record(number, record.rec_type or "unknown", record.raw_stream, headers)


def _record(number: int, kind: str, block: Any, headers: dict[str, str]) -> Record:
    length = headers.get("content-length", "").strip()
    return Record(
        number,
        kind[:60],
        block,
        int(length) if length.isascii() and length.isdigit() else None,
        headers.get("warc-target-uri"),
        headers.get("warc-date"),
        headers.get("content-type"),
        headers.get("warc-truncated"),
    )
