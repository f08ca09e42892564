"""A corpus grows by what is new, and by nothing else."""

from __future__ import annotations

import hashlib
import json

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

import analysis
from analysis import schema
from analysis.errors import InputError, StoreError


def row(number, **other):
    return {
        "id": f"d{number}",
        "headline": f"Ferry {number}",
        "body": f"Ferry {number} left the harbour of Oskar Bay.",
        "agency": "MPA",
        "published_at": f"2031-0{number % 3 + 1}-11T08:00:00Z",
        **other,
    }


def feed(path, *rows):
    path.write_text("\n".join(json.dumps(r) for r in rows), encoding="utf-8")
    return path


@pytest.fixture
def store(tmp_path):
    return tmp_path / "corpus"


def everything(store):
    """Each table's rows in an order of their own, so that file layout does not matter."""
    names = ("dispatches", "rejects", "cuts", "repairs")
    return {name: analysis.query(store, f"SELECT * FROM {name} ORDER BY ALL") for name in names}


def assert_same(one, other):
    for name, frame in one.items():
        assert_frame_equal(frame, other[name])


def test_a_corpus_holds_what_load_reads(sample, store):
    report = analysis.load_into(sample, store)
    loaded = analysis.load(sample)
    first = loaded.dispatches[loaded.dispatches["duplicate_of"].isna()]
    opened = analysis.open_corpus(store)
    assert report.dispatches == len(opened) == len(first)
    assert report.repeats == len(loaded.dispatches) - len(first)
    expected = first.sort_values(["published_at", "dispatch_id"]).reset_index(drop=True)
    assert_frame_equal(opened, expected)
    cuts = analysis.query(store, "SELECT * FROM cuts")
    kept = loaded.cuts[loaded.cuts["dispatch_id"].isin(first["dispatch_id"])]
    assert_frame_equal(cuts, kept.reset_index(drop=True))


def test_the_dtypes_are_the_contract(tmp_path, store):
    analysis.load_into(feed(tmp_path / "a.jsonl", row(1)), store)
    opened = analysis.open_corpus(store)
    assert {name: str(dtype) for name, dtype in opened.dtypes.items()} == {
        column.name: column.dtype for column in schema.DISPATCHES.columns
    }
    assert pd.isna(opened.loc[0, "slug"])
    nothing = analysis.open_corpus(store, agencies=["XPA"])
    assert nothing.dtypes.equals(opened.dtypes) and len(nothing) == 0


def test_the_same_files_again_add_nothing(tmp_path, store):
    folder = tmp_path / "in"
    folder.mkdir()
    feed(folder / "a.jsonl", row(1), row(1), {"id": "x"}, row(2))
    (folder / "empty.txt").write_text("")
    (folder / "empty2.txt").write_text("")
    analysis.load_into(folder, store)
    before = everything(store)
    assert len(before["dispatches"]) == 2 and len(before["rejects"]) == 3
    again = analysis.load_into(folder, store)
    assert (again.files, again.files_known, again.dispatches, again.rejects) == (0, 3, 0, 0)
    assert_same(before, everything(store))


def test_what_cannot_be_followed_is_rejected_once(tmp_path, store):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "out.txt").symlink_to("/etc/hostname")
    for _ in range(2):
        analysis.load_into(folder, store)
    assert len(everything(store)["rejects"]) == 1


