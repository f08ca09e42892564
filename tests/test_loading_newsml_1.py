"""NewsML 1: stories in components, formats inside content items, and agencies' real files."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from analysis.loading import load

FIXTURES = Path(__file__).parent / "fixtures" / "wires"


def newsml(content, lines="<HeadLine>Frost</HeadLine>", management="", identifier=""):
    return (
        f"<NewsML><NewsItem><Identification><NewsIdentifier>{identifier}</NewsIdentifier>"
        f"</Identification><NewsManagement>{management}</NewsManagement><NewsComponent>"
        f"<NewsLines>{lines}</NewsLines>{content}</NewsComponent></NewsItem></NewsML>"
    )


def content_item(data, kind="Text"):
    media = f'<MediaType FormalName="{kind}"/>'
    return f"<ContentItem>{media}<DataContent>{data}</DataContent></ContentItem>"


def load_newsml(folder: Path, text: str):
    (folder / "wire.xml").write_text(text, encoding="utf-8")
    return load(folder / "wire.xml")


@pytest.fixture(scope="module")
def orchard():
    return load(FIXTURES / "orchard-newsml-1.xml")


def test_every_value_of_a_story(orchard):
    first = orchard.dispatches.loc[0]
    assert first["format"] == "newsml_1"
    assert first["dispatch_id"] == "urn:newsml:mpa.example:20240306:orchard:2:en"
    assert first["story_id"] == "urn:newsml:mpa.example:20240306:orchard"
    assert (first["version"], first["urgency"], first["status"]) == (2, 4, "withheld")
    assert first["published_at"] == pd.Timestamp("2024-03-06T07:10Z")
    assert (first["published_zone"], first["published_evidence"]) == (
        "+0100",
        "ThisRevisionCreated",
    )
    assert first["embargo_until"] == pd.Timestamp("2024-03-06T17:00Z")
    assert (first["dateline_place"], first["dateline_date"]) == ("OSKVAL", "2024-03-06")
    assert (first["slug"], first["byline"]) == ("Frost", "Ilva Drost")
    assert first["headline"] == "Frost takes the orchards"
    assert (first["agency"], first["language"]) == ("MPA", "en")
    assert first["body"] == "Frost took half the blossom.\n\nGrowers want help."


def test_a_translation_is_a_dispatch_of_the_same_story(orchard):
    second = orchard.dispatches.loc[1]
    assert second["dispatch_id"].endswith(":fr")
    assert second["story_id"] == orchard.dispatches.loc[0, "story_id"]
    assert (second["language"], second["headline"]) == ("fr", "Le gel prend les vergers")
    assert second["body"].startswith("Le gel a pris la moitié des fleurs.\n\nLes producteurs")


def test_a_photo_is_a_reject_that_names_it(orchard):
    row = orchard.rejects.loc[0]
    assert (row["source_file"], row["reason"]) == (
        "orchard-newsml-1.xml#3",
        "NewsML item without text",
    )
    assert "Photo" in row["found"]
    assert row["place"] == "PublicIdentifier urn:newsml:mpa.example:20240306:blossom:1"


@pytest.mark.parametrize(
    "data",
    [
        "<nitf><body><body.content><p>One.</p><p>Two.</p></body.content></body></nitf>",
        '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body><p>One.</p><p>Two.</p></body></html>',
        "<p>One.</p><p>Two.</p>",
        "<![CDATA[<P>One.</P><P>Two.</P>]]>",
        "&lt;p&gt;One.&lt;/p&gt;&lt;p&gt;Two.&lt;/p&gt;",
        "One.\n\nTwo.",
    ],
    ids=["NITF", "XHTML", "bare paragraphs", "CDATA", "escaped HTML", "plain text"],
)
def test_content_in_any_format_is_the_same_text(tmp_path, data):
    loaded = load_newsml(tmp_path, newsml(content_item(data)))
    assert loaded.dispatches["body"].tolist() == ["One.\n\nTwo."]


def test_several_formats_of_one_text_are_one_dispatch(tmp_path):
    content = content_item("One.") + content_item("<p>One.</p><p>Two.</p>")
    loaded = load_newsml(tmp_path, newsml(content))
    assert loaded.dispatches["body"].tolist() == ["One.\n\nTwo."]
    assert loaded.cuts["kind"].tolist() == ["rendition"]


def test_style_sheets_and_packages_hold_no_text(tmp_path):
    css = newsml(content_item("p {color: red}", "CSS"))
    assert load_newsml(tmp_path, css).rejects["reason"].tolist() == ["NewsML item without text"]
    package = newsml('<NewsItemRef NewsItem="urn:a"/><NewsItemRef NewsItem="urn:b"/>')
    row = load_newsml(tmp_path, package).rejects.loc[0]
    assert row["reason"] == "NewsML package of references, no dispatch"
    assert row["found"] == "2 references"


def test_no_items_at_all(tmp_path):
    loaded = load_newsml(tmp_path, "<NewsML><NewsEnvelope/></NewsML>")
    assert loaded.rejects["reason"].tolist() == ["NewsML without items"]


@pytest.mark.parametrize("time", ["20249999T000000Z", "tomorrow"])
def test_invalid_dates_are_named(tmp_path, time):
    management = (
        f"<FirstCreated>{time}</FirstCreated><StatusWillChange><FutureStatus FormalName='Usable'/>"
        f"<DateAndTime>{time}</DateAndTime></StatusWillChange>"
    )
    loaded = load_newsml(tmp_path, newsml(content_item("<p>One.</p>"), management=management))
    assert len(loaded.dispatches) == 1
    assert {reason.split()[0] for reason in loaded.rejects["reason"]} == {
        "published_at",
        "embargo_until",
    }


def test_without_a_public_identifier_the_parts_make_one(tmp_path):
    identifier = (
        "<ProviderId>mpa.example</ProviderId><DateId>20240306</DateId>"
        "<NewsItemId>frost</NewsItemId><RevisionId>3</RevisionId>"
    )
    first = load_newsml(
        tmp_path, newsml(content_item("<p>One.</p>"), identifier=identifier)
    ).dispatches.loc[0]
    assert first["dispatch_id"] == "mpa.example:20240306:frost:3"
    assert (first["story_id"], first["version"]) == ("mpa.example:20240306:frost", 3)
    assert (first["published_precision"], first["published_evidence"]) == ("day", "DateId")


@pytest.mark.corpora
def test_afp(corpora):
    folder = corpora / "wires" / "superdesk-core" / "tests" / "io" / "fixtures"
    first = load(folder / "afp.xml").dispatches.loc[0]
    assert (first["agency"], first["language"], first["urgency"]) == ("AFP", "en", 4)
    assert first["published_at"] == pd.Timestamp("2014-08-29T13:49:51Z")
    assert (first["dateline_place"], first["dateline_date"]) == ("STOCKHOLM", "2014-08-29")
    # The item itself counts 224 words, its initials "hh/ph/ts/hd" among them.
    assert abs(len(first["body"].split()) - 224) <= 4
    french = load(folder / "afp20.xml")
    assert french.dispatches.loc[0, "headline"].startswith("Décès de")
    assert french.cuts["kind"].tolist() == ["encoding"]


@pytest.mark.corpora
def test_business_wire_in_three_languages(corpora):
    loaded = load(corpora / "wires" / "iptc-ninjs" / "examples" / "NewsML")
    assert len(loaded.dispatches) == 4
    assert set(loaded.dispatches["agency"]) == {"Business Wire"}
    assert set(loaded.dispatches["language"]) == {"en", "zh"}
    assert (
        loaded.dispatches[["headline", "slug", "dateline_place", "published_at"]]
        .notna()
        .all(axis=None)
    )
    assert not loaded.dispatches["body"].str.contains("@").any()


def test_an_item_of_absurdly_many_stories_is_refused(tmp_path):
    story = "<NewsComponent><NewsLines><HeadLine>a</HeadLine></NewsLines>{}</NewsComponent>"
    loaded = load_newsml(tmp_path, newsml(story.format(content_item("One.")) * 3000, lines=""))
    assert loaded.dispatches.empty
    assert loaded.rejects["reason"].tolist() == ["NewsML item too large"]
