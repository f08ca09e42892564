"""Saved pages and plain text: the dispatch found, everything else cut and accounted for."""

from __future__ import annotations

import gzip
import importlib.util
import json
import sys
from pathlib import Path

import pandas as pd
import pytest

from analysis.loading import Loaded, load, received_body

PARAGRAPHS = [
    "Ferries crossed the Selk Strait again on Monday after an eleven-day halt, the harbour said.",
    '"All nine routes are open," said Ilva Drost, the harbour master, who stood at the quay.',
    "The halt had cut off about 3,000 islanders, according to a count by the relief committee.",
    "Drost said the pilots would be paid for the days they had lost, and thanked them for waiting.",
]
PAGE = "\n".join(
    [
        "StraitWatch.example - News From The Narrow Waters",
        "Skip to content",
        "    Home",
        "    Shipping",
        "    Weather",
        "Ferries cross the Selk Strait again",
        "Tolmar, March 4 (MPA) Mar 4, 2024",
        PARAGRAPHS[0],
        "",
        "ADVERTISEMENT",
        "",
        PARAGRAPHS[1],
        "",
        "Ferries at the quay in Tolmar. (Photo: Pel Oram)",
        "",
        PARAGRAPHS[2],
        "",
        "Read more: Islanders count the cost",
        "",
        PARAGRAPHS[3],
        "",
        "Share on Facebook",
        "",
        "Related stories",
        "Barley soup for a wet evening",
        "Why the harbour seals moved south",
        "",
        "All rights reserved. Copyright Meridian Press Agency.",
    ]
)


def load_text(folder: Path, text: str, name: str = "page.txt") -> Loaded:
    (folder / name).write_text(text, encoding="utf-8")
    return load(folder)


def test_a_saved_page_gives_the_dispatch_and_nothing_else(tmp_path: Path) -> None:
    loaded = load_text(tmp_path, PAGE)
    first = loaded.dispatches.loc[0]
    assert first["format"] == "saved_page"
    assert first["body"] == "\n\n".join(PARAGRAPHS)
    assert first["headline"] == "Ferries cross the Selk Strait again"
    assert (first["agency"], first["outlet"]) == ("MPA", "StraitWatch.example")
    assert (first["dateline_place"], first["dateline_date"]) == ("Tolmar", "2024-03-04")
    assert first["published_at"] == pd.Timestamp("2024-03-04", tz="UTC")
    assert first["published_precision"] == "day"


def test_every_line_is_in_the_body_or_in_a_cut(tmp_path: Path) -> None:
    loaded = load_text(tmp_path, PAGE)
    kept = "\n".join([loaded.dispatches.loc[0, "body"], *loaded.cuts["text"]])
    for line in PAGE.split("\n"):
        assert line.strip() in kept
    lines = PAGE.split("\n")
    for cut in loaded.cuts.itertuples():
        assert lines[cut.first_line - 1].strip() == cut.text.split("\n")[0]
        assert lines[cut.last_line - 1].strip() == cut.text.split("\n")[-1]
    kinds = {"banner", "advert", "caption", "teaser", "share", "copyright", "metadata"}
    assert kinds <= set(loaded.cuts["kind"])


def test_the_seed_page(corpora: Path) -> None:
    loaded = load(corpora / "seed" / "saved-page.txt")
    first = loaded.dispatches.loc[0]
    assert first["body"].startswith("An Iraqi government spokesman")
    assert first["body"].endswith("5,200 US troops.")
    page = (corpora / "seed" / "saved-page.txt").read_text(encoding="utf-8").split("\n")
    assert first["body"] == "\n\n".join(line for line in page[3:42] if line)
    for foreign in ("Space pebbles", "Copyright", "ADVERTISEMENT", "(AFP)"):
        assert foreign not in first["body"]
    assert first["headline"] == "Iraq denies resuming joint ops with US-led coalition"
    assert (first["agency"], first["outlet"]) == ("AFP", "SpaceWar.com")
    assert (first["dateline_place"], first["dateline_date"]) == ("Baghdad", "2020-01-16")
    assert first["published_at"] == pd.Timestamp("2020-01-16", tz="UTC")
    assert first["published_precision"] == "day"
    assert loaded.rejects.empty


