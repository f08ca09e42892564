"""Compaction leaves fewer files and the same rows, and readers under way their files."""

from __future__ import annotations

import json
import os

import pytest
from pandas.testing import assert_frame_equal

import analysis
from analysis.errors import StoreError
from analysis.store import rewrite, writer
from analysis.store.log import live_files, read_log


@pytest.fixture
def store(tmp_path):
    for number in range(5):
        rows = [
            {"id": f"d{number}-{month}", "body": f"Tariff {number} {month}.",
             "published_at": f"2031-0{month}-0{number + 1}"}
            for month in (1, 2, 3)
        ]  # fmt: skip
        path = tmp_path / f"{number}.jsonl"
        path.write_text("\n".join([*map(json.dumps, rows), "{"]))
        analysis.load_into(path, tmp_path / "corpus")
    return tmp_path / "corpus"


def everything(store):
    names = ("dispatches", "rejects", "inputs")
    return {name: analysis.query(store, f"SELECT * FROM {name} ORDER BY ALL") for name in names}


def test_one_file_a_month_and_table_with_the_same_rows(store):
    before = everything(store)
    done = analysis.compact(store)
    assert (done.files_before, done.files_after) == (25, 5)
    live = live_files(read_log(store))
    assert sorted((f.table, f.month) for f in live if f.month) == [
        ("dispatches", f"2031-0{month}") for month in (1, 2, 3)
    ]
    for name, frame in everything(store).items():
        assert_frame_equal(frame, before[name])
    assert len(analysis.open_corpus(store, start="2031-02-01", end="2031-02-28")) == 5
    again = analysis.compact(store)
    assert (again.files_before, again.files_after) == (5, 5)
    assert analysis.loads(store)["kind"].tolist() == ["load"] * 5 + ["compact"]


def test_a_load_after_compaction_knows_what_is_there(store, tmp_path):
    analysis.compact(store)
    report = analysis.load_into(tmp_path / "3.jsonl", store)
    assert (report.files_known, report.dispatches) == (1, 0)
    copy = tmp_path / "copy.jsonl"
    copy.write_text((tmp_path / "3.jsonl").read_text() + "\n")
    assert analysis.load_into(copy, store).repeats == 3


def test_a_reader_under_way_keeps_its_files(store, monkeypatch, tmp_path):
    read = live_files(read_log(store))
    analysis.compact(store)
    analysis.load_into(tmp_path / "1.jsonl", store)
    assert all((store / entry.path).is_file() for entry in read)
    monkeypatch.setattr(writer, "GRACE", -writer.GRACE)
    analysis.load_into(tmp_path / "1.jsonl", store)
    gone = [entry for entry in read if not (store / entry.path).exists()]
    assert len(gone) == 25
    assert len(analysis.open_corpus(store)) == 15


def test_a_failed_compaction_leaves_the_corpus(store, monkeypatch):
    before, held = everything(store), set(store.rglob("*.parquet"))
    write = rewrite.write_tables
    calls = []

    def fails_late(*arguments):
        calls.append(arguments)
        if len(calls) == 4:
            raise OSError(28, "No space left on device")
        return write(*arguments)

    monkeypatch.setattr(rewrite, "write_tables", fails_late)
    with pytest.raises(StoreError, match="No space left"):
        analysis.compact(store)
    assert set(store.rglob("*.parquet")) == held
    for name, frame in everything(store).items():
        assert_frame_equal(frame, before[name])


def test_files_of_others_are_not_swept(store, tmp_path):
    own = store / "dispatches" / "my-export.parquet"
    own.write_bytes(b"mine")
    stray = store / "dispatches" / "month=2031-01" / f"{0:016x}.parquet"
    stray.write_bytes(b"half")
    os.utime(stray)
    analysis.load_into(tmp_path / "1.jsonl", store)
    assert own.exists() and not stray.exists()
