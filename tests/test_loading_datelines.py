"""Datelines and dates, in the forms that agencies print."""

from __future__ import annotations

import gzip
import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.loading.agencies import AGENCIES, canonical_agency
from analysis.loading.datelines import parse_dateline
from analysis.loading.dates import find_day, parse_published

PUBLISHED = date(2024, 3, 5)

# text, place, date (published 5 March 2024), agency, where the text starts
FORMS = [
    ("TOLMAR, March 4 (AFP) - Text", "TOLMAR", "2024-03-04", "AFP"),
    ("LONDON (AP) — Text", "LONDON", None, "AP"),
    ("KANSAS CITY, Mo. (AP) — Text", "KANSAS CITY, Mo.", None, "AP"),
    ("BERLIN, 3 March (Reuters) - Text", "BERLIN", "2024-03-03", "Reuters"),
    ("WASHINGTON/LONDON, March 3 (Reuters) - Text", "WASHINGTON/LONDON", "2024-03-03", "Reuters"),
    ("NEW YORK, March 3 (Reuters Breakingviews) - Text", "NEW YORK", "2024-03-03", None),
    ("Berlin (dpa) - Text", "Berlin", None, "dpa"),
    ("BEIJING, March 4 (Xinhua) -- Text", "BEIJING", "2024-03-04", "Xinhua"),
    ("MOSCOW, March 4. /TASS/. Text", "MOSCOW", "2024-03-04", "TASS"),
    ("Madrid, 4 mar (EFE).- Text", "Madrid", "2024-03-04", "EFE"),
    ("THE HAGUE, March 4 (AFP) - Text", "THE HAGUE", "2024-03-04", "AFP"),
    ("Rio de Janeiro, 4 mar (EFE).- Text", "Rio de Janeiro", "2024-03-04", "EFE"),
    ("TOKYO, March 4, Kyodo - Text", "TOKYO", "2024-03-04", "Kyodo"),
    ("WASHINGTON, March 4 (UPI) -- Text", "WASHINGTON", "2024-03-04", "UPI"),
    ("(ANSA) - ROME, MAR 4 - Text", "ROME", "2024-03-04", "ANSA"),
    ("PORT ILVANE, Maranto Islands (OPA) — Text", "PORT ILVANE, Maranto Islands", None, "OPA"),
    ("Tolmar, 4 March 2021 (CWS) - Text", "Tolmar", "2021-03-04", "CWS"),
    ("Tolmar, Monday (MPA) - Text", "Tolmar", None, "MPA"),
    ("SARNITZ, Kedrovia, March 4 (HNB) -- Text", "SARNITZ, Kedrovia", "2024-03-04", "HNB"),
    ("BUFFALO, N.Y. — Text", "BUFFALO, N.Y.", None, None),
    ("SAN MATEO, Calif., March 2 - Text", "SAN MATEO, Calif.", "2024-03-02", None),
    ("SYDNEY, Dec 31 - Text", "SYDNEY", "--12-31", None),
    ("TOLMAR, Kedrovia and Selk, March 3 -- Text", "TOLMAR, Kedrovia and Selk", "2024-03-03", None),
    ("MONTREAL, Feb 26- Text", "MONTREAL", "2024-02-26", None),
    ("RICHMOND, Va. Feb 26 - Text", "RICHMOND, Va.", "2024-02-26", None),
    ("ROME, March 3, Reuter - Text", "ROME", "2024-03-03", "Reuters"),
    ("San Diego (tca/dpa) - Text", "San Diego", None, "tca/dpa"),
]


@pytest.mark.parametrize(("text", "place", "day", "agency"), FORMS)
def test_the_forms_of_the_agencies(
    text: str, place: str, day: str | None, agency: str | None
) -> None:
    dateline = parse_dateline(text, PUBLISHED)
    assert dateline is not None
    assert (dateline.place, dateline.date) == (place, day)
    assert text[dateline.end :] == "Text"
    if agency:
        assert dateline.agency == agency


