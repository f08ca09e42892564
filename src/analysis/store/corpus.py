"""Read a corpus: its dispatches, by month, agency and column, and its log."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis import schema
from analysis.errors import InputError
from analysis.store.log import COUNTS, StoredFile, Transaction, live_files, read_log
from analysis.store.parquet_files import UNKNOWN_MONTH, arrow_schema, as_frame, read_file

if TYPE_CHECKING:
    import pandas as pd

_ORDER = [("published_at", "ascending"), ("dispatch_id", "ascending")]


def open_corpus(
    store: str | os.PathLike[str],
    *,
    start: str | date | None = None,
    end: str | date | None = None,
    agencies: Iterable[str] = (),
    columns: Iterable[str] | None = None,
) -> pd.DataFrame:
    """Return dispatches of a corpus.

    Parameters
    ----------
    store : the corpus, a folder written by `load_into`.
    start, end : first and last day of publication (ISO 8601, UTC), both included; only the months
        between are read. With either, a dispatch without a time of publication is left out.
    agencies : keep the dispatches of these; none keeps all.
    columns : columns of `dispatches` to read, in this order; all when None.

    Returns
    -------
    DataFrame
        Columns and dtypes of the table `dispatches` (see `analysis.schema`), ordered by
        `published_at` (NA last), then `dispatch_id`. What a dispatch does not say, or what its
        schema version did not have, is NA.

    Raises
    ------
    InputError : a day that cannot be read, `start` after `end`, an unknown column.
    StoreError : no corpus; a file of it absent or damaged; written by a newer version.

    >>> open_corpus("no-such-folder")
    Traceback (most recent call last):
    analysis.errors.StoreError: store no-such-folder: found no log/00000001.json, expected ...
    """
    import pyarrow as pa

    folder = Path(store)
    wanted = _columns(columns)
    first, last = _day(start, "start"), _day(end, "end")
    if first and last and first > last:
        raise InputError(f"start {first} after end {last}", "start before end")
    where = _where(first, last, list(agencies))
    read = list(dict.fromkeys([*wanted, *(name for name, _ in _ORDER)]))
    parts = [arrow_schema("dispatches", read).empty_table()]
    for stored in live_files(read_log(folder)):
        if stored.table == "dispatches" and _may_hold(stored, first, last):
            parts += read_file(folder, stored, read, where)
    table = pa.concat_tables(parts)
    return as_frame(table.sort_by(_ORDER).select(wanted))


def loads(store: str | os.PathLike[str]) -> pd.DataFrame:
    """Return the log of a corpus: who loaded what into it, when.

    Returns
    -------
    DataFrame
        One row a load, compaction or migration, in the order they began, with the columns of
        the table `loads` (docs/store.md): load_id, kind, who, started_at, written_at, finished,
        counts, versions and arguments. `finished` is False for a load that was broken off. The
        files of each load, with their SHA-256, are the view `inputs` of `query`.

    Raises
    ------
    StoreError : as `open_corpus`.

    >>> loads("no-such-folder")
    Traceback (most recent call last):
    analysis.errors.StoreError: store no-such-folder: found no log/00000001.json, expected ...
    """
    import pandas as pd

    by_load: dict[str, list[Transaction]] = {}
    for transaction in read_log(Path(store)):
        by_load.setdefault(transaction.load_id, []).append(transaction)
    frame = pd.DataFrame([_load(group) for group in by_load.values()], dtype=object)
    times = {name: pd.to_datetime(frame[name], utc=True) for name in ("started_at", "written_at")}
    return schema.conform(frame.assign(**times), "loads")


def _load(transactions: Sequence[Transaction]) -> dict[str, Any]:
    last = transactions[-1]
    counts = {f"n_{name}": sum(t.counts.get(name, 0) for t in transactions) for name in COUNTS}
    return {
        "load_id": last.load_id,
        "kind": last.kind,
        "who": last.who,
        "started_at": last.started_at,
        "written_at": last.written_at,
        "finished": last.finishes,
        "n_transactions": len(transactions),
        **counts,
        "package_version": last.package_version,
        "schema_version": last.schema_version,
        "arguments": json.dumps(last.arguments, ensure_ascii=False),
    }


def _columns(columns: Iterable[str] | None) -> list[str]:
    names = schema.DISPATCHES.names
    wanted = names if columns is None else list(columns)
    for name in wanted:
        if name not in names:
            raise InputError(f"column {name!r}", "one of: " + ", ".join(names))
    return wanted


def _may_hold(stored: StoredFile, first: date | None, last: date | None) -> bool:
    if first is None and last is None:
        return True
    month = stored.month or UNKNOWN_MONTH
    if month == UNKNOWN_MONTH:
        return False
    return (not first or f"{first:%Y-%m}" <= month) and (not last or month <= f"{last:%Y-%m}")


def _where(first: date | None, last: date | None, agencies: Sequence[str]) -> Any:
    """Return the rows wanted as a pyarrow expression; None for all."""
    import pyarrow.dataset as ds

    field: Any = ds.field  # pyarrow carries no types
    parts = list(_bounds(field("published_at"), first, last))
    if agencies:
        parts.append(field("agency").isin(list(agencies)))
    where = None
    for part in parts:
        where = part if where is None else where & part
    return where


def _bounds(published: Any, first: date | None, last: date | None) -> Iterator[Any]:
    import pandas as pd

    if first:
        yield published >= pd.Timestamp(first, tz="UTC")
    if last:
        yield published < pd.Timestamp(last + timedelta(days=1), tz="UTC")


def _day(value: str | date | None, argument: str) -> date | None:
    if value is None or value == "":
        return None
    try:
        return date.fromisoformat(str(value))
    except ValueError as error:
        raise InputError(f"{argument}={value!r}", "a day such as 2031-03-04") from error
