"""`query`: SQL over a corpus, in memory, that can read nothing else and write nothing."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.errors import InputError
from analysis.store.corpus import loads
from analysis.store.log import live_files, read_log
from analysis.store.parquet_files import as_frame
from analysis.store.views import literal, select_statement
from analysis.store.writer import TABLES

if TYPE_CHECKING:
    import pandas as pd

# No file but those of the views, no network, no extension, no variable of the caller; then locked.
_CLOSED = (
    "SET TimeZone = 'UTC'",
    "SET temp_directory = ''",
    "SET python_enable_replacements = false",
    "SET autoinstall_known_extensions = false",
    "SET autoload_known_extensions = false",
    "SET allow_community_extensions = false",
    "SET enable_external_access = false",
    "SET lock_configuration = true",
)


def query(store: str | os.PathLike[str], sql: str) -> pd.DataFrame:
    """Return the result of one SELECT over a corpus.

    Parameters
    ----------
    store : the corpus, a folder written by `load_into`.
    sql : one SELECT statement in DuckDB's SQL. The views are ``dispatches``, ``rejects``,
        ``cuts`` and ``repairs`` (columns as `analysis.schema`), ``loads`` (as `loads` returns)
        and ``inputs`` (the files of each load, with their SHA-256).

    Returns
    -------
    DataFrame
        Columns as selected: string, Int64, Float64, boolean; times in UTC; NA where SQL has NULL.

    Raises
    ------
    InputError : no single SELECT; a statement DuckDB refuses, with its message.
    StoreError : as `open_corpus`.

    Notes
    -----
    The views show the transactions committed when the query began. A query runs in a database in
    memory: statements other than SELECT are refused, and the engine is locked against other
    files, the network and extensions.

    >>> query("no-such-folder", "SELECT 1")
    Traceback (most recent call last):
    analysis.errors.StoreError: store no-such-folder: found no log/00000001.json, expected ...
    """
    import duckdb

    database = _opened(Path(store))
    try:
        _check_select(database, sql)
        return as_frame(_plain_numbers(database.sql(sql).to_arrow_table()))
    except duckdb.Error as error:
        raise InputError(f"a query DuckDB refuses ({error})", "one SELECT over the views") from None
    finally:
        database.close()


def _plain_numbers(table: Any) -> Any:
    """Return the result with decimals, as a sum of whole numbers is one, as int64 or float64."""
    import pyarrow as pa

    for place, field in enumerate(table.schema):
        if not pa.types.is_decimal(field.type):
            continue
        try:
            kind = pa.float64() if field.type.scale else pa.int64()
            column = table.column(place).cast(kind)
        except pa.ArrowInvalid:  # More than 64 bits hold.
            column = table.column(place).cast(pa.float64())
        table = table.set_column(place, field.name, column)
    return table


def _opened(folder: Path) -> Any:
    import duckdb

    live = live_files(read_log(folder))
    database = duckdb.connect(":memory:")
    for table in TABLES:
        rows = select_statement(folder, table, live)
        database.execute(f"CREATE VIEW {table} AS {rows}")
    log = loads(folder)
    database.register("log_of_loads", log)
    database.execute("CREATE TABLE loads AS SELECT * FROM log_of_loads")
    database.unregister("log_of_loads")
    allowed = ", ".join(literal(folder / stored.path) for stored in live)
    database.execute(f"SET allowed_paths = [{allowed}]")
    for setting in _CLOSED:
        database.execute(setting)
    return database


def _check_select(database: Any, sql: str) -> None:
    from duckdb import StatementType

    statements = database.extract_statements(sql)
    # A COPY to a path of the views would pass the engine's own check.
    if [statement.type for statement in statements] != [StatementType.SELECT]:
        kinds = ", ".join(statement.type.name for statement in statements) or "no statement"
        raise InputError(f"{kinds}", "one SELECT statement")
