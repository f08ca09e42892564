"""An HTTP response as a web archive keeps it: status, headers, and the payload they wrap."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from typing import Any

_MOST_HEADER_BYTES = 256 * 1024
_MOST_ENCODINGS = 3
_STATUS = re.compile(rb"HTTP/\d(?:\.\d)?\s+(\d{3})\b")
_CHUNK_SIZE = re.compile(rb"\s*([0-9a-fA-F]{1,15})\s*(?:;[^\r\n]*)?\r?\n")
_STEP = 64 * 1024


class PayloadError(ValueError):
    """A payload that cannot be unwrapped: what was found."""


@dataclass(frozen=True)
class Response:
    """A response: its status, its headers with lower-case names, and its body as sent."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def content_type(self) -> str | None:
        """The type alone, in lower case: "text/html"."""
        return media_type(self.headers.get("content-type"))


def media_type(value: str | None) -> str | None:
    """The type in a Content-Type header, without its parameters.

    >>> media_type("Text/HTML; charset=utf-8"), media_type(" ")
    ('text/html', None)
    """
    return (value or "").split(";", 1)[0].strip().casefold() or None


def parse_response(block: bytes) -> Response | None:
    """Read the head of a response; None where the block does not start with one.

    >>> parse_response(b"HTTP/1.1 200 OK\\r\\nContent-Type: text/html\\r\\n\\r\\n<p>").body
    b'<p>'
    """
    status = _STATUS.match(block)
    end = re.search(rb"\r?\n\r?\n", block[:_MOST_HEADER_BYTES])
    if status is None or end is None:
        return None
    headers: dict[str, str] = {}
    for line in block[: end.start()].split(b"\n")[1:]:
        name, colon, value = line.decode("latin-1").partition(":")
        if colon:
            headers.setdefault(name.strip().casefold(), value.strip())
    return Response(int(status[1]), headers, block[end.end() :])


def payload(response: Response, most: int) -> bytes:
    """The body without chunks and content encodings, of at most `most` bytes.

    Headers may say what is not so, since many archives keep bodies already unwrapped: what is not
    chunked or not compressed is taken as it is.

    Raises
    ------
    PayloadError : a body that is cut short, damaged, or larger than `most`.
    """
    data = response.body
    if "chunked" in response.headers.get("transfer-encoding", "").casefold():
        data = join_chunks(data)
    encodings = response.headers.get("content-encoding", "").casefold().split(",")
    if len(encodings) > _MOST_ENCODINGS:
        raise PayloadError(f"{len(encodings)} content encodings")
    for encoding in reversed(encodings):
        data = _decompress(data, encoding.strip(), most)
    return data


def join_chunks(data: bytes) -> bytes:
    """The data of a chunked body; a body that does not start with a chunk is returned as it is.

    >>> join_chunks(b"4\\r\\nWire\\r\\n0\\r\\n\\r\\n"), join_chunks(b"<p>Wire</p>")
    (b'Wire', b'<p>Wire</p>')
    """
    pieces: list[bytes] = []
    at = 0
    while size := _CHUNK_SIZE.match(data, at):
        length = int(size[1], 16)
        piece = data[size.end() : size.end() + length]
        if length == 0:
            return b"".join(pieces)
        if len(piece) < length:
            raise PayloadError("a chunk cut short")
        pieces.append(piece)
        at = size.end() + length
        at += 2 if data.startswith(b"\r\n", at) else data.startswith(b"\n", at)
    if not pieces:
        return data
    raise PayloadError("chunks without an end" if at >= len(data) else "a chunk without a size")


def _decompress(data: bytes, encoding: str, most: int) -> bytes:
    if encoding in ("gzip", "x-gzip"):
        return _inflate(data, most, 31) if data.startswith(b"\x1f\x8b") else data
    if encoding == "deflate":
        zlib_header = len(data) > 1 and data[0] & 15 == 8 and int.from_bytes(data[:2]) % 31 == 0
        return _inflate(data, most, 15 if zlib_header else -15)
    if encoding == "br":
        return _brotli(data, most)
    if encoding in ("", "identity", "none", "utf-8"):
        return data
    raise PayloadError(f"content encoding {encoding[:50]!r}")


def _inflate(data: bytes, most: int, window: int) -> bytes:
    inflater = zlib.decompressobj(window)
    try:
        unpacked = inflater.decompress(data, most + 1)
    except zlib.error as error:
        if data.lstrip().startswith((b"<", b"{", b"[")):
            return data
        raise PayloadError(str(error)) from error
    return _complete(unpacked, inflater.eof, most)


def _brotli(data: bytes, most: int) -> bytes:
    if data.lstrip().startswith((b"<!", b"<html", b"{", b"[")):
        return data
    try:
        import brotli
    except ImportError:
        raise PayloadError("content encoding 'br', which needs the package brotli") from None
    inflater: Any = brotli.Decompressor()
    pieces, have = [], 0
    try:
        fed = data
        while have <= most:
            piece = inflater.process(fed, output_buffer_limit=_STEP)
            fed = b""
            pieces.append(piece)
            have += len(piece)
            if inflater.is_finished() or (not piece and inflater.can_accept_more_data()):
                break
    except (brotli.error, TypeError) as error:
        raise PayloadError(f"brotli: {error}") from error
    return _complete(b"".join(pieces), inflater.is_finished(), most)


def _complete(unpacked: bytes, finished: bool, most: int) -> bytes:
    if len(unpacked) > most:
        raise PayloadError(f"more than {most} bytes")
    if not finished:
        raise PayloadError("compressed data cut short")
    return unpacked
