"""ProQuest exports saved as text."""

from __future__ import annotations

import time
from pathlib import Path

import pandas as pd
import pytest

from analysis.loading import Limits, Loaded, load

WIRES = Path(__file__).parent / "fixtures" / "wires"
RULE = "_" * 60 + "\n\n"
RECORD = RULE + "Head\n\nPublication info: Ledger ; Tolmar [Tolmar]05 Mar 2024: 3.\n\nFull text: "


def load_text(folder: Path, text: str, limits: Limits | None = None) -> Loaded:
    (folder / "ProQuestDocuments.txt").write_text(text, encoding="utf-8")
    return load(folder, limits=limits)


def test_records_between_rules() -> None:
    loaded = load(WIRES / "proquest.txt")
    first = loaded.dispatches.loc[0]
    assert len(loaded.dispatches) == 1
    assert (first["format"], first["dispatch_id"]) == ("proquest", "proquest-1234567890")
    assert first["headline"] == "Ferries cross the Selk Strait again"
    assert (first["outlet"], first["agency"]) == ("The Tolmar Ledger", "AFP")
    assert (first["byline"], first["language"]) == ("Oram, Pel", "en")
    assert first["url"] == "https://library.example/docview/1234567890"
    assert first["published_at"] == pd.Timestamp("2024-03-05T00:00Z")
    assert (first["published_precision"], first["published_evidence"]) == (
        "day",
        "Publication date",
    )
    assert (first["dateline_date"], first["dateline_evidence"]) == (
        "2024-03-04",
        "Publication date",
    )


def test_a_label_inside_the_text_is_text() -> None:
    body = load(WIRES / "proquest.txt").dispatches.loc[0, "body"]
    assert body.split("\n\n") == [
        "Ferries crossed the strait again.",
        "Title: the word was on the boat, he said.",
        "All nine routes are open.",
    ]


def test_a_record_without_full_text_and_the_closing_notice() -> None:
    rejects = load(WIRES / "proquest.txt").rejects
    assert rejects[["reason", "place"]].values.tolist() == [["record without a text", "record 2"]]


def test_the_day_in_the_publication_info_serves_where_no_other_is_stated(tmp_path: Path) -> None:
    first = load_text(tmp_path, RECORD + "Ferries sailed.\n").dispatches.loc[0]
    assert first["published_at"] == pd.Timestamp("2024-03-05T00:00Z")
    assert (first["published_evidence"], first["outlet"]) == ("Publication info", "Ledger")
    assert first["headline"] == "Head"


@pytest.mark.parametrize(
    ("text", "reasons"),
    [
        (RECORD + "x" * 20_000, {"line too long"}),
        (RECORD + "Ferries\0sailed.", {"binary file"}),
        ((RECORD + "\n\n") * 10_000, {"record without a text"}),
        (RECORD + "Full text: \n\n" * 10_000, set()),
        (RULE * 500 + RECORD, {"record without a text"}),
    ],
)
def test_odd_files(tmp_path: Path, text: str, reasons: set[str]) -> None:
    started = time.process_time()
    loaded = load_text(tmp_path, text, Limits(line_chars=10_000))
    assert time.process_time() - started < 10
    assert set(loaded.rejects["reason"]) == reasons
