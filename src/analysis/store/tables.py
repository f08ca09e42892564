"""The canonical tables together, and their folder on disk."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd

from analysis import schema
from analysis.errors import StoreError
from analysis.store import files

POINTER = "current.json"


@dataclass(frozen=True, repr=False)
class Tables:
    """The canonical tables of one corpus.

    Each attribute is a DataFrame with the columns and dtypes that `analysis.schema` lists, in that
    order. `provenance` says how they were made: package version, method, scorer, inputs.

    >>> Tables().attributions.shape[0]
    0
    >>> Tables()
    Tables: 0 dispatches, 0 sentences, 0 attributions, 0 sources, 0 rejects
    """

    dispatches: pd.DataFrame = field(default_factory=partial(schema.empty, "dispatches"))
    sentences: pd.DataFrame = field(default_factory=partial(schema.empty, "sentences"))
    attributions: pd.DataFrame = field(default_factory=partial(schema.empty, "attributions"))
    attribution_spans: pd.DataFrame = field(
        default_factory=partial(schema.empty, "attribution_spans")
    )
    sources: pd.DataFrame = field(default_factory=partial(schema.empty, "sources"))
    sentiment: pd.DataFrame = field(default_factory=partial(schema.empty, "sentiment"))
    rejects: pd.DataFrame = field(default_factory=partial(schema.empty, "rejects"))
    cuts: pd.DataFrame = field(default_factory=partial(schema.empty, "cuts"))
    repairs: pd.DataFrame = field(default_factory=partial(schema.empty, "repairs"))
    provenance: Mapping[str, Any] = field(default_factory=dict)

    def frames(self) -> dict[str, pd.DataFrame]:
        """Return the tables by name, in the order of the contract."""
        return {f.name: getattr(self, f.name) for f in fields(self) if f.name in schema.TABLES}

    def save(self, folder: str | Path) -> Path:
        """Write the tables as Parquet files under `folder`, all of them or none.

        The files of this save go to a new folder ``transactions/<id>``; then ``current.json`` is
        replaced in one step to point at it. A reader sees the old tables or the new ones, never a
        mixture; a crash leaves the old ones. The transaction before this one is kept, older
        ones are removed.

        Returns
        -------
        The store's folder.

        Raises
        ------
        SchemaError : a table does not keep the contract.
        OSError : the folder cannot be written.

        >>> import tempfile
        >>> folder = Tables().save(Path(tempfile.mkdtemp()) / "store")
        >>> open_store(folder)
        Tables: 0 dispatches, 0 sentences, 0 attributions, 0 sources, 0 rejects
        """
        folder = Path(folder)
        frames = {name: schema.conform(frame, name) for name, frame in self.frames().items()}
        stamp = datetime.now(UTC)
        previous = _previous(folder)
        name = _write_transaction(folder, frames, stamp)
        pointer = {
            "schema_version": schema.SCHEMA_VERSION,
            "transaction": name,
            "written_at": stamp.isoformat(timespec="seconds"),
            "tables": _contents(folder / "transactions" / name, frames),
            "provenance": dict(self.provenance),
        }
        text = json.dumps(pointer, indent=2, ensure_ascii=False)
        files.write_text(folder / POINTER, text + "\n")
        for old in (folder / "transactions").iterdir():
            if old.name not in (name, previous):
                shutil.rmtree(old, ignore_errors=True)
        return folder

    def __repr__(self) -> str:
        counts = ", ".join(
            f"{len(getattr(self, name)):,} {name}"
            for name in ("dispatches", "sentences", "attributions", "sources", "rejects")
        )
        return f"Tables: {counts}"

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><th scope='row'>{name}</th><td style='text-align:right'>{len(frame):,}</td>"
            f"<td>{schema.TABLES[name].meaning}</td></tr>"
            for name, frame in self.frames().items()
        )
        return (
            "<table><caption>Tables</caption><thead><tr><th>table</th><th>rows</th>"
            f"<th>a row is</th></tr></thead><tbody>{rows}</tbody></table>"
        )


def open_store(folder: str | Path) -> Tables:
    """Open the tables that `Tables.save` wrote.

    Parameters
    ----------
    folder : the store's folder, the one that holds ``current.json``.

    Returns
    -------
    `Tables` with the canonical dtypes.

    Raises
    ------
    StoreError
        When there is no store, when its schema version is not this package's, or when a file's
        SHA-256 is not the one recorded (a damaged store is never read in part).

    >>> open_store("no-such-folder")
    Traceback (most recent call last):
    analysis.errors.StoreError: store no-such-folder: found no current.json, expected a folder ...
    """
    folder = Path(folder)
    pointer = _pointer(folder)
    home = folder / "transactions" / pointer["transaction"]
    frames = {}
    for name, entry in pointer["tables"].items():
        path = home / entry["file"]
        if not path.is_file() or files.sha256(path) != entry["sha256"]:
            found = f"{path.name} absent or changed since it was written"
            raise StoreError(str(folder), found, "the recorded SHA-256; load the inputs again")
        raw = pd.read_parquet(path, dtype_backend="numpy_nullable")
        frames[name] = schema.conform(raw, name)
    return Tables(**frames, provenance=pointer["provenance"])


def transaction(folder: str | Path) -> dict[str, Any]:
    """Return what ``current.json`` records of the last save: id, time, files with hashes.

    Raises
    ------
    StoreError : as `open_store`.
    """
    return _pointer(Path(folder))


def _pointer(folder: Path) -> dict[str, Any]:
    path = folder / POINTER
    if not path.is_file():
        expected = "a folder written by Tables.save or `dispatches load`"
        raise StoreError(str(folder), f"no {POINTER}", expected)
    try:
        pointer: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        version = pointer["schema_version"]
    except (ValueError, KeyError, TypeError) as error:
        raise StoreError(str(folder), f"{POINTER} unreadable ({error})", "valid JSON") from error
    if version != schema.SCHEMA_VERSION:
        expected = f"{schema.SCHEMA_VERSION}; load the inputs again with this version"
        raise StoreError(str(folder), f"schema version {version}", expected)
    return pointer


def _previous(folder: Path) -> str | None:
    """Return the transaction to keep beside the new one; None over a store nobody can read."""
    try:
        return str(_pointer(folder)["transaction"])
    except (StoreError, KeyError):
        return None


def _write_transaction(folder: Path, frames: dict[str, pd.DataFrame], stamp: datetime) -> str:
    name = stamp.strftime("%Y%m%dT%H%M%S%fZ")
    home = folder / "transactions" / name
    draft = home.with_name(f".{name}.partial")
    draft.mkdir(parents=True)
    try:
        for table, frame in frames.items():
            with files.replacing(draft / f"{table}.parquet") as path:
                frame.to_parquet(path, index=False)
        draft.rename(home)
        files.flush(home.parent)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    return name


def _contents(home: Path, frames: dict[str, pd.DataFrame]) -> dict[str, dict[str, object]]:
    return {
        name: {
            "file": f"{name}.parquet",
            "rows": len(frame),
            "sha256": files.sha256(home / f"{name}.parquet"),
        }
        for name, frame in frames.items()
    }
