"""Writing that never leaves half a file: temporary name, fsync, rename."""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
from collections.abc import Iterator
from pathlib import Path


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a temporary path beside `path`; on success it becomes `path` in one step.

    On an error the temporary file is removed and `path` stays as it was. The file's content and
    the folder entry are flushed to the disk before the old file is replaced.

    >>> import tempfile
    >>> target = Path(tempfile.mkdtemp()) / "numbers.txt"
    >>> with replacing(target) as draft:
    ...     _ = draft.write_text("1 2 3")
    >>> target.read_text()
    '1 2 3'
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    # The suffix stays last: writers such as pandas choose their engine by it.
    draft = path.with_name(f".{path.stem}.{secrets.token_hex(4)}{path.suffix}")
    try:
        yield draft
        flush(draft)
        draft.replace(path)
        flush(path.parent)
    finally:
        draft.unlink(missing_ok=True)


def write_text(path: Path, text: str) -> None:
    """Write `text` as UTF-8 to `path`, whole or not at all."""
    with replacing(path) as draft:
        draft.write_text(text, encoding="utf-8", newline="\n")


def flush(path: Path) -> None:
    """Flush a file or a folder entry to the disk."""
    if path.is_dir() and os.name == "nt":  # Windows cannot open a folder; rename is enough there.
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sha256(path: Path) -> str:
    """SHA-256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
