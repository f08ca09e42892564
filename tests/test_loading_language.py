"""Language: stated where the input states it, else identified, else not said."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pandas as pd
import pytest

from analysis.loading import load
from analysis.loading.language import identify_language

TEXTS = {
    "en": "The ferries crossed the strait again on Monday, the harbour master said at the quay.",
    "de": "Die Fähren fuhren am Montag wieder über die Meerenge, sagte die Hafenmeisterin am Kai.",
    "fr": "Les ferries ont de nouveau traversé le détroit lundi, a déclaré la capitaine du port.",
    "es": "Los transbordadores volvieron a cruzar el estrecho el lunes, dijo la jefa del puerto.",
    "it": "I traghetti hanno attraversato di nuovo lo stretto lunedì, ha detto la capitana.",
    "pt": "As balsas voltaram a cruzar o estreito na segunda-feira, disse a chefe do porto hoje.",
    "pl": "Promy znów przepłynęły cieśninę w poniedziałek, powiedziała kapitan portu na nabrzeżu.",
    "ru": "Паромы снова пересекли пролив в понедельник, сообщила начальник порта на причале.",
    "ar": "عبرت العبارات المضيق مرة أخرى يوم الاثنين، حسبما قالت مديرة الميناء عند الرصيف."
    " وأضافت أن تسعة خطوط مفتوحة.",
    "ko": "월요일에 여객선이 다시 해협을 건넜다고 항만장이 부두에서 말했다."
    " 아홉 개 노선이 모두 열렸다고 그는 덧붙였다.",
}


@pytest.mark.parametrize("language", TEXTS)
def test_the_language_of_a_sentence(language: str) -> None:
    assert identify_language(TEXTS[language]) == language


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Selk",
        "Ferries cross again",
        "1,204 3,500 — 77 % ... 2024-03-04 " * 20,
        TEXTS["en"] * 5 + TEXTS["de"] * 6,
    ],
)
def test_short_and_mixed_texts_are_left_open(text: str) -> None:
    assert identify_language(text) is None


def test_what_the_input_states_stands(tmp_path: Path) -> None:
    rows = [
        {"id": "stated", "body": TEXTS["de"], "language": "en-GB"},
        {"id": "identified", "body": TEXTS["de"]},
        {"id": "open", "body": "Selk."},
    ]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, rows)))
    frame = load(tmp_path).dispatches.set_index("dispatch_id")
    assert frame.loc["stated", ["language", "language_evidence"]].tolist() == ["en-GB", "stated"]
    assert frame.loc["identified", ["language", "language_evidence"]].tolist() == [
        "de",
        "identified",
    ]
    assert frame.loc["open", ["language", "language_evidence"]].isna().all()


def test_a_dispatch_costs_little(tmp_path: Path) -> None:
    text = " ".join(TEXTS[name] for name in ("fr",) * 40)[:3000]
    identify_language(text)
    started = time.process_time()
    for _ in range(100):
        identify_language(text)
    assert (time.process_time() - started) / 100 < 0.005  # ten milliseconds would be a mistake


def test_languages_of_real_pages(corpora: Path) -> None:
    """The lang attribute of pages; where it is wrong, it says English on a page that is not."""
    import gzip
    import re

    from analysis.loading.html_page import read
    from analysis.loading.records import ReadOptions

    with gzip.open(corpora / "pages" / "segments.jsonl.gz", "rt", encoding="utf-8") as lines:
        pages = [json.loads(line) for line in lines][::4]
    found = []
    for page in pages:
        stated = re.search(r"<html[^>]*\blang\s*=\s*[\"']?([a-z]{2})\b", page["html"][:20000], re.I)
        result = read(page["html"].encode("utf-8", "replace"), page["id"], ReadOptions())
        if stated and stated[1].casefold() != "en" and result.dispatches:
            identified = identify_language(result.dispatches[0].body)
            found.append((stated[1].casefold(), identified))
    frame = pd.DataFrame(found, columns=["stated", "identified"]).dropna()
    assert len(frame) > 50
    assert (frame["stated"] == frame["identified"]).mean() >= 0.98
