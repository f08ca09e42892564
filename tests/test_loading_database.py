"""Databases: read-only, in chunks, and no password in any message."""

from __future__ import annotations

import sqlite3
import traceback
from pathlib import Path

import duckdb
import pandas as pd
import pytest

import analysis
from analysis.errors import InputError
from analysis.loading.database import CHUNK, load_query, stream_query


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "wire.db"
    database = sqlite3.connect(path)
    database.execute("create table wire (id, headline, body, published_at)")
    rows = [
        (n, f"Headline {n}", f"Ferries crossed, {n}.", "2024-03-04T10:00:00+02:00")
        for n in range(2500)
    ]
    database.executemany("insert into wire values (?, ?, ?, ?)", [*rows, (2500, "Empty", "", None)])
    database.commit()
    database.close()
    return path


def test_rows_of_a_query_are_dispatches(file: Path) -> None:
    loaded = analysis.load_query(f"sqlite:///{file}", "select * from wire order by id")
    assert len(loaded.dispatches) == 2500
    row = loaded.dispatches.loc[7]
    assert (row["dispatch_id"], row["body"]) == ("7", "Ferries crossed, 7.")
    assert row["published_at"] == pd.Timestamp("2024-03-04T08:00Z")
    assert row["format"] == "database"
    assert loaded.rejects[["reason", "place"]].values.tolist() == [
        ["row without a body", "row 2501"]
    ]


def test_rows_come_in_chunks(file: Path) -> None:
    results = list(stream_query(f"sqlite:///{file}", "select * from wire"))
    assert [len(result.dispatches) for result in results] == [CHUNK, CHUNK, 500]


def test_a_column_map_and_a_query_with_percent_and_colon(file: Path) -> None:
    query = "select 'at 12:30, up 5%' as words, headline as hl from wire where body like '%, 7.'"
    loaded = load_query(f"sqlite:///{file}", query, columns={"body": "words", "headline": "hl"})
    assert loaded.dispatches[["body", "headline"]].values.tolist() == [
        ["at 12:30, up 5%", "Headline 7"]
    ]
    rejects = load_query(f"sqlite:///{file}", query, columns={"body": "text"}).rejects
    assert rejects["reason"].tolist() == ["unknown column in the column map"]


def test_duckdb_files_are_read(tmp_path: Path) -> None:
    path = tmp_path / "wire.duckdb"
    with duckdb.connect(str(path)) as database:
        database.execute("create table wire as select 1 as id, 'Ferries crossed.' as body")
    loaded = load_query(f"duckdb:///{path}", "from wire")
    assert loaded.dispatches[["dispatch_id", "body"]].values.tolist() == [["1", "Ferries crossed."]]
    with pytest.raises(InputError):
        load_query(f"duckdb:///{path}", "with a as (select 1) insert into wire select 2, 'x'")


@pytest.mark.parametrize(
    "query",
    [
        "drop table wire",
        "delete from wire",
        "pragma user_version=7",
        "  -- select\n update wire set id = 1",
        "",
    ],
)
def test_only_queries_that_read(file: Path, query: str) -> None:
    with pytest.raises(InputError, match="SELECT"):
        load_query(f"sqlite:///{file}", query)


def test_sqlite_itself_refuses_to_write(file: Path) -> None:
    before = file.read_bytes()
    with pytest.raises(InputError, match="readonly"):
        load_query(f"sqlite:///{file}", "with a as (select 1) delete from wire returning *")
    assert file.read_bytes() == before


def test_an_absent_file_is_not_made(tmp_path: Path) -> None:
    for kind in ("sqlite", "duckdb"):
        with pytest.raises(InputError):
            load_query(f"{kind}:///{tmp_path}/none.db", "select 1")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "url",
    [
        "postgresql+psycopg://desk:hunter2@db.example/news",
        "mysql+nonesuch://desk:hunter2@db.example/news",
        "nonesuch://desk:hunter2@db.example/news",
        "sqlite:////none.db?password=hunter2",
        "desk:hunter2@db.example",
        "postgresql://desk:hunter2@db.example:port/news",
    ],
)
def test_no_message_shows_a_password(url: str) -> None:
    with pytest.raises(InputError) as caught:
        load_query(url, "select 1")
    shown = "".join(traceback.format_exception(caught.value, chain=True))
    assert "hunter2" not in str(caught.value)
    assert "hunter2" not in shown.replace(f'load_query("{url}"', "")


def test_a_query_the_database_refuses_is_an_input_error(file: Path) -> None:
    with pytest.raises(InputError, match="no such table"):
        load_query(f"sqlite:///{file}", "select * from wires")
