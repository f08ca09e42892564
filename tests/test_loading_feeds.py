"""RSS and Atom: entries, times with their zones, ill-formed feeds, and feeds that mean harm."""

from __future__ import annotations

import ast
import html
import io
import re
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pandas as pd
import pytest

from analysis.loading import Loaded, load
from analysis.loading.feed import read
from analysis.loading.feed_story import read_feed_time
from analysis.loading.records import ReadOptions, ReadResult

WIRES = Path(__file__).parent / "fixtures" / "wires"
ITEM = b"<item><title>t</title><description>The strait reopened.</description></item>"
RSS = b'<rss version="2.0"><channel><title>Ledger</title>'
END = b"</channel></rss>"


def load_feed(folder: Path, data: bytes) -> Loaded:
    (folder / "feed.xml").write_bytes(data)
    return load(folder)


def test_rss_content_before_description() -> None:
    loaded = load(WIRES / "rss_2.xml")
    first = loaded.dispatches.loc[0]
    assert first["format"] == "feed"
    assert first["body"].split("\n\n") == [
        "Ferries crossed the strait.",
        '"All open," said Pel Oram.',
        "Nine routes.",
    ]
    assert (first["agency"], first["outlet"]) == ("AFP", "Brackwater Courier")
    assert pd.isna(first["byline"]), "an agency named as creator is no writer"
    assert first["headline"] == "Ferries & grain ships sail"
    assert first["published_at"] == pd.Timestamp("2024-03-04T15:30Z")
    assert (first["published_zone"], first["published_evidence"]) == ("EST", "RSS pubDate")
    assert (first["dateline_place"], first["dateline_date"]) == ("TOLMAR", "2024-03-04")
    assert (first["dispatch_id"], first["url"]) == ("courier-1", "https://courier.example/ferries")
    assert first["language"] == "en-us"


def test_rss_description_alone_is_marked_as_a_possible_teaser() -> None:
    loaded = load(WIRES / "rss_2.xml")
    second = loaded.dispatches.loc[1]
    assert second["body"] == "Harbour dues rise by a tenth ..."
    assert second["byline"] == "Wren Sollis"
    cuts = loaded.cuts[loaded.cuts["dispatch_id"] == second["dispatch_id"]]
    assert cuts[["kind", "text"]].to_numpy().tolist() == [
        ["incomplete", "https://courier.example/dues"]
    ]


def test_a_zone_of_several_meanings_leaves_the_day() -> None:
    second = load(WIRES / "rss_2.xml").dispatches.loc[1]
    assert second["published_at"] == pd.Timestamp("2024-03-05T00:00Z")
    assert second["published_precision"] == "day"
    assert pd.isna(second["published_zone"])


def test_an_entry_with_a_title_alone_is_a_reject() -> None:
    row = load(WIRES / "rss_2.xml").rejects.iloc[0]
    assert (row["reason"], row["place"]) == ("entry without text", "entry 3")
    assert row["found"] == "title 'Only a title'"


def test_rss_1() -> None:
    first = load(WIRES / "rss_1.rdf").dispatches.loc[0]
    assert first["body"] == "Barley landed at Tolmar."
    assert first["dispatch_id"] == "https://ledger.example/7"
    assert (first["byline"], first["outlet"]) == ("Ilva Drost", "The Tolmar Ledger")
    assert first["published_at"] == pd.Timestamp("2024-03-07T05:00Z")


def test_atom() -> None:
    loaded = load(WIRES / "atom.xml")
    first, second = loaded.dispatches.loc[0], loaded.dispatches.loc[1]
    assert first["body"] == "Die Fähren fahren wieder.\n\nNeun Linien sind offen."
    assert first["headline"] == "Fähren fahren"
    assert first["published_at"] == pd.Timestamp("2024-03-04T09:00Z"), "published, not updated"
    assert first["byline"] == "Edda Marl", "the author of the feed"
    assert first["language"] == "de"
    assert second["outlet"] == "Brackwater Courier", "the feed that the entry was taken from"
    assert (second["language"], second["published_evidence"]) == ("en", "Atom updated")


def test_an_ill_formed_feed_gives_what_can_be_read_and_says_so() -> None:
    loaded = load(WIRES / "ill_formed.xml")
    assert loaded.dispatches["body"].tolist() == ["Ferries & ships sail.", "Barley landed."]
    reasons = loaded.rejects["reason"].tolist()
    assert reasons == [
        "feed ill-formed; what could be read of it is loaded",
        "entry without text",
    ]
    assert loaded.rejects["place"].tolist() == ["line 1", "entry 3"]
    assert loaded.rejects.loc[0, "found"] == "not well-formed (invalid token)"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "iso-8859-1"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    stated = "utf-16" if encoding.startswith("utf-16") else encoding.removesuffix("-sig")
    text = (RSS + ITEM + END).decode().replace("strait", "détroit")
    data = f'<?xml version="1.0" encoding="{stated}"?>{text}'.encode(encoding)
    loaded = load_feed(tmp_path, data)
    assert loaded.dispatches["body"].tolist() == ["The détroit reopened."]
    assert "encoding" not in loaded.cuts["kind"].tolist(), "stated, so not guessed"


