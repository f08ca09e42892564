"""Web pages: text, metadata, and markup that means harm."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pandas as pd
import pytest

from analysis.loading import Loaded, load

PARAGRAPHS = [
    "TOLMAR, March 4 (MPA) — Ferries crossed the Selk Strait again on Monday, the harbour said.",
    "“All nine routes are open,” said Ilva Drost, the harbour master, who stood at the quay.",
    "The halt had cut off about 3,000 islanders, according to a count by the relief committee.",
]
ARTICLE = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": "Ferries cross the Selk Strait again",
    "datePublished": "2024-03-04T23:30:00-02:00",
    "author": {"@type": "Person", "name": "Pel Oram"},
    "publisher": {"@type": "Organization", "name": "The Tolmar Ledger"},
}


def page(
    head: str = "", body: str = "", title: str = "Ferries cross again | The Tolmar Ledger"
) -> str:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>{head}'
        "</head><body><nav><a href='/'>Home</a> <a href='/s'>Shipping</a></nav>"
        f"<article><h1>Ferries cross the Selk Strait again</h1>{text}{body}</article>"
        "<footer>© 2024 The Tolmar Ledger</footer></body></html>"
    )


def load_html(folder: Path, html: str | bytes) -> Loaded:
    data = html if isinstance(html, bytes) else html.encode()
    (folder / "page.html").write_bytes(data)
    return load(folder)


def linked_data(**changes: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(ARTICLE | changes)}</script>'


def test_text_and_metadata(tmp_path: Path) -> None:
    loaded = load_html(tmp_path, page(linked_data()))
    first = loaded.dispatches.loc[0]
    assert first["format"] == "html"
    assert first["body"] == "\n\n".join([PARAGRAPHS[0].split("— ")[1], *PARAGRAPHS[1:]])
    assert first["headline"] == "Ferries cross the Selk Strait again"
    assert (first["byline"], first["agency"]) == ("Pel Oram", "MPA")
    assert first["outlet"] == "The Tolmar Ledger"
    assert first["published_at"] == pd.Timestamp("2024-03-05T01:30Z")
    assert first["published_precision"] == "time"
    assert (first["dateline_place"], first["dateline_date"]) == ("TOLMAR", "2024-03-04")
    assert first["language"] == "en"
    assert "© 2024" in "\n".join(loaded.cuts["text"])


def test_an_agency_named_as_author_is_no_byline(tmp_path: Path) -> None:
    html = page(linked_data(author="Agence France-Presse")).replace("(MPA) ", "")
    first = load_html(tmp_path, html).dispatches.loc[0]
    assert first["agency"] == "AFP"
    assert pd.isna(first["byline"])


def test_meta_elements_where_there_is_no_linked_data(tmp_path: Path) -> None:
    head = (
        '<meta property="og:site_name" content="Brackwater Courier">'
        '<meta property="article:published_time" content="2024-03-04T10:00:00Z">'
        '<meta name="author" content="Wren Sollis">'
        '<meta property="og:url" content="https://courier.example/ferries">'
    )
    first = load_html(tmp_path, page(head)).dispatches.loc[0]
    assert first["outlet"] == "Brackwater Courier"
    assert first["published_at"] == pd.Timestamp("2024-03-04T10:00Z")
    assert first["byline"] == "Wren Sollis"
    assert first["url"] == "https://courier.example/ferries"


def test_a_declared_encoding_is_used(tmp_path: Path) -> None:
    html = page().replace("utf-8", "windows-1252").encode("cp1252")
    assert "“All nine" in load_html(tmp_path, html).dispatches.loc[0, "body"]


@pytest.mark.parametrize(
    "head",
    [
        '<script type="application/ld+json">{not json</script>',
        '<script type="application/ld+json">' + "[" * 50_000 + "</script>",
        '<script type="application/ld+json">[null, 1, "x", {"@type": 7}]</script>',
        linked_data(headline=["a", 1], author=[None, {"name": 3}], publisher=[[]]),
        linked_data(datePublished={"a": 1}, inLanguage=5),
        linked_data(headline="half \ud83d"),
        '<meta name="author"><meta content="x"><base href="http://[">',
    ],
)
def test_broken_metadata_does_not_cost_the_text(tmp_path: Path, head: str) -> None:
    loaded = load_html(tmp_path, page(head))
    assert loaded.dispatches.loc[0, "body"].endswith(PARAGRAPHS[2])
    assert loaded.rejects.empty


@pytest.mark.parametrize(
    "html",
    [
        page(body="<div>" * 100_000),
        page(body="<b>" * 20_000 + "x" + "</i>" * 20_000),
        page(body="<script>" + "x" * 1_000_000),
        page(body="<p>" + "&amp;" * 200_000 + "</p>"),
        "<html>" + "<table><tr><td>" * 5_000,
        "<!DOCTYPE html [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;'>]><html><p>&b;</p>",
        "<!DOCTYPE html [<!ENTITY f SYSTEM 'file:///etc/passwd'>]><html><p>&f;</p></html>",
        "<" * 100_000,
        "<!--" * 50_000,
        "<a href='" * 20_000,
    ],
)
def test_hostile_markup_ends_in_a_dispatch_or_a_reject_in_bounded_time(
    tmp_path: Path, html: str
) -> None:
    started = time.process_time()
    loaded = load_html(tmp_path, html)
    assert time.process_time() - started < 30
    assert len(loaded.dispatches) + len(loaded.rejects) == 1
    assert "root:" not in "".join(loaded.dispatches["body"])


def test_scripts_and_styles_are_never_text(tmp_path: Path) -> None:
    first = load_html(
        tmp_path, page(body="<script>steal()</script><style>p{color:red}</style>")
    ).dispatches.loc[0]
    assert "steal" not in first["body"]
    assert "color" not in first["body"]


@pytest.mark.parametrize(
    ("heading", "title", "headline"),
    [
        ("Ferries cross again", "Ferries cross again | The Tolmar Ledger", "Ferries cross again"),
        ("Shipping : Ferries cross again", "Ferries cross again", "Ferries cross again"),
        ("The Tolmar Ledger", "Ferries cross again - The Tolmar Ledger", "Ferries cross again"),
        ("Ferries are back on the strait", "Shipping", "Ferries are back on the strait"),
    ],
)
def test_title_and_heading_correct_each_other(
    tmp_path: Path, heading: str, title: str, headline: str
) -> None:
    html = page('<meta property="og:site_name" content="The Tolmar Ledger">', title=title)
    html = html.replace("<h1>Ferries cross the Selk Strait again</h1>", f"<h1>{heading}</h1>")
    assert load_html(tmp_path, html).dispatches.loc[0, "headline"] == headline


def test_the_zone_and_what_states_the_time_are_kept(tmp_path: Path) -> None:
    first = load_html(tmp_path, page(linked_data())).dispatches.loc[0]
    assert first["published_zone"] == "-02:00"
    assert first["published_evidence"] == "JSON-LD datePublished"
    assert (first["dateline_date"], first["dateline_evidence"]) == ("2024-03-04", "publication day")


def test_a_day_on_a_line_by_the_headline(tmp_path: Path) -> None:
    html = page().replace("</h1>", "</h1><div>Tolmar, 4. März 2024 | Schiffahrt</div>")
    first = load_html(tmp_path, html).dispatches.loc[0]
    assert first["published_at"] == pd.Timestamp("2024-03-04T00:00Z")
    assert first["published_precision"] == "day"
    assert first["published_evidence"] == "date line by the headline"


@pytest.mark.parametrize(
    ("author", "byline", "agency"),
    [
        ("Pel Oram, Associated Press", "Pel Oram", "AP"),
        ("Pel Oram (dpa)", "Pel Oram", "dpa"),
        ("dpa/sel", None, "dpa"),
        ("Pel Oram and Ilva Drost", "Pel Oram and Ilva Drost", None),
    ],
)
def test_writer_and_agency_of_a_byline(
    tmp_path: Path, author: str, byline: str | None, agency: str | None
) -> None:
    html = page(linked_data(author={"@type": "Person", "name": author})).replace("(MPA) ", "")
    first = load_html(tmp_path, html).dispatches.loc[0]
    assert (first["byline"] if pd.notna(first["byline"]) else None) == byline
    assert (first["agency"] if pd.notna(first["agency"]) else None) == agency
    assert first["outlet"] == "The Tolmar Ledger"


def test_an_agency_in_the_outlet_s_footer_did_not_write_the_article(tmp_path: Path) -> None:
    footer = "<footer>© 2024 The Associated Press. All rights reserved.</footer>"
    html = page(linked_data()).replace("(MPA) ", "").replace("</body>", f"{footer}</body>")
    assert pd.isna(load_html(tmp_path, html).dispatches.loc[0, "agency"])
