"""Mail folders in the mbox format: mails one after the other, each after a "From " line."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from analysis.loading.limits import Limits
from analysis.loading.members import Member
from analysis.loading.records import Reject

_CHUNK = 256 * 1024
# An address and a time, as the mail program wrote them: "From desk@example.org Mon Mar  4 ...".
_FROM = re.compile(
    rb"From \S+ .{0,40}\d\d:\d\d[^\n]{0,60}\r?\n|From (?:-|\?\?\?@\?\?\?)[^\n]{0,80}\n"
)
_FIELD = re.compile(rb"[!-9;-~]{1,100}:")
_BETWEEN = re.compile(rb"\n\r?\n(?=From )")
_QUOTED_FROM = re.compile(rb"^>(>*From )", re.MULTILINE)


def sniff(head: bytes, name: str) -> bool:
    """Whether the file starts with a "From " line and a header field after it."""
    first = _FROM.match(head[:4096])
    return first is not None and _FIELD.match(head, first.end()) is not None


def members(stream: Any, name: str, limits: Limits) -> Iterator[Member | Reject]:
    """Give every mail, one in memory at a time; one larger than a file may be is a reject."""
    for number, mail in enumerate(_mails(stream, limits.file_bytes), 1):
        place = f"mail {number}"
        if mail is None:
            expected = f"at most {limits.file_bytes} bytes"
            yield Reject(f"{name}#{place}", "mbox", "file too large", "more than that", expected)
            continue
        text = mail.split(b"\n", 1)[1]
        yield Member(f"{place}.eml", io.BytesIO(_QUOTED_FROM.sub(rb"\1", text)), "mail")


def _mails(stream: Any, most: int) -> Iterator[bytes | None]:
    """Each mail with its "From " line; None for one of more than `most` bytes."""
    held, looked_at, too_large = bytearray(), 0, False
    while chunk := stream.read(_CHUNK):
        held += chunk
        while (cut := _next_from(held, looked_at)) is not None:
            yield None if too_large or cut > most else bytes(held[:cut])
            del held[:cut]
            looked_at, too_large = 0, False
        # A "From " line may reach over the end of the chunk.
        looked_at = max(0, len(held) - 300)
        if len(held) > most:
            del held[:looked_at]
            looked_at, too_large = 0, True
    if held:
        yield None if too_large else bytes(held)


def _next_from(held: bytearray, start: int) -> int | None:
    for blank in _BETWEEN.finditer(held, start):
        line = _FROM.match(held, blank.end())
        if line and _FIELD.match(held, line.end()):
            return blank.end()
    return None
