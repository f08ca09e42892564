"""Excel workbooks (.xlsx): the first sheet with a text column, read row by row."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Iterator
from typing import Any

from analysis.loading.columns import match_columns
from analysis.loading.container_zip import count_entries, is_office, overlapping_entries
from analysis.loading.limits import Limits
from analysis.loading.presets import column_map, find_preset
from analysis.loading.records import ReadOptions, ReadResult, Reject
from analysis.loading.rows import Row, read_rows

FORMAT = "excel"
_MOST_ROWS, _MOST_COLUMNS = 1_048_576, 16_384
_MOST_HEADER_ROWS = 100
_MOST_PARTS = 10_000
_MOST_UNPACKED = 1024 * 1024 * 1024
_ERRORS = ("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!")


def sniff(head: bytes, source_file: str) -> bool:
    """Whether the file is an Office document that holds a workbook."""
    suffix = source_file.casefold().rpartition(".")[2]
    return is_office(head) and (b"xl/work" in head or suffix in ("xlsx", "xlsm"))


def read(data: bytes, source_file: str, options: ReadOptions) -> ReadResult:
    """Read every row of the first sheet whose header has a text column."""
    reject = _unsafe(data, source_file, options.limits)
    if reject:
        return ReadResult(rejects=[reject])
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about styles and extensions that hold no text
            return _read(data, source_file, options)
    except Exception as error:
        # Whatever breaks in a damaged workbook is a reject of it, never the end of the run.
        found = f"{type(error).__name__}: {error}".split("\n")[0][:200]
        reject = Reject(source_file, FORMAT, "not a readable Excel workbook", found, "a workbook")
        return ReadResult(rejects=[reject])


def _read(data: bytes, source_file: str, options: ReadOptions) -> ReadResult:
    from openpyxl.reader.excel import load_workbook

    open_book: Any = load_workbook  # openpyxl carries no types
    book = open_book(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    seen = []
    for sheet in book.worksheets:
        number, names = _header(sheet)
        present = [name for name in names if name]
        matched = match_columns(present, column_map(present, options))
        if "body" in matched.mapping or (present and find_preset(present, options)):
            rows = _rows(sheet, names, number, source_file)
            return read_rows(rows, present, source_file, FORMAT, options)
        seen.append(f"{sheet.title!r}: {', '.join(present[:20]) or 'no header'}")
    found = "; ".join(seen)[:300] or "no sheet"
    expected = "a sheet whose first row names a text column, such as 'body'"
    reject = Reject(source_file, FORMAT, "no sheet with a text column", found, expected)
    return ReadResult(rejects=[reject])


def _header(sheet: Any) -> tuple[int, list[str]]:
    """Number and names of the first row that holds anything."""
    rows = sheet.iter_rows(max_row=_MOST_HEADER_ROWS, max_col=_MOST_COLUMNS, values_only=True)
    for number, row in enumerate(rows, 1):
        names = [str(value).strip() if value is not None else "" for value in row]
        if any(names):
            while not names[-1]:
                names.pop()
            return number, names
    return 0, []


def _rows(sheet: Any, names: list[str], header: int, file: str) -> Iterator[Row | Reject]:
    rows = sheet.iter_rows(
        min_row=header + 1, max_row=_MOST_ROWS, max_col=len(names), values_only=True
    )
    place = f"sheet {sheet.title!r} row"
    number = header
    try:
        for number, row in enumerate(rows, header + 1):
            if any(value is not None for value in row):
                yield f"{place} {number}", _named(names, row)
    except Exception as error:
        # The rows before a damaged one are kept.
        found = f"{type(error).__name__}: {error}".split("\n")[0][:200]
        after = f"{place} {number + 1}"
        yield Reject(file, FORMAT, "rows not readable from here on", found, "a row", after)


def _named(names: list[str], row: tuple[Any, ...]) -> dict[str, Any]:
    named: dict[str, Any] = {}
    for name, value in zip(names, row, strict=False):
        if name and value is not None and value not in _ERRORS:
            named.setdefault(name, value)
    return named


def _unsafe(data: bytes, source_file: str, limits: Limits) -> Reject | None:
    """A reject for a workbook that unpacks to too much, or whose XML declares entities."""
    most = min(_MOST_UNPACKED, limits.unpacked_bytes)
    try:
        if count_entries(io.BytesIO(data)) > _MOST_PARTS:
            expected = f"at most {_MOST_PARTS}"
            return Reject(source_file, FORMAT, "too many members", "more than that", expected)
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            size = sum(part.file_size for part in parts.infolist())
            if size > min(most, max(16 * 1024 * 1024, limits.unpacked_ratio * len(data))):
                found = f"{size} bytes from a file of {len(data)}"
                return Reject(source_file, FORMAT, "unpacks to too much", found, "a smaller one")
            if overlapping_entries(parts.infolist()):
                return Reject(source_file, FORMAT, "overlapping members", None, "members apart")
            for name in parts.namelist():
                if name.endswith((".xml", ".rels")) and _declares(parts, name):
                    found, expected = f"a DOCTYPE in {name[:100]!r}", "XML without one"
                    return Reject(source_file, FORMAT, "XML with a DOCTYPE", found, expected)
    except Exception as error:
        found = f"{type(error).__name__}: {error}"[:200]
        return Reject(source_file, FORMAT, "not a readable Excel workbook", found, "a workbook")
    return None


def _declares(parts: zipfile.ZipFile, name: str) -> bool:
    with parts.open(name) as part:
        head = part.read(64 * 1024).replace(b"\0", b"")  # UTF-16 too
    return b"<!DOCTYPE" in head or b"<!ENTITY" in head
