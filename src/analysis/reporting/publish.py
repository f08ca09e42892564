"""Put a finished report in place as a whole, and keep the last good one until then.

``<out>/<name>/<key>`` is the last good report; ``<out>/<name>/failed/<key>`` what is left of the
last run that failed. A report is written to a draft folder beside its place, flushed to the disk,
and then exchanged with the folder that is there.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import secrets
import shutil
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from analysis.errors import AnalysisError, InputError
from analysis.store import files

FAILED = "failed"


class LockedError(AnalysisError, RuntimeError):
    """Another run is writing the same report now."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        super().__init__(f"report {folder}: another run is writing it; wait for it to end")


def place(out: str | Path, name: str, key: str) -> Path:
    """Return the folder of the good report `key` of `name` below `out`.

    Raises
    ------
    InputError : a key that is no plain folder name, or ``failed``.

    >>> place("reports", "topic", "all").as_posix()
    'reports/topic/all'
    """
    if key in ("", FAILED) or key.startswith(".") or Path(key).name != key or "\\" in key:
        raise InputError(f"report key {key!r}", f"a folder name, not hidden, not {FAILED!r}")
    return Path(out) / name / key


@contextlib.contextmanager
def locked(target: Path) -> Iterator[None]:
    """Hold the lock of one report; clear away what a killed run left.

    Raises
    ------
    LockedError : another run holds it.
    OSError : the folder cannot be written.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    lock = target.parent / f".{target.name}.lock"
    with lock.open("w", encoding="utf-8") as handle:
        _acquire(handle.fileno(), target)
        previous = target.parent / f".{target.name}.previous"
        if previous.is_dir() and not target.exists():
            previous.rename(target)
        for stale in target.parent.glob(f".{target.name}.*.draft"):
            shutil.rmtree(stale, ignore_errors=True)
        shutil.rmtree(previous, ignore_errors=True)
        yield


def publish(target: Path, contents: Mapping[str, str]) -> Path:
    """Write `contents` (relative path to text) as the folder `target`, all of it or none.

    Returns
    -------
    The folder.

    Raises
    ------
    OSError : it cannot be written; what was at `target` is still there, whole.

    >>> import tempfile
    >>> folder = publish(Path(tempfile.mkdtemp()) / "all", {"tables/shares.csv": "a,b"})
    >>> (folder / "tables" / "shares.csv").read_text()
    'a,b'
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.parent / f".{target.name}.{secrets.token_hex(4)}.draft"
    try:
        for relative, text in contents.items():
            path = draft / relative
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
            files.flush(path)
        for folder in {(draft / relative).parent for relative in contents} | {draft}:
            files.flush(folder)
        _put(draft, target)
        files.flush(target.parent)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return target


def forget_failed(target: Path) -> None:
    """Remove what an earlier failed run of the now good report `target` left."""
    shutil.rmtree(target.parent / FAILED / target.name, ignore_errors=True)


def _put(draft: Path, target: Path) -> None:
    """Make `draft` the folder `target`; an old folder ends up under the draft's name."""
    if not target.exists():
        draft.rename(target)
    elif not _exchange(draft, target):
        # Two renames: a crash between them leaves `.previous`, which the next run puts back.
        previous = target.parent / f".{target.name}.previous"
        shutil.rmtree(previous, ignore_errors=True)
        target.rename(previous)
        try:
            draft.rename(target)
        except OSError:
            previous.rename(target)
            raise
        shutil.rmtree(previous, ignore_errors=True)


def _exchange(one: Path, other: Path) -> bool:
    """Swap two folders in one step where the system can (Linux); say whether it did."""
    if not sys.platform.startswith("linux"):
        return False
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    here, exchange = -100, 2  # AT_FDCWD, RENAME_EXCHANGE of <linux/fs.h>
    return bool(
        rename is not None
        and rename(here, os.fsencode(one), here, os.fsencode(other), exchange) == 0
    )


def _acquire(handle: int, target: Path) -> None:
    try:
        import fcntl
    except ImportError:  # Windows: reports run there, without the guard against two at once.
        return
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise LockedError(str(target)) from error
