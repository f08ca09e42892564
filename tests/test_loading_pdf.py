"""PDF: the text of the pages without their running heads; scans and locked files are rejects."""

from __future__ import annotations

import io
import time
from pathlib import Path

import pytest

from analysis.loading import Limits, Loaded, load

PAGES = [
    [
        "TOLMAR, March 4 (MPA) - Ferries crossed the Selk Strait again on Monday, the",
        "harbour said in a statement that was read out at the quay in the evening.",
        "Harbour master Ilva Drost said all nine routes were open and that the last of",
        "the ice had been broken by a tug which the relief committee had paid for.",
        "The halt had cut off about 3,000 islanders, according to a count by the relief",
        "committee, and had kept the mail from coming for the better part of a week.",
    ],
    [
        "The committee had asked for two more boats, its chair, Pel Oram, told reporters.",
        "Fares are to stay as they are until the end of the month, the harbour said, and",
        "the winter timetable is to be kept until the ice has gone from the outer bay.",
        "A pilot, Wren Sollis, said that the passage had been smooth from end to end.",
        "She had seen no drifting ice in the narrows, she said, and the buoys were lit.",
        "The harbour is to report again on Friday, after the council has met in Tolmar.",
    ],
]


def escaped(line: str) -> str:
    return line.replace("(", r"\(").replace(")", r"\)")


def pdf(pages: list[list[str]], extra: str = "", head: str = "Maritime Press Agency") -> bytes:
    """A PDF of text lines, written by hand: header, footer with page number, lines between."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>"]
    kids = " ".join(f"{4 + 2 * i} 0 R" for i in range(len(pages)))
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>")
    objects.append("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    for i, lines in enumerate(pages):
        shown = [head, *lines, f"Page {i + 1} of {len(pages)}"] if lines and head else lines
        text = "".join(
            f"BT /F1 10 Tf 50 {780 - 14 * n} Td ({escaped(line)}) Tj ET\n"
            for n, line in enumerate(shown)
        )
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] "
            f"/Resources << /Font << /F1 3 0 R >> >> /Contents {5 + 2 * i} 0 R {extra} >>"
        )
        objects.append(f"<< /Length {len(text)} >>\nstream\n{text}endstream")
    out = "%PDF-1.4\n"
    offsets = []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    start = out.index("xref\n0")
    return (
        out + f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF"
    ).encode()


def load_pdf(folder: Path, data: bytes, **options: object) -> Loaded:
    (folder / "a.pdf").write_bytes(data)
    return load(folder / "a.pdf", **options)  # type: ignore[arg-type]


def test_text_over_pages_without_running_heads(tmp_path: Path) -> None:
    loaded = load_pdf(tmp_path, pdf(PAGES))
    row = loaded.dispatches.loc[0]
    assert row["format"] == "pdf"
    assert (row["dateline_place"], row["agency"]) == ("TOLMAR", "MPA")
    words = " ".join(row["body"].split())
    assert words.startswith("Ferries crossed the Selk Strait")
    assert "part of a week. The committee had asked" in words
    assert words.endswith("after the council has met in Tolmar.")
    cut = loaded.cuts[loaded.cuts["kind"] == "page"]["text"].tolist()
    assert cut == ["Maritime Press Agency\nPage 1 of 2", "Maritime Press Agency\nPage 2 of 2"]


def test_a_single_page_keeps_its_lines(tmp_path: Path) -> None:
    loaded = load_pdf(tmp_path, pdf(PAGES[:1], head=""))
    assert not (loaded.cuts["kind"] == "page").any()
    assert "better part of a week" in loaded.dispatches.loc[0, "body"]


def test_a_scan_is_a_reject(tmp_path: Path) -> None:
    rejects = load_pdf(tmp_path, pdf([[], []])).rejects
    assert rejects[["reason", "found"]].values.tolist() == [
        ["PDF without text", "2 pages without text: a scan?"]
    ]


def test_a_password_is_a_reject(tmp_path: Path) -> None:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf(PAGES))))
    writer.encrypt("secret", algorithm="RC4-128")
    buffer = io.BytesIO()
    writer.write(buffer)
    assert load_pdf(tmp_path, buffer.getvalue()).rejects["reason"].tolist() == ["encrypted PDF"]


def test_limits_on_pages_and_time(tmp_path: Path) -> None:
    rejects = load_pdf(tmp_path, pdf(PAGES), limits=Limits(pdf_pages=1)).rejects
    assert rejects["reason"].tolist() == ["too many pages"]
    started = time.monotonic()
    slow = pdf([["word"] * 20_000] * 30)
    rejects = load_pdf(tmp_path, slow, limits=Limits(pdf_seconds=1.0)).rejects
    assert rejects["reason"].tolist() == ["PDF takes too long"]
    assert time.monotonic() - started < 30


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7 and nothing else",
        pdf(PAGES)[:900],
        pdf(PAGES).replace(b"/Kids [4 0 R 6 0 R]", b"/Kids [2 0 R 2 0 R]"),
        pdf(PAGES).replace(b"/Root 1 0 R", b"/Root 9 0 R"),
        pdf(PAGES).replace(b"/Length ", b"/Length 9"),
    ],
    ids=["mark only", "cut short", "pages in a ring", "no root", "wrong lengths"],
)
def test_damaged_files_never_raise(tmp_path: Path, data: bytes) -> None:
    loaded = load_pdf(tmp_path, data, limits=Limits(pdf_seconds=20.0))
    assert len(loaded.dispatches) + len(loaded.rejects) == 1
