"""Apache Parquet tables."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from analysis.loading.columns import match_columns
from analysis.loading.presets import column_map
from analysis.loading.records import ReadOptions, ReadResult, Reject
from analysis.loading.rows import Row, read_rows

FORMAT = "parquet"


def read(data: bytes, source_file: str, options: ReadOptions) -> ReadResult:
    """Read every row; columns that hold nothing `dispatches` knows are not decoded."""
    import pyarrow.parquet as pq
    from pyarrow.lib import ArrowException

    open_table: Any = pq.ParquetFile  # pyarrow carries no types
    try:
        file = open_table(io.BytesIO(data))
        present = file.schema_arrow.names
        wanted = list(match_columns(present, column_map(present, options)).mapping.values())
        table = file.read(columns=[name for name in wanted if name in present])
    except (ArrowException, OSError, ValueError, OverflowError) as error:
        found = str(error).split("\n")[0][:200]
        reject = Reject(source_file, FORMAT, "not a readable Parquet file", found, "Parquet")
        return ReadResult(rejects=[reject])
    return read_rows(_rows(table, source_file), present, source_file, FORMAT, options)


def _rows(table: Any, source_file: str) -> Iterator[Row | Reject]:
    from pyarrow.lib import ArrowException

    number = 0
    for batch in table.to_batches(max_chunksize=1024):
        try:
            rows = batch.to_pylist()
        except (ArrowException, ValueError, OverflowError) as error:
            # One value Python cannot hold (a date of the year 60000) must not lose the batch.
            rows = [_slowly(batch, i, error) for i in range(batch.num_rows)]
        for row in rows:
            number += 1
            if row is None:
                reason = "row not readable"
                yield Reject(source_file, FORMAT, reason, None, "readable values", f"row {number}")
            else:
                yield f"row {number}", row


def _slowly(batch: Any, index: int, error: Exception) -> dict[str, Any] | None:
    row = {}
    for name in batch.schema.names:
        try:
            row[name] = batch.column(name)[index].as_py()
        except (type(error), ValueError, OverflowError):
            row[name] = str(batch.column(name)[index].type)
    return row
