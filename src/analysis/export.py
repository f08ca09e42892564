"""Layer 6: tables to files that other programs open safely."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd

from analysis import schema
from analysis.attribution import attributions_as_json
from analysis.errors import InputError
from analysis.store import Tables
from analysis.store.files import replacing
from analysis.tables import safe_cells

ANNOTATIONS = "annotations"
SUFFIXES = (".csv", ".xlsx", ".jsonl", ".parquet")
EXCEL_ROWS, EXCEL_CHARACTERS = 1_048_575, 32_767


def export_table(tables: Tables, name: str, target: str | Path) -> int:
    """Write one table to `target` in the format its suffix names; return the number of rows.

    Parameters
    ----------
    tables : the tables to export from.
    name : a canonical table, or ``annotations`` for one JSON line a dispatch with its text and
        the offsets of every attribution.
    target : a file ending in .csv, .xlsx, .jsonl or .parquet; replaced whole or not at all.

    Raises
    ------
    InputError
        An unknown table or suffix; a table with more rows, or a text with more characters, than
        a sheet holds (nothing is cut off silently).

    Notes
    -----
    Text cells of .csv and .xlsx that a spreadsheet would run as a formula are prefixed with an
    apostrophe. NA is an empty cell, or null in JSON. Times keep their offset (ISO 8601).

    >>> import tempfile
    >>> export_table(Tables(), "sources", Path(tempfile.mkdtemp()) / "sources.csv")
    0
    """
    target = Path(target)
    frames = tables.frames()
    if name not in frames and name != ANNOTATIONS:
        raise InputError(f"table {name!r}", "one of: " + ", ".join([*frames, ANNOTATIONS]))
    suffixes = SUFFIXES if name in frames else (".jsonl",)
    if target.suffix.lower() not in suffixes:
        raise InputError(f"file {target.name!r}", "a name ending in " + ", ".join(suffixes))
    with replacing(target) as draft:
        if name == ANNOTATIONS:
            return _write_annotations(tables, draft)
        _write(frames[name], name, draft)
    return len(frames[name])


def _write(frame: pd.DataFrame, name: str, path: Path) -> None:
    suffix = path.suffix.lower()
    if suffix == ".parquet":
        frame.to_parquet(path, index=False)
    elif suffix == ".jsonl":
        frame.to_json(path, orient="records", lines=True, date_format="iso", force_ascii=False)
    elif suffix == ".csv":
        # The mark tells Excel that the file is UTF-8; other readers skip it.
        safe_cells(_times_as_text(frame)).to_csv(path, index=False, encoding="utf-8-sig")
    else:
        _check_sheet(frame, name)
        safe_cells(_times_as_text(frame)).to_excel(path, index=False, sheet_name=name)


def _times_as_text(frame: pd.DataFrame) -> pd.DataFrame:
    times = {
        name: frame[name].dt.strftime("%Y-%m-%dT%H:%M:%SZ").astype("string")
        for name in frame.columns
        if str(frame[name].dtype) == schema.TIME
    }
    return frame.assign(**times)


def _check_sheet(frame: pd.DataFrame, name: str) -> None:
    if frame.empty:
        return
    texts = [frame[c.name] for c in schema.TABLES[name].columns if c.dtype == "string"]
    longest = max(int(text.str.len().fillna(0).max()) for text in texts)
    if len(frame) > EXCEL_ROWS or longest > EXCEL_CHARACTERS:
        found = f"{name} with {len(frame)} rows and a text of {longest} characters"
        expected = f"at most {EXCEL_ROWS} rows and {EXCEL_CHARACTERS} characters a cell"
        raise InputError(found, expected, "export to .csv or .parquet")


def _write_annotations(tables: Tables, path: Path) -> int:
    ids = tables.dispatches["dispatch_id"].tolist()
    with path.open("w", encoding="utf-8", newline="\n") as out:
        for dispatch_id in ids:
            line = json.dumps(attributions_as_json(tables, dispatch_id), ensure_ascii=False)
            out.write(line + "\n")
    return len(ids)
