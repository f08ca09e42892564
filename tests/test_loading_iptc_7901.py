"""IPTC 7901 messages: frames, header, head lines, time, and what is broken."""

from __future__ import annotations

import time
from pathlib import Path

import pandas as pd
import pytest

from analysis.loading import Limits, Loaded, load

WIRES = Path(__file__).parent / "fixtures" / "wires"
HEADER = b"\x01mpa0031 2 i 62 ccccb   dpa 014\r\n\r\nKedrovia-shipping/\r\n\x02"
TEXT = b"Ferries sail =\r\n\r\nTolmar (dpa) - Ferries sailed on Monday.\r\n"
END = b"\x03041035 GMT Mar 24\r\n\x04"


def load_bytes(folder: Path, data: bytes, limits: Limits | None = None) -> Loaded:
    (folder / "wire.iptc").write_bytes(data)
    return load(folder, limits=limits)


def test_header_head_lines_and_text() -> None:
    loaded = load(WIRES / "kedrovia.iptc")
    first, second = (loaded.dispatches.loc[i] for i in range(2))
    assert first["format"] == "iptc_7901"
    assert (first["agency"], first["urgency"], first["slug"]) == ("dpa", 2, "Kedrovia-shipping")
    assert first["dispatch_id"] == "mpa0031-2024-03-04"
    assert first["headline"] == "Ferries cross the Selk Strait again"
    assert first["byline"] == "Pel Oram"
    assert first["published_at"] == pd.Timestamp("2024-03-04T10:35Z")
    assert (first["published_zone"], first["published_precision"]) == ("GMT", "time")
    assert first["dateline_place"] == "Tolmar"
    assert first["body"].split("\n\n")[0] == (
        "Ferries crossed the Selk Strait again on Monday after a nine-day halt, "
        "the harbour office said."
    )
    assert first["body"].endswith("the quay of Bäckwater.")
    assert "notes to editors" in set(loaded.cuts["reason"])
    # Without a zone a clock time would be a guess.
    assert second["published_at"] == pd.Timestamp("2024-03-04T00:00Z")
    assert second["published_precision"] == "day"
    assert pd.isna(second["published_zone"])


def test_a_lead_is_the_next_version_and_a_correction_a_status(tmp_path: Path) -> None:
    head = b"2ND LEAD\r\nCORRECTION\r\nFerries sail =\r\n\r\nTolmar (dpa) - They sailed.\r\n"
    first = load_bytes(tmp_path, HEADER + head + END).dispatches.loc[0]
    assert (first["version"], first["status"]) == (3, "corrected")
    assert first["headline"] == "Ferries sail"


@pytest.mark.parametrize(
    ("data", "dispatches", "reasons"),
    [
        (HEADER + TEXT + END, 1, []),
        (HEADER + TEXT, 1, ["frame cut short; what arrived is loaded"]),
        (HEADER + TEXT + b"\x03041035", 1, ["frame cut short; what arrived is loaded"]),
        (HEADER + END, 0, ["frame without a text"]),
        (HEADER[:-1] + HEADER + TEXT + END, 1, ["frame without a text"]),
        (HEADER + TEXT + END + b"\x01what?\x02text\x03\x04", 1, ["header not understood"]),
        (HEADER + TEXT + END + b"noise" + HEADER + TEXT + END, 2, ["text outside a frame"]),
        (HEADER + b"\x80\x91\x07\x05" * 500 + END, 0, ["binary frame"]),
        (b"\x00\x00" + HEADER + TEXT.replace(b"sailed", b"sai\x00led") + END, 1, []),
    ],
)
def test_broken_frames(tmp_path: Path, data: bytes, dispatches: int, reasons: list[str]) -> None:
    loaded = load_bytes(tmp_path, data)
    assert len(loaded.dispatches) == dispatches
    assert loaded.rejects["reason"].tolist() == reasons
    assert loaded.rejects["place"].notna().all()
    assert all("sailed on Monday." in body for body in loaded.dispatches["body"])


def test_a_long_line_and_many_empty_frames_take_little_time(tmp_path: Path) -> None:
    started = time.process_time()
    limits = Limits(line_chars=10_000)
    loaded = load_bytes(tmp_path, HEADER + b"x" * 1_000_000 + END, limits)
    assert loaded.rejects["reason"].tolist() == ["line too long"]
    loaded = load_bytes(tmp_path, HEADER + TEXT + END + b"\x01\x02\x03\x04" * 20_000)
    assert (len(loaded.dispatches), len(loaded.rejects)) == (1, 20_000)
    assert time.process_time() - started < 10


@pytest.mark.corpora
def test_real_files_of_dpa(corpora: Path) -> None:
    """The figures are those printed in the files: number, priority, keyword, day-time group."""
    folder = corpora / "wires" / "superdesk-core" / "tests" / "io" / "fixtures"
    names = ["IPTC7901.txt", "IPTC7901_odd_charset.txt", "dpa_copyright.txt"]
    names += ["dpa_four_line.txt", "dpa_two_by_line.txt", "dpa_two_line.txt"]
    loaded = load([folder / name for name in names])
    found = loaded.dispatches
    assert loaded.rejects.empty
    assert found["format"].tolist() == ["iptc_7901"] * 6
    assert found["urgency"].tolist() == [4, 3, 4, 3, 4, 3]
    places = ["Berlin", "Munich", None, "Geneva", "San Diego", "Washington"]
    assert [None if pd.isna(place) else place for place in found["dateline_place"]] == places
    assert found["published_at"].iloc[1] == pd.Timestamp("2015-10-07T13:41Z")
    assert not found["body"].str.contains("not intended for publication|Notebook").any()
