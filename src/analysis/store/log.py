"""The log of a corpus: one small JSON file a transaction. What it does not name does not exist."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any

from analysis import schema
from analysis.errors import StoreError
from analysis.store import files
from analysis.store.migrations import can_read

LOG = "log"
COUNTS = ("files", "files_known", "dispatches", "repeats", "rejects", "cuts", "repairs")


@dataclass(frozen=True)
class StoredFile:
    """A Parquet file of a corpus, as the transaction that added it describes it."""

    table: str
    path: str
    rows: int
    bytes: int
    schema_version: int
    month: str | None = None


@dataclass(frozen=True)
class Transaction:
    """What one transaction added and removed, for which load, by whom and when."""

    number: int
    load_id: str
    kind: str
    who: str
    started_at: str
    written_at: str
    finishes: bool
    package_version: str
    schema_version: int
    counts: Mapping[str, int]
    arguments: Mapping[str, Any]
    add: Sequence[StoredFile] = ()
    remove: Sequence[str] = field(default=())


def is_corpus(folder: Path) -> bool:
    """Whether `folder` holds a corpus with at least one transaction.

    >>> is_corpus(Path("no-such-folder"))
    False
    """
    return _place(folder, 1).is_file()


def read_log(folder: Path) -> list[Transaction]:
    """Return the transactions of a corpus in order.

    Raises
    ------
    StoreError
        No corpus in `folder`; an entry that is absent, unreadable, or of a schema version this
        package does not know.
    """
    if not is_corpus(folder):
        expected = "a corpus written by load_into or `dispatches load --into`"
        raise StoreError(str(folder), f"no {LOG}/{_place(folder, 1).name}", expected)
    transactions: list[Transaction] = []
    # Counted up, not listed: what is written meanwhile can only come after the last one read.
    while (path := _place(folder, len(transactions) + 1)).is_file():
        transactions.append(_read(path, folder))
    later = [p for p in (folder / LOG).glob("[0-9]*.json") if p.name > path.name]
    if later and not path.is_file():
        raise StoreError(str(folder), f"no {LOG}/{path.name}", "an unbroken log")
    return transactions


def live_files(transactions: Sequence[Transaction]) -> list[StoredFile]:
    """Return the files whose rows make up the corpus, in the order they were added."""
    removed = {path for transaction in transactions for path in transaction.remove}
    return [f for t in transactions for f in t.add if f.path not in removed]


def commit(folder: Path, transaction: Transaction) -> None:
    """Make the transaction part of the corpus, by one rename."""
    path = _place(folder, transaction.number)
    if path.exists():
        found = f"{LOG}/{path.name} written by another process"
        raise StoreError(str(folder), found, "one writer at a time")
    files.write_text(path, json.dumps(asdict(transaction), ensure_ascii=False) + "\n")


def now() -> str:
    """This moment in UTC, ISO 8601."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


def _place(folder: Path, number: int) -> Path:
    return folder / LOG / f"{number:08d}.json"


def _read(path: Path, folder: Path) -> Transaction:
    place = f"{LOG}/{path.name}"
    try:
        raw: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        version = raw["schema_version"]
        if not can_read(version):
            expected = f"at most {schema.SCHEMA_VERSION}: a newer version of this package wrote it"
            raise StoreError(str(folder), f"schema version {version!r} in {place}", expected)
        added = [StoredFile(**entry) for entry in raw.pop("add")]
        transaction = Transaction(**raw, add=added)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise StoreError(str(folder), f"{place} unreadable ({error})", "a transaction") from error
    for name in (*(f.path for f in transaction.add), *transaction.remove):
        # A corpus from elsewhere must not lead a reader or a deletion out of its folder.
        if PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts:
            raise StoreError(str(folder), f"path {name!r} in {place}", "a path inside the store")
    return transaction
