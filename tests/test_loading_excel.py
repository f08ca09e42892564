"""Excel workbooks: the first sheet with a text column, shown values, bounded."""

from __future__ import annotations

import io
import time
import zipfile
from datetime import datetime
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import Workbook

from analysis.loading import Loaded, load

HEADER = ["ID", "Headline", "Text", "Date"]
ROW = [7, "Strait reopens", "Traffic resumed on Monday.", datetime(2024, 3, 4, 10, 30)]


def book(*sheets: tuple[str, list[list[object]]]) -> bytes:
    workbook = Workbook()
    workbook.remove(workbook.active)
    for title, rows in sheets:
        sheet = workbook.create_sheet(title)
        for row in rows:
            sheet.append(row)
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def load_book(folder: Path, data: bytes, name: str = "a.xlsx", **options: object) -> Loaded:
    (folder / name).write_bytes(data)
    return load(folder / name, **options)  # type: ignore[arg-type]


def changed(data: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """The workbook with bytes of one part replaced."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old_book, zipfile.ZipFile(buffer, "w", 8) as made:
        for name in old_book.namelist():
            content = old_book.read(name)
            if name == part:
                assert old in content
                content = content.replace(old, new)
            made.writestr(name, content)
    return buffer.getvalue()


def test_the_first_sheet_with_a_text_column(tmp_path: Path) -> None:
    notes = ("Notes", [["Who", "When"], ["Drost", 2024]])
    data = book(notes, ("Stories", [[], HEADER, ROW, [], [8, "No text", None, None]]))
    loaded = load_book(tmp_path, data, name="export")
    row = loaded.dispatches.loc[0]
    assert (row["dispatch_id"], row["headline"]) == ("7", "Strait reopens")
    assert (row["body"], row["format"]) == ("Traffic resumed on Monday.", "excel")
    # Excel knows no zones: the clock time is not kept, since its zone would be a guess.
    assert row["published_at"] == pd.Timestamp("2024-03-04", tz="UTC")
    assert row["published_precision"] == "day"
    assert loaded.rejects[["reason", "place"]].values.tolist() == [
        ["row without a body", "sheet 'Stories' row 5"]
    ]


def test_formulas_are_their_shown_values(tmp_path: Path) -> None:
    data = book(("S", [["id", "body"], [1, '=A2&" ships"'], [2, "=NA()"], [3, "#REF!"]]))
    part, formula = "xl/worksheets/sheet1.xml", b'<c r="B2"><f>A2&amp;" ships"</f><v'
    shown = b'<c r="B2" t="str"><f>A2&amp;" ships"</f><v>1 ships</v><v'
    loaded = load_book(tmp_path, changed(data, part, formula, shown))
    assert loaded.dispatches["body"].tolist() == ["1 ships"]
    assert loaded.rejects["reason"].tolist() == ["row without a body"] * 2


def test_a_column_map(tmp_path: Path) -> None:
    data = book(("S", [["nr", "Meldung"], [1, "Ferries crossed."]]))
    loaded = load_book(tmp_path, data, columns={"body": "Meldung"})
    assert loaded.dispatches["body"].tolist() == ["Ferries crossed."]
    rejects = load_book(tmp_path, data).rejects
    assert rejects["reason"].tolist() == ["no sheet with a text column"]
    assert "'S': nr, Meldung" in rejects.loc[0, "found"]


def test_a_workbook_in_an_archive(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("x/a.xlsx", book(("S", [HEADER, ROW])))
    assert load(tmp_path).dispatches["source_file"].tolist() == ["a.zip#x/a.xlsx"]


SHEET = "xl/worksheets/sheet1.xml"
PLAIN = book(("S", [HEADER, ROW]))
HOSTILE = {
    "row of the far end": changed(PLAIN, SHEET, b'<row r="2"', b'<row r="99999999999"'),
    "many empty rows": changed(PLAIN, SHEET, b'<row r="2"', b'<row r="1048576"'),
    "column of the far end": changed(PLAIN, SHEET, b'r="D2"', b'r="ZZZZZZZ2"'),
    "dimension": changed(PLAIN, SHEET, b'ref="A1:D2"', b'ref="A1:ZZZ99999999"'),
    "entities": changed(
        PLAIN, SHEET, b"<worksheet", b'<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet'
    ),
    "zeros": changed(PLAIN, SHEET, b"<sheetData>", b"<sheetData>" + b" " * 200_000_000),
    "no sheet": changed(PLAIN, "xl/workbook.xml", b"<sheets>", b"<x>"),
    "cut short": PLAIN[: len(PLAIN) // 2],
    "bad number": changed(PLAIN, SHEET, b"<v>7</v>", b"<v>seven</v>"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_workbooks_cost_little(tmp_path: Path, name: str) -> None:
    started = time.process_time()
    loaded = load_book(tmp_path, HOSTILE[name])
    assert time.process_time() - started < 15
    assert len(loaded.dispatches) + len(loaded.rejects) <= 2


def test_hostile_workbooks_say_why(tmp_path: Path) -> None:
    for name, reason in {
        "entities": "XML with a DOCTYPE",
        "zeros": "unpacks to too much",
        "cut short": "not a readable Excel workbook",
    }.items():
        assert load_book(tmp_path, HOSTILE[name]).rejects["reason"].tolist() == [reason]
