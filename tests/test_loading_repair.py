"""Characters made right, and the received text rebuilt from the record of it."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import ftfy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.loading import Loaded, load, received_body
from analysis.loading.repair import Repaired, repair_text

SENTENCE = "“Die Fähre fährt”, sagte Ilva Dröst – der Hafen öffnet für 40 € am Café."


def put_back(repaired: Repaired) -> str:
    text = repaired.text
    for repair in reversed(repaired.repairs):
        text = text[: repair.start] + repair.received + text[repair.end :]
    return text


def misread(text: str, times: int = 1) -> str:
    for _ in range(times):
        text = text.encode("utf-8").decode("sloppy-windows-1252")
    return text


@pytest.mark.parametrize(
    ("received", "right", "reason"),
    [
        ("It is Ilvaâ€™s ferry.", "It is Ilva’s ferry.", "mojibake"),
        ("â€œOpenâ€\u009d, he said.", "“Open”, he said.", "mojibake"),
        ("Selk &amp; Sound", "Selk & Sound", "HTML entity"),
        ("It&#8217;s open", "It’s open", "HTML entity"),
        ("It&#x2019;s open", "It’s open", "HTML entity"),
        ("It&#146;s open", "It’s open", "HTML entity"),
        ("AT&amp;amp;T", "AT&T", "HTML entity"),
        ("Fäh\u00adren", "Fähren", "invisible character"),
        ("the\u200b strait\u2060 is\ufeff open", "the strait is open", "invisible character"),
        ("3\u00a0000 islanders", "3 000 islanders", "space"),
        ("« Ouvert\u202f»", "« Ouvert »", "space"),
    ],
)
def test_what_is_repaired(received: str, right: str, reason: str) -> None:
    repaired = repair_text(received)
    assert repaired.text == right
    assert {repair.reason for repair in repaired.repairs} == {reason}
    assert put_back(repaired) == received


@pytest.mark.parametrize(
    "text",
    [
        "“Smart quotes” and ‘single ones’ – they’re kept…",
        "A&B said R&D; Q&A; &c.; 5 &6; fish & chips;",
        "São Paulo, Ærø, Łódź, Ürümqi, “Ça va”, ÀÉÎ",
        "می‌خواهم",  # Persian: the zero-width non-joiner is spelling
        "नमस्‍ते",
        "👩‍👩‍👧 on the ferry",
        "Цены выросли. 価格が上がった。",
    ],
)
def test_what_is_left_as_it_is(text: str) -> None:
    assert repair_text(text) == Repaired(text)


@pytest.mark.parametrize("times", [1, 2])
def test_mojibake_is_repaired_as_ftfy_does(times: int) -> None:
    received = misread(SENTENCE, times)
    assert received != SENTENCE
    assert repair_text(received).text == SENTENCE == ftfy.fix_encoding(received)


@given(st.text(alphabet="aé’ â€™Ã©&amp;#8217;\u00ad\u200b\u00a0\n\u200d", max_size=80))
def test_what_was_received_can_be_rebuilt(text: str) -> None:
    repaired = repair_text(text)
    assert put_back(repaired) == text
    starts = [repair.start for repair in repaired.repairs]
    assert starts == sorted(set(starts))


def written(folder: Path, name: str, text: str) -> Loaded:
    (folder / name).write_bytes(text.encode())
    return load(folder, repair=name.endswith("x.jsonl"))


BODY = "TOLMAR, March 4 (MPA) â€” The&nbsp;ferries cross\u00aded &amp; docked, Ilva Drost said."
RIGHT = "The ferries crossed & docked, Ilva Drost said."


def test_a_text_is_repaired_and_its_dateline_read(tmp_path: Path) -> None:
    loaded = written(tmp_path, "a.txt", f"Ferries cross again\r\n\r\n{BODY}\r\n")
    row = loaded.dispatches.loc[0]
    assert row["body"] == RIGHT
    assert row["dateline_place"] == "TOLMAR"
    received = received_body(loaded.dispatches, loaded.repairs)
    assert received.tolist() == ["The&nbsp;ferries cross\u00aded &amp; docked, Ilva Drost said."]


def test_a_page_is_repaired(tmp_path: Path) -> None:
    text = "The ferries cross\u00aded the strait again on Monday, Ilva Drost said. It\u00a0is open."
    page = f"<html><body><article><h1>Ferries</h1><p>{text}</p></article></body></html>"
    loaded = written(tmp_path, "a.html", page)
    assert "crossed" in loaded.dispatches.loc[0, "body"]
    assert "It is open" in loaded.dispatches.loc[0, "body"]


def test_rows_of_tables_are_kept_as_they_are_unless_asked(tmp_path: Path) -> None:
    row = json.dumps({"id": "1", "body": BODY})
    kept = written(tmp_path, "a.jsonl", row)
    assert kept.dispatches.loc[0, "body"] == BODY
    assert kept.repairs.empty
    (tmp_path / "a.jsonl").unlink()
    repaired = written(tmp_path, "x.jsonl", row)
    assert repaired.dispatches.loc[0, "body"].endswith(RIGHT)
    assert received_body(repaired.dispatches, repaired.repairs).tolist() == [BODY]


@pytest.mark.parametrize(
    ("declared", "written_in"),
    [("iso-8859-1", "utf-8"), ("iso-8859-1", "cp1252"), ("utf-8", "cp1252"), ("latin1", "cp1252")],
)
def test_a_charset_that_is_declared_wrongly(tmp_path: Path, declared: str, written_in: str) -> None:
    paragraph = "“All nine routes are open,” said Ilva Dröst, the harbour master, at the quay."
    page = f'<html><head><meta charset="{declared}"></head><body><p>{paragraph}</p></body></html>'
    (tmp_path / "a.html").write_bytes(page.encode(written_in))
    assert load(tmp_path).dispatches.loc[0, "body"] == paragraph


def test_clean_articles_hold_no_mojibake(corpora: Path) -> None:
    with gzip.open(corpora / "attribution" / "wikinews.text.jsonl.gz", "rt") as rows:
        texts = [json.loads(row)["text"] for row in rows]
    reasons = {one.reason for text in texts for one in repair_text(text).repairs}
    assert "mojibake" not in reasons


def test_a_long_text_of_nothing_but_repairs_takes_little_time() -> None:
    import time

    started = time.monotonic()
    for piece in ("â€™", "&amp;", "\u00ad", "\u200d", "Ã", "&#"):
        repair_text(piece * 100_000)
    assert time.monotonic() - started < 20
