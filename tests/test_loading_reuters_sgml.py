"""Reuters-21578: records, briefs, unprocessed ones, and the datelines of half the collection."""

from __future__ import annotations

import gzip
import re
import time
from html import unescape
from pathlib import Path

import pandas as pd
import pytest

from analysis.loading import Limits, Loaded, load
from analysis.loading.dates import month_number

WIRES = Path(__file__).parent / "fixtures" / "wires"
GOLD = re.compile(
    r"[* ]*(?:RPT --)?(?P<place>.+?)[,.\s-]*?,?\s*\b(?P<month>[A-Z][a-z]{2,8})\.?,? "
    r"(?P<day>\d{1,2})\b,?(?: Reuter)? ?-+\s*",
    re.IGNORECASE,
)


def load_text(folder: Path, text: str, limits: Limits | None = None) -> Loaded:
    (folder / "reut.sgm").write_text(text, encoding="latin-1")
    return load(folder, limits=limits)


@pytest.fixture(scope="module")
def strait() -> Loaded:
    return load(WIRES / "strait.sgm")


def test_a_record_with_title_author_dateline_and_body(strait: Loaded) -> None:
    first = strait.dispatches.loc[0]
    assert (first["format"], first["dispatch_id"]) == ("reuters_sgml", "reuters-21578-1")
    assert (first["agency"], first["urgency"]) == ("Reuters", 3)
    assert first["slug"] == "BC-STRAIT-REOPENS-<SEL"
    assert first["headline"] == "SELK FERRIES <SEL> SAIL AGAIN"
    assert first["byline"] == "Pel Oram"
    assert (first["dateline_place"], first["dateline_date"]) == ("TOLMAR, Kedrovia", "1987-03-04")
    assert first["dateline_evidence"] == "DATE"
    assert first["body"].split("\n\n") == [
        "Ferries crossed the Selk Strait again on Monday, the harbour office said.",
        '"All nine routes are open," Ilva Drost said.',
        "Route Boats Tonnes\nNorth 12 3,400",
    ]


def test_the_time_of_a_record_is_its_day_alone(strait: Loaded) -> None:
    """The clock has no zone, and hundredths and hours that no clock shows ("605:12:19.12")."""
    assert strait.dispatches["published_precision"].tolist() == ["day"] * 5
    assert strait.dispatches["published_at"].iloc[1] == pd.Timestamp("1987-03-04T00:00Z")


def test_a_brief_is_its_title_and_the_placeholder_is_cut(strait: Loaded) -> None:
    brief = strait.dispatches.loc[1]
    assert brief["body"] == brief["headline"] == "KEDROVIA CUTS HARBOUR DUES BY TEN PCT"
    assert brief["urgency"] == 1
    assert "Blah blah blah." in set(strait.cuts["text"])


def test_corrections_are_marked_also_in_unprocessed_text(strait: Loaded) -> None:
    assert strait.dispatches["status"].iloc[2:4].tolist() == ["corrected", "corrected"]
    assert strait.dispatches["body"].iloc[2] == (
        'In the Tolmar item, read in the second paragraph "nine routes" not "five routes."'
    )


def test_what_the_dateline_element_holds(strait: Loaded) -> None:
    place, day = (strait.dispatches[f"dateline_{part}"] for part in ("place", "date"))
    assert (place[3], day[3]) == ("sarnitz", "1986-12-31")
    assert pd.isna(place[4])
    assert strait.dispatches.loc[4, "body"] == "GRADINGS - none today."


def test_a_record_without_a_text_is_a_reject_with_its_number(strait: Loaded) -> None:
    assert strait.rejects[["reason", "place"]].values.tolist() == [
        ["record without a text", "record 6"]
    ]


@pytest.mark.parametrize(
    ("text", "dispatches", "reason"),
    [
        (
            '<REUTERS NEWID="7"><TEXT><BODY>Boats sail',
            1,
            "record cut short; what arrived is loaded",
        ),
        ("<REUTERS></REUTERS>" * 20_000, 0, "record without a text"),
        ("<REUTERS>" * 20_000, 0, "record without a text"),
        ("<REUTERS><TEXT><BODY>" + "x" * 200_000, 0, "record too long"),
        ("<REUTERS><TEXT><BODY>" + "&#3;" * 10_000 + "</BODY></TEXT></REUTERS>", 0, "record wi"),
        ("<REUTERS><TEXT><BODY>&a;</BODY></TEXT></REUTERS>", 1, "published_at not understood"),
    ],
)
def test_odd_records_take_little_time(
    tmp_path: Path, text: str, dispatches: int, reason: str
) -> None:
    started = time.process_time()
    loaded = load_text(tmp_path, text, Limits(line_chars=100_000))
    assert time.process_time() - started < 10
    assert len(loaded.dispatches) == dispatches
    assert loaded.rejects["reason"].iloc[0].startswith(reason)


def gold_records(folder: Path) -> dict[str, tuple[str, str, str]]:
    """Place, month and day, and text of the records whose DATELINE element gives a day."""
    gold = {}
    for path in sorted(folder.glob("*.sgm.gz")):
        for record in gzip.decompress(path.read_bytes()).decode("latin-1").split("<REUTERS")[1:]:
            found = re.search(r"<DATELINE>(.*?)</DATELINE>(?:<BODY>(.*?)</BODY>)?", record, re.S)
            line = " ".join(unescape(found[1]).split()) if found else ""
            parts = GOLD.match(line)
            if not found or not parts or not month_number(parts["month"]):
                continue
            number = re.search(r'NEWID="(\d+)"', record)
            assert number
            day = f"{month_number(parts['month']):02}-{int(parts['day']):02}"
            text = line[parts.end() :] + unescape(found[2] or "")
            gold[f"reuters-21578-{number[1]}"] = (parts["place"].strip(" ,"), day, text)
    return gold


def squeezed(text: str) -> str:
    return re.sub(r"\W+|reuter$", "", text.casefold().strip("\x03 \n"))[:25]


@pytest.mark.corpora
def test_the_datelines_of_the_collection(corpora: Path) -> None:
    """The DATELINE element is the reference: boundary, place and month-day in .99 and more."""
    folder = corpora / "reuters21578"
    loaded = load(folder)
    assert (len(loaded.dispatches), len(loaded.rejects)) == (10_999, 1)
    found = loaded.dispatches.set_index("dispatch_id")
    gold = gold_records(folder)
    assert len(gold) > 9_600
    right = {"place": 0, "day": 0, "boundary": 0, "all": 0}
    for name, (place, day, text) in gold.items():
        row = found.loc[name]
        same_place = str(row["dateline_place"]).rstrip(".") == place.rstrip(".")
        same_day = str(row["dateline_date"])[-5:] == day
        same_start = squeezed(text)[:25] == squeezed(row["body"])[:25]
        right["place"] += same_place
        right["day"] += same_day
        right["boundary"] += same_start
        right["all"] += same_place and same_day and same_start
    shares = {name: count / len(gold) for name, count in right.items()}
    assert min(shares.values()) >= 0.99, shares
    years = found.loc[found["dateline_evidence"] == "DATE", "dateline_date"].str[:4]
    assert set(years) == {"1987"}
