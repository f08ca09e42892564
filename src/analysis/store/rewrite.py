"""Write files of a corpus anew: fewer of them, or in the current schema version."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis import schema
from analysis.store.log import StoredFile
from analysis.store.parquet_files import read_file, write_tables
from analysis.store.writer import corpus_writer

Groups = Callable[[Sequence[StoredFile]], list[list[StoredFile]]]


@dataclass(frozen=True)
class Rewritten:
    """How many files a corpus had before it was written anew, and has now."""

    files_before: int
    files_after: int


def compact(
    store: str | os.PathLike[str], *, who: str | None = None, timeout: float = 10.0
) -> Rewritten:
    """Join the files of each month, and of each other table, into one.

    Every load leaves files of its own; many small ones make reading slow. Rows are not changed.
    It is one transaction: a reader sees the corpus before it or after it. The files it
    replaces are deleted by a load or compaction an hour later, so that who reads them can end.

    Raises
    ------
    StoreError : as `load_into`, and where there is no corpus.

    >>> compact("no-such-folder")
    Traceback (most recent call last):
    analysis.errors.StoreError: store no-such-folder: found no log/00000001.json, expected ...
    """
    return _rewrite(Path(store), "compact", _several, who, timeout)


def migrate(
    store: str | os.PathLike[str], *, who: str | None = None, timeout: float = 10.0
) -> Rewritten:
    """Write the files of older schema versions anew in the current one.

    Reading does not need it: columns that an older file lacks are read as NA. It is one
    transaction, as `compact` is.

    Raises
    ------
    StoreError : as `compact`.

    >>> migrate("no-such-folder")
    Traceback (most recent call last):
    analysis.errors.StoreError: store no-such-folder: found no log/00000001.json, expected ...
    """
    return _rewrite(Path(store), "migrate", _outdated, who, timeout)


def _several(live: Sequence[StoredFile]) -> list[list[StoredFile]]:
    groups: dict[tuple[str, str | None], list[StoredFile]] = {}
    for stored in live:
        groups.setdefault((stored.table, stored.month), []).append(stored)
    return [group for group in groups.values() if len(group) > 1]


def _outdated(live: Sequence[StoredFile]) -> list[list[StoredFile]]:
    return [[stored] for stored in live if stored.schema_version < schema.SCHEMA_VERSION]


def _rewrite(
    folder: Path, kind: str, groups_of: Groups, who: str | None, timeout: float
) -> Rewritten:
    with corpus_writer(folder, kind, {}, who, timeout) as writer:
        before = writer.live()
        groups = groups_of(before)
        if not groups:
            return Rewritten(len(before), len(before))
        with writer.undone_on_error() as written:
            for group in groups:
                parts = _rows(folder, group)
                written.append(write_tables(folder, group[0].table, group[0].month, parts))
            removed = [stored.path for group in groups for stored in group]
            writer.commit(written, removed, {}, finishes=True)
        return Rewritten(len(before), len(writer.live()))


def _rows(folder: Path, group: Sequence[StoredFile]) -> Iterator[Any]:
    for stored in group:
        yield from read_file(folder, stored, schema.table_schema(stored.table).names)
