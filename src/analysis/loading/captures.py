"""Records of web archives: which hold a page or other text, and what they state of it."""

from __future__ import annotations

import io
from dataclasses import dataclass

from analysis.loading.http_payload import PayloadError, media_type, parse_response, payload
from analysis.loading.limits import Limits
from analysis.loading.members import Member, PassedOver, Readable, Stated
from analysis.loading.records import Cut, Reject

_KINDS = ("response", "resource", "conversion")
_TEXT_TYPES = (
    "text/html",
    "text/plain",
    "text/xml",
    "application/xhtml+xml",
    "application/xml",
    "application/json",
    "application/ld+json",
)
_ADDRESSES = ("http://", "https://", "ftp://")


@dataclass(frozen=True)
class Record:
    """A record of a WARC or ARC file, before its block is read; None where it does not say."""

    number: int
    kind: str
    block: Readable
    n_bytes: int | None
    url: str | None = None
    captured: str | None = None
    content_type: str | None = None
    truncated: str | None = None


def read_record(
    record: Record, name: str, format: str, limits: Limits
) -> Member | Reject | PassedOver:
    """The capture in a record; a reject where it is damaged, a note where it is no text."""
    if record.kind not in _KINDS:
        return PassedOver(f"{format.upper()} {record.kind} record")
    url = (record.url or "").strip().strip("<>")
    if url.startswith(("metadata:", "dns:", "whois:", "filedesc:")):
        return PassedOver(f"{format.upper()} record of the crawl itself")
    where, place = f"{name}#record {record.number}", url[:500] or None
    block = _whole(record.block, limits.file_bytes + 1)
    if len(block) > limits.file_bytes:
        expected = f"at most {limits.file_bytes} bytes"
        return Reject(where, format, "file too large", "more than that", expected, place)
    if record.n_bytes is None or len(block) < record.n_bytes:
        found = f"{len(block)} bytes of {record.n_bytes}"
        if record.n_bytes is None:
            found = "a length that is no number"
        return Reject(where, format, "record cut short", found, "a complete record", place)
    content = _content(record, block, limits, format)
    if isinstance(content, PassedOver):
        return content
    if isinstance(content, PayloadError):
        found, expected = str(content), "a complete payload"
        return Reject(where, format, "damaged payload", found, expected, place)
    stated = Stated(url=url if url.startswith(_ADDRESSES) else None, cuts=_evidence(record, format))
    return Member(f"record {record.number}", io.BytesIO(content), "payload", stated)


def _content(
    record: Record, block: bytes, limits: Limits, format: str
) -> bytes | PassedOver | PayloadError:
    response = parse_response(block)
    kind = response.content_type if response else media_type(record.content_type)
    if response and not 200 <= response.status < 300:
        return PassedOver(f"{format.upper()} response with HTTP status {response.status}")
    if kind not in _TEXT_TYPES and not (kind or "").endswith(("+xml", "+json")):
        return PassedOver(f"{format.upper()} {record.kind} of type {(kind or 'unknown')[:60]}")
    if kind == "image/svg+xml":
        return PassedOver(f"{format.upper()} {record.kind} of type {kind}")
    if response is None:
        return block
    try:
        return payload(response, limits.file_bytes)
    except PayloadError as error:
        return error


def _evidence(record: Record, format: str) -> tuple[Cut, ...]:
    cuts = []
    if record.captured:
        reason = f"{format.upper()} date: when it was captured, not when it was published"
        cuts.append(Cut("metadata", reason, record.captured[:100]))
    if record.truncated:
        reason = "WARC-Truncated: the capture is not whole, by its own word"
        cuts.append(Cut("metadata", reason, record.truncated[:100]))
    return tuple(cuts)


def _whole(block: Readable, most: int) -> bytes:
    pieces, left = [], most
    while left > 0 and (piece := block.read(min(left, 1024 * 1024))):
        pieces.append(piece)
        left -= len(piece)
    return b"".join(pieces)
