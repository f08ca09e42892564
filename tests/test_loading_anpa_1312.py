"""ANPA 1312 messages: header, typesetting codes, head lines, tables, time."""

from __future__ import annotations

import time
from pathlib import Path

import pandas as pd
import pytest

from analysis.loading import Loaded, load

WIRES = Path(__file__).parent / "fixtures" / "wires"
HEADER = b"\x16\x16\x01W1001\x1f_-----\r\nu i\x13\x11 BC-KD--Strait     03-04 0310\r\n\x02"
TEXT = b"^BC-KD--Strait,20<\r\n^Ferries sail<\r\n\t   TOLMAR (AP) _ Ferries sailed.\r\n"
END = b"\x03\t   AP-WF-03-04-24 1035GMT<\r\n\x0c\r\n\x04"


def load_bytes(folder: Path, data: bytes) -> Loaded:
    (folder / "wire.tst").write_bytes(data)
    return load(folder)


def test_header_head_lines_and_paragraphs() -> None:
    loaded = load(WIRES / "tolmar.anpa")
    first = loaded.dispatches.loc[0]
    assert (first["format"], first["agency"], first["urgency"]) == ("anpa_1312", "AP", 3)
    assert first["slug"] == "BC-KD--Strait Reopens, 1st Ld-Writethru"
    assert first["version"] == 2
    assert first["headline"] == "Ferries cross the Selk Strait again"
    assert first["byline"] == "WREN SOLLIS"
    assert first["published_at"] == pd.Timestamp("2024-03-04T10:35Z")
    assert (first["dateline_place"], first["dateline_date"]) == ("TOLMAR, Kedrovia", pd.NA)
    assert first["body"].split("\n\n") == [
        "Ferries crossed the strait on Monday — nine days late.",
        "“All nine routes are open,” said Ilva Drost.",
        "Sollis reported from Sarnitz.",
    ]
    assert {"note to editors", "dateline", "rule or end mark"} <= set(loaded.cuts["reason"])


def test_every_repair_gives_back_what_was_received() -> None:
    loaded = load(WIRES / "tolmar.anpa")
    body = loaded.dispatches.loc[0, "body"]
    repairs = loaded.repairs[loaded.repairs["dispatch_id"] == "W1001-2024-03-04"]
    for _, repair in repairs.sort_values("start", ascending=False).iterrows():
        body = body[: repair["start"]] + repair["received"] + body[repair["end"] :]
    assert "``All nine routes are open,'' said" in body
    assert "Monday _ nine" in body


def test_a_table_keeps_its_rows_and_a_stated_zone_is_turned_into_utc() -> None:
    second = load(WIRES / "tolmar.anpa").dispatches.loc[1]
    assert second["body"] == "EASTERN LEAGUE\n\n;W;L;GB\nTolmar Bay;9;2;_\nSarnitz;8;3;1½"
    assert second["published_at"] == pd.Timestamp("2024-03-05T03:30Z")
    assert second["published_zone"] == "EST"
    assert pd.isna(second["byline"])


@pytest.mark.parametrize(
    ("data", "dispatches", "reasons"),
    [
        (HEADER + TEXT + END, 1, []),
        (HEADER + TEXT, 1, ["frame cut short; what arrived is loaded"]),
        (HEADER[:-1], 0, ["frame without a text"]),
        (HEADER + b"^BC-KD--Strait,20<\r\n" + END, 0, ["frame without a text"]),
        (HEADER + TEXT + END + b"\x01W1\x02\ttext\x03\x04", 1, ["header not understood"]),
        ((HEADER + TEXT + END) * 2, 2, []),
    ],
)
def test_broken_frames(tmp_path: Path, data: bytes, dispatches: int, reasons: list[str]) -> None:
    loaded = load_bytes(tmp_path, data)
    assert len(loaded.dispatches) == dispatches
    assert loaded.rejects["reason"].tolist() == reasons
    assert all(body == "Ferries sailed." for body in loaded.dispatches["body"])


def test_encodings_are_told_frame_by_frame(tmp_path: Path) -> None:
    text = "\tZwölf Boote.\r\n"
    data = HEADER + text.encode() + END + HEADER + text.encode("cp1252") + END
    loaded = load_bytes(tmp_path, data)
    assert loaded.dispatches["body"].tolist() == ["Zwölf Boote."] * 2
    assert (loaded.cuts["kind"] == "encoding").sum() == 1


@pytest.mark.parametrize("piece", [b"^", b"^By A=\n", b"<", b"\t_ \n", b"\x08\x10\n", b"``"])
def test_runs_of_codes_take_little_time(tmp_path: Path, piece: bytes) -> None:
    started = time.process_time()
    load_bytes(tmp_path, HEADER + piece * (400_000 // len(piece)) + END)
    assert time.process_time() - started < 10


@pytest.mark.corpora
def test_real_files_of_ap(corpora: Path) -> None:
    """Expected values are read off the frames: trailer, keyword line, By line."""
    folder = corpora / "wires" / "superdesk-core" / "tests" / "io" / "fixtures"
    paths = sorted([*folder.glob("anpa-*.tst"), *folder.glob("ap_anpa-*.tst")])
    loaded = load(paths)
    found = loaded.dispatches.set_index("dispatch_id")
    assert len(paths) == 11
    assert loaded.rejects.empty
    assert len(found) == 11
    assert set(found["agency"]) == {"AP"}
    assert found.loc["W2346-2017-05-09", "version"] == 4
    assert found.loc["W2346-2017-05-09", "byline"] == "GERRY SHIH"
    assert found.loc["W1645-2017-06-29", "urgency"] == 2
    assert found.loc["W1645-2017-06-29", "body"].startswith("Hawaii files court challenge")
    assert found.loc["V4644-2016-02-10", "body"].count("\n\n") == 9
    assert not found["body"].str.contains("[\x00-\x08\x0b-\x1f^]", regex=True).any()