def test_known_content_in_another_file_is_passed_over(tmp_path, store):
    analysis.load_into(feed(tmp_path / "a.jsonl", row(1), row(2)), store)
    report = analysis.load_into(feed(tmp_path / "b.json", row(2, id="other"), row(3)), store)
    assert (report.files, report.dispatches, report.repeats) == (1, 1, 1)
    assert set(analysis.open_corpus(store)["dispatch_id"]) == {"d1", "d2", "d3"}


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("agency", "XPA"),
        ("outlet", "Oskar Bay Herald"),
        ("version", 2),
        ("story_id", "s1"),
        ("status", "corrected"),
        ("published_at", "2031-05-01T00:00:00Z"),
        ("published_at", None),
    ],
)
@pytest.mark.parametrize("one_load", [True, False])
def test_known_content_under_another_value_is_a_row_of_its_own(
    tmp_path, store, column, value, one_load
):
    rows = [row(1), row(1, **{column: value}), row(1)]
    parts = [rows] if one_load else [[r] for r in rows]
    for number, part in enumerate(parts):
        analysis.load_into(feed(tmp_path / f"{number}.jsonl", *part), store)
    opened = analysis.open_corpus(store).set_index("dispatch_id")
    assert set(opened.index) == {"d1", "d1-2"}
    assert opened.loc["d1-2", ["duplicate_of", "duplicate_kind"]].tolist() == ["d1", "exact"]
    assert pd.isna(opened.loc["d1", "duplicate_of"])


def test_ids_stay_apart_over_loads(tmp_path, store):
    for number in range(4):
        path = feed(tmp_path / f"{number}.jsonl", row(number, id="x"), row(number + 10, id="x-2"))
        analysis.load_into(path, store)
    ids = analysis.open_corpus(store)["dispatch_id"]
    assert len(ids) == 8 and ids.is_unique
    assert {"x", "x-2", "x-3", "x-2-2"} <= set(ids)


@pytest.mark.parametrize(("batch_chars", "transactions"), [(1, 17), (3000, 6), (10**9, 1)])
def test_the_size_of_a_batch_does_not_matter(tmp_path, store, batch_chars, transactions):
    folder = tmp_path / "in"
    folder.mkdir()
    feed(folder / "a.jsonl", *(row(n, id=f"same{n % 2}") for n in range(9)), {"id": "none"})
    feed(folder / "b.jsonl", *(row(n) for n in range(5, 12)), row(20, headline="\ud800"))
    analysis.load_into(folder, tmp_path / "whole")
    report = analysis.load_into(folder, store, batch_chars=batch_chars)
    assert_same(everything(tmp_path / "whole"), everything(store))
    assert report.transactions == transactions
    assert analysis.loads(store)["n_transactions"].tolist() == [transactions]


def test_months_and_agencies_choose(tmp_path, store):
    undated = row(9, published_at=None)
    rows = [row(n, agency="XPA" if n == 4 else "MPA") for n in range(6)]
    analysis.load_into(feed(tmp_path / "a.jsonl", *rows, undated), store)
    march = analysis.open_corpus(store, start="2031-03-01", end="2031-03-31")
    assert set(march["dispatch_id"]) == {"d2", "d5"}
    assert len(analysis.open_corpus(store, start="2031-02-12")) == 2
    assert len(analysis.open_corpus(store, end="2031-02-11")) == 4
    assert len(analysis.open_corpus(store, end="2031-02-10")) == 2
    chosen = analysis.open_corpus(store, agencies=["XPA"], columns=["slug", "dispatch_id"])
    assert list(chosen.columns) == ["slug", "dispatch_id"]
    assert chosen["dispatch_id"].tolist() == ["d4"]
    assert len(analysis.open_corpus(store)) == 7


def test_other_months_are_not_opened(tmp_path, store):
    analysis.load_into(feed(tmp_path / "a.jsonl", *(row(n) for n in range(6))), store)
    for path in store.glob("dispatches/month=2031-0[13]/*.parquet"):
        path.write_bytes(b"")
    assert len(analysis.open_corpus(store, start="2031-02-01", end="2031-02-28")) == 2
    with pytest.raises(StoreError, match="of 0 bytes"):
        analysis.open_corpus(store)


