"""xz: one compressed file."""

from __future__ import annotations

import lzma
from collections.abc import Iterator
from typing import Any

from analysis.loading.limits import Limits
from analysis.loading.members import Member

MAGIC = b"\xfd7zXZ\x00"


def sniff(head: bytes, name: str) -> bool:
    """Whether the file is compressed with xz."""
    return head.startswith(MAGIC)


def members(stream: Any, name: str, limits: Limits) -> Iterator[Member]:
    """Give the one file inside, under the name of the compressed one."""
    with lzma.LZMAFile(stream) as inner:
        yield Member("", inner, "xz file")
