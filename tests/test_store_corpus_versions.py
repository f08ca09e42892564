"""An older corpus is read, added to and migrated; a newer or damaged one is refused."""

from __future__ import annotations

import json

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from pandas.testing import assert_frame_equal

import analysis
from analysis import schema
from analysis.errors import StoreError
from analysis.store.migrations import MIGRATIONS, columns_at

# The columns of version 1 of the table dispatches, as it was published.
VERSION_1 = (
    "dispatch_id story_id version agency outlet language status urgency published_at "
    "published_precision dateline_place dateline_date slug headline byline url body n_words "
    "source_file format content_hash duplicate_of duplicate_kind"
).split()
CUTS_1 = ["dispatch_id", "source_file", "kind", "reason", "first_line", "last_line", "text"]
WHOLE = {"version", "urgency", "n_words", "first_line", "last_line", "bytes", "n_read", "n_rejects"}


def write(store, table, name, columns, rows):
    kinds = [pa.int64() if c in WHOLE else pa.string() for c in columns]
    kinds = [pa.timestamp("us", "UTC") if c == "published_at" else k
             for c, k in zip(columns, kinds, strict=True)]  # fmt: skip
    path = store / table / name
    path.parent.mkdir(parents=True, exist_ok=True)
    written = pa.Table.from_pylist(rows, pa.schema(list(zip(columns, kinds, strict=True))))
    pq.write_table(written.replace_schema_metadata({"dispatches.schema_version": "1"}), path)
    month = name.split("/")[0].removeprefix("month=") if "/" in name else None
    return {"table": table, "path": f"{table}/{name}", "rows": len(rows),
            "bytes": path.stat().st_size, "schema_version": 1, "month": month}  # fmt: skip


@pytest.fixture
def old(tmp_path):
    """A corpus of schema version 1: no evidence columns, no repairs."""
    store = tmp_path / "old"
    added = []
    for n in (1, 2):
        digest = analysis.load(_feed(tmp_path, n)).dispatches.loc[0, "content_hash"]
        at = pd.Timestamp(f"2031-0{n}-05T10:00:00Z").to_pydatetime()
        dispatch = {"dispatch_id": f"d{n}", "headline": f"Quarry {n}", "body": f"Quarry {n} shut.",
                    "n_words": 3, "source_file": "a", "format": "jsonl", "content_hash": digest,
                    "agency": "MPA", "published_at": at}  # fmt: skip
        added.append(
            write(store, "dispatches", f"month=2031-0{n}/{n:016x}.parquet", VERSION_1, [dispatch])
        )
    cut = {"dispatch_id": "d1", "source_file": "a", "kind": "advert", "reason": "r", "text": "Buy"}
    added.append(write(store, "cuts", f"{9:016x}.parquet", CUTS_1, [cut]))
    (store / ".not-dispatches").write_text("")
    (store / "log").mkdir()
    entry = {"number": 1, "load_id": "0a", "kind": "load", "who": "desk@invented",
             "started_at": "2031-03-01T00:00:00.000000+00:00", "finishes": True,
             "written_at": "2031-03-01T00:00:01.000000+00:00", "package_version": "0.1.0",
             "schema_version": 1, "counts": {"dispatches": 2, "cuts": 1}, "arguments": {},
             "add": added, "remove": []}  # fmt: skip
    (store / "log" / "00000001.json").write_text(json.dumps(entry))
    return store


def _feed(folder, *numbers):
    path = folder / f"feed-{'-'.join(map(str, numbers))}.jsonl"
    rows = [
        {"id": f"d{n}", "headline": f"Quarry {n}", "body": f"Quarry {n} shut.", "agency": "MPA",
         "published_at": f"2031-0{n}-05T10:00:00Z"}
        for n in numbers
    ]  # fmt: skip
    path.write_text("\n".join(map(json.dumps, rows)))
    return path


def test_the_step_from_version_1_is_the_one_published():
    assert columns_at("dispatches", 1) == VERSION_1
    assert columns_at("cuts", 1) == CUTS_1 == schema.CUTS.names
    assert set(MIGRATIONS) == set(range(1, schema.SCHEMA_VERSION))


