"""The store: what is saved comes back, and a damaged or absent store says so."""

from __future__ import annotations

import json

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from analysis import schema
from analysis.errors import InputError, SchemaError, StoreError
from analysis.store import Tables, engine, files, open_store
from analysis.store.tables import transaction


def dispatches(*bodies: str) -> pd.DataFrame:
    rows = [
        {
            "dispatch_id": f"d{n}",
            "body": body,
            "n_words": len(body.split()),
            "source_file": "a.jsonl",
            "format": "jsonl",
            "content_hash": f"{n:064x}",
            "published_at": pd.Timestamp("2024-03-04T05:06:07.000008Z"),
        }
        for n, body in enumerate(bodies)
    ]
    return schema.conform(pd.DataFrame(rows), "dispatches")


def test_saved_tables_come_back_the_same(tmp_path):
    saved = Tables(dispatches=dispatches("One “two”.\n\nThree.", "\N{GRINNING FACE}"))
    opened = open_store(saved.save(tmp_path / "store"))
    for name, frame in saved.frames().items():
        assert_frame_equal(frame, opened.frames()[name])
        assert {c: str(t) for c, t in opened.frames()[name].dtypes.items()} == {
            c.name: c.dtype for c in schema.TABLES[name].columns
        }


def test_a_failed_save_leaves_the_last_one(tmp_path, monkeypatch):
    Tables(dispatches=dispatches("first")).save(tmp_path)

    def full_disk(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pd.DataFrame, "to_parquet", full_disk)
    with pytest.raises(OSError, match="No space"):
        Tables(dispatches=dispatches("second")).save(tmp_path)
    monkeypatch.undo()
    assert open_store(tmp_path).dispatches["body"].tolist() == ["first"]
    assert not [p for p in tmp_path.rglob("*") if p.name.startswith(".")]


def test_only_the_last_two_transactions_are_kept(tmp_path):
    for body in ("one", "two", "three"):
        Tables(dispatches=dispatches(body)).save(tmp_path)
    assert len(list((tmp_path / "transactions").iterdir())) == 2
    assert open_store(tmp_path).dispatches["body"].tolist() == ["three"]


def test_a_changed_file_is_not_read(tmp_path):
    Tables(dispatches=dispatches("one")).save(tmp_path)
    home = tmp_path / "transactions" / transaction(tmp_path)["transaction"]
    dispatches("forged").to_parquet(home / "dispatches.parquet")
    with pytest.raises(StoreError, match=r"dispatches\.parquet absent or changed"):
        open_store(tmp_path)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"schema_version": 99}'])
def test_a_bad_pointer_is_a_store_error(tmp_path, text):
    (tmp_path / "current.json").write_text(text)
    with pytest.raises(StoreError):
        open_store(tmp_path)


def test_the_pointer_records_rows_and_hashes(tmp_path):
    Tables(dispatches=dispatches("one", "two"), provenance={"method": "rules"}).save(tmp_path)
    pointer = json.loads((tmp_path / "current.json").read_text())
    assert pointer["tables"]["dispatches"]["rows"] == 2
    assert pointer["provenance"] == {"method": "rules"}


def test_conform_names_the_missing_column():
    with pytest.raises(SchemaError, match="content_hash"):
        schema.conform(dispatches("a").drop(columns="content_hash"), "dispatches")


def test_conform_refuses_a_repeated_key_and_a_strange_value():
    twice = pd.concat([dispatches("a"), dispatches("b")])
    with pytest.raises(SchemaError, match="twice"):
        schema.conform(twice, "dispatches")
    with pytest.raises(SchemaError, match="status='live'"):
        schema.conform(dispatches("a").assign(status="live"), "dispatches")


def test_conform_leaves_its_input_alone():
    frame = dispatches("a").drop(columns="urgency")
    before = frame.copy()
    assert "urgency" in schema.conform(frame, "dispatches")
    assert_frame_equal(frame, before)


def test_replacing_keeps_the_old_file_on_an_error(tmp_path):
    target = tmp_path / "kept.txt"
    files.write_text(target, "old")
    with pytest.raises(RuntimeError), files.replacing(target) as draft:
        draft.write_text("half")
        raise RuntimeError
    assert target.read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["kept.txt"]


@pytest.mark.parametrize("name", engine.ENGINES)
def test_every_engine_gives_the_same_in_the_same_order(name):
    frame = pd.DataFrame({"a": range(7)})
    seen: list[tuple[int, int]] = []
    out = engine.map_partitions(
        len,
        frame,
        engine=name,
        workers=2,
        partition_rows=3,
        progress=lambda done, total: seen.append((done, total)),
    )
    assert list(out) == [3, 3, 1]
    assert seen == [(3, 7), (6, 7), (7, 7)]


def test_an_unknown_engine_is_named():
    with pytest.raises(InputError, match="'spark'"):
        list(engine.map_partitions(len, pd.DataFrame({"a": [1]}), engine="spark"))
