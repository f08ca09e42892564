"""gzip: one compressed file."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from typing import Any

from analysis.loading.limits import Limits
from analysis.loading.members import Member

MAGIC = b"\x1f\x8b"


def sniff(head: bytes, name: str) -> bool:
    """Whether the file is compressed with gzip."""
    return head.startswith(MAGIC)


def members(stream: Any, name: str, limits: Limits) -> Iterator[Member]:
    """Give the one file inside, under the name of the compressed one."""
    with gzip.GzipFile(fileobj=stream) as inner:
        yield Member("", inner, "gzip file")
