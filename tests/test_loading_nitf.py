"""NITF: head, body.head, body.content and body.end, and agencies' real files."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from analysis.loading import load

FIXTURES = Path(__file__).parent / "fixtures" / "wires"


def nitf(docdata="", body_head="", content="<p>Fog closed the airport.</p>", end=""):
    return (
        f"<nitf><head><docdata>{docdata}</docdata></head><body><body.head>{body_head}</body.head>"
        f"<body.content>{content}</body.content><body.end>{end}</body.end></body></nitf>"
    )


def load_nitf(folder: Path, text: str):
    (folder / "wire.xml").write_text(text, encoding="utf-8")
    return load(folder / "wire.xml")


@pytest.fixture(scope="module")
def fog():
    return load(FIXTURES / "fog-nitf.xml")


def test_every_value_of_a_document(fog):
    first = fog.dispatches.loc[0]
    assert first["format"] == "nitf"
    assert (first["dispatch_id"], first["story_id"]) == ("mpa-20240305-0017", "brackwater-fog")
    assert (first["version"], first["urgency"], first["status"]) == (2, 4, "withheld")
    assert first["published_at"] == pd.Timestamp("2024-03-05T11:30Z")
    assert (first["published_zone"], first["published_evidence"]) == ("-0500", "NITF date.issue")
    assert first["embargo_until"] == pd.Timestamp("2024-03-05T14:00Z")
    assert (first["dateline_place"], first["dateline_date"]) == (
        "Brackwater, Norland",
        "2024-03-05",
    )
    assert first["dateline_evidence"] == "NITF story.date"
    assert first["slug"] == "BC-Brackwater-Fog"
    assert (first["headline"], first["byline"]) == ("Fog closes Brackwater airport", "Ilva Drost")
    assert (first["agency"], first["outlet"]) == ("AP", "Brackwater Courier")
    assert first["language"] == "en-US"


def test_paragraphs_lists_and_entities(fog):
    assert fog.dispatches.loc[0, "body"].split("\n\n") == [
        "Fog closed the airport on Tuesday, the tower said — the third time this year.",
        "No buses either",
        "Line 4 stopped.",
        "Line 7 stopped.",
        "The café at gate two stayed open.",
    ]


def test_tables_media_notes_and_the_tagline_are_cuts(fog):
    kinds = dict(zip(fog.cuts["text"], fog.cuts["kind"], strict=True))
    assert kinds == {
        "Flight Delay": "table",
        "Fog.": "media",
        "Hold for the airport's statement.": "note",
        "Flights halted.": "standfirst",
        "Flights halted since dawn": "standfirst",
        "Pel Oram contributed to this report.": "credit",
    }


def test_what_is_not_stated_is_missing(tmp_path):
    first = load_nitf(tmp_path, nitf()).dispatches.loc[0]
    stated = {"body", "format", "source_file", "content_hash", "n_words", "dispatch_id"}
    assert set(first.dropna().index) == stated


@pytest.mark.parametrize(
    ("content", "found"),
    [("", "no text"), ("<media><media-caption>Fog</media-caption></media>", "only <media>")],
)
def test_a_document_without_text_is_a_reject(tmp_path, content, found):
    loaded = load_nitf(tmp_path, nitf(content=content))
    assert loaded.rejects.loc[0, ["reason", "found"]].tolist() == ["NITF without text", found]


def test_a_release_that_does_not_come_after_the_issue_is_no_embargo(tmp_path):
    time = "20240305T063000-0500"
    docdata = f'<date.issue norm="{time}"/><date.release norm="{time}"/>'
    assert load_nitf(tmp_path, nitf(docdata)).dispatches["embargo_until"].isna().all()


def test_only_a_release_time_dates_the_dispatch(tmp_path):
    first = load_nitf(tmp_path, nitf('<date.release norm="20240305T063000Z"/>')).dispatches.loc[0]
    assert first["published_at"] == pd.Timestamp("2024-03-05T06:30Z")
    assert first["published_evidence"] == "NITF date.release"


@pytest.mark.parametrize("norm", ["20241399T000000Z", "yesterday", "00000000"])
def test_an_invalid_date_is_named(tmp_path, norm):
    loaded = load_nitf(tmp_path, nitf(f'<date.issue norm="{norm}"/>'))
    assert len(loaded.dispatches) == 1
    assert norm in loaded.rejects.loc[0, "found"]


@pytest.mark.parametrize(
    ("dateline", "place", "day"),
    [
        ("<dateline>Oskval</dateline>", "Oskval", None),
        ("<dateline>OSKVAL March 2 MPA -</dateline>", "OSKVAL", "2024-03-02"),
        ("<dateline><location>Oskval, Norland</location></dateline>", "Oskval, Norland", None),
        ("<dateline><location/></dateline>", None, None),
        ("<dateline>No-Data-Available</dateline>", None, None),
    ],
)
def test_datelines(tmp_path, dateline, place, day):
    issued = '<date.issue norm="20240305T063000Z"/>'
    first = load_nitf(tmp_path, nitf(issued, dateline)).dispatches.loc[0]
    found = [None if pd.isna(first[c]) else first[c] for c in ("dateline_place", "dateline_date")]
    assert found == [place, day]


def test_an_agency_signing_off_is_an_end_mark(tmp_path):
    content = "<p>Fog closed the airport.</p><p>It opened at noon.</p><p>AAP RTV ar</p>"
    loaded = load_nitf(tmp_path, nitf(content=content))
    assert loaded.dispatches.loc[0, "body"].endswith("It opened at noon.")
    assert loaded.cuts["text"].tolist() == ["AAP RTV ar"]


@pytest.mark.corpora
@pytest.mark.parametrize(
    ("name", "agency", "place", "urgency", "version", "instant", "opening", "ending"),
    [
        ("aap.xml", "AAP", "Sydney", 5, None, "2013-10-20T19:27:51+11:00", "The main", "abuse."),
        ("pa5.xml", "PA", None, 4, None, "2016-10-11T00:13:27+01:00", "Treasury", 'ration."'),
        ("efe_nitf.xml", "EFE", "Tegucigalpa", 5, None, "2017-01-02T22:28Z", "Test", "body."),
        (
            "mapping_test.xml",
            "Ritzau",
            "København",
            3,
            4,
            "2016-05-12T00:05:13+02:00",
            "En 41",
            "Politi.",
        ),
        ("ap-nitf.xml", "AP", "NEW YORK", None, None, "2015-12-10T19:10:44Z", "The gas", "."),
        (
            "nitf-fishing.xml",
            None,
            "Newport News, VA",
            3,
            1,
            "2002-02-25T14:30-05:00",
            "The wea",
            "body!",
        ),
    ],
)
def test_real_documents(corpora, name, agency, place, urgency, version, instant, opening, ending):
    folder = corpora / "wires" / "superdesk-core" / "tests" / "io" / "fixtures"
    loaded = load(folder / name)
    assert len(loaded.dispatches) == 1
    first = loaded.dispatches.loc[0].where(loaded.dispatches.loc[0].notna(), None)
    assert agency in (None, first["agency"])
    assert first["dateline_place"] == place
    assert (first["urgency"], first["version"]) == (urgency, version)
    assert first["published_at"] == pd.Timestamp(instant)
    assert first["body"].startswith(opening)
    assert first["body"].endswith(ending)


@pytest.mark.corpora
def test_a_real_embargo_and_a_real_cancellation(corpora):
    folder = corpora / "wires" / "superdesk-core" / "tests" / "io" / "fixtures"
    held = load(folder / "pa3.xml").dispatches.loc[0]
    assert held["status"] == "withheld"
    # Its own message to editors says: embargoed to 0001 Friday September 9 (British Summer Time).
    assert held["embargo_until"] == pd.Timestamp("2016-09-09T00:01+01:00")
    assert load(folder / "nitf-fishing.xml").dispatches.loc[0, "status"] == "canceled"


def test_very_many_cuts_are_summed_up(tmp_path):
    content = "<p>Fog closed the airport.</p>" + "<img src='a'/>" * 5000
    loaded = load_nitf(tmp_path, nitf(content=content))
    assert len(loaded.cuts) == 1000
    assert "not listed" in loaded.cuts["reason"].iloc[-1]