def test_the_datelines_of_reuters_21578(corpora: Path) -> None:
    """The collection marks the dateline of each dispatch; place and date are set by a comma."""
    text = "".join(
        gzip.decompress(path.read_bytes()).decode("latin-1")
        for path in sorted((corpora / "reuters21578").glob("*.sgm.gz"))[:3]
    )
    marked = [
        " ".join(line.split()) for line in re.findall(r"<DATELINE>(.*?)</DATELINE>", text, re.S)
    ]
    forms = [re.fullmatch(r"([A-Z].+?), ?(?:[A-Z][a-z]+\.? \d+) -", line) for line in marked]
    wanted = {form[0]: form[1] for form in forms if form}
    found = {line: parse_dateline(line + " Text") for line in wanted}
    right = [line for line, d in found.items() if d and d.date and d.place == wanted[line]]
    assert len(wanted) > 500
    assert len(right) >= 0.98 * len(wanted)


def test_a_dateline_line_with_the_publisher_s_date_gives_the_year() -> None:
    dateline = parse_dateline("Tolmar, Dec 31 (MPA) Jan 1, 2024")
    assert dateline is not None
    assert dateline.date == "2023-12-31"
    assert dateline.stated == date(2024, 1, 1)


@pytest.mark.parametrize(
    "text",
    [
        "The minister (48) said no.",
        "Ilva Drost (MPA) said no.",
        "The strait reopened - slowly.",
        "On Thursday, the Court of the Strait (COTS) — the highest there is — ruled.",
        "Harbour Pilots' Union (HPU) - the largest - struck.",
        "UPDATE 1 - Strait reopens",
        "BREAKING NEWS — Strait reopens",
        '"I said no," he said (AP) - twice.',
        "",
        "Text (AFP).",
    ],
)
def test_what_is_no_dateline(text: str) -> None:
    assert parse_dateline(text) is None


@given(st.text(max_size=300))
def test_no_text_breaks_the_parsers(text: str) -> None:
    dateline = parse_dateline(text)
    assert dateline is None or 0 < dateline.end <= len(text)
    published = parse_published(text)
    assert published is None or published.at.tzinfo is UTC
    find_day(text)


@pytest.mark.parametrize("text", ["A" * 5000, "Aa " * 2000, "A, " * 2000 + "(", "A.-'" * 2000])
def test_long_lines_take_no_time(text: str) -> None:
    import time

    started = time.process_time()
    parse_dateline(text)
    assert time.process_time() - started < 0.5


@pytest.mark.parametrize(
    ("text", "expected", "precision"),
    [
        ("2024-03-04T10:30:00Z", datetime(2024, 3, 4, 10, 30, tzinfo=UTC), "time"),
        ("2024-03-04T23:30:00-05:00", datetime(2024, 3, 5, 4, 30, tzinfo=UTC), "time"),
        ("2024-03-04 10:30:00.123 +0100", datetime(2024, 3, 4, 9, 30, tzinfo=UTC), "time"),
        ("Mon, 04 Mar 2024 10:30:00 GMT", datetime(2024, 3, 4, 10, 30, tzinfo=UTC), "time"),
        ("Mon, 04 Mar 2024 10:30:00 +0200", datetime(2024, 3, 4, 8, 30, tzinfo=UTC), "time"),
        ("2024-03-04T10:30:00", datetime(2024, 3, 4, tzinfo=UTC), "day"),
        ("2024-03-04", datetime(2024, 3, 4, tzinfo=UTC), "day"),
        ("4 March 2024", datetime(2024, 3, 4, tzinfo=UTC), "day"),
        ("March 4th, 2024, 9:02 PM EST", datetime(2024, 3, 4, tzinfo=UTC), "day"),
        ("4 de marzo de 2024", datetime(2024, 3, 4, tzinfo=UTC), "day"),
        ("25/03/2024", datetime(2024, 3, 25, tzinfo=UTC), "day"),
    ],
)
def test_publication_times(text: str, expected: datetime, precision: str) -> None:
    published = parse_published(text)
    assert published is not None
    assert (published.at, published.precision) == (expected, precision)


@pytest.mark.parametrize(
    "text",
    ["", "soon", "03/04/2024", "2024-13-45", "9999-01-01", "0001-01-01T00:00:00Z", "1709545800"],
)
def test_what_cannot_be_read_one_way_is_not_read(text: str) -> None:
    assert parse_published(text) is None


def test_agency_names_are_unambiguous() -> None:
    written = [name.casefold() for name in AGENCIES]
    written += [name.casefold() for others in AGENCIES.values() for name in others]
    assert len(written) == len(set(written))
    assert all(canonical_agency(name) == name for name in AGENCIES)
    assert canonical_agency(" MPA ") == "MPA"