def test_an_old_corpus_reads_as_the_current_contract(old):
    opened = analysis.open_corpus(old)
    assert_frame_equal(opened, schema.conform(opened, "dispatches"))
    assert opened["body"].tolist() == ["Quarry 1 shut.", "Quarry 2 shut."]
    assert opened["embargo_until"].isna().all() and opened["duplicate_shared"].isna().all()
    only = analysis.open_corpus(old, columns=["published_zone"], start="2031-02-01")
    assert only["published_zone"].isna().tolist() == [True]
    asked = analysis.query(old, "SELECT published_zone, embargo_until, body FROM dispatches")
    assert len(asked) == 2 and asked["published_zone"].isna().all()
    assert len(analysis.query(old, "SELECT * FROM repairs")) == 0


def test_an_old_corpus_grows(old, tmp_path):
    report = analysis.load_into(_feed(tmp_path, 1, 2, 3), old)
    assert (report.dispatches, report.repeats) == (1, 2)
    assert len(analysis.query(old, "SELECT published_evidence, body FROM dispatches")) == 3
    assert analysis.loads(old)["schema_version"].tolist() == [1, schema.SCHEMA_VERSION]


def test_migrate_writes_old_files_anew_and_nothing_else(old, tmp_path):
    analysis.load_into(_feed(tmp_path, 3), old)
    before = analysis.open_corpus(old)
    current = set(old.rglob("month=2031-03/*.parquet"))
    done = analysis.migrate(old, who="desk@invented")
    assert done.files_before == done.files_after
    assert_frame_equal(analysis.open_corpus(old), before)
    assert set(old.rglob("month=2031-03/*.parquet")) == current
    assert analysis.loads(old)["kind"].tolist() == ["load", "load", "migrate"]
    log = (old / "log" / "00000003.json").read_text()
    for entry in json.loads(log)["add"]:
        file = pq.read_schema(old / entry["path"])
        assert file.metadata[b"dispatches.schema_version"] == str(schema.SCHEMA_VERSION).encode()
        assert file.names == schema.table_schema(entry["table"]).names
    analysis.migrate(old)
    assert len(analysis.loads(old)) == 3


def test_compacting_an_old_corpus_migrates_what_it_joins(old, tmp_path):
    extra = _feed(tmp_path, 1)
    extra.write_text(extra.read_text().replace("Quarry", "Mine").replace("d1", "m1"))
    analysis.load_into(extra, old)
    before = analysis.open_corpus(old)
    analysis.compact(old)
    assert_frame_equal(analysis.open_corpus(old), before)


def test_a_newer_corpus_is_refused(old):
    path = old / "log" / "00000001.json"
    entry = json.loads(path.read_text()) | {"schema_version": schema.SCHEMA_VERSION + 1}
    path.write_text(json.dumps(entry))
    for call in (analysis.open_corpus, analysis.loads, analysis.migrate, analysis.compact):
        with pytest.raises(StoreError, match="newer version"):
            call(old)


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "[" * 100_000, '{"schema_version": 2}', '{"schema_version": "2"}', "\xff"],
)
def test_a_damaged_log_is_a_store_error(old, text):
    (old / "log" / "00000001.json").write_text(text, encoding="latin-1")
    with pytest.raises(StoreError):
        analysis.open_corpus(old)


@pytest.mark.parametrize("path", ["/etc/passwd", "dispatches/../../x.parquet"])
def test_a_path_out_of_the_store_is_refused(old, path):
    log = old / "log" / "00000001.json"
    entry = json.loads(log.read_text())
    entry["add"][0]["path"] = path
    log.write_text(json.dumps(entry))
    with pytest.raises(StoreError, match="inside the store"):
        analysis.open_corpus(old)


def test_a_gap_in_the_log_is_a_store_error(old, tmp_path):
    analysis.load_into(_feed(tmp_path, 3), old)
    analysis.load_into(_feed(tmp_path, 4), old)
    (old / "log" / "00000002.json").unlink()
    with pytest.raises(StoreError, match="unbroken log"):
        analysis.open_corpus(old)


def test_a_lost_or_damaged_file_is_a_store_error(tmp_path):
    store = tmp_path / "corpus"
    analysis.load_into(_feed(tmp_path, 1, 2), store)
    path = next(store.rglob("month=2031-01/*.parquet"))
    good = path.read_bytes()
    middle = len(good) // 3
    path.write_bytes(good[:middle] + bytes([good[middle] ^ 255]) + good[middle + 1 :])
    with pytest.raises(StoreError, match="unreadable"):
        analysis.open_corpus(store)
    path.write_bytes(good[:-9])
    for call in (analysis.open_corpus, lambda s: analysis.query(s, "FROM dispatches")):
        with pytest.raises(StoreError, match="bytes"):
            call(store)
    path.unlink()
    with pytest.raises(StoreError, match="absent"):
        analysis.open_corpus(store)
