"""zip archives: members in the order of the archive's directory."""

from __future__ import annotations

import io
import itertools
import stat
import struct
import zipfile
from collections.abc import Iterator
from typing import Any

from analysis.loading.files import passed_over
from analysis.loading.limits import Limits
from analysis.loading.members import Member, shown
from analysis.loading.records import Reject

_LOCAL, _EMPTY = b"PK\x03\x04", b"PK\x05\x06"
_OFFICE = (b"[Content_Types].xml", b"mimetype", b"_rels/", b"docProps/", b"xl/", b"word/", b"ppt/")
_END = struct.Struct("<4s4H2LH")
_END64 = struct.Struct("<4sQ2H2L4Q")
_LOCATOR64_BYTES = 20
_ENTRY_BYTES = 46
_MOST_AFTER_END = _END.size + 65536


def sniff(head: bytes, name: str) -> bool:
    """Whether the file is a zip archive, and no Office document or e-book, which are zips too."""
    return head.startswith((_LOCAL, _EMPTY)) and not is_office(head)


def is_office(head: bytes) -> bool:
    """Whether a zip is a document by its first member's name.

    >>> is_office(b"PK\\x03\\x04" + b"\\0" * 26 + b"word/document.xml")
    True
    """
    return head.startswith(_LOCAL) and head[30:].startswith(_OFFICE)


def members(stream: Any, name: str, limits: Limits) -> Iterator[Member | Reject]:
    """Give every file in the archive; encrypted, linked and overlapping members are rejects.

    `stream` can be sought: a zip's directory stands at its end.
    """
    if count_entries(stream) > limits.members:
        found, expected = "more than that", f"at most {limits.members} members"
        yield Reject(name, "zip", "too many members", found, expected)
        return
    with zipfile.ZipFile(stream) as archive:
        entries = archive.infolist()
        overlapping = overlapping_entries(entries)
        for entry in entries:
            if entry.is_dir() or passed_over(entry.filename):
                continue
            where = f"{name}#{shown(entry.filename)}"
            reason = _reason_against(entry, overlapping)
            yield Reject(where, "zip", *reason) if reason else _member(archive, entry, where)


def count_entries(stream: Any) -> int:
    """Number of entries in the directory of a zip; 0 where it has no directory.

    Each entry is stepped over, not parsed: a directory of millions takes seconds and no memory,
    and a count that the archive states can be a lie.
    """
    size = stream.seek(0, io.SEEK_END)
    start = max(0, size - _MOST_AFTER_END)
    stream.seek(start)
    tail = stream.read()
    at = tail.rfind(_EMPTY)
    if at < 0 or len(tail) - at < _END.size:
        return 0
    directory_bytes, end = _END.unpack_from(tail, at)[5], start + at
    before = at - _LOCATOR64_BYTES - _END64.size
    if before >= 0 and tail.startswith(b"PK\x06\x06", before):
        directory_bytes, end = _END64.unpack_from(tail, before)[8], start + before
    stream.seek(max(0, end - directory_bytes))
    return _count(io.BufferedReader(stream) if isinstance(stream, io.RawIOBase) else stream, end)


def _count(stream: Any, end: int) -> int:
    number, at = 0, stream.tell()
    while at + _ENTRY_BYTES <= end:
        header = stream.read(_ENTRY_BYTES)
        if not header.startswith(b"PK\x01\x02") or len(header) < _ENTRY_BYTES:
            break
        more = sum(struct.unpack_from("<3H", header, 28))
        stream.seek(more, io.SEEK_CUR)
        number, at = number + 1, at + _ENTRY_BYTES + more
    return number


def overlapping_entries(entries: list[zipfile.ZipInfo]) -> set[int]:
    """Offsets of the entries whose bytes reach into those of the next one, or start with them."""
    order = sorted(entries, key=lambda entry: entry.header_offset)
    found = set()
    for entry, following in itertools.pairwise(order):
        if entry.header_offset + 30 + entry.compress_size > following.header_offset:
            found |= {entry.header_offset, following.header_offset}
    return found


def _reason_against(entry: zipfile.ZipInfo, overlapping: set[int]) -> tuple[str, str, str] | None:
    mode = entry.external_attr >> 16
    if entry.flag_bits & 0x1:
        return "encrypted member", "a member with a password", "members without one"
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        return "not a regular file", stat.filemode(mode), "a regular file"
    if entry.header_offset in overlapping:
        return "overlapping members", "bytes that belong to two members", "members apart"
    return None


def _member(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, where: str) -> Member | Reject:
    try:
        inner = archive.open(entry)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError) as error:
        return Reject(where, "zip", "damaged member", str(error)[:200], "a readable member")
    return Member(shown(entry.filename), inner, "member of a zip archive")
