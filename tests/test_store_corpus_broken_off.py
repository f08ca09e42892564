"""A load that is killed, or refused room, leaves whole transactions, and the next completes it."""

from __future__ import annotations

import contextlib
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
from pandas.testing import assert_frame_equal

import analysis
from analysis.errors import StoreError
from analysis.store import files
from analysis.store.lock import sole_writer
from analysis.store.log import live_files, read_log

N_FILES, ROWS = 30, 12
# A load in small batches: says when it begins; dies at the given fsync, or by its parent's hand.
LOAD = """
import os, signal, sys
import analysis, duckdb, pandas, pyarrow.dataset, pyarrow.parquet
from analysis.store import files, ingest
source, store, deadly = sys.argv[1], sys.argv[2], int(sys.argv[3])
flush, calls = files.flush, 0
def counted(path):
    global calls
    calls += 1
    if calls == deadly:
        os.kill(os.getpid(), signal.SIGKILL)
    flush(path)
files.flush = counted
print("begins", flush=True)
analysis.load_into(source, store, batch_chars=25_000, timeout=60)
"""


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wire")
    for number in range(N_FILES):
        # The last two rows of a file stand in the next one too: one as it is, one in an outlet.
        first = number * (ROWS - 2)
        rows = [
            {
                "id": f"d{day}",
                "headline": f"Levee {day}",
                "body": f"The levee at Oskar Bay held on day {day}. " * 9,
                "published_at": f"2031-0{day % 4 + 1}-05",
                "outlet": "Oskar Bay Herald" if day == first else None,
            }
            for day in range(first, first + ROWS)
        ]
        lines = [*map(json.dumps, rows), '{"id": "no body"}', "{"]
        (folder / f"{number:03}.jsonl").write_text("\n".join(lines))
        # A page of text with metadata lines, for rows of cuts.
        page = f"SELK, March {number + 1}, 2031 (MPA) - The ferry left quay {number} at dawn."
        (folder / f"{number:03}.txt").write_text(page)
    return folder


@pytest.fixture(scope="module")
def undisturbed(source, tmp_path_factory):
    store = tmp_path_factory.mktemp("whole") / "corpus"
    analysis.load_into(source, store, batch_chars=25_000)
    return everything(store)


def everything(store):
    names = ("dispatches", "rejects", "cuts", "repairs")
    return {name: analysis.query(store, f"SELECT * FROM {name} ORDER BY ALL") for name in names}


def assert_same(one, other):
    for name, frame in one.items():
        assert_frame_equal(frame, other[name])


