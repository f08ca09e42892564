"""Web pages: main text by trafilatura, metadata from JSON-LD and meta elements."""

from __future__ import annotations

from analysis.loading.records import ReadOptions, ReadResult, Reject

FORMAT = "html"


def read(data: bytes, source_file: str, options: ReadOptions) -> ReadResult:
    """Read the one dispatch of a web page."""
    return ReadResult(rejects=[Reject(source_file, FORMAT, "not read yet")])
