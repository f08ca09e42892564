"""What report notebooks show: tables that travel as CSV too, figures with words, provenance."""

from __future__ import annotations

import json
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.reporting.manifest import versions
from analysis.stats.wording import Html
from analysis.tables import result_table, rows_table, safe_cells

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from analysis.store import Tables

CSV = "text/csv"


@dataclass(frozen=True, repr=False)
class ReportTable:
    """A table on a page, with all its rows and columns as CSV beside it.

    A report writes the CSV to ``tables/<name>.csv``. Jupyter shows the HTML.
    """

    name: str
    html: str
    csv: str
    n_rows: int

    def _repr_mimebundle_(self, **_: Any) -> tuple[dict[str, str], dict[str, Any]]:
        data = {"text/html": self.html, "text/plain": repr(self), CSV: self.csv}
        return data, {CSV: {"name": self.name}}

    def __repr__(self) -> str:
        return f"ReportTable({self.name!r}, {self.n_rows:,} rows)"


def table(
    frame: pd.DataFrame,
    name: str,
    caption: str,
    *,
    columns: Sequence[str] | None = None,
    limit: int = 25,
    cell_width: int = 400,
) -> ReportTable:
    """Return a table for a report.

    Parameters
    ----------
    frame : a result of `analysis.stats`, or any other table.
    name : of its CSV file, without folder and ending.
    caption : what it shows.
    columns : columns to show of a table that is no result; the CSV has all.
    limit : rows to show; the CSV has all.
    cell_width : characters of a text cell to show.

    Returns
    -------
    ReportTable
        Text is escaped in HTML; in the CSV, cells that a spreadsheet would run as a formula have
        an apostrophe in front. NA is a dash, or an empty cell.

    Raises
    ------
    InputError : a column that the table does not have.

    >>> from analysis.stats import invented_tables, tone
    >>> table(tone(invented_tables()), "tone", "Mean tone by voice")
    ReportTable('tone', 2 rows)
    """
    if "statistic" in frame.columns:
        more = f" (first {limit} of {len(frame)} rows)" if len(frame) > limit else ""
        html = str(result_table(frame.head(limit), caption + more))
    else:
        html = str(rows_table(frame, caption, columns=columns, limit=limit, cell_width=cell_width))
    text = safe_cells(frame).to_csv(index=False, lineterminator="\n")
    return ReportTable(name, html, text, len(frame))


def figure(axes: Axes, result: pd.DataFrame, caption: str = "") -> Html:
    """Return a drawn result as inline SVG with its description in words.

    Parameters
    ----------
    axes : what a ``draw_`` function of `analysis.figures` returned.
    result : the result it drew, for the words.
    caption : a line beneath.
    """
    from analysis.figures import as_svg, describe

    return as_svg(axes, describe(result), caption)


def provenance(tables: Tables, report: str, parameters: Mapping[str, Any]) -> ReportTable:
    """Return what a report was made from, and the command that makes it again.

    Parameters
    ----------
    tables : the canonical tables of the selection, as opened from the store.
    report : the report's name.
    parameters : the values its notebook ran with.

    >>> from analysis.store import Tables
    >>> provenance(Tables(), "topic", {"store": "data/store"})
    ReportTable('provenance', 9 rows)
    """
    store = tables.provenance
    facts = {
        "command": command(report, parameters),
        "dispatches in the selection": f"{len(tables.dispatches):,}",
        "content of the store (SHA-256)": store.get("content_sha256", "not recorded"),
        "inputs of the store": ", ".join(map(str, store.get("inputs", []))) or "not recorded",
        "attribution method": " ".join(
            str(store[key]) for key in ("method", "method_version") if store.get(key)
        )
        or "not recorded",
        "tone scorer": store.get("scorer", "not recorded"),
        "annotated with": store.get("package", "not recorded"),
        "report made with": "; ".join(
            f"{name} {version}" for name, version in versions().items() if "sha256" not in name
        ),
        "parameters": json.dumps(dict(parameters), ensure_ascii=False),
    }
    frame = pd.DataFrame({"what": list(facts), "value": list(map(str, facts.values()))})
    return table(frame.astype("string"), "provenance", "What this report was made from")


def inputs(tables: Tables) -> ReportTable:
    """Return the files the dispatches came from, with the SHA-256 of each dispatch's text.

    >>> from analysis.stats import invented_tables
    >>> inputs(invented_tables())
    ReportTable('inputs', 6 rows)
    """
    columns = ["source_file", "format", "dispatch_id", "content_hash"]
    frame = tables.dispatches[columns].sort_values(["source_file", "dispatch_id"])
    return table(
        frame.reset_index(drop=True), "inputs", "Input files and the SHA-256 of each text", limit=10
    )


def command(report: str, parameters: Mapping[str, Any]) -> str:
    """Return the command line that runs a report with these parameters.

    >>> command("topic", {"store": "data/store", "query": "joint patrols", "agencies": []})
    "dispatches report topic --store data/store -p 'query=joint patrols'"
    """
    parts = ["dispatches", "report", report]
    for name, value in parameters.items():
        if name == "store":
            parts += ["--store", str(value)]
        elif value not in (None, "", []):
            text = json.dumps(value, ensure_ascii=False) if isinstance(value, list) else str(value)
            parts += ["-p", f"{name}={text}"]
    return shlex.join(parts)
