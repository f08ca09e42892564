"""bzip2: one compressed file."""

from __future__ import annotations

import bz2
from collections.abc import Iterator
from typing import Any

from analysis.loading.limits import Limits
from analysis.loading.members import Member

MAGIC = b"BZh"


def sniff(head: bytes, name: str) -> bool:
    """Whether the file is compressed with bzip2."""
    return head.startswith(MAGIC)


def members(stream: Any, name: str, limits: Limits) -> Iterator[Member]:
    """Give the one file inside, under the name of the compressed one."""
    with bz2.BZ2File(stream) as inner:
        yield Member("", inner, "bzip2 file")
