"""Parquet files of a corpus: the contract as an Arrow schema, files written whole, files read."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis import schema
from analysis.errors import StoreError
from analysis.store import files
from analysis.store.log import StoredFile
from analysis.store.migrations import columns_at

if TYPE_CHECKING:
    import pandas as pd

VERSION_KEY = b"dispatches.schema_version"
UNKNOWN_MONTH = "unknown"
READ_ROWS = 4096


def arrow_schema(table: str, columns: Sequence[str] | None = None) -> Any:
    """Return the contract of `table`, or of some of its columns, as a pyarrow schema.

    >>> arrow_schema("rejects").names[:2]
    ['source_file', 'format']
    """
    import pyarrow as pa

    kinds = {
        "string": pa.string(),
        "Int64": pa.int64(),
        "Float64": pa.float64(),
        "boolean": pa.bool_(),
        schema.TIME: pa.timestamp("us", tz="UTC"),
    }
    contract = {column.name: column for column in schema.table_schema(table).columns}
    names = list(contract) if columns is None else columns
    return pa.schema([(name, kinds[contract[name].dtype]) for name in names])


def write_frame(folder: Path, table: str, frame: pd.DataFrame) -> list[StoredFile]:
    """Write a frame that keeps its contract; dispatches a file a month. No rows give no file."""
    if table != "dispatches":
        return [_write_one(folder, table, frame, None)] if len(frame) else []
    months = frame["published_at"].dt.strftime("%Y-%m").fillna(UNKNOWN_MONTH)
    return [
        _write_one(folder, table, part, str(month)) for month, part in frame.groupby(months.array)
    ]


def write_tables(folder: Path, table: str, month: str | None, parts: Iterator[Any]) -> StoredFile:
    """Write Arrow tables, one row group each, as one file of `table`."""
    import pyarrow.parquet as pq

    name = new_name(table, month)
    rows = 0
    with files.replacing(folder / name) as draft:
        open_writer: Any = pq.ParquetWriter  # pyarrow carries no types
        options = {"compression": "zstd", "write_page_checksum": True}
        with open_writer(draft, _stamped(table), **options) as writer:
            for part in parts:
                writer.write_table(part.cast(_stamped(table)))
                rows += part.num_rows
    size = (folder / name).stat().st_size
    return StoredFile(table, name, rows, size, schema.SCHEMA_VERSION, month)


def new_name(table: str, month: str | None) -> str:
    """Return a path, inside the store, that no file has."""
    place = f"{table}/month={month}" if month else table
    return f"{place}/{secrets.token_hex(8)}.parquet"


def read_file(
    folder: Path, stored: StoredFile, columns: Sequence[str], where: Any = None
) -> Iterator[Any]:
    """Read a file as Arrow tables of at most `READ_ROWS` rows, as the current contract has them.

    Parameters
    ----------
    columns : the columns wanted; those the file's schema version lacks are null.
    where : a pyarrow expression that rows must meet.

    Raises
    ------
    StoreError : the file is absent, cut short, damaged, or lacks a column its version has.
    """
    import pyarrow as pa
    import pyarrow.dataset as ds

    check_present(folder, stored)
    present = columns_at(stored.table, stored.schema_version)
    wanted = [name for name in columns if name in present]
    open_dataset: Any = ds.dataset  # pyarrow carries no types
    options = ds.ParquetFragmentScanOptions(page_checksum_verification=True)
    try:
        source = open_dataset(
            str(folder / stored.path),
            schema=arrow_schema(stored.table, present),
            format=ds.ParquetFileFormat(default_fragment_scan_options=options),
        )
        scanner = source.scanner(columns=wanted, filter=where, batch_size=READ_ROWS)
        for batch in scanner.to_batches():
            yield _completed(pa.Table.from_batches([batch]), stored.table, columns)
    except (pa.ArrowException, OSError) as error:
        found = f"{stored.path} unreadable ({str(error).splitlines()[0][:200]})"
        raise StoreError(str(folder), found, "the file as it was written") from error


def check_present(folder: Path, stored: StoredFile) -> None:
    """Raise `StoreError` where a file is absent or not as long as it was."""
    path = folder / stored.path
    size = path.stat().st_size if path.is_file() else None
    if size != stored.bytes:
        found = f"{stored.path} " + ("absent" if size is None else f"of {size} bytes")
        raise StoreError(str(folder), found, f"a file of {stored.bytes} bytes")


def as_frame(table: Any) -> pd.DataFrame:
    """Return an Arrow table as a DataFrame with the dtypes of the contract (NA, not NaN)."""
    import pandas as pd
    import pyarrow as pa

    kinds = {
        pa.string(): pd.StringDtype(),
        pa.int64(): pd.Int64Dtype(),
        pa.int32(): pd.Int32Dtype(),
        pa.float64(): pd.Float64Dtype(),
        pa.bool_(): pd.BooleanDtype(),
    }
    frame: pd.DataFrame = table.to_pandas(types_mapper=kinds.get, self_destruct=True)
    return frame


def _write_one(folder: Path, table: str, frame: pd.DataFrame, month: str | None) -> StoredFile:
    import pyarrow as pa

    content = pa.Table.from_pandas(frame, schema=arrow_schema(table), preserve_index=False)
    return write_tables(folder, table, month, iter([content]))


def _stamped(table: str) -> Any:
    return arrow_schema(table).with_metadata({VERSION_KEY: str(schema.SCHEMA_VERSION).encode()})


def _completed(part: Any, table: str, columns: Sequence[str]) -> Any:
    import pyarrow as pa

    target = arrow_schema(table, columns)
    arrays = [
        part.column(entry.name)
        if entry.name in part.column_names
        else pa.nulls(part.num_rows, entry.type)
        for entry in target
    ]
    return pa.table(arrays, schema=target)
