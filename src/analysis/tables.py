"""Layer 5: tables as accessible HTML, and cells that a spreadsheet will not run."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from typing import Any

import pandas as pd

from analysis.errors import InputError
from analysis.stats.wording import (
    Html,
    count_as_text,
    estimate_as_text,
    number_as_text,
    printable,
    roles,
    value_as_text,
    wording_of,
)

# The wide forms are operators in East Asian versions of Excel.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")
ABSENT = "–"


def safe_cell(value: Any) -> Any:
    """Return a cell that a spreadsheet will not take for a formula.

    Text that begins with ``=``, ``+``, ``-``, ``@`` (or their wide forms), a tab or a line end,
    also after spaces, gets an apostrophe in front (OWASP, "CSV Injection"). Text that is a number,
    and anything that is not text, stays.

    >>> safe_cell("=1+1"), safe_cell("-3.5"), safe_cell("- he said"), safe_cell(-3)
    ("'=1+1", '-3.5', "'- he said", -3)
    """
    if not isinstance(value, str) or NUMBER.fullmatch(value):
        return value
    risky = value.startswith(FORMULA) or value.lstrip(" \xa0\u3000\ufeff").startswith(FORMULA)
    return "'" + value if risky else value


def safe_cells(frame: pd.DataFrame) -> pd.DataFrame:
    """Return `frame` with every text cell, column name and index label made safe (`safe_cell`).

    Columns of numbers, booleans and times keep their dtype.

    >>> safe_cells(pd.DataFrame({"slug": ["@risk", "calm"], "n": [-1, 2]}))
          slug  n
    0   '@risk -1
    1     calm  2
    """
    out = frame.copy()
    for place, dtype in enumerate(frame.dtypes):
        if not _is_inert(dtype):
            safe = frame.iloc[:, place].map(safe_cell, na_action="ignore")
            out.isetitem(place, (safe.astype(dtype) if dtype == "string" else safe).array)
    out.columns = pd.Index([safe_cell(name) for name in frame.columns])
    if not _is_inert(frame.index.dtype):
        out.index = frame.index.map(safe_cell)
    return out


def result_table(result: pd.DataFrame, caption: str) -> Html:
    """Return a result of `analysis.stats` as an HTML table for a reader.

    Parameters
    ----------
    result : a frame with ``statistic``, ``estimate``, ``ci_low``, ``ci_high``, ``n``, ``n_missing``
        and any group and category columns before them.
    caption : what the table shows.

    Returns
    -------
    `Html`: one ``<table class="result">`` with ``<caption>`` and header scopes. The groups and the
    category head each row; the estimate stands with its interval as "41 % (35 to 48)". Text is
    escaped. A result without rows is a paragraph that says so.

    Raises
    ------
    InputError : a frame that is no result.

    >>> from analysis.stats import anonymity_rate, invented_tables
    >>> print(result_table(anonymity_rate(invented_tables()), "Unnamed sources"))
    <table class="result"><caption>Unnamed sources</caption>...29 % (0 to 50)...</table>
    """
    if "statistic" not in result.columns:
        raise InputError("a table without a column 'statistic'", "a result of analysis.stats")
    if not len(result):
        return _nothing(caption)
    groups, categories = roles(result)
    heads = [*groups, *categories]
    single = result["statistic"].nunique() == 1
    measure = wording_of(str(result["statistic"].iloc[0]))[0] if single else "estimate"
    labels = ["source" if name == "name" else _column_label(name) for name in heads]
    labels += [f"{measure} (interval)", "n", "missing"]
    numeric = [False] * len(heads) + [True] * 3
    rows = [_result_cells(row, heads) for _, row in result.iterrows()]
    return _table("result", caption, labels, numeric, rows, max(len(heads), 1))


def rows_table(
    frame: pd.DataFrame,
    caption: str,
    *,
    columns: Sequence[str] | None = None,
    limit: int = 50,
    cell_width: int = 160,
) -> Html:
    """Return rows of any table as HTML.

    Parameters
    ----------
    frame : a canonical table, or any other.
    caption : what the table shows; how many rows were left out is added to it.
    columns : which columns to show; None shows all.
    limit : the most rows to show.
    cell_width : the most characters of a text cell; the whole text is its ``title``.

    Returns
    -------
    `Html`: ``<table class="rows">``, the first column heading each row. Text is escaped, numbers
    are right-aligned (class ``number``), NA is an en dash.

    Raises
    ------
    InputError : a column that the table does not have.

    >>> frame = pd.DataFrame({"slug": ["<b>", "calm"], "n": [1, 2]})
    >>> print(rows_table(frame, "Slugs", limit=1))
    <table class="rows"><caption>Slugs (first 1 of 2 rows)</caption>...&lt;b&gt;...</table>
    """
    chosen = list(frame.columns) if columns is None else list(columns)
    strange = [name for name in chosen if name not in frame.columns]
    if strange:
        raise InputError(f"column {strange[0]!r}", "one of: " + ", ".join(map(str, frame.columns)))
    if not len(frame):
        return _nothing(caption)
    shown = frame[chosen].head(limit)
    cut = f" (first {len(shown):,} of {len(frame):,} rows)" if len(frame) > len(shown) else ""
    numeric = [pd.api.types.is_numeric_dtype(d) and d != "boolean" for d in shown.dtypes]
    rows = [[_cell(v, cell_width) for v in row] for row in shown.itertuples(index=False, name=None)]
    return _table("rows", caption + cut, [_column_label(c) for c in chosen], numeric, rows, 1)


def _is_inert(dtype: Any) -> bool:
    types = pd.api.types
    return types.is_numeric_dtype(dtype) or types.is_datetime64_any_dtype(dtype)


def _nothing(caption: str) -> Html:
    return Html(f'<p class="nothing">{escape(caption)}: no rows in this selection.</p>')


def _column_label(name: str) -> str:
    return str(name).replace("_", " ")


def _result_cells(row: pd.Series, heads: Sequence[str]) -> list[str]:
    texts = [escape(value_as_text(row[name], name)) for name in heads]
    numbers = (estimate_as_text(row), count_as_text(row["n"]), count_as_text(row["n_missing"]))
    return texts + [escape(number) for number in numbers]


def _cell(value: Any, width: int) -> str:
    """Escape one value; a long text is cut, and given whole as a title."""
    if pd.api.types.is_scalar(value) and pd.isna(value):
        return ABSENT
    if isinstance(value, pd.Timestamp):
        return value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, float):
        return number_as_text(value, "number")
    text = printable(str(value))
    if len(text) <= width:
        return escape(text)
    return f'<span title="{escape(text)}">{escape(text[: width - 1].rstrip())}…</span>'


def _table(
    kind: str,
    caption: str,
    labels: Sequence[str],
    numeric: Sequence[bool],
    rows: Sequence[Sequence[str]],
    n_heads: int,
) -> Html:
    """Assemble escaped cells; the first `n_heads` of each row are its header, if they are text."""
    classes = [' class="number"' if flag else "" for flag in numeric]
    head = "".join(
        f'<th scope="col"{css}>{escape(label)}</th>'
        for label, css in zip(labels, classes, strict=True)
    )
    body = "".join(_row(row, classes, n_heads) for row in rows)
    return Html(
        f'<table class="{kind}"><caption>{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )


def _row(cells: Sequence[str], classes: Sequence[str], n_heads: int) -> str:
    out = []
    for place, (cell, css) in enumerate(zip(cells, classes, strict=True)):
        is_head = place < n_heads and not css
        out.append(f'<th scope="row">{cell}</th>' if is_head else f"<td{css}>{cell}</td>")
    return "<tr>" + "".join(out) + "</tr>"
