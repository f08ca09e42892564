"""`load_query`: rows of a database, read-only and in chunks, into the canonical tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, Any

from analysis.errors import InputError
from analysis.loading.assemble import assemble
from analysis.loading.limits import Limits
from analysis.loading.loaded import Loaded
from analysis.loading.loader import read_options
from analysis.loading.records import ReadOptions, ReadResult, Reject
from analysis.loading.rows import read_rows

if TYPE_CHECKING:
    from sqlalchemy.engine import URL

FORMAT = "database"
CHUNK = 1000
_READS = re.compile(
    r"(?:\s|--[^\n]*\n|/\*.*?\*/|\()*(select|with|values|from|table)\b", re.I | re.S
)
_SECRET = re.compile(r"pass|pwd|token|secret|key", re.IGNORECASE)


def load_query(
    url: str,
    query: str,
    *,
    columns: Mapping[str, str] | str | None = None,
    limits: Limits | None = None,
) -> Loaded:
    """Read dispatches from a database: one row of the query's answer is one dispatch.

    Parameters
    ----------
    url : where the database is, as SQLAlchemy writes it: ``sqlite:///wire.db``,
        ``postgresql+psycopg://user@host/news``; DuckDB files as ``duckdb:///wire.duckdb``. A driver
        that SQLAlchemy needs is not installed with this package.
    query : a SELECT. SQLite and DuckDB files are opened read-only; elsewhere the transaction is
        read-only where the database can do that, and is rolled back.
    columns : canonical column name to that of the query, as for `analysis.load`.
    limits : the largest inputs accepted.

    Returns
    -------
    Loaded
        As `analysis.load`, with `source_file` the address without user and password, and
        `format` "database". Bodies are kept character for character; a row without one is a row
        of `rejects` with its number. What a row does not say is NA.

    Raises
    ------
    InputError
        For an address that is none, a database that cannot be opened, a query that is no SELECT or
        that the database refuses. No message shows a password. A connection that breaks later is
        a row of `rejects`.

    >>> import pathlib, sqlite3, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = pathlib.Path(folder, "wire.db")
    ...     database = sqlite3.connect(file)
    ...     _ = database.execute("create table wire (id, body)")
    ...     _ = database.execute("insert into wire values (7, 'Traffic resumed on Monday.')")
    ...     database.commit()
    ...     database.close()
    ...     loaded = load_query(f"sqlite:///{file}", "select * from wire")
    >>> loaded.dispatches.loc[0, ["dispatch_id", "body", "format"]].tolist()
    ['7', 'Traffic resumed on Monday.', 'database']
    """
    total = ReadResult()
    for result in stream_query(url, query, columns=columns, limits=limits):
        total.dispatches += result.dispatches
        total.rejects += result.rejects
    return assemble(total.dispatches, total.rejects)


def stream_query(
    url: str,
    query: str,
    *,
    columns: Mapping[str, str] | str | None = None,
    limits: Limits | None = None,
) -> Iterator[ReadResult]:
    """Read as `load_query` does, a thousand rows at a time.

    Raises
    ------
    InputError : as `load_query`; what the arguments show, before anything is opened.
    """
    options = read_options(columns, limits)
    address = _address(url)
    if not _READS.match(query):
        expected = "a SELECT: nothing is written to a database"
        raise InputError(f"query {query.strip()[:60]!r}", expected)
    return _stream(address, query, options)


def _stream(url: URL, query: str, options: ReadOptions) -> Iterator[ReadResult]:
    source, number = _shown(url), 0
    with _answer(url, query) as (names, rows):
        while True:
            try:
                chunk = list(islice(rows, CHUNK))
            except Exception as error:
                # Drivers raise what they like; the rows before are kept.
                found, expected = _without_secrets(error, url), "an answer to its end"
                place = f"after row {number}"
                reason = "query broke off"
                yield ReadResult(rejects=[Reject(source, FORMAT, reason, found, expected, place)])
                return
            if not chunk:
                return
            named = [
                (f"row {number + i}", dict(zip(names, row, strict=True)))
                for i, row in enumerate(chunk, 1)
            ]
            number += len(chunk)
            result = read_rows(named, names, source, FORMAT, options)
            yield result
            if result.rejects and not result.dispatches and result.rejects[0].place is None:
                return  # about the columns, and so the same for every chunk


@contextmanager
def _answer(url: URL, query: str) -> Iterator[tuple[list[str], Iterator[Any]]]:
    """Open the database, run the query, and close it; what it refuses is an `InputError`."""
    opened = _duckdb(url, query) if url.get_backend_name() == "duckdb" else _alchemy(url, query)
    try:
        answer = opened.__enter__()
    except ImportError as error:
        advice = f"install the driver: {error}"
        raise InputError(f"database {_shown(url)}", "a driver for it", advice) from None
    except Exception as error:
        # The chained error could show the password, and so is left out.
        found = f"database {_shown(url)}: {_without_secrets(error, url)}"
        raise InputError(found, "a database and a query that it answers") from None
    try:
        yield answer
    finally:
        opened.__exit__(None, None, None)


@contextmanager
def _duckdb(url: URL, query: str) -> Iterator[tuple[list[str], Iterator[Any]]]:
    import duckdb

    connection = duckdb.connect(url.database or "", read_only=True)
    try:
        cursor = connection.execute(query)
        names = [column[0] for column in cursor.description or ()]
        yield names, iter(cursor.fetchone, None)
    finally:
        connection.close()


@contextmanager
def _alchemy(url: URL, query: str) -> Iterator[tuple[list[str], Iterator[Any]]]:
    from sqlalchemy import create_engine

    backend = url.get_backend_name()
    if backend == "sqlite":
        url = _read_only_file(url)
    engine = create_engine(url)
    options = {"postgresql_readonly": True} if backend == "postgresql" else {}
    try:
        with engine.connect() as connection:
            connection = connection.execution_options(
                stream_results=True, yield_per=CHUNK, **options
            )
            if backend in ("mysql", "mariadb"):
                connection.exec_driver_sql("SET TRANSACTION READ ONLY")
            result = connection.exec_driver_sql(query)
            yield list(result.keys()), iter(result)
            connection.rollback()
    finally:
        engine.dispose()


def _read_only_file(url: URL) -> URL:
    from pathlib import Path

    # SQLite would make a file that is not there.
    path = Path(url.database or "").absolute()
    if not path.is_file():
        raise FileNotFoundError(f"no file {path.name!r}")
    return url.set(database=path.as_uri(), query={"mode": "ro", "uri": "true"})


def _address(url: str) -> URL:
    from sqlalchemy.engine import make_url
    from sqlalchemy.exc import ArgumentError

    expected = "an address such as 'sqlite:///wire.db' or 'duckdb:///wire.duckdb'"
    try:
        return make_url(url)
    except (ArgumentError, ValueError, TypeError, AttributeError):
        # It may hold a password, and so is not repeated.
        raise InputError("something that is no database address", expected) from None


def _shown(url: URL) -> str:
    """The address without user, password and options."""
    place = f"{url.host}:{url.port}" if url.port else url.host or ""
    return f"{url.get_backend_name()}://{place}/{url.database or ''}"


def _without_secrets(error: Exception, url: URL) -> str:
    words = str(error).split("\n")[0]
    secrets = [str(url.password)] if url.password else []
    secrets += [str(value) for name, value in url.query.items() if _SECRET.search(name)]
    for secret in filter(None, secrets):
        words = words.replace(secret, "***")
    return f"{type(error).__name__}: {words}"[:300]
