"""The commands on a corpus: load --into, corpus, query."""

from __future__ import annotations

import csv
import io
import json

import pytest
from click.testing import CliRunner

from analysis.cli import main
from analysis.store.lock import sole_writer


def call(*arguments):
    return CliRunner().invoke(main, [str(a) for a in arguments])


@pytest.fixture
def feed(tmp_path):
    path = tmp_path / "feed.jsonl"
    rows = [
        {"id": "a", "headline": '=HYPERLINK("http://x.invalid")', "body": "Rain\x1b[31m. " * 20,
         "agency": "MPA", "published_at": "2031-03-04"},
        {"id": "b", "headline": "Fog", "body": "Fog."},
    ]  # fmt: skip
    path.write_text("\n".join([*map(json.dumps, rows), "{"]))
    return path


@pytest.fixture
def store(tmp_path, feed):
    done = call("load", feed, "--into", tmp_path / "corpus")
    assert done.exit_code == 0
    assert "2 dispatches added, 0 known, 0 files known, 1 rejected" in done.output
    assert "rejected feed.jsonl" in done.output
    return tmp_path / "corpus"


def test_a_second_load_adds_nothing(store, feed):
    done = call("load", feed, "--into", store)
    assert "0 dispatches added, 0 known, 1 files known, 0 rejected" in done.output


def test_corpus_shows_months_agencies_and_loads(store):
    done = call("corpus", store)
    assert done.exit_code == 0
    lines = [line.split() for line in done.output.splitlines()]
    assert ["2031-03", "MPA", "1"] in lines
    assert ["unknown", "not", "stated", "1"] in lines
    assert any("load" in line and "True" in line for line in lines)


def test_query_prints_a_table_without_control_characters(store):
    done = call("query", store, "SELECT body, headline FROM dispatches ORDER BY dispatch_id")
    assert done.exit_code == 0 and "\x1b" not in done.output and "…" in done.output
    assert call("query", store, "SELECT 1 WHERE false").output == "no rows\n"


def test_query_csv_is_safe_in_a_spreadsheet(store):
    done = call("query", store, 'SELECT headline, 1 AS "=n" FROM dispatches ORDER BY 1', "--csv")
    rows = list(csv.reader(io.StringIO(done.output)))
    assert rows == [["headline", "'=n"], ['\'=HYPERLINK("http://x.invalid")', "1"], ["Fog", "1"]]


def test_lists_and_structs_print(store):
    for option in ([], ["--csv"]):
        done = call("query", store, "SELECT ['=1', 'b'] AS l, {'a': 1} AS s", *option)
        assert done.exit_code == 0, done.output


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["query", "{store}", "COPY (SELECT 1) TO 'x.csv'"], 2, "one SELECT"),
        (["query", "{store}", "SELEKT"], 2, "SELEKT"),
        (["query", "{none}", "SELECT 1"], 2, "no log/"),
        (["corpus", "{none}"], 2, "no log/"),
        (["load", "{feed}"], 2, "--store"),
        (["load", "{feed}", "--store", "s", "--into", "{store}"], 2, "--into"),
        (["load", "{none}", "--into", "{store}"], 2, "no file or folder"),
        (["load", "{feed}", "--into", "{feed}/under"], 8, "while writing"),
        (["load", "{feed}", "--into", "{new}", "--strict"], 3, "--strict"),
    ],
)
def test_exit_statuses(store, feed, tmp_path, arguments, status, words):
    places = {"store": store, "feed": feed, "none": tmp_path / "none", "new": tmp_path / "new"}
    done = call(*(argument.format(**places) for argument in arguments))
    assert done.exit_code == status, done.output
    assert words in done.output and "Traceback" not in done.output


def test_a_held_corpus_says_by_whom(store, feed, monkeypatch):
    import analysis

    load_into = analysis.load_into
    monkeypatch.setattr(analysis, "load_into", lambda *a, **k: load_into(*a, **k, timeout=0.1))
    with sole_writer(store, "night@desk", 1):
        done = call("load", feed, "--into", store)
    assert done.exit_code == 2 and "night@desk" in done.output


def test_the_page_has_the_columns_of_the_log_tables(root):
    from analysis import schema

    page = (root / "docs" / "store.md").read_text(encoding="utf-8")
    for name, table in schema.LOG_TABLES.items():
        assert f"| `{name}` | {', '.join(table.names)} |" in page