@pytest.mark.parametrize(
    "subset",
    [
        b'<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">',
        b'<!ENTITY a SYSTEM "file:///etc/passwd">',
        b'<!ENTITY % a SYSTEM "http://feeds.invalid/a"> %a;',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused_before_the_parser_sees_them(
    tmp_path: Path, subset: bytes, encoding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unseen(*_: object, **__: object) -> None:
        raise AssertionError("the parser saw it")

    monkeypatch.setattr("feedparser.api.parse", unseen)
    data = b"<!DOCTYPE rss [" + subset + b"]>" + RSS + ITEM.replace(b"strait", b"&a;") + END
    loaded = load_feed(tmp_path, data.decode().encode(encoding))
    assert loaded.dispatches.empty
    assert loaded.rejects["reason"].tolist() == ["XML that declares entities of its own"]


def test_an_outside_document_type_is_not_fetched(tmp_path: Path) -> None:
    data = b'<!DOCTYPE rss SYSTEM "file:///etc/passwd">' + RSS + ITEM + END
    assert load_feed(tmp_path, data).dispatches["body"].tolist() == ["The strait reopened."]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (RSS + b"<item><description>" + b"<b>" * 50_000, "markup beyond all measure"),
        (RSS + b"<item>" * 50_000, "markup beyond all measure"),
        (
            RSS + b"<item " + b"".join(b'a%d="x" ' % n for n in range(40_000)) + b"/>" + END,
            "markup beyond all measure",
        ),
        (RSS + b" " * 17_000_000 + END, "feed too large"),
        (RSS + ITEM * 40_000 + b"&", "feed too large to be read though ill-formed"),
        (RSS + b"<" * 300_000, "feed ill-formed; what could be read of it is loaded"),
        (RSS + b"<item><title>" + b"&" * 300_000, "feed ill-formed"),
        (RSS + END, "feed without entries"),
    ],
    ids=["markup", "items", "attributes", "size", "large", "brackets", "references", "empty"],
)
def test_absurd_feeds_are_rejects_in_bounded_time(tmp_path: Path, data: bytes, reason: str) -> None:
    started = time.process_time()
    loaded = load_feed(tmp_path, data)
    assert time.process_time() - started < 10
    assert loaded.dispatches.empty
    assert loaded.rejects["reason"].iloc[0].startswith(reason)


def test_a_thousand_entries_of_one_name_are_told_apart(tmp_path: Path) -> None:
    loaded = load_feed(tmp_path, RSS + ITEM * 1_000 + END)
    assert loaded.dispatches["dispatch_id"].nunique() == 1_000
    assert loaded.dispatches["dispatch_id"].iloc[-1].endswith("-1000")


@pytest.mark.parametrize(
    "data", [b"<feed><cattle/></feed>", b"<?xml version='1.0'?><rdf:RDF xmlns:rdf='x'/>"]
)
def test_other_xml_is_no_feed(tmp_path: Path, data: bytes) -> None:
    formats = load_feed(tmp_path, data).rejects["format"].fillna("none").tolist()
    assert formats
    assert "feed" not in formats


# -- feedparser's own fixtures: each states at its top what is to be found in it ----------------

_EXPECTED = re.compile(
    r"Expect:\s*not bozo and entries\[0\]\['(title|content|summary|description)'\]"
    r"(?:\[0\]\['value'\])? == (u?'(?:[^'\\]|\\.)*')\s*$",
    re.MULTILINE,
)
# A type that is no text; text that is nothing but the start of markup; text inside an iframe.
_DIFFERING = {
    "entry_content_base64_2.xml",
    "item_description_not_a_doctype2.xml",
    "entry_content_iframe.xml",
}


def expectations(corpora: Path) -> Iterator[tuple[Path, str, str]]:
    for file in sorted((corpora / "wires" / "feeds").rglob("*.xml")):
        try:
            found = _EXPECTED.search(file.read_text(encoding="utf-8"))
        except UnicodeDecodeError:
            continue
        if found and file.name not in _DIFFERING:
            yield file, found[1], ast.literal_eval(found[2])


def words(markup: str) -> str:
    without = re.sub(r"(?is)<(script|style)\b.*?</\1>|<[^>]*>", "", markup)
    return re.sub(r"\s+", "", html.unescape(html.unescape(without)))


def said(result: ReadResult, field: str) -> str:
    rejects = " ".join(each.found or "" for each in result.rejects)
    if not result.dispatches:
        return rejects if field == "title" else ""
    first = result.dispatches[0]
    cuts = " ".join(cut.text for cut in first.cuts)
    return first.headline or "" if field == "title" else f"{first.body} {cuts}"


@pytest.mark.corpora
def test_titles_and_texts_are_those_that_feedparser_expects(corpora: Path) -> None:
    checked = 0
    for file, field, expected in expectations(corpora):
        result = read(file.read_bytes(), file.name, ReadOptions())
        wanted = words(expected)
        if re.search(r"\w", wanted) and "base64" not in file.name:
            assert wanted in re.sub(r"\s+", "", said(result, field)), file.name
            checked += 1
    assert checked >= 130


@pytest.mark.corpora
def test_every_feed_loads_or_says_why_not(corpora: Path) -> None:
    folder = corpora / "wires" / "feeds" / "tests"
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*.xml")}
    loaded = load(folder)
    assert files == set(loaded.dispatches["source_file"]) | set(loaded.rejects["source_file"])
    assert loaded.dispatches["format"].unique().tolist() == ["feed"]
    assert len(loaded.dispatches) >= 158
    # One is an empty document; all the others are known for what they are.
    assert loaded.rejects["format"].value_counts().get("html", 0) <= 1


@pytest.mark.corpora
def test_times_are_the_instants_that_feedparser_reads(corpora: Path) -> None:
    from feedparser.api import parse

    compared = 0
    for file in sorted((corpora / "wires" / "feeds").rglob("*.xml")):
        for entry in parse(io.BytesIO(file.read_bytes()))["entries"][:1]:
            for name in ("published", "updated", "created"):
                text, theirs = dict.get(entry, name), dict.get(entry, f"{name}_parsed")
                if text and theirs:
                    ours = read_feed_time(text, name)
                    assert ours is not None, text
                    assert ours.published.at.replace(tzinfo=None) == datetime(*theirs[:6]), text
                    compared += 1
    assert compared >= 20
