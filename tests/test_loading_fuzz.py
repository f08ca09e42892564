"""Damaged and random files: nothing raises, and every file is accounted for."""

from __future__ import annotations

import os
import random
import warnings
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.loading import FORMATS, Limits, Loaded, load
from analysis.loading.assemble import assemble
from analysis.loading.loader import stream
from analysis.loading.records import RawDispatch, ReadResult
from mutations import mutate, originals, sound_pdf
from test_loading_containers import zipped
from test_loading_excel import HEADER, book

SEED = int(os.environ.get("ANALYSIS_FUZZ_SEED", "1"))
FOLDERS, FILES = 24, 250
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
        except Exception as error:
            wrong.append(f"{name}: {type(error).__name__}: {str(error)[:300]}")
            continue
        dispatches += [raw for result in results for raw in result.dispatches]
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
        files[f"{number}-{i}-{name}"] = mutate(data, draw.choice(everything)[1], draw)
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
    path = tmp_path / f"a{suffix}"
    path.write_bytes(start + rest)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        loaded = load(path)
    assert len(loaded.dispatches) + len(loaded.rejects) + sum(loaded.passed_over.values())
    check_tables(loaded, tmp_path)


@pytest.mark.parametrize("charset", ["undefined", "idna", "punycode", "hex", "no-such"])
@pytest.mark.parametrize(
    "markup",
    [
        b'<?xml version="1.0" encoding="%b"?><nitf><body><body.content><p>Boats \xe9\x80 sail.</p>'
        b"</body.content></body></nitf>",
        b'<!doctype html><html><head><meta charset="%b"></head><body><article><p>Boats \xe9\x80 '
        b"sail.</p></article></body></html>",
    ],
    ids=["nitf", "html"],
)
def test_a_declared_charset_that_is_none_does_not_raise(
    tmp_path: Path, charset: str, markup: bytes
) -> None:
    (tmp_path / "a").write_bytes(markup % charset.encode())
    loaded = load(tmp_path)
    assert len(loaded.dispatches) + len(loaded.rejects) == 1


@pytest.mark.parametrize(
    ("name", "data"),
    {
        "a.csv": b"id,headline,body\n",
        "a.json": b"[]",
        "a.jsonl": b"{}",
        "a.xlsx": book(("Sheet", [HEADER])),
        "a.zip": zipped({}),
        "b.zip": zipped({"README.md": b"Not a dispatch."}),
    }.items(),
)
def test_a_file_that_gives_nothing_is_a_reject(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    rejects = load(tmp_path).rejects
    assert rejects[["source_file", "reason"]].values.tolist() == [
        [name, f"{'archive' if name.endswith('.zip') else 'file'} without dispatches"]
    ]
