"""``dispatches corpus``, ``dispatches query``, and loading into a corpus."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from analysis.cli.console import REJECTED, UNWRITABLE, progress, report_rejects, stop

if TYPE_CHECKING:
    import pandas as pd

_BY_MONTH = """
SELECT coalesce(strftime(published_at, '%Y-%m'), 'unknown') AS month,
       coalesce(agency, 'not stated') AS agency, count(*) AS dispatches
FROM dispatches GROUP BY ALL ORDER BY ALL
"""
_LAST = """
SELECT strftime(written_at, '%Y-%m-%d %H:%M') AS written, who, kind, finished,
       n_dispatches AS added, n_repeats AS repeats, n_rejects AS rejects, n_files AS files
FROM loads ORDER BY started_at DESC LIMIT 10
"""


def load_corpus(
    paths: tuple[Path, ...],
    into: Path,
    format_: str | None,
    columns: Mapping[str, str],
    strict: bool,
) -> None:
    """Load into a corpus, say what was added, and end with a true exit status."""
    import pandas as pd

    import analysis

    try:
        with progress("load") as advance:
            report = analysis.load_into(
                paths, into, format=format_, columns=columns or None, progress=advance
            )
    except analysis.StoreError as error:
        if isinstance(error.__cause__, OSError):
            stop(str(error), UNWRITABLE)
        raise
    click.echo(
        f"{into}: {report.dispatches} dispatches added, {report.repeats} known, "
        f"{report.files_known} files known, {report.rejects} rejected"
    )
    rejects = pd.DataFrame([asdict(reject) for reject in report.first_rejects])
    report_rejects(rejects, strict=False)
    if strict and report.rejects:
        stop(f"{report.rejects} input(s) rejected under --strict", REJECTED)


@click.command(
    epilog="\b\nExample:\n  dispatches corpus data/corpus",
    short_help="Show what a corpus holds and the last loads.",
)
@click.argument("store", type=click.Path(path_type=Path))
def corpus(store: Path) -> None:
    """Show the dispatches of the corpus STORE by month and agency, and its last loads."""
    import analysis

    _print(analysis.query(store, _BY_MONTH))
    click.echo()
    _print(analysis.query(store, _LAST))


@click.command(
    epilog="\b\nExample:\n  dispatches query data/corpus "
    '"SELECT agency, count(*) AS n FROM dispatches GROUP BY agency" --csv',
    short_help="Ask a corpus in SQL.",
)
@click.argument("store", type=click.Path(path_type=Path))
@click.argument("sql")
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV, safe to open in a spreadsheet.")
def query(store: Path, sql: str, as_csv: bool) -> None:
    """Print the result of one SELECT over the corpus STORE.

    The views are dispatches, rejects, cuts, repairs, inputs and loads. With --csv, cells that a
    spreadsheet would take for a formula are prefixed with an apostrophe.
    """
    import analysis
    from analysis.tables import safe_cells

    result = analysis.query(store, sql)
    if as_csv:
        click.echo(safe_cells(result).to_csv(index=False), nl=False)
    else:
        _print(result)


def _print(frame: pd.DataFrame, width: int = 60) -> None:
    """Print a table a line a row; long cells are cut, control characters shown as spaces."""
    if frame.empty:
        click.echo("no rows")
        return
    text = frame.astype("string").fillna("").map(lambda cell: _one_line(cell, width))
    text.columns = text.columns.map(lambda name: _one_line(str(name), width))
    click.echo(text.to_string(index=False, max_colwidth=None))


def _one_line(text: str, width: int) -> str:
    # A dispatch is untrusted: an escape sequence in it must not reach the terminal.
    shown = "".join(char if char.isprintable() else " " for char in text[: width + 1])
    return shown if len(text) <= width else shown[: width - 1] + "…"
