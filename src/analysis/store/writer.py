"""Writing to a corpus: the lock, whole transactions, and what a broken-off one left behind."""

from __future__ import annotations

import contextlib
import re
import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis import schema
from analysis.errors import StoreError
from analysis.loading.files import MARKER
from analysis.store.lock import sole_writer, user_at_host
from analysis.store.log import (
    COUNTS,
    LOG,
    StoredFile,
    Transaction,
    commit,
    is_corpus,
    live_files,
    now,
    read_log,
)
from analysis.store.parquet_files import write_frame

if TYPE_CHECKING:
    import pandas as pd

TABLES = ("dispatches", "rejects", "cuts", "repairs", "inputs")
# How long a reader that opened the corpus before a compaction may go on reading.
GRACE = timedelta(hours=1)
_OURS = re.compile(r"[0-9a-f]{16}\.parquet|\.[0-9a-f]{16}\.[0-9a-f]{8}\.parquet")
_DRAFT = re.compile(r"\.\d{8}\.[0-9a-f]{8}\.json")
_ABOUT = "A corpus of dispatches lives here (docs/store.md); a loader passes this folder over.\n"


@dataclass
class Writer:
    """A corpus held for writing by this process."""

    folder: Path
    kind: str
    who: str
    arguments: Mapping[str, Any]
    transactions: list[Transaction]
    load_id: str = field(default_factory=lambda: secrets.token_hex(8))
    started_at: str = field(default_factory=now)

    def live(self) -> list[StoredFile]:
        """Return the files that make up the corpus now."""
        return live_files(self.transactions)

    def add(
        self, frames: Mapping[str, pd.DataFrame], counts: Mapping[str, int], *, finishes: bool
    ) -> None:
        """Add the rows of `frames` in one transaction, all of them or none."""
        with self.undone_on_error() as written:
            for table, frame in frames.items():
                written += write_frame(self.folder, table, frame)
            self.commit(written, (), counts, finishes=finishes)

    def commit(
        self,
        added: Sequence[StoredFile],
        removed: Sequence[str],
        counts: Mapping[str, int],
        *,
        finishes: bool,
    ) -> None:
        """Make files written before part of the corpus, and others no longer part of it."""
        from analysis import __version__

        transaction = Transaction(
            number=len(self.transactions) + 1,
            load_id=self.load_id,
            kind=self.kind,
            who=self.who,
            started_at=self.started_at,
            written_at=now(),
            finishes=finishes,
            package_version=__version__,
            schema_version=schema.SCHEMA_VERSION,
            counts=dict.fromkeys(COUNTS, 0) | dict(counts),
            arguments=self.arguments,
            add=tuple(added),
            remove=tuple(removed),
        )
        commit(self.folder, transaction)
        self.transactions.append(transaction)

    @contextlib.contextmanager
    def undone_on_error(self) -> Iterator[list[StoredFile]]:
        """Give a list for the files written in the block; on an error they are deleted."""
        written: list[StoredFile] = []
        before = len(self.transactions)
        try:
            yield written
        except BaseException:
            # What the log names must stay, even where the error came after the rename.
            if not (self.folder / LOG / f"{before + 1:08d}.json").exists():
                for stored in written:
                    (self.folder / stored.path).unlink(missing_ok=True)
            raise


@contextlib.contextmanager
def corpus_writer(
    folder: Path, kind: str, arguments: Mapping[str, Any], who: str | None, timeout: float
) -> Iterator[Writer]:
    """Hold the corpus in `folder` for writing; a load makes one where there is none.

    Raises
    ------
    StoreError
        Held by another process; not a corpus, and not empty; a folder or disk that cannot be
        written (the error's cause is then the system's `OSError`).
    """
    name = who or user_at_host()
    with _system_errors(folder):
        _prepare(folder, create=kind == "load")
        with sole_writer(folder, name, timeout):
            transactions = read_log(folder) if is_corpus(folder) else []
            _sweep(folder, transactions)
            yield Writer(folder, kind, name, dict(arguments), transactions)


@contextlib.contextmanager
def _system_errors(folder: Path) -> Iterator[None]:
    try:
        yield
    except StoreError:
        raise
    except OSError as error:
        found = f"{error.strerror or error} while writing"
        expected = "room and leave to write; the store is as its last transaction left it"
        raise StoreError(str(folder), found, expected) from error


def _prepare(folder: Path, *, create: bool) -> None:
    if not create:
        read_log(folder)
        return
    folder.mkdir(parents=True, exist_ok=True)
    marker = folder / MARKER
    if not marker.exists():
        if any(folder.iterdir()):
            expected = "a new folder, an empty one, or a corpus"
            raise StoreError(str(folder), "a folder with other files in it", expected)
        marker.write_text(_ABOUT, encoding="utf-8")


def _sweep(folder: Path, transactions: Sequence[Transaction]) -> None:
    """Delete what no transaction names, and what one dropped longer ago than `GRACE`."""
    named = {f.path for t in transactions for f in t.add}
    limit = (datetime.now(UTC) - GRACE).isoformat()
    dropped = {path for t in transactions if t.written_at < limit for path in t.remove}
    for table in TABLES:
        for path in (folder / table).rglob("*.parquet"):
            place = path.relative_to(folder).as_posix()
            if _OURS.fullmatch(path.name) and (place not in named or place in dropped):
                path.unlink()
    for path in (folder / LOG).glob(".*.json"):
        if _DRAFT.fullmatch(path.name):
            path.unlink()