def start(source, store, deadly=0):
    command = [sys.executable, "-c", LOAD, str(source), str(store), str(deadly)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "begins\n"
    return process


def rows_held(store):
    """Rows of dispatches; what the log counts, the files and the views must agree on."""
    if not (store / "log" / "00000001.json").exists():
        return 0
    log = analysis.loads(store)
    opened = analysis.open_corpus(store)
    assert len(opened) == log["n_dispatches"].sum() and opened["dispatch_id"].is_unique
    for name in ("rejects", "cuts"):
        assert len(analysis.query(store, f"FROM {name}")) == log[f"n_{name}"].sum()
    read = analysis.query(store, "SELECT coalesce(sum(n_rejects), 0) AS n FROM inputs")
    assert read.loc[0, "n"] == log["n_rejects"].sum()
    return len(opened)


def strays(store):
    """Files of tables that no transaction names, and drafts."""
    named = {entry.path for entry in live_files(read_log(store))}
    here = {p.relative_to(store).as_posix() for p in store.rglob("*.parquet")}
    return (here - named) | {p.name for p in (store / "log").glob(".*")}


def test_the_fixture_is_worth_it(undisturbed):
    assert len(undisturbed["dispatches"]) == N_FILES * (ROWS - 1) + 1 + N_FILES
    assert undisturbed["dispatches"]["duplicate_of"].notna().sum() == N_FILES - 1
    assert len(undisturbed["rejects"]) == 2 * N_FILES
    assert len(undisturbed["cuts"]) >= N_FILES


@pytest.mark.slow
def test_killed_at_random_moments(source, undisturbed, tmp_path):
    process = start(source, tmp_path / "timed")
    began = time.monotonic()
    assert process.wait() == 0
    takes = time.monotonic() - began
    chance = random.Random()
    within = 0
    for number in range(4):
        store = tmp_path / str(number)
        held = 0
        for _ in range(2):
            process = start(source, store)
            moment = chance.uniform(0.05, 0.7) * takes
            time.sleep(moment)
            process.kill()
            process.wait()
            now = rows_held(store)
            assert now >= held, f"killed after {moment} s"
            held = now
            within += 0 < now < len(undisturbed["dispatches"])
        analysis.load_into(source, store)
        assert_same(undisturbed, everything(store))
        assert not strays(store)
    assert within, "no kill fell within a load"


@pytest.mark.slow
@pytest.mark.parametrize("deadly", [1, 2, 9, 10, 11, 12, 13, 14, 24, 40])
def test_killed_at_each_kind_of_step(source, undisturbed, tmp_path, deadly):
    """The fsyncs of a transaction: each Parquet file and its folder, then the log and its own."""
    process = start(source, tmp_path / "corpus", deadly)
    assert process.wait() == -9
    before = rows_held(tmp_path / "corpus")
    assert before < len(undisturbed["dispatches"])
    report = analysis.load_into(source, tmp_path / "corpus")
    assert report.dispatches == len(undisturbed["dispatches"]) - before
    assert_same(undisturbed, everything(tmp_path / "corpus"))
    assert not strays(tmp_path / "corpus")
    assert set(analysis.loads(tmp_path / "corpus")["finished"]) <= {True, False}


def test_what_was_committed_is_not_read_again(source, undisturbed, tmp_path, monkeypatch):
    from analysis.store import batches

    def broken(done, total, name):
        if done == 40:
            raise KeyboardInterrupt

    store = tmp_path / "corpus"
    with pytest.raises(KeyboardInterrupt):
        analysis.load_into(source, store, batch_chars=25_000, progress=broken)
    kept = set(analysis.query(store, "SELECT source_file FROM inputs")["source_file"])
    assert 20 < len(kept) < 40
    assert analysis.loads(store)["finished"].tolist() == [False]
    read = []
    reader = batches.read_file

    def noted(file, *arguments):
        read.append(file.name)
        return reader(file, *arguments)

    monkeypatch.setattr(batches, "read_file", noted)
    assert analysis.load_into(source, store).files_known == len(kept)
    assert not kept & set(read) and len(read) == 2 * N_FILES - len(kept)
    assert_same(undisturbed, everything(store))


@pytest.mark.slow
def test_two_loaders_at_once_take_turns(source, undisturbed, tmp_path):
    processes = [start(source, tmp_path / "corpus") for _ in range(2)]
    assert [process.wait() for process in processes] == [0, 0]
    assert rows_held(tmp_path / "corpus") == len(undisturbed["dispatches"])
    assert_same(undisturbed, everything(tmp_path / "corpus"))
    assert sorted(analysis.loads(tmp_path / "corpus")["n_repeats"] > 0) == [False, True]


def one(tmp_path, name, text):
    path = tmp_path / name
    path.write_text(json.dumps({"id": name, "body": text}))
    return path


def test_a_second_loader_is_told_who_holds_it(tmp_path):
    store = tmp_path / "corpus"
    analysis.load_into(one(tmp_path, "a.jsonl", "One."), store)
    with sole_writer(store, "night@desk", 1), pytest.raises(StoreError) as told:
        analysis.load_into(one(tmp_path, "b.jsonl", "Two."), store, timeout=0.1)
    assert "night@desk" in str(told.value) and f"process {os.getpid()}" in str(told.value)
    assert "since 20" in str(told.value)
    with sole_writer(store, "night@desk", 1):
        assert len(analysis.open_corpus(store)) == 1  # Reading needs no lock.
    assert analysis.load_into(one(tmp_path, "b.jsonl", "Two."), store).dispatches == 1


@contextlib.contextmanager
def no_more_than(size):
    """The system refuses to let a file grow beyond `size` bytes, as a full disk does."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_full_disk_leaves_the_store_as_it_was(tmp_path):
    store = tmp_path / "corpus"
    analysis.load_into(one(tmp_path, "a.jsonl", "One."), store)
    before = {p: p.read_bytes() for p in store.rglob("*") if p.is_file()}
    long = one(tmp_path, "b.jsonl", " ".join(map(str, random.Random(1).sample(range(10**7), 9000))))
    with no_more_than(20_000), pytest.raises(StoreError, match="while writing") as told:
        analysis.load_into(long, store)
    assert isinstance(told.value.__cause__, OSError)
    assert {p: p.read_bytes() for p in store.rglob("*") if p.is_file()} == before
    with no_more_than(1_000), pytest.raises(StoreError):
        analysis.compact(store)
        analysis.load_into(long, store)
    assert analysis.load_into(long, store).dispatches == 1


def test_a_failed_commit_leaves_no_file(tmp_path, monkeypatch):
    store = tmp_path / "corpus"
    analysis.load_into(one(tmp_path, "a.jsonl", "One."), store)

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files, "write_text", full)
    with pytest.raises(StoreError, match="No space left on device"):
        analysis.load_into(one(tmp_path, "b.jsonl", "Two."), store)
    monkeypatch.undo()
    assert not strays(store) and len(analysis.open_corpus(store)) == 1


@pytest.fixture
def unprivileged():
    """Run as one who may not write everywhere: root may."""
    if os.geteuid():
        yield
        return
    os.seteuid(65534)
    yield
    os.seteuid(0)


def test_a_read_only_store_is_a_store_error(request):
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        analysis.load_into(one(home, "a.jsonl", "One."), home / "corpus")
        path = one(home, "b.jsonl", "Two.")
        before = {p: p.read_bytes() for p in home.rglob("*") if p.is_file()}
        for place in (home, *home.rglob("*")):
            place.chmod(0o555 if place.is_dir() else 0o444)
        request.getfixturevalue("unprivileged")
        try:
            for store in (home / "corpus", home / "new"):
                with pytest.raises(StoreError, match="while writing"):
                    analysis.load_into(path, store)
            assert len(analysis.open_corpus(home / "corpus")) == 1
            assert len(analysis.query(home / "corpus", "FROM dispatches")) == 1
            assert {p: p.read_bytes() for p in home.rglob("*") if p.is_file()} == before
        finally:
            if os.getuid() == 0:
                os.seteuid(0)
            for place in (home, *home.rglob("*")):
                place.chmod(0o755)
