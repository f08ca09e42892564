"""JSON Feed: items, what holds for all of them, and items that are none."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from analysis.loading import Loaded, load

WIRES = Path(__file__).parent / "fixtures" / "wires"


def load_feed(folder: Path, items: object, **changes: Any) -> Loaded:
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "Ledger", "items": items}
    (folder / "feed.json").write_text(json.dumps(feed | changes), encoding="utf-8")
    return load(folder)


@pytest.fixture(scope="module")
def ledger() -> Loaded:
    return load(WIRES / "json_feed.json")


def test_html_content_and_metadata(ledger: Loaded) -> None:
    first = ledger.dispatches.loc[0]
    assert first["format"] == "json_feed"
    assert first["body"] == "Ferries sailed on Monday.\n\nNine routes are open."
    assert (first["agency"], first["byline"]) == ("AFP", "Wren Sollis")
    assert (first["outlet"], first["language"]) == ("The Tolmar Ledger", "en-GB")
    assert first["published_at"] == pd.Timestamp("2024-03-04T15:30Z")
    assert first["published_zone"] == "-05:00"
    assert first["published_evidence"] == "JSON Feed date_published"
    assert first["url"] == "https://ledger.example/1"


def test_what_the_feed_says_holds_for_items_that_do_not(ledger: Loaded) -> None:
    second = ledger.dispatches.loc[1]
    assert second["dispatch_id"] == "2"
    assert second["byline"] == "Edda Marl"
    assert second["body"] == "Grain ships followed.\n\nThey carried barley."


def test_a_date_that_cannot_be_read_is_named(ledger: Loaded) -> None:
    assert pd.isna(ledger.dispatches.loc[1, "published_at"])
    row = ledger.rejects[ledger.rejects["place"] == "item 2"].iloc[0]
    assert row["reason"] == "published_at not understood; dispatch loaded without it"
    assert row["found"] == "JSON Feed date_published 4th of May"


def test_a_summary_alone_is_loaded_and_marked(ledger: Loaded) -> None:
    third = ledger.dispatches.loc[2]
    assert third["body"] == "The harbour dues rise."
    cuts = ledger.cuts[ledger.cuts["dispatch_id"] == "3"]
    assert cuts[["kind", "text"]].to_numpy().tolist() == [
        ["incomplete", "https://courier.example/dues"]
    ]
    assert "incomplete" not in ledger.cuts.loc[ledger.cuts["dispatch_id"] != "3", "kind"].tolist()


def test_an_item_without_text_is_a_reject(ledger: Loaded) -> None:
    row = ledger.rejects[ledger.rejects["place"] == "item 4"].iloc[0]
    assert (row["reason"], row["found"]) == ("item without text", "title 'A picture'")


@pytest.mark.parametrize("items", [[], None, {}, "x", 7])
def test_a_feed_without_items_is_a_reject(tmp_path: Path, items: object) -> None:
    assert load_feed(tmp_path, items).rejects["reason"].tolist() == ["feed without items"]


def test_odd_items_cost_only_themselves(tmp_path: Path) -> None:
    good = {"id": "a", "content_text": "It sails."}
    odd = [7, None, {"content_text": ["x"]}, {"content_html": "<script>steal()</script>"}]
    loaded = load_feed(tmp_path, [*odd, good], authors={"name": "Edda Marl"}, language=["en"])
    assert loaded.dispatches["body"].tolist() == ["It sails."]
    assert loaded.rejects["place"].tolist() == [f"item {n}" for n in (1, 2, 3, 4)]


def test_version_1_names_one_author(tmp_path: Path) -> None:
    item = {"id": "a", "content_text": "It sails.", "author": {"name": "Ilva Drost"}}
    loaded = load_feed(tmp_path, [item], version="https://jsonfeed.org/version/1")
    assert loaded.dispatches.loc[0, "byline"] == "Ilva Drost"
