"""NewsML-G2: every value of an item, other kinds of items, and agencies' real files."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pandas as pd
import pytest
from lxml import html

from analysis.loading import load

FIXTURES = Path(__file__).parent / "fixtures" / "wires"
META = """<itemMeta><itemClass qcode="ninat:text"/><provider literal="MPA"/>
<versionCreated>{time}</versionCreated>{more}</itemMeta>"""
CONTENT = (
    '<contentSet><inlineXML contenttype="application/xhtml+xml"><html><body>{}</body></html>'
    "</inlineXML></contentSet>"
)


def item(body="<p>Ferries crossed.</p>", meta="", content_meta="", time="2024-03-04T10:00:00Z"):
    return (
        '<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:a" version="2">'
        + META.format(time=time, more=meta)
        + f"<contentMeta>{content_meta}</contentMeta>"
        + CONTENT.format(body)
        + "</newsItem>"
    )


def load_item(folder: Path, text: str):
    (folder / "wire.xml").write_text(text, encoding="utf-8")
    return load(folder / "wire.xml")


@pytest.fixture(scope="module")
def strait():
    return load(FIXTURES / "strait-newsml-g2.xml")


def test_every_value_of_a_news_item(strait):
    first = strait.dispatches.loc[0]
    assert first["format"] == "newsml_g2"
    assert first["dispatch_id"] == "urn:newsml:mpa.example:20240304:strait:3"
    assert first["story_id"] == "urn:newsml:mpa.example:20240304:strait"
    assert (first["version"], first["urgency"], first["status"]) == (3, 3, "corrected")
    assert first["published_at"] == pd.Timestamp("2024-03-04T08:30Z")
    assert (first["published_zone"], first["published_evidence"]) == ("+02:00", "versionCreated")
    assert first["embargo_until"] == pd.Timestamp("2024-03-04T10:00Z")
    assert (first["dateline_place"], first["dateline_date"]) == ("TOLMAR", "2024-03-04")
    assert (first["slug"], first["byline"]) == ("SELK-FERRIES", "Jorun Vale")
    assert first["headline"] == "Ferries cross the Selk Strait again"
    assert (first["agency"], first["language"]) == ("MPA", "en-GB")
    assert first["language_evidence"] == "stated"
    assert pd.isna(first["outlet"])


def test_the_body_is_paragraphs_and_the_rest_is_cuts(strait):
    assert strait.dispatches.loc[0, "body"].split("\n\n") == [
        "Ferries crossed the Selk Strait again on Monday, the harbour said.",
        "“All nine routes are open,” said Ilva Drost, the harbour master.",
        'The count was "final", she said.',
    ]
    cut = dict(zip(strait.cuts["text"], strait.cuts["kind"], strict=True))
    assert cut["Route Hours"] == "table"
    assert cut["The quay at dawn."] == "media"
    assert cut["Adds harbour master's figures."] == "note"
    assert cut["jv/pd"] == cut["By Jorun Vale"] == cut["TOLMAR, March 4 (MPA) -"] == "metadata"
    assert not any("555" in text for text in strait.cuts["text"])


def test_a_twice_escaped_reference_is_a_repair(strait):
    body = strait.dispatches.loc[0, "body"]
    assert strait.repairs["received"].tolist() == ["&quot;", "&quot;"]
    spans = zip(strait.repairs["start"], strait.repairs["end"], strict=True)
    assert [body[start:end] for start, end in spans] == ['"', '"']


def test_packages_and_pictures_of_a_message_are_named(strait):
    assert strait.rejects["reason"].tolist() == [
        "NewsML-G2 package of references to other items, no dispatch",
        "picture item, no dispatch",
    ]
    assert strait.rejects["source_file"].tolist() == [
        "strait-newsml-g2.xml#1",
        "strait-newsml-g2.xml#3",
    ]
    assert "2 references" in strait.rejects.loc[0, "found"]
    assert "image/jpeg" in strait.rejects.loc[1, "found"]


def test_inline_nitf_and_an_outlet_beside_the_agency():
    first = load(FIXTURES / "harbour-newsml-g2-nitf.xml").dispatches.loc[0]
    assert first["body"] == "Dues rise in May.\n\nSkippers object."
    assert (first["agency"], first["outlet"]) == ("AP", "Tolmar Ledger Media")
    assert (first["byline"], first["status"]) == ("Wren Sollis", "withheld")
    assert (first["dateline_place"], first["dateline_evidence"]) == ("Brackwater", "located")


@pytest.mark.parametrize(
    ("root", "named"),
    [
        ("conceptItem", "concept"),
        ("knowledgeItem", "list of concepts"),
        ("planningItem", "plan of coverage"),
        ("packageItem", "package of references"),
        ("catalogItem", "catalogue"),
        ("contentSet", "part of a NewsML-G2 item"),
    ],
)
def test_other_items_are_rejects_that_say_what_they_are(tmp_path, root, named):
    loaded = load_item(tmp_path, f'<{root} guid="urn:a"><itemMeta/></{root}>')
    assert named in loaded.rejects.loc[0, "reason"]
    assert f"<{root}>" in loaded.rejects.loc[0, "found"]


def test_cyclic_references_are_counted_and_never_followed(tmp_path):
    group = '<groupSet><group><itemRef residref="{}"/></group></groupSet>'
    package = '<packageItem guid="{}">' + group + "</packageItem>"
    items = package.format("a", "b") + package.format("b", "a")
    loaded = load_item(tmp_path, f"<newsMessage><itemSet>{items}</itemSet></newsMessage>")
    assert loaded.rejects["place"].tolist() == ["guid a", "guid b"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("<conceptSet><concept><name>Fair</name></concept></conceptSet>", "news item without text"),
        ("<sports-content><team>A</team></sports-content>", "news item without text"),
        ("", "news item without text"),
    ],
)
def test_inline_content_that_is_no_text_is_a_reject(tmp_path, content, reason):
    text = item().replace("<html><body><p>Ferries crossed.</p></body></html>", content)
    assert load_item(tmp_path, text).rejects["reason"].tolist() == [reason]


def test_a_news_message_without_items(tmp_path):
    loaded = load_item(tmp_path, "<newsMessage><header/></newsMessage>")
    assert loaded.rejects["reason"].tolist() == ["news message without items"]


@pytest.mark.parametrize("time", ["2024-13-45T99:00:00Z", "soon", "9999-01-01T00:00:00Z"])
def test_an_invalid_time_is_not_understood_and_costs_nothing_else(tmp_path, time):
    loaded = load_item(tmp_path, item(time=time))
    assert loaded.dispatches["body"].tolist() == ["Ferries crossed."]
    assert loaded.dispatches["published_at"].isna().all()
    assert loaded.rejects.loc[0, "reason"].startswith("published_at not understood")
    assert time in loaded.rejects.loc[0, "found"]


def test_a_time_without_zone_is_its_day(tmp_path):
    first = load_item(tmp_path, item(time="2024-03-04T23:30:00")).dispatches.loc[0]
    assert first["published_at"] == pd.Timestamp("2024-03-04T00:00Z")
    assert first["published_precision"] == "day"
    assert pd.isna(first["published_zone"])


@pytest.mark.parametrize("embargo", ["", "2024-03-04", "2024-03-04T10:00:00", "never"])
def test_an_embargo_without_an_instant_is_said_to_be_lost(tmp_path, embargo):
    loaded = load_item(tmp_path, item(meta=f"<embargoed>{embargo}</embargoed>"))
    assert loaded.dispatches["embargo_until"].isna().all()
    assert loaded.rejects.loc[0, "reason"].startswith("embargo_until not understood")


@pytest.mark.parametrize(
    ("code", "status"),
    [("stat:usable", "usable"), ("stat:withheld", "withheld"), ("stat:canceled", "canceled")],
)
def test_publication_status(tmp_path, code, status):
    loaded = load_item(tmp_path, item(meta=f'<pubStatus qcode="{code}"/>'))
    assert loaded.dispatches["status"].tolist() == [status]


def test_values_out_of_range_are_left_out_and_named(tmp_path):
    text = item(content_meta="<urgency>12</urgency>", meta='<pubStatus qcode="stat:odd"/>')
    loaded = load_item(tmp_path, text.replace('version="2"', 'version="two"'))
    assert loaded.dispatches.loc[0, ["urgency", "status", "version"]].isna().all()
    columns = {reason.split()[0] for reason in loaded.rejects["reason"]}
    assert columns == {"urgency", "status", "version"}


def test_plain_text_content_keeps_its_paragraphs(tmp_path):
    wrapped = (
        "   Ferries crossed the strait again on Monday morning, after\n"
        "the ice had gone from the quay and the last of the barriers\n"
        "was taken down by the crew of the harbour office, who had to\n"
        "wait for three days.\n   Nobody was hurt."
    )
    text = re.sub(
        "<inlineXML.*</inlineXML>",
        f'<inlineData contenttype="text/plain">{wrapped}</inlineData>',
        item(),
        flags=re.DOTALL,
    )
    paragraphs = load_item(tmp_path, text).dispatches.loc[0, "body"].split("\n\n")
    assert len(paragraphs) == 2
    assert paragraphs[1] == "Nobody was hurt."


def test_text_set_for_a_teleprinter_inside_one_paragraph(tmp_path):
    body = (
        "<p>(Adds comment by harbour)\n    * Ferries back\n\n    By Jorun Vale\n"
        "    March 3 (MPA) - Ferries crossed the strait again on Monday\n"
        "after the ice had gone from the quay and the last of the old\n"
        "barriers was taken down by the crew of the harbour office on\n"
        "the north side.\n    Nobody was hurt.</p>"
    )
    first = load_item(tmp_path, item(body)).dispatches.loc[0]
    assert first["byline"] == "Jorun Vale"
    assert first["dateline_date"] == "2024-03-03"
    assert first["body"].split("\n\n") == [
        "Ferries crossed the strait again on Monday after the ice had gone from the quay and the "
        "last of the old barriers was taken down by the crew of the harbour office on the north "
        "side.",
        "Nobody was hurt.",
    ]


def test_line_breaks_and_preformatted_lines(tmp_path):
    body = "<p>One<br/>line.<br/><br/>Another.</p><pre>Tolmar  2\nOskval  1</pre>"
    first = load_item(tmp_path, item(body)).dispatches.loc[0]
    assert first["body"] == "One line.\n\nAnother.\n\nTolmar  2\nOskval  1"


@pytest.mark.corpora
def test_every_real_item_loads_or_is_named(corpora):
    folders = [corpora / "wires" / name for name in ("iptc-newsmlg2", "dpa-newsmlg2")]
    loaded = load(folders)
    files = {path.name for folder in folders for path in folder.rglob("*.xml")}
    seen = {*loaded.dispatches["source_file"], *loaded.rejects["source_file"]}
    assert {name.split("/")[-1].split("#")[0] for name in seen} >= files
    assert (loaded.dispatches["format"] == "newsml_g2").all()
    dpa = loaded.dispatches[loaded.dispatches["agency"] == "dpa"]
    assert len(dpa) == 50
    for column in ("version", "urgency", "published_at", "published_zone", "slug", "headline"):
        assert dpa[column].notna().all(), column
    assert loaded.rejects["reason"].str.contains("XML not well-formed|forbids").sum() == 0


@pytest.mark.corpora
def test_dpa_text_is_what_dpa_itself_sets_as_plain_text(corpora):
    """dpa sends each text as XHTML and, for teleprinters, as plain text: the words are the same."""
    loaded = load(corpora / "wires" / "dpa-newsmlg2" / "data" / "20170629-dpa-sample")
    plain = loaded.cuts[loaded.cuts["reason"].str.endswith("dpa7901rendition:text")]
    plain = plain.drop_duplicates("dispatch_id").set_index("dispatch_id")["text"]
    tables = set(loaded.cuts.loc[loaded.cuts["kind"] == "table", "dispatch_id"])
    shares = []
    for row in loaded.dispatches.itertuples():
        if row.dispatch_id in plain.index and row.dispatch_id not in tables:
            ours, theirs = (
                set(re.findall(r"\w+", text)) for text in (row.body, plain[row.dispatch_id])
            )
            shares.append(len(ours & theirs) / len(ours))
    assert len(shares) > 30
    assert sum(share > 0.95 for share in shares) >= 0.95 * len(shares)


@pytest.mark.corpora
def test_dpa_pairs_say_the_same_in_json_and_in_newsml_g2(corpora):
    """The converter dpa publishes: JSON in, NewsML-G2 out. Values and words must agree."""
    data = corpora / "wires" / "dpa-digitalwires" / "tests" / "data"
    loaded = load(data / "output").dispatches.set_index("source_file")
    compared = 0
    for path in sorted((data / "output").glob("*.xml")):
        given = json.loads((data / "input" / f"{path.stem}.json").read_text(encoding="utf-8"))
        if path.name not in loaded.index:
            assert given["type"] != "composite" or not given.get("article_html"), path.name
            continue
        row = loaded.loc[path.name]
        compared += 1
        assert row["story_id"] == given["urn"]
        assert row["version"] == given["version"]
        assert row["urgency"] == given["urgency"]
        assert row["headline"] == " ".join(given["headline"].split())
        assert row["language"] == given["language"]
        assert row["published_at"] == pd.Timestamp(given["version_created"])
        embargo = given.get("embargoed")
        assert pd.isna(row["embargo_until"]) == (embargo is None)
        if embargo:
            assert row["embargo_until"] == pd.Timestamp(embargo)
        words = re.findall(r"\w+", " ".join(html.fromstring(given["article_html"]).itertext()))
        ours = re.findall(r"\w+", row["body"])
        assert len(set(ours) & set(words)) >= 0.97 * len(set(ours)), path.name
    assert compared >= 14