def test_bad_arguments(tmp_path, store):
    path = feed(tmp_path / "a.jsonl", row(1))
    analysis.load_into(path, store)
    with pytest.raises(InputError, match="'bodies'"):
        analysis.open_corpus(store, columns=["bodies"])
    with pytest.raises(InputError, match="start"):
        analysis.open_corpus(store, start="March")
    with pytest.raises(InputError, match="after"):
        analysis.open_corpus(store, start="2031-03-02", end="2031-03-01")
    with pytest.raises(InputError, match="format"):
        analysis.load_into(path, tmp_path / "new", format="runes")
    with pytest.raises(InputError, match="inside the corpus"):
        analysis.load_into(store / "log", store)
    assert not (tmp_path / "new").exists()


def test_the_log_says_who_what_and_when(tmp_path, store):
    path = feed(tmp_path / "a.jsonl", row(1), {"id": "none"})
    analysis.load_into(path, store, who="desk@invented")
    analysis.load_into(path, store)
    log = analysis.loads(store)
    assert list(log.columns) == schema.table_schema("loads").names
    assert log["who"].iloc[0] == "desk@invented" and "@" in log["who"].iloc[1]
    first = log.iloc[0]
    assert first["finished"] and first["package_version"] == analysis.__version__
    assert first["schema_version"] == schema.SCHEMA_VERSION
    assert (first["n_files"], first["n_dispatches"], first["n_rejects"]) == (1, 1, 1)
    assert log["n_files_known"].tolist() == [0, 1]
    inputs = analysis.query(store, "SELECT source_file, sha256, n_read, n_rejects FROM inputs")
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    assert inputs.values.tolist() == [["a.jsonl", sha256, 1, 1]]


def test_a_file_read_another_way_is_read_again(tmp_path, store):
    path = feed(tmp_path / "a.jsonl", {"id": 1, "text": "One.", "words": "Two."})
    for columns, known in ((None, 0), ({"body": "words"}, 0), ({"body": "words"}, 1)):
        assert analysis.load_into(path, store, columns=columns).files_known == known
    assert set(analysis.open_corpus(store)["body"]) == {"One.", "Two."}


def test_a_file_that_grows_while_it_is_read_is_read_again(tmp_path, store, monkeypatch):
    from analysis.store import batches

    path = feed(tmp_path / "a.jsonl", row(1))
    read = batches.read_file

    def growing(*arguments):
        yield from read(*arguments)
        feed(path, row(1), row(2))

    monkeypatch.setattr(batches, "read_file", growing)
    analysis.load_into(path, store)
    monkeypatch.undo()
    assert analysis.load_into(path, store).dispatches == 1


def test_a_corpus_inside_the_input_is_passed_over(tmp_path):
    feed(tmp_path / "a.jsonl", row(1))
    store = tmp_path / "corpus"
    analysis.load_into(tmp_path, store)
    report = analysis.load_into(tmp_path, store)
    assert (report.files, report.files_known) == (0, 1)


def test_a_folder_of_something_else_is_left_alone(tmp_path):
    path = feed(tmp_path / "a.jsonl", row(1))
    analysis.Tables().save(tmp_path / "tables")
    with pytest.raises(StoreError, match="other files"):
        analysis.load_into(path, tmp_path / "tables")
    with pytest.raises(StoreError, match=r"no log/00000001\.json"):
        analysis.open_corpus(tmp_path / "tables")


def test_the_report_reads_well(tmp_path):
    store = tmp_path / "<b>"
    report = analysis.load_into(feed(tmp_path / "a.jsonl", row(1), row(1)), store)
    assert repr(report).startswith(f"LoadReport: 1 dispatches added to {store}\n  files read: 1")
    assert "repeats passed over: 1" in repr(report)
    assert "&lt;b&gt;" in report._repr_html_() and "<b>" not in report._repr_html_()


def test_odd_folder_names_work(tmp_path):
    store = tmp_path / "Voss's [a]*? store"
    analysis.load_into(feed(tmp_path / "a.jsonl", row(1)), store)
    assert len(analysis.open_corpus(store)) == 1
    assert len(analysis.query(store, "FROM dispatches")) == 1
    assert analysis.load_into(feed(tmp_path / "b.jsonl", row(1), row(2)), store).dispatches == 1
