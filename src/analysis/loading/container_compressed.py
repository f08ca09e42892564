"""gzip, bzip2 and xz: one compressed file."""

from __future__ import annotations

import bz2
import gzip
import lzma
from collections.abc import Callable, Iterator
from typing import Any

from analysis.loading.limits import Limits
from analysis.loading.members import Forward, Member

# First bytes: what such a file is called, and what opens it.
OPENERS: dict[bytes, tuple[str, Callable[[Any], Any]]] = {
    b"\x1f\x8b": ("gzip file", lambda stream: gzip.GzipFile(fileobj=stream)),
    b"BZh": ("bzip2 file", bz2.BZ2File),
    b"\xfd7zXZ\x00": ("xz file", lzma.LZMAFile),
}
_LONGEST = max(map(len, OPENERS))


def sniff(head: bytes, name: str) -> bool:
    """Whether the file is compressed in one of the three ways."""
    return head.startswith(tuple(OPENERS))


def members(stream: Forward, name: str, limits: Limits) -> Iterator[Member]:
    """Give the one file inside, under the name of the compressed one."""
    head = stream.head(_LONGEST)
    what, opener = next(OPENERS[magic] for magic in OPENERS if head.startswith(magic))
    with opener(stream) as inner:
        yield Member("", inner, what)
