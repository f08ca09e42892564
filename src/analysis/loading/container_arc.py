"""ARC files, the web archive format before WARC, read with warcio."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from analysis.loading.captures import Record, read_record
from analysis.loading.limits import Limits
from analysis.loading.members import Member, PassedOver
from analysis.loading.records import Reject

_FIRST_LINE = re.compile(rb"filedesc://\S+ \S+ \d{14} \S+ -?\d+\s*\n")


def sniff(head: bytes, name: str) -> bool:
    """Whether the file starts with the description record of an ARC file."""
    return _FIRST_LINE.match(head[:4096]) is not None


def members(stream: Any, name: str, limits: Limits) -> Iterator[Member | Reject | PassedOver]:
    """Give the captured text pages; other captures are counted, not read."""
    from warcio.archiveiterator import ArchiveIterator

    open_archive: Any = ArchiveIterator  # warcio carries no types
    for number, record in enumerate(open_archive(stream, no_record_parse=True), 1):
        headers = dict(record.rec_headers.headers)
        length = headers.get("length", "")
        yield read_record(
            Record(
                number,
                record.rec_type or "unknown",
                record.raw_stream,
                int(length) if length.isascii() and length.isdigit() else None,
                headers.get("uri"),
                headers.get("archive-date"),
                headers.get("content-type"),
            ),
            name,
            "arc",
            limits,
        )
