"""JSON Lines: one object a line; or a JSON document that is a list of objects, or one object."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from analysis.loading.decode import decode
from analysis.loading.records import ReadOptions, ReadResult, Reject
from analysis.loading.rows import Row, read_rows

FORMAT = "jsonl"


def read(data: bytes, source_file: str, options: ReadOptions) -> ReadResult:
    """Read every row; a line that is no JSON object, or has no body, is a rejects row."""
    rows = list(_rows(data, source_file, options))
    present = dict.fromkeys(
        name for item in rows if not isinstance(item, Reject) for name in item[1]
    )
    if not present:
        return ReadResult(rejects=[item for item in rows if isinstance(item, Reject)])
    return read_rows(rows, present, source_file, FORMAT, options)


def _rows(data: bytes, source_file: str, options: ReadOptions) -> Iterator[Row | Reject]:
    document = _document(data)
    if document is not None:
        for number, value in enumerate(document, 1):
            yield _row(value, f"item {number}", source_file)
        return
    # Only a line feed ends a line: JSON strings may hold the other separators unescaped.
    for number, line in enumerate(_lines(data), 1):
        if line.strip():
            yield _parse(line, f"line {number}", source_file, options.limits.line_chars)


def _lines(data: bytes) -> list[bytes]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        decoded = decode(data)
        data = decoded.text.encode("utf-8", "surrogatepass") if decoded else data
    return data.split(b"\n")


def _document(data: bytes) -> list[Any] | None:
    """The values of a file that is one JSON document; None for JSON Lines."""
    start = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    first_line = start.split(b"\n", 1)[0].strip()
    if start.startswith(b"{") and first_line not in (b"{",) and not _cut_short(first_line):
        return None
    if not start.startswith((b"[", b"{")):
        return None
    decoded = decode(data)
    value = _loads(decoded.text) if decoded else None
    if isinstance(value, dict):
        return [value]
    return value if isinstance(value, list) else None


def _cut_short(first_line: bytes) -> bool:
    # A pretty-printed object ends its first line inside the object.
    return first_line.endswith((b",", b"{", b"[", b":"))


def _parse(line: bytes, place: str, source_file: str, longest: int) -> Row | Reject:
    if len(line) > 4 * longest:
        expected = f"at most {4 * longest} bytes"
        return Reject(source_file, FORMAT, "line too long", f"{len(line)} bytes", expected, place)
    decoded = decode(line)
    if decoded is None:
        return Reject(source_file, FORMAT, "unknown encoding", None, "UTF-8", place)
    return _row(_loads(decoded.text), place, source_file)


def _row(value: Any, place: str, source_file: str) -> Row | Reject:
    if isinstance(value, dict):
        return place, value
    if isinstance(value, _Malformed):
        return Reject(source_file, FORMAT, "not JSON", value.found, "a JSON object", place)
    found = f"a JSON {type(value).__name__}"
    return Reject(source_file, FORMAT, "row is not an object", found, "a JSON object", place)


class _Malformed:
    """Text that is no JSON, and why."""

    def __init__(self, found: str) -> None:
        self.found = found


def _loads(text: str) -> Any:
    try:
        return json.loads(text, strict=False)
    except json.JSONDecodeError as error:
        return _Malformed(f"{error.msg} at character {error.pos}")
    except RecursionError:
        return _Malformed("nested too deeply")
    except ValueError as error:  # an integer of thousands of digits
        return _Malformed(str(error)[:100])
