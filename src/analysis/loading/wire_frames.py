"""Frames of wire transmissions: SOH header STX text ETX trailer EOT."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from analysis.loading.decode import Decoded
from analysis.loading.record_dispatch import Source
from analysis.loading.records import Cut, ReadOptions, Reject
from analysis.loading.wrapped_text import longest_line

# Fill that lines and stations put between and into frames: NUL, SYN, DEL.
_FILL = b"\x00\x16\x7f"
LEAD = rb"[\x00\x16\x7f\s]*\x01[\x00\x7f]*"
_SAMPLE = 64 * 1024
_CONTROL = re.compile(r"[\x05-\x07\x0e\x0f\x15-\x1b\x80-\x9f]")  # no code of a wire
_SPACE = b"\t\n\v\f\r "


@dataclass(frozen=True)
class Frame:
    """One message: its number in the file from 1, its three parts, and the mark it lacks."""

    number: int
    header: str
    text: str
    trailer: str
    encoding: str
    missing: str | None
    cuts: tuple[Cut, ...]


def read_frames(data: bytes, source: Source, options: ReadOptions) -> Iterator[Frame | Reject]:
    """Yield the frames of a file in order; what is no whole frame is a reject beside them.

    A frame without a text is a reject. One that breaks off inside its text is given as far as it
    goes, and a reject says what is missing.
    """
    number = 0
    for stray, chunk in _chunks(data):
        if stray:
            number += 1
            found = stray[:60].decode("latin-1")
            yield source.reject("text outside a frame", found, "SOH at its start", number)
        if chunk is None:
            continue
        number += 1
        if len(chunk) > options.limits.page_bytes:
            expected = f"at most {options.limits.page_bytes} bytes"
            yield source.reject("frame too long", f"{len(chunk)} bytes", expected, number)
            continue
        yield from _frame(chunk, number, source, options)


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes | None]]:
    """Pairs of what stands before a frame and the frame, from SOH to EOT, both in order."""
    start = data.find(b"\x01")
    yield data[: start if start >= 0 else len(data)].strip(_FILL + _SPACE + b"\x04"), None
    while start >= 0:
        following = data.find(b"\x01", start + 1)
        stop = following if following >= 0 else len(data)
        end = data.find(b"\x04", start, stop)
        if end < 0:
            yield b"", data[start + 1 : stop]
        else:
            yield b"", data[start + 1 : end + 1]
            yield data[end + 1 : stop].strip(_FILL + _SPACE + b"\x04"), None
        start = following


def _frame(
    chunk: bytes, number: int, source: Source, options: ReadOptions
) -> Iterator[Frame | Reject]:
    decoded = _decode(chunk.translate(None, _FILL))
    longest = longest_line(decoded.text, options.limits.line_chars)
    if longest:
        expected = f"at most {options.limits.line_chars} characters"
        yield source.reject("line too long", f"{longest} characters", expected, number)
        return
    header, stx, rest = decoded.text.partition("\x02")
    text, etx, trailer = rest.partition("\x03")
    if not stx or not text.strip():
        found = "no text" if stx else "no STX"
        yield source.reject("frame without a text", found, "STX, text, ETX", number)
        return
    strange = len(_CONTROL.findall(text[:_SAMPLE]))
    if strange > len(text[:_SAMPLE]) / 50:
        found = f"{strange} control characters in its first {len(text[:_SAMPLE])}"
        yield source.reject("binary frame", found, "text", number)
        return
    missing = None if "\x04" in trailer else "no EOT" if etx else "no ETX"
    if missing:
        reason = "frame cut short; what arrived is loaded"
        yield source.reject(reason, missing, "ETX, date and time, EOT", number)
    yield Frame(
        number, header, text, trailer.strip("\x04"), decoded.encoding, missing, _guess(decoded)
    )


def _decode(chunk: bytes) -> Decoded:
    # Frames are decoded one by one: a wire that went over to UTF-8 did so between two of them.
    try:
        return Decoded(chunk.decode("utf-8"), "utf-8", False)
    except UnicodeDecodeError:
        pass
    try:
        return Decoded(chunk.decode("cp1252"), "cp1252", True)
    except UnicodeDecodeError:
        return Decoded(chunk.decode("latin-1"), "latin-1", True)


def _guess(decoded: Decoded) -> tuple[Cut, ...]:
    if not decoded.guessed:
        return ()
    line = next((text for text in decoded.text.split("\n") if not text.isascii()), "")
    reason = f"not UTF-8; read as {decoded.encoding}; nothing was cut"
    return (Cut("encoding", reason, re.sub(r"[\x00-\x1f]+", " ", line)[:200]),)
