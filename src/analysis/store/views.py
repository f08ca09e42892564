"""A table of a corpus as a SELECT statement for DuckDB, over exactly the files given."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from analysis import schema
from analysis.store.log import StoredFile
from analysis.store.migrations import columns_at
from analysis.store.parquet_files import check_present

SQL_TYPES = {
    "string": "VARCHAR",
    "Int64": "BIGINT",
    "Float64": "DOUBLE",
    "boolean": "BOOLEAN",
    schema.TIME: "TIMESTAMPTZ",
}


def select_statement(folder: Path, table: str, stored: Sequence[StoredFile]) -> str:
    """Return a SELECT that gives the rows of `table` in `stored`, as the current contract has them.

    Columns that a file's schema version lacks are NULL. Files of other tables are passed over.

    Raises
    ------
    StoreError : a file is absent or not as long as it was.

    >>> select_statement(Path("store"), "repairs", [])[-11:]
    'WHERE false'
    """
    own = [entry for entry in stored if entry.table == table]
    for entry in own:
        check_present(folder, entry)
    parts = []
    for version in sorted({entry.schema_version for entry in own}):
        paths = [literal(folder / e.path) for e in own if e.schema_version == version]
        source = f"read_parquet([{', '.join(paths)}], hive_partitioning = false)"
        present = columns_at(table, version)
        parts.append(f"SELECT {_columns(table, present)} FROM {source}")
    return " UNION ALL ".join(parts) or f"SELECT {_columns(table, [])} WHERE false"


def literal(text: object) -> str:
    """Return `text` as a string of SQL.

    >>> print(literal("Voss's store"))
    'Voss''s store'
    """
    return "'" + str(text).replace("'", "''") + "'"


def _columns(table: str, present: Sequence[str]) -> str:
    return ", ".join(
        f'"{column.name}"'
        if column.name in present
        else f'CAST(NULL AS {SQL_TYPES[column.dtype]}) AS "{column.name}"'
        for column in schema.table_schema(table).columns
    )
