"""Factiva exports: pages and RTF, with and without field codes, and broken ones."""

from __future__ import annotations

import time
from pathlib import Path

import pandas as pd
import pytest

from analysis.loading import Limits, Loaded, load

WIRES = Path(__file__).parent / "fixtures" / "wires"
TITLE = "<html><title>Factiva</title>"


def load_text(folder: Path, text: str, limits: Limits | None = None) -> Loaded:
    (folder / "Factiva.html").write_text(text, encoding="utf-8")
    return load(folder, limits=limits)


@pytest.mark.parametrize(
    "name", ["factiva.html", "factiva-codes.html", "factiva-codes.rtf", "factiva-plain.rtf"]
)
def test_the_four_kinds_of_export_agree(name: str) -> None:
    loaded = load(WIRES / name)
    first = loaded.dispatches.loc[0]
    assert loaded.rejects.empty
    assert first["format"] == "factiva"
    assert first["headline"] == "Ferries cross the Selk Strait again"
    assert (first["byline"], first["language"], first["agency"]) == ("Pel Oram", "en", "Reuters")
    assert first["published_at"].date() == pd.Timestamp("2024-03-05").date()
    assert (first["dateline_place"], first["dateline_date"]) == ("TOLMAR", "2024-03-04")
    assert first["dateline_evidence"].startswith("PD")
    assert first["body"].split("\n\n")[0] == "Ferries crossed the strait again."
    assert first["body"].split("\n\n")[1].startswith("All nine routes are open")
    assert "Document" not in first["body"]
    assert first["dispatch_id"] == {
        "factiva-codes.html": "LBA0000020240305ek3500abc",
    }.get(name, "TOLED00020240305ek3500001")


def test_a_clock_time_counts_only_with_its_zone() -> None:
    zoned = load(WIRES / "factiva.html").dispatches.loc[0]
    assert zoned["published_at"] == pd.Timestamp("2024-03-05T21:20Z")
    assert (zoned["published_zone"], zoned["published_evidence"]) == ("GMT", "PD and ET")
    bare = load(WIRES / "factiva-codes.html").dispatches.loc[0]
    assert (bare["published_precision"], bare["published_evidence"]) == ("day", "PD")


def test_parts_are_named_by_their_order_in_other_languages_too() -> None:
    second = load(WIRES / "factiva.html").dispatches.loc[1]
    assert (second["outlet"], second["language"]) == ("Sarnitzer Bote", "de")
    assert second["published_at"] == pd.Timestamp("2024-03-05T00:00Z")
    assert second["body"] == "Die Gebühren sinken."


ARTICLE = '<div class="article enArticle"><p class="articleParagraph">'


@pytest.mark.parametrize(
    ("text", "dispatches", "reason"),
    [
        (TITLE + "<body>nothing", 0, "no Factiva article"),
        (
            TITLE + '<div class="article enArticle"><p></p></div>' * 5_000,
            0,
            "record without a text",
        ),
        (TITLE + ARTICLE + "Ferries sail", 1, None),
        (TITLE + ARTICLE + "x" * 200_000, 0, "page too large"),
        (TITLE + "<div>" * 20_000 + ARTICLE + "Ferries sail", None, None),
        (
            "<!DOCTYPE html [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>" + TITLE + ARTICLE + "&a;",
            1,
            None,
        ),
        (TITLE + ARTICLE + "<script>steal()</script>Ferries sail", 1, None),
    ],
)
def test_odd_pages(tmp_path: Path, text: str, dispatches: int | None, reason: str | None) -> None:
    started = time.process_time()
    loaded = load_text(tmp_path, text, Limits(page_bytes=190_000 if "xxx" in text else 10_000_000))
    assert time.process_time() - started < 10
    if dispatches is not None:
        assert len(loaded.dispatches) == dispatches
    if reason:
        assert set(loaded.rejects["reason"]) == {reason}
    assert not loaded.dispatches["body"].str.contains("root:|steal").any()
