"""A query reads the corpus, and can do nothing else."""

from __future__ import annotations

import json

import pandas as pd
import pytest

import analysis
from analysis.errors import InputError


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    folder = tmp_path_factory.mktemp("query")
    rows = [
        {"id": n, "body": f"Boat {n}.", "agency": a, "published_at": f"2031-03-0{n}T01:00:00+02:00"}
        for n, a in enumerate(["MPA", "MPA", None], 1)
    ]
    (folder / "wire.jsonl").write_text("\n".join([*map(json.dumps, rows), "{"]))
    analysis.load_into(folder / "wire.jsonl", folder / "corpus")
    return folder / "corpus"


def test_counts_with_dtypes_of_the_contract(store):
    found = analysis.query(
        store, "SELECT agency, count(*) AS n, min(published_at) AS first FROM dispatches GROUP BY 1"
    ).set_index("agency")
    assert found.loc["MPA", "n"] == 2 and len(found) == 2
    assert found.loc["MPA", "first"] == pd.Timestamp("2031-02-28T23:00:00Z")
    plain = analysis.query(store, "SELECT dispatch_id, n_words, published_at FROM dispatches")
    assert [str(t) for t in plain.dtypes] == ["string", "Int64", "datetime64[us, UTC]"]


def test_numbers_are_plain(store):
    found = analysis.query(
        store, "SELECT sum(n_words) AS n, 1.5 AS share, sum(9e18::BIGINT + 0 * n_words) AS huge "
        "FROM dispatches"
    )  # fmt: skip
    assert [str(t) for t in found.dtypes] == ["Int64", "Float64", "Float64"]
    assert found.loc[0, "n"] == 6 and found.loc[0, "huge"] == pytest.approx(2.7e19)


@pytest.mark.parametrize(
    ("view", "rows"),
    [("dispatches", 3), ("rejects", 1), ("cuts", 0), ("repairs", 0), ("inputs", 1), ("loads", 1)],
)
def test_every_view_is_there(store, view, rows):
    found = analysis.query(store, f"SELECT * FROM {view}")
    assert len(found) == rows
    assert list(found.columns) == analysis.schema.table_schema(view).names


FORBIDDEN = [
    "COPY (SELECT 1) TO '{folder}/stolen.csv'",
    "COPY (SELECT 1) TO '{file}' (FORMAT parquet, USE_TMP_FILE false)",
    "COPY dispatches TO '{folder}/stolen.parquet' (FORMAT parquet)",
    "EXPORT DATABASE '{folder}/stolen'",
    "ATTACH '{folder}/stolen.db'",
    "INSTALL httpfs",
    "LOAD httpfs",
    "SET enable_external_access = true",
    "SET allowed_directories = ['/']",
    "RESET lock_configuration",
    "PRAGMA enable_external_access",
    "CREATE TABLE t AS SELECT 1",
    "CREATE PERSISTENT SECRET s (TYPE s3)",
    "DROP VIEW dispatches",
    "INSERT INTO loads SELECT * FROM loads",
    "SELECT 1; SELECT 2",
    "SELECT 1; COPY (SELECT 1) TO '{folder}/stolen.csv'",
    "",
    "SELECT * FROM read_csv('{outside}')",
    "SELECT * FROM read_text('{outside}')",
    "SELECT * FROM read_blob('{outside}')",
    "SELECT * FROM read_json('{outside}')",
    "SELECT * FROM '{outside}'",
    "SELECT * FROM glob('{folder}/*')",
    "SELECT * FROM read_parquet('{folder}/**/*.parquet')",
    "SELECT * FROM read_text('{log}')",
    "SELECT * FROM 'https://news.invalid/a.parquet'",
    "SELECT * FROM query('COPY (SELECT 1) TO ''{folder}/stolen.csv''')",
    "SELECT * FROM secret_frame",
    "SELEKT",
    "SELECT no_such_column FROM dispatches",
]


@pytest.mark.parametrize("statement", FORBIDDEN)
def test_a_query_reaches_nothing_else(store, tmp_path, statement):
    outside = tmp_path / "outside.csv"
    outside.write_text("a,b\n1,2\n")
    secret_frame = pd.DataFrame({"a": [1]})
    before = {p: p.stat().st_mtime_ns for p in store.rglob("*")}
    places = {
        "folder": tmp_path,
        "file": next(store.rglob("*.parquet")),
        "outside": outside,
        "log": store / "log" / "00000001.json",
    }
    with pytest.raises(InputError):
        analysis.query(store, statement.format(**places))
    assert len(secret_frame) == 1
    assert {p: p.stat().st_mtime_ns for p in store.rglob("*")} == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["outside.csv"]


def test_the_lock_holds_without_the_check_of_statements(store, tmp_path, monkeypatch):
    """The engine itself refuses files and settings: one check is not all there is."""
    from analysis.store import sql

    monkeypatch.setattr(sql, "_check_select", lambda *_: None)
    for statement in (
        f"COPY (SELECT 1) TO '{tmp_path}/stolen.csv'",
        f"ATTACH '{tmp_path}/stolen.db'",
        "SET enable_external_access = true",
    ):
        with pytest.raises(InputError, match=r"Permission|configuration"):
            analysis.query(store, statement)
    assert not list(tmp_path.iterdir())


def test_a_query_leaves_no_spill_in_the_working_folder(store, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    analysis.query(store, "SELECT a.range FROM range(200000) a ORDER BY hash(a.range)")
    assert not list(tmp_path.iterdir())
