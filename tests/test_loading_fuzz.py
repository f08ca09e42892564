"""Damaged and random files: nothing raises, and every file is accounted for."""

from __future__ import annotations

import os
import random
import warnings
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mutations import CHARSETS, mutate, originals, sound_pdf

from analysis.loading import FORMATS, Limits, Loaded, load
from analysis.loading.assemble import assemble
from analysis.loading.containers import CONTAINERS
from analysis.loading.loader import stream
from analysis.loading.records import RawDispatch, ReadResult

SEED = int(os.environ.get("ANALYSIS_FUZZ_SEED", "1"))
FOLDERS, FILES = 21, 250
# Each PDF starts a process of its own, and so the name and the mark of one are kept apart.
SUFFIXES = sorted(
    {suffix for entry in FORMATS.values() for suffix in entry.suffixes}
    | {".gz", ".bz2", ".xz", ".zip", ".tar", ".warc", ".arc", ".mbox", ".eml", ""}
)
TEXTS = [name for name, kind in RawDispatch.__annotations__.items() if kind == "str | None"]


def check_dispatch(raw: RawDispatch) -> None:
    """What a dispatch says of itself holds, however its input was damaged."""
    assert raw.body.strip()
    assert [name for name in TEXTS if getattr(raw, name) == ""] == []
    for repair in raw.repairs:
        assert 0 <= repair.start <= repair.end <= len(raw.body), repair
    for cut in raw.cuts:
        assert cut.kind and cut.reason, cut
        if cut.first_line is not None:
            assert 1 <= cut.first_line <= (cut.last_line or cut.first_line), cut
    for time in (raw.published_at, raw.embargo_until):
        assert time is None or time.tzinfo is not None


def check_results(results: list[ReadResult]) -> None:
    """A file gives a dispatch, a reject or a count, and each of them is whole."""
    assert any(r.dispatches or r.rejects or sum(r.passed_over.values()) for r in results)
    for result in results:
        for raw in result.dispatches:
            check_dispatch(raw)
        assert all(reject.reason and reject.source_file for reject in result.rejects)


def check_tables(loaded: Loaded, folder: Path) -> None:
    """The tables keep to the contract, and a file can hold them."""
    for table in (loaded.dispatches, loaded.rejects, loaded.cuts, loaded.repairs):
        table.to_parquet(folder / "table.parquet")


def read_all(folder: Path, files: dict[str, bytes]) -> list[str]:
    """What is wrong with the reading of these files, by name; the tables of all are checked."""
    wrong, dispatches, rejects = [], [], []
    for name, data in files.items():
        (folder / name).write_bytes(data)
        try:
            results = list(stream(folder / name, limits=Limits(pdf_seconds=10.0)))
            check_results(results)
            one = [raw for result in results for raw in result.dispatches]
            assemble(one, [])
        except Exception as error:
            wrong.append(f"{name}: {type(error).__name__}: {str(error)[:300]}")
            continue
        dispatches += one
        rejects += [reject for result in results for reject in result.rejects]
    check_tables(assemble(dispatches, rejects), folder)
    return wrong


def damaged(root: Path, number: int) -> dict[str, bytes]:
    """A folder of damaged files, the same for the same number."""
    draw = random.Random(f"{SEED} {number}")
    kinds = originals(root)
    everything = [file for files in kinds.values() for file in files]
    files = {}
    for i in range(FILES):
        name, data = draw.choice(kinds[draw.choice(list(kinds))])
        if draw.random() < 0.1:
            name = "a" + draw.choice(SUFFIXES)
        changed = mutate(data, draw.choice(everything)[1], draw)
        files[f"{number}-{i}-{name}"] = changed
    return files


@pytest.mark.slow
@pytest.mark.parametrize("number", range(FOLDERS))
def test_damaged_files_are_accounted_for(root: Path, tmp_path: Path, number: int) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of other projects' parsers, about what is damaged
        assert read_all(tmp_path, damaged(root, number)) == []


@pytest.mark.slow
def test_damaged_pdfs_are_accounted_for(tmp_path: Path) -> None:
    draw = random.Random(SEED)
    data = sound_pdf()
    files = {f"{i}.pdf": b"%PDF-1.4\n" + mutate(data, data, draw)[9:] for i in range(20)}
    assert read_all(tmp_path, files) == []


STARTS = (
    b"", b"{\\rtf1\\ansi\\ansicpg1252 ", b'<?xml version="1.0"?><nitf><body>', b"PK\x03\x04",
    b"\x1f\x8b\x08", b"BZh9", b"\xfd7zXZ\0", b"PAR1", b"WARC/1.0\r\n", b"From a\nSubject: b\n\n",
    b"\x01\x16abc\r\n\x02", b"<REUTERS><BODY>", b'{"uri":"a","body_text":"', b"\xff\xfe",
    b"<html><body><p>", b'<rss version="2.0"><channel><item><title>', b"id,headline,body\n",
)  # fmt: skip


@settings(
    max_examples=300,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.sampled_from(STARTS),
    st.binary(max_size=1950) | st.text(max_size=480).map(str.encode),
    st.sampled_from(SUFFIXES),
)
def test_any_bytes_load(tmp_path: Path, start: bytes, rest: bytes, suffix: str) -> None:
    if rest.startswith(b"%PDF"):
        rest = rest[1:]
    path = tmp_path / f"a{suffix}"
    path.write_bytes(start + rest)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        loaded = load(path)
    assert len(loaded.dispatches) + len(loaded.rejects) + sum(loaded.passed_over.values())
    check_tables(loaded, tmp_path)
