"""Nexis exports: both layouts, TXT, DOCX and RTF, and files that mean harm."""

from __future__ import annotations

import io
import time
import zipfile
from pathlib import Path

import pandas as pd
import pytest

from analysis.loading import Limits, Loaded, load

WIRES = Path(__file__).parent / "fixtures" / "wires"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OLD = "  1 of 1 DOCUMENTS\n\n  Ledger\n\n  March 5, 2024\n\nHead\n\nLENGTH: 3 words\n\n"


def load_bytes(folder: Path, name: str, data: bytes, limits: Limits | None = None) -> Loaded:
    (folder / name).write_bytes(data)
    return load(folder, limits=limits)


def docx(xml: str | bytes, part: str = "word/document.xml") -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(part, xml)
    return packed.getvalue()


def test_the_older_layout() -> None:
    loaded = load(WIRES / "nexis-old.txt")
    first, second = (loaded.dispatches.loc[i] for i in range(2))
    assert first["format"] == "nexis"
    assert (first["outlet"], first["agency"]) == ("The Tolmar Ledger", "AFP")
    assert first["headline"] == "Ferries cross the Selk Strait again"
    assert (first["byline"], first["language"]) == ("Pel Oram", "en")
    assert first["language_evidence"] == "stated"
    assert (first["published_at"], first["published_precision"]) == (
        pd.Timestamp("2024-03-05T00:00Z"),
        "day",
    )
    assert (first["dateline_date"], first["dateline_evidence"]) == ("2024-03-04", "Nexis date line")
    assert first["body"] == (
        "Ferries crossed the strait again on Monday, the harbour office said.\n\n"
        "Language: no barrier here, the pilots joked."
    )
    assert (second["agency"], second["dateline_place"]) == ("AFP", "SARNITZ")
    assert second["published_at"] == pd.Timestamp("2024-03-05T21:20Z")
    assert loaded.rejects[["reason", "place"]].values.tolist() == [
        ["record without a text", "record 3"]
    ]


@pytest.mark.parametrize("name", ["nexis-uni.txt", "nexis-uni.docx", "nexis-uni.rtf"])
def test_the_layout_of_nexis_uni_is_read_alike_from_all_three(name: str) -> None:
    loaded = load(WIRES / name)
    assert loaded.rejects.empty
    assert loaded.dispatches["format"].tolist() == ["nexis", "nexis"]
    first, second = (loaded.dispatches.loc[i] for i in range(2))
    assert first["headline"] == "Ferries cross the Selk Strait again"
    assert (first["outlet"], first["byline"]) == ("The Tolmar Ledger", "Pel Oram")
    assert first["published_at"] == pd.Timestamp("2024-03-05T09:20Z")
    assert (first["published_precision"], first["published_zone"]) == ("time", "GMT")
    assert first["body"] == "Ferries crossed the strait again.\n\nAll nine routes are open."
    assert second["body"] == "Kedrovia cut its harbour dues on Tuesday."
    assert (second["language"], second["dateline_place"]) == ("en", "SARNITZ")


def test_an_export_cut_short_keeps_its_last_document(tmp_path: Path) -> None:
    whole = (WIRES / "nexis-uni.txt").read_text(encoding="utf-8")
    text = whole.rpartition("Classification")[0] + "It will cut them again next year. " * 10
    loaded = load_bytes(tmp_path, "export.txt", text.encode())
    assert len(loaded.dispatches) == 2
    assert loaded.dispatches["body"].iloc[1].startswith("Kedrovia cut its harbour dues")


ENTITY = (
    f'<!DOCTYPE w [<!ENTITY f SYSTEM "file:///etc/passwd">]><w:document xmlns:w="{WORD}">'
    "<w:body><w:p><w:r><w:t>&f;</w:t></w:r></w:p></w:body></w:document>"
)
LAUGHS = (
    '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa">'
    + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + f']><w:document xmlns:w="{WORD}"><w:body><w:p>&i;</w:p></w:body></w:document>'
)


@pytest.mark.parametrize(
    ("data", "reasons"),
    [
        (docx(b" " * 100_000_000), {"DOCX part too large"}),
        (docx(ENTITY), {"DOCX with a DOCTYPE"}),
        (docx(LAUGHS), {"DOCX with a DOCTYPE", "damaged DOCX"}),
        (docx("<w:p>" * 10_000), {"damaged DOCX"}),
        (docx("word/", "word/other.xml"), {"no text in DOCX"}),
        (docx(ENTITY)[:90], {"damaged DOCX"}),
        (docx(f'<w:document xmlns:w="{WORD}"><w:body/></w:document>'), {"no Nexis document"}),
    ],
)
def test_docx_files_that_mean_harm(tmp_path: Path, data: bytes, reasons: set[str]) -> None:
    started = time.process_time()
    loaded = load_bytes(tmp_path, "export.docx", data)
    assert time.process_time() - started < 5
    assert loaded.dispatches.empty
    assert set(loaded.rejects["reason"]) <= reasons
    assert len(loaded.rejects) == 1


@pytest.mark.parametrize(
    "markup",
    [
        b"{" * 200_000,
        b"\\u99999999999?",
        b"{\\b x}" * 20_000,
        b"\\u-10179?" * 20_000,
        b"{\\pict " + b"ab" * 5_000_000 + b"}",
        b"\\" * 200_000,
        b"\\uc999999999\\u1 " * 1_000,
    ],
)
def test_rtf_files_that_mean_harm(tmp_path: Path, markup: bytes) -> None:
    started = time.process_time()
    loaded = load_bytes(tmp_path, "export.rtf", b"{\\rtf1\\ansi Nexis " + markup)
    assert time.process_time() - started < 5
    assert loaded.dispatches.empty
    assert len(loaded.rejects) == 1


def test_an_rtf_file_that_is_no_export_is_not_taken_for_text(tmp_path: Path) -> None:
    loaded = load_bytes(tmp_path, "letter.rtf", b"{\\rtf1\\ansi Dear harbour master.\\par}")
    assert loaded.rejects[["reason", "found"]].values.tolist() == [["binary file", "RTF document"]]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (OLD + "x" * 20_000, "line too long"),
        (OLD + "Ferries\0sailed.", "binary file"),
        ("  1 of 2 DOCUMENTS\n\n" * 20_000, "record without a text"),
    ],
)
def test_odd_text_files(tmp_path: Path, text: str, reason: str) -> None:
    started = time.process_time()
    loaded = load_bytes(tmp_path, "export.txt", text.encode(), Limits(line_chars=10_000))
    assert time.process_time() - started < 10
    assert loaded.dispatches.empty
    assert set(loaded.rejects["reason"]) == {reason}


@pytest.mark.corpora
@pytest.mark.parametrize(
    ("name", "outlets", "first_day"),
    [("sample.TXT", 7, "2010-01-08"), ("sample.DOCX", 1, "2019-07-01")],
)
def test_the_samples_of_lexisnexistools(
    corpora: Path, name: str, outlets: int, first_day: str
) -> None:
    """Ten mock documents each, as the files' own "1 of 10" and "Documents (10)" say."""
    loaded = load(corpora / "wires" / "nexis-samples" / "inst" / "extdata" / name)
    found = loaded.dispatches
    assert loaded.rejects.empty
    assert len(found) == 10
    assert found["headline"].notna().all()
    assert found["published_at"].notna().all()
    assert found["outlet"].nunique() == outlets
    assert str(found["published_at"].min().date()) == first_day
    assert not found["body"].str.contains("LOAD-DATE|Load-Date|DOCUMENTS|End of Document").any()
    assert not found["body"].str.contains("LENGTH:|Length:|All Rights Reserved").any()
