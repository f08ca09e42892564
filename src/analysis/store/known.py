"""What a corpus holds already: contents, names, files read. The anti-join of a load."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.loading.assemble import content_hash, dispatch_name
from analysis.loading.records import RawDispatch, Reject
from analysis.store.log import StoredFile
from analysis.store.parquet_files import arrow_schema
from analysis.store.views import select_statement

if TYPE_CHECKING:
    import pandas as pd

# Same text, same values here: the same dispatch met again. A difference makes a row of its own.
IDENTITY = ("agency", "outlet", "story_id", "version", "status", "published_at")
_MEMORY = "512MB"


@dataclass(frozen=True)
class KnownFiles:
    """Files read before: SHA-256 of those that gave dispatches; with its name, of the others."""

    fruitful: frozenset[str] = frozenset()
    fruitless: frozenset[tuple[str, str]] = frozenset()

    def has(self, sha256: str | None, name: str) -> bool:
        """Whether these bytes need not be read again; under another name they might be taken for
        another format, so that those which gave nothing are.

        >>> KnownFiles(frozenset(["ab"]), frozenset([("cd", "a.txt")])).has("cd", "a.csv")
        False
        """
        return sha256 in self.fruitful or (sha256, name) in self.fruitless


class Known:
    """The contents and names a corpus holds, in a DuckDB table that may spill to `scratch`."""

    def __init__(self, folder: Path, live: Sequence[StoredFile], scratch: Path) -> None:
        import duckdb

        self._database = duckdb.connect(":memory:")
        self._database.execute(f"SET memory_limit = '{_MEMORY}'")
        self._database.execute("SET temp_directory = ?", [str(scratch)])
        self._database.execute("SET TimeZone = 'UTC'")
        rows = select_statement(folder, "dispatches", live)
        self._database.execute(f"CREATE TABLE known AS {_KEYS.format(rows=f'({rows})')}")
        self._folder, self._live = folder, live

    def files(self, options: str) -> KnownFiles:
        """Return the files read to their end with `options`."""
        rows = select_statement(self._folder, "inputs", self._live)
        sql = f"SELECT sha256, source_file, n_read FROM ({rows}) WHERE sha256 IS NOT NULL"
        found = self._database.execute(f"{sql} AND options = ?", [options]).fetchall()
        return KnownFiles(
            frozenset(sha256 for sha256, _, n_read in found if n_read),
            frozenset((sha256, name) for sha256, name, n_read in found if not n_read),
        )

    def has_reject(self, reject: Reject) -> bool:
        """Whether the corpus holds just this row of rejects."""
        rows = select_statement(self._folder, "rejects", self._live)
        values = {name: getattr(reject, name) for name in _REJECT}
        same = " AND ".join(f"{name} IS NOT DISTINCT FROM ?" for name in values)
        sql = f"SELECT count(*) FROM ({rows}) WHERE {same}"
        return bool(self._database.execute(sql, list(values.values())).fetchall()[0][0])

    def new(self, dispatches: Sequence[RawDispatch]) -> tuple[list[RawDispatch], list[str | None]]:
        """Return the dispatches that are new, named apart from all others, and what they repeat.

        A dispatch is known when the corpus, or an earlier one of `dispatches`, has the same
        content and the same values of `IDENTITY`. The second list holds, for each new one, the
        name of the first dispatch of the corpus with the same content, or None.
        """
        if not dispatches:
            return [], []
        hashes = [content_hash(raw.headline, raw.body) for raw in dispatches]
        self._database.register("batch", _batch(dispatches, hashes))
        rows = self._database.execute(_ANTI_JOIN).fetchall()
        self._database.unregister("batch")
        names = [
            dispatches[n].dispatch_id or dispatch_name(dispatches[n].source_file, hashes[n])
            for n, _ in rows
        ]
        unique = self._unique(names)
        kept = [
            replace(dispatches[n], dispatch_id=name)
            for (n, _), name in zip(rows, unique, strict=True)
        ]
        return kept, [first for _, first in rows]

    def add(self, dispatches: pd.DataFrame) -> None:
        """Count these rows of `dispatches` as held."""
        self._database.register("added", _keys(dispatches))
        self._database.execute(f"INSERT INTO known {_KEYS.format(rows='added')}")
        self._database.unregister("added")

    def close(self) -> None:
        """Give back memory and scratch files."""
        self._database.close()

    def _unique(self, names: Sequence[str]) -> list[str]:
        taken = self._taken(names)
        last: dict[str, int] = {}
        unique = []
        for name in names:
            candidate, number = name, last.get(name, 1)
            while candidate in taken:
                number += 1
                candidate = f"{name}-{number}"
            last[name] = number
            taken.add(candidate)
            unique.append(candidate)
        return unique

    def _taken(self, names: Iterable[str]) -> set[str]:
        """Return the held names that one of `names`, alone or with a number, could meet."""
        import pyarrow as pa

        wanted = pa.table({"name": pa.array(sorted(set(names)), pa.string())})
        self._database.register("wanted", wanted)
        rows = self._database.execute(_TAKEN).fetchall()
        self._database.unregister("wanted")
        return {name for (name,) in rows}


_REJECT = ("source_file", "format", "reason", "found", "expected", "place")
# Each value with its length before it, so that no two rows run into the same text.
_IDENTITY = " || ".join(
    f"coalesce(length({text}) || ':' || {text}, '-')"
    for text in (
        "epoch_us(published_at)::VARCHAR" if name == "published_at" else f"{name}::VARCHAR"
        for name in IDENTITY
    )
)
_HASHED = f"unhex(sha256(content_hash || {_IDENTITY}))"
# `first`: the dispatch that others with its content name in duplicate_of.
_KEYS = f"""
SELECT content_hash, {_HASHED} AS identity, dispatch_id,
       regexp_replace(dispatch_id, '-[0-9]+$', '') AS stem,
       duplicate_kind IS DISTINCT FROM 'exact' AS first
FROM {{rows}}
"""
_ANTI_JOIN = f"""
WITH hashed AS (SELECT n, content_hash, {_HASHED} AS identity FROM batch),
apart AS (
    SELECT *, row_number() OVER (PARTITION BY identity ORDER BY n) AS turn
    FROM hashed ANTI JOIN known USING (identity)
)
SELECT n, min(known.dispatch_id)
FROM apart LEFT JOIN known ON known.content_hash = apart.content_hash AND known.first
WHERE turn = 1 GROUP BY n ORDER BY n
"""
_TAKEN = """
SELECT dispatch_id FROM known SEMI JOIN wanted ON known.dispatch_id = wanted.name
UNION
SELECT dispatch_id FROM known SEMI JOIN wanted ON known.stem = wanted.name
"""


def _keys(dispatches: pd.DataFrame) -> Any:
    import pyarrow as pa

    names = ["dispatch_id", "content_hash", "duplicate_kind", *IDENTITY]
    return pa.Table.from_pandas(
        dispatches[names], schema=arrow_schema("dispatches", names), preserve_index=False
    )


def _batch(dispatches: Sequence[RawDispatch], hashes: Sequence[str]) -> Any:
    import pyarrow as pa

    kinds = {"version": pa.int64(), "published_at": pa.timestamp("us", tz="UTC")}
    columns = {"n": pa.array(range(len(hashes)), pa.int64()), "content_hash": pa.array(hashes)}
    for name in IDENTITY:
        values = [getattr(raw, name) for raw in dispatches]
        columns[name] = pa.array(values, kinds.get(name, pa.string()))
    return pa.table(columns)
