"""ninjs, Superdesk's ninjs and digitalwires: texts, metadata, and JSON that means harm."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from analysis.loading import Limits, Loaded, load

WIRES = Path(__file__).parent / "fixtures" / "wires"
ITEM: dict[str, Any] = {
    "uri": "urn:newsml:mpa.example:1",
    "type": "text",
    "versioncreated": "2024-03-04T10:00:00Z",
    "headline": "Ferries sail",
    "body_text": "The strait reopened on Monday.",
}


def load_json(folder: Path, value: object, **options: Any) -> Loaded:
    data = value if isinstance(value, bytes) else json.dumps(value).encode()
    (folder / "item.json").write_bytes(data)
    return load(folder, **options)


def item(**changes: object) -> dict[str, Any]:
    return {name: value for name, value in (ITEM | changes).items() if value is not None}


def reasons(loaded: Loaded) -> list[str]:
    return loaded.rejects["reason"].tolist()


def test_version_1() -> None:
    loaded = load(WIRES / "ninjs_1.json")
    first = loaded.dispatches.loc[0]
    assert first["format"] == "ninjs"
    assert first["body"].split("\n\n") == [
        "Ferries crossed the Selk Strait again on Monday.",
        "“All nine routes are open,” said Pel Oram.",
    ]
    assert first["dispatch_id"] == first["story_id"] == "urn:newsml:mpa.example:20240304:ferries"
    assert (first["version"], first["urgency"], first["status"]) == (3, 3, "usable")
    assert first["agency"] == "MPA", "the dateline's, since no known agency is named"
    assert pd.isna(first["outlet"])
    assert (first["headline"], first["slug"]) == (
        "Ferries cross the Selk Strait again",
        "FERRIES-REOPEN",
    )
    assert first["byline"] == "Ilva Drost"
    assert first["published_at"] == pd.Timestamp("2024-03-04T10:30Z")
    assert first["published_zone"] == "+02:00"
    assert first["published_evidence"] == "ninjs versioncreated"
    assert first["embargo_until"] == pd.Timestamp("2024-03-04T12:00Z")
    assert (first["dateline_place"], first["dateline_date"]) == ("TOLMAR", "2024-03-04")
    assert (first["language"], first["language_evidence"]) == ("en", "stated")
    cuts = dict(zip(loaded.cuts["kind"], loaded.cuts["text"], strict=True))
    assert cuts["caption"] == "Ferry at the quay\nThe ferry Selkmaid at Tolmar on Monday."
    assert cuts["standfirst"] == "Traffic resumed after nine days."
    assert loaded.rejects.empty


def test_version_2_in_a_list() -> None:
    loaded = load(WIRES / "ninjs_2.json")
    first = loaded.dispatches.loc[0]
    assert first["headline"] == "Count of islanders ends"
    assert first["body"] == ("The relief committee ended its count.\n\nIt found 3,000 islanders.")
    assert first["status"] == "canceled"
    assert pd.isna(first["version"])
    rejected = loaded.rejects[["reason", "found", "place"]].to_numpy().tolist()
    assert rejected == [["item is no text", "type picture", "item 2"]]


def test_version_3_in_an_envelope() -> None:
    loaded = load(WIRES / "ninjs_3.json")
    first = loaded.dispatches.loc[0]
    assert first["agency"] == "AFP"
    assert first["status"] == "withheld"
    assert first["published_at"] == pd.Timestamp("2024-03-06T10:30Z")
    assert first["embargo_until"] == pd.Timestamp("2024-03-06T12:00Z")
    assert "incomplete" in loaded.cuts["kind"].tolist()
    assert loaded.rejects["found"].tolist() == ["an item with eventdetails"]


def test_superdesk_one_item_a_line() -> None:
    loaded = load(WIRES / "superdesk.jsonl")
    first = loaded.dispatches.loc[0]
    assert (first["format"], first["agency"]) == ("ninjs", "Reuters")
    assert first["outlet"] == "The Tolmar Ledger", "a copyright holder that is no agency"
    assert first["byline"] == "Wren Sollis"
    assert loaded.rejects["place"].tolist() == ["line 2"]


def test_digitalwires() -> None:
    loaded = load(WIRES / "digitalwires.json")
    first = loaded.dispatches.loc[0]
    assert first["format"] == "digitalwires"
    assert first["body"] == (
        "Die Fähren fahren wieder.\n\nNeun Linien\n\n«Alle sind offen», sagte Pel Oram."
    )
    assert (first["dateline_place"], first["agency"]) == ("Tolmar", "dpa")
    assert (first["status"], first["version"]) == ("corrected", 2)
    texts = "\n".join(loaded.cuts["text"])
    assert "Zahl der Linien berichtigt." in texts
    assert "555 0100" not in texts, "a contact that is not for publication"


def test_a_table_that_shares_names_with_ninjs_stays_a_table(tmp_path: Path) -> None:
    row = {"uri": "urn:1", "headline": "Ferries sail", "byline": "I", "body_text": "They sail."}
    loaded = load_json(tmp_path, row)
    assert loaded.dispatches["format"].tolist() == ["jsonl"]


def test_html_that_loses_most_of_the_text_gives_way_to_the_plain_form(tmp_path: Path) -> None:
    html = "<table><tr><td>Barley 4.20</td></tr></table><p>End</p>"
    plain = "Barley cost 4.20 at Tolmar.\n\nMore than ever before, traders said."
    loaded = load_json(tmp_path, item(body_text=plain, body_html=html))
    assert loaded.dispatches.loc[0, "body"] == plain


@pytest.mark.parametrize(
    ("changes", "reason", "found"),
    [
        ({"type": "picture"}, "item is no text", "type picture"),
        ({"type": "planning"}, "item is no text", "type planning"),
        ({"type": "composite", "body_text": None}, "item without text", "type composite, no body"),
        ({"body_text": " \n"}, "item without text", "type text, no body"),
        (
            {"body_text": None, "bodies": [{"contenttype": "application/xml", "value": "<n/>"}]},
            "item without text",
            "type text, no text in bodies: application/xml",
        ),
    ],
)
def test_items_without_text_say_what_they_are(
    tmp_path: Path, changes: dict[str, Any], reason: str, found: str
) -> None:
    loaded = load_json(tmp_path, item(**changes))
    assert loaded.dispatches.empty
    assert loaded.rejects[["reason", "found"]].to_numpy().tolist() == [[reason, found]]


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"versioncreated": "2024-13-44T10:00:00Z"}, "published_at"),
        ({"versioncreated": 1709546400.5}, "published_at"),
        ({"urgency": {"a": 1}}, "urgency"),
        ({"urgency": 12}, "urgency"),
        ({"version": "third"}, "version"),
        ({"pubstatus": "lost"}, "status"),
        ({"embargoed": "2024-03-04T10:00:00"}, "embargo_until"),
    ],
)
def test_a_value_that_is_not_understood_is_left_out_and_named(
    tmp_path: Path, changes: dict[str, Any], column: str
) -> None:
    loaded = load_json(tmp_path, item(**changes))
    assert pd.isna(loaded.dispatches.loc[0, column])
    assert reasons(loaded) == [f"{column} not understood; dispatch loaded without it"]


def test_a_time_without_a_zone_is_its_day(tmp_path: Path) -> None:
    first = load_json(tmp_path, item(versioncreated="2024-03-04T23:30:00")).dispatches.loc[0]
    assert first["published_at"] == pd.Timestamp("2024-03-04T00:00Z")
    assert first["published_precision"] == "day"
    assert pd.isna(first["published_zone"])


TEXT = json.dumps(ITEM)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (TEXT[:-1] + ', "x": ' + "[" * 100_000 + "]" * 100_000 + "}", "not JSON"),
        (TEXT[:-1] + ', "x": ' + '{"a":' * 100_000 + "1" + "}" * 100_000 + "}", "not JSON"),
        (TEXT[:-1] + ', "urgency": ' + "9" * 5_000 + "}", "not JSON"),
        (TEXT[:-1], "not JSON"),
        (TEXT + " and more", "not JSON"),
        (TEXT.replace("strait", "st\\ud83drait"), "text is not Unicode"),
        (TEXT[:-2] + "x" * 17_000_000 + '"}', "JSON too large"),
        ('{"uri": "a", "pubstatus": "usable", "body_html": "' + "<div>" * 90_000 + '"}', "item"),
    ],
    ids=["list", "object", "integer", "cut short", "trailing", "surrogate", "size", "markup"],
)
def test_hostile_json_is_one_reject_in_bounded_time(tmp_path: Path, text: str, reason: str) -> None:
    started = time.process_time()
    loaded = load_json(tmp_path, text.encode())
    assert time.process_time() - started < 10
    assert loaded.dispatches.empty
    assert len(loaded.rejects) == 1
    assert reasons(loaded)[0].startswith(reason)


def test_a_line_over_the_limit_costs_that_line_alone(tmp_path: Path) -> None:
    lines = [item(uri=name) for name in ("a", "b", "c")]
    lines[1]["body_text"] = "word " * 2_000
    text = "\n".join(json.dumps(line) for line in lines)
    loaded = load_json(tmp_path, text.encode(), limits=Limits(line_chars=1_000))
    assert loaded.dispatches["dispatch_id"].tolist() == ["a", "c"]
    assert loaded.rejects[["reason", "place"]].to_numpy().tolist() == [["line too long", "line 2"]]


def test_a_key_stated_twice_is_read_where_both_agree(tmp_path: Path) -> None:
    twice = TEXT[:-1] + ', "headline": "Ferries sail", "slugline": "A", "slugline": "B"}'
    loaded = load_json(tmp_path, twice.encode())
    first = loaded.dispatches.loc[0]
    assert first["headline"] == "Ferries sail"
    assert pd.isna(first["slug"])
    assert loaded.rejects["found"].tolist() == ["slugline"]


def test_numbers_json_does_not_have_are_nothing(tmp_path: Path) -> None:
    loaded = load_json(tmp_path, (TEXT[:-1] + ', "urgency": NaN, "version": -Infinity}').encode())
    assert loaded.dispatches[["urgency", "version"]].isna().all(axis=None)
    assert loaded.rejects.empty


def test_control_characters_leave_the_text_and_are_named(tmp_path: Path) -> None:
    loaded = load_json(tmp_path, TEXT.replace("strait", "str\\u0000ai\\u0001t").encode())
    assert loaded.dispatches.loc[0, "body"] == ITEM["body_text"]


@pytest.mark.corpora
def test_every_published_example_loads_or_says_why_not(corpora: Path) -> None:
    folders = ("iptc-ninjs/examples", "iptc-ninjs/documentation", "dpa-digitalwires")
    files = [f for name in folders for f in sorted((corpora / "wires" / name).rglob("*.json"))]
    files += sorted((corpora / "wires" / "superdesk-core").rglob("*ninjs*.json"))
    assert len(files) > 90
    loaded = load(files)
    accounted = set(loaded.dispatches["source_file"]) | set(loaded.rejects["source_file"])
    assert {file.name for file in files} <= accounted
    assert not loaded.dispatches["body"].str.contains(r"</?(?:p|div|br|span)\b").any()
    assert len(loaded.dispatches) > 50


@pytest.mark.corpora
def test_digitalwires_agree_with_the_newsml_g2_that_dpa_made_of_them(corpora: Path) -> None:
    """Headline, version, time and every paragraph, against dpa's own conversion."""
    from lxml import etree

    folder = corpora / "wires" / "dpa-digitalwires" / "tests" / "data"
    compared = 0
    for output in sorted((folder / "output").glob("*.xml")):
        loaded = load(folder / "input" / f"{output.stem}.json")
        if loaded.dispatches.empty:
            continue
        first = loaded.dispatches.loc[0]
        tree = etree.parse(str(output))
        headlines = ["".join(node.itertext()).strip() for node in tree.iter("{*}headline")]
        assert first["headline"] in headlines
        created = next(tree.iter("{*}versionCreated"))
        assert first["published_at"] == pd.Timestamp(created.text)
        item_element = next(tree.iter("{*}newsItem"))
        assert first["dispatch_id"] == item_element.get("guid")
        assert str(first["version"]) == item_element.get("version")
        everything = squeezed("".join(tree.getroot().itertext()))
        for paragraph in first["body"].split("\n\n"):
            assert squeezed(paragraph) in everything
        compared += 1
    assert compared >= 12


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)