def test_saved_pages_are_found_as_well_as_the_page_on_loading_says(
    corpora: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = root / "benchmarks" / "saved_pages.py"
    spec = importlib.util.spec_from_file_location("saved_pages", path)
    assert spec and spec.loader
    benchmark = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "saved_pages", benchmark)
    spec.loader.exec_module(benchmark)
    score = benchmark.score_saved_text(corpora / "pages" / "article_body.jsonl.gz")
    assert score["all"].f1 >= 0.93
    assert score["odd"].f1 >= 0.93  # rules were written on the even ones


def test_plain_text_with_and_without_a_head(tmp_path: Path) -> None:
    body = "\n\n".join(PARAGRAPHS)
    heads = {
        "bare.txt": body,
        "headline.txt": f"Ferries cross again\n\n{body}",
        "inline.txt": f"Ferries cross again\n\nBy Pel Oram\n\nTOLMAR, March 4, 2024 (MPA) - {body}",
        "end.txt": f"{body}\n\npo/id/sr\n",
    }
    for name, text in heads.items():
        (tmp_path / name).write_text(text)
    frame = load(tmp_path).dispatches.set_index("source_file")
    assert frame["format"].unique().tolist() == ["plain_text"]
    assert (frame["body"] == body).all()
    assert frame["headline"].dropna().to_dict() == {
        "headline.txt": "Ferries cross again",
        "inline.txt": "Ferries cross again",
    }
    inline = frame.loc["inline.txt"]
    assert (inline["byline"], inline["agency"]) == ("Pel Oram", "MPA")
    assert (inline["dateline_place"], inline["dateline_date"]) == ("TOLMAR", "2024-03-04")


def test_clean_articles_saved_as_text_keep_every_paragraph(corpora: Path, tmp_path: Path) -> None:
    with gzip.open(corpora / "attribution" / "wikinews.text.jsonl.gz", "rt") as rows:
        articles = {row["id"]: row for row in map(json.loads, rows)}
    for name, article in articles.items():
        text = f"{article['title']}\n\n{article['text']}\n"
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    loaded = load(tmp_path)
    frame = loaded.dispatches.assign(body=received_body(loaded.dispatches, loaded.repairs))
    whole = [
        row.headline == articles[row.source_file[:-4]]["title"]
        and row.body.split() == articles[row.source_file[:-4]]["text"].split()
        for row in frame.itertuples()
    ]
    assert sum(whole) >= 0.98 * len(articles)


def test_wrapped_paragraphs_are_joined(tmp_path: Path) -> None:
    import textwrap

    wrapped = "\n\n".join(textwrap.fill(paragraph, 64) for paragraph in PARAGRAPHS)
    assert load_text(tmp_path, wrapped).dispatches.loc[0, "body"] == "\n\n".join(PARAGRAPHS)


def test_an_urgent_of_one_sentence(tmp_path: Path) -> None:
    first = load_text(tmp_path, "TOLMAR (MPA) - Ferry sinks off Selk.").dispatches.loc[0]
    assert first["body"] == "Ferry sinks off Selk."
    assert first["dateline_place"] == "TOLMAR"


@pytest.mark.parametrize(
    "sentence",
    [
        "By signing the accord, Varsenia would open the strait to allied ships, Drost said.",
        "Copyright law would not change, the minister told the Assembly in Tolmar on Monday.",
        "Video from the quay showed passengers in tears as the first ferry of the day came in.",
        "The girl, whose name may not be published under a court order, was not hurt in the crash.",
        "Follow the money, the prosecutor told the court, and you will find the missing ships.",
        "Filed in Tolmar, the suit says the bank hid its losses from the regulator for six years.",
        "With additional ferries due on Friday, the harbour said the backlog would be gone soon.",
        "The company changed its privacy policy after the leak and told its customers by letter.",
    ],
)
def test_news_that_sounds_like_furniture_stays(tmp_path: Path, sentence: str) -> None:
    text = PAGE.replace(PARAGRAPHS[2], sentence)
    assert sentence in load_text(tmp_path, text).dispatches.loc[0, "body"]


def test_a_page_without_a_dispatch_is_a_reject(tmp_path: Path) -> None:
    menu = "\n".join(f"    Menu entry {n}" for n in range(40))
    loaded = load_text(tmp_path, f"Home\nAdvertisement\n{menu}\nAll rights reserved")
    assert loaded.rejects["reason"].tolist() == ["no dispatch found on the page"]
