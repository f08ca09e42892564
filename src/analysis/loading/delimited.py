"""Comma, semicolon or tab separated tables with a header row."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from analysis.loading.decode import decode
from analysis.loading.presets import gdelt_header
from analysis.loading.records import ReadOptions, ReadResult, Reject
from analysis.loading.rows import Row, read_rows

FORMAT = "csv"
_DELIMITERS = ",;\t|"


def read(data: bytes, source_file: str, options: ReadOptions) -> ReadResult:
    """Read every row under the header; a row of another width is a rejects row."""
    decoded = decode(data)
    if decoded is None:
        return ReadResult(rejects=[Reject(source_file, FORMAT, "unknown encoding", None, "UTF-8")])
    delimiter = guess_delimiter(decoded.text)
    # newline="" keeps line ends inside quoted fields as they are.
    table = csv.reader(io.StringIO(decoded.text, newline=""), delimiter=delimiter)
    try:
        header = next(table, [])
    except csv.Error as error:
        found = str(error)
        return ReadResult(rejects=[Reject(source_file, FORMAT, "no header row", found, "a header")])
    names = gdelt_header(header)
    if names is None:
        names = [name.strip() for name in header]
    else:  # the first row is a row
        table = csv.reader(io.StringIO(decoded.text, newline=""), delimiter=delimiter)
    rows = _rows(table, names, source_file)
    return read_rows(rows, [name for name in names if name], source_file, FORMAT, options)


def guess_delimiter(text: str) -> str:
    """The delimiter that occurs most in the header line; a comma where none does.

    >>> guess_delimiter("id;headline;body"), guess_delimiter("body")
    (';', ',')
    """
    header = next((line for line in text[:65536].splitlines() if line.strip()), "")
    return max(_DELIMITERS, key=lambda mark: (header.count(mark), mark == ","))


def _rows(table: Iterator[list[str]], names: list[str], file: str) -> Iterator[Row | Reject]:
    # csv.reader counts lines, which is what an editor shows, also for fields of several lines.
    while True:
        try:
            row = next(table)
        except StopIteration:
            return
        except csv.Error as error:
            expected = "a field that ends; an unclosed quotation mark?"
            place = f"line {getattr(table, 'line_num', 0)}"
            yield Reject(file, FORMAT, "row not readable", str(error), expected, place)
            continue
        place = f"line {getattr(table, 'line_num', 0)}"
        if not any(field.strip() for field in row):
            continue
        if len(row) != len(names):
            found, expected = f"{len(row)} fields", f"{len(names)} as in the header"
            yield Reject(file, FORMAT, "row of another width", found, expected, place)
            continue
        yield place, {name: field for name, field in zip(names, row, strict=True) if field != ""}
