"""tar archives, read from first to last without going back."""

from __future__ import annotations

import re
import tarfile
from collections.abc import Iterator
from typing import Any

from analysis.loading.files import passed_over
from analysis.loading.limits import Limits
from analysis.loading.members import Member, shown
from analysis.loading.records import Reject

_BLOCK = 512
_CHECKSUM = slice(148, 156)
_MOST_HEADER_BYTES = 1024 * 1024
_HEADERS = (
    tarfile.GNUTYPE_LONGNAME,
    tarfile.GNUTYPE_LONGLINK,
    tarfile.XHDTYPE,
    tarfile.XGLTYPE,
    tarfile.SOLARIS_XHDTYPE,
)
_KINDS = {
    tarfile.SYMTYPE: "a symbolic link",
    tarfile.LNKTYPE: "a hard link",
    tarfile.CHRTYPE: "a character device",
    tarfile.BLKTYPE: "a block device",
    tarfile.FIFOTYPE: "a named pipe",
}


class _Header(tarfile.TarInfo):
    """A header that says when it is damaged, where the standard one ends the archive silently."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> _Header:
        """Read one block; names of absurd length are refused before they are read."""
        try:
            header = super().frombuf(buf, encoding, errors)
        except tarfile.HeaderError as error:
            if len(buf) == 0 or buf.count(0) == _BLOCK:
                raise
            raise tarfile.ReadError(f"damaged header: {error}") from error
        if header.type in _HEADERS and header.size > _MOST_HEADER_BYTES:
            raise tarfile.ReadError(f"a name of {header.size} bytes")
        if header.size < 0:
            raise tarfile.ReadError(f"a member of {header.size} bytes")
        return header


def sniff(head: bytes, name: str) -> bool:
    """Whether the first block is a tar header: its checksum is right."""
    stated = re.fullmatch(rb"[ \0]*([0-7]+)[ \0]*", head[_CHECKSUM])
    if stated is None or len(head) < _BLOCK:
        return False
    block = head[:_BLOCK]
    return int(stated[1], 8) == sum(block) - sum(block[_CHECKSUM]) + 8 * ord(" ")


def members(stream: Any, name: str, limits: Limits) -> Iterator[Member | Reject]:
    """Give every regular file in the archive; links, devices and sparse files are rejects."""
    with tarfile.open(fileobj=stream, mode="r|", tarinfo=_Header) as archive:
        while (entry := archive.next()) is not None:
            # The archive would otherwise remember every header it has met.
            archive.members = []  # type: ignore[attr-defined]
            if entry.isdir() or passed_over(entry.name):
                continue
            kind = _KINDS.get(entry.type) or ("a sparse file" if entry.issparse() else None)
            inner = None if kind else archive.extractfile(entry)
            if inner is None:
                where, found = f"{name}#{shown(entry.name)}", kind or "another kind of entry"
                yield Reject(where, "tar", "not a regular file", found, "a regular file")
            else:
                yield Member(shown(entry.name), inner, "tar archive")
