"""One writer of a corpus at a time, and who it is."""

from __future__ import annotations

import contextlib
import getpass
import json
import os
import socket
from collections.abc import Iterator
from pathlib import Path

from analysis.errors import StoreError
from analysis.store.log import now

LOCK, HOLDER = ".lock", ".lock-holder.json"


def user_at_host() -> str:
    """Return who runs this process, as user@host.

    >>> "@" in user_at_host()
    True
    """
    try:
        user = getpass.getuser()
    except (OSError, KeyError):  # No entry in the password database, as in some containers.
        user = "unknown"
    return f"{user}@{socket.gethostname()}"


@contextlib.contextmanager
def sole_writer(folder: Path, who: str, timeout: float) -> Iterator[None]:
    """Hold the lock of `folder` inside the block.

    The operating system gives the lock back when a process dies, however it dies.

    Raises
    ------
    StoreError : another process holds it for longer than `timeout` seconds; the message says who,
        and since when.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(folder / LOCK)
    try:
        lock.acquire(timeout=timeout)
    except Timeout:
        found = f"a load under way: {_holder(folder)}"
        expected = f"a store no other process writes to (waited {timeout:g} seconds)"
        raise StoreError(str(folder), found, expected) from None
    try:
        holder = {"who": who, "process": os.getpid(), "since": now()}
        (folder / HOLDER).write_text(json.dumps(holder), encoding="utf-8")
        yield
    finally:
        with contextlib.suppress(OSError):
            (folder / HOLDER).unlink()
        lock.release()


def _holder(folder: Path) -> str:
    try:
        holder = json.loads((folder / HOLDER).read_text(encoding="utf-8"))
        return f"{holder['who']}, process {holder['process']}, since {holder['since']}"
    except (OSError, ValueError, KeyError, TypeError):
        return "a process that did not say who it is"
