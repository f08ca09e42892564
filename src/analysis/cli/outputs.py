"""``dispatches export`` and ``dispatches list``."""

from __future__ import annotations

import inspect
from pathlib import Path

import click


@click.command(
    epilog="\b\nExamples:\n  dispatches export data/store attributions attributions.csv\n"
    "  dispatches export data/store annotations gold-format.jsonl",
    short_help="Write a table of a store to a file.",
)
@click.argument("store", type=click.Path(path_type=Path))
@click.argument("table")
@click.argument("target", type=click.Path(path_type=Path, dir_okay=False))
def export(store: Path, table: str, target: Path) -> None:
    """Write TABLE of STORE to TARGET (.csv, .xlsx, .jsonl or .parquet).

    TABLE is one of the canonical tables, or "annotations": one JSON line a dispatch with its text
    and the offsets of every attribution. Cells of .csv and .xlsx that a spreadsheet would take
    for a formula are prefixed with an apostrophe.
    """
    import analysis
    from analysis.export import export_table

    rows = export_table(analysis.open_store(store), table, target)
    click.echo(f"{target}: {rows} rows")


@click.command(
    "list",
    epilog="\b\nExample:\n  dispatches list reports",
    short_help="List reports, formats, methods, scorers or tables.",
)
@click.argument(
    "what", type=click.Choice(["reports", "formats", "methods", "scorers", "tables", "engines"])
)
def list_things(what: str) -> None:
    """List what the suite knows of WHAT, a line each."""
    entries = _entries(what)
    width = max(map(len, entries), default=0)
    for name, meaning in entries.items():
        click.echo(f"{name:<{width}}  {meaning}")


def _entries(what: str) -> dict[str, str]:
    if what == "tables":
        from analysis.schema import TABLES

        return {name: table.meaning for name, table in TABLES.items()}
    if what == "formats":
        from analysis.loading.formats import FORMATS

        return {name: entry.description for name, entry in FORMATS.items()}
    if what == "methods":
        from analysis.attribution import METHODS

        return {name: _first_line(method) for name, method in METHODS.items()}
    if what == "scorers":
        from analysis.sentiment import SCORERS

        return {name: _first_line(scorer) for name, scorer in SCORERS.items()}
    if what == "engines":
        from analysis.store.engine import ENGINES

        return ENGINES
    from analysis.reporting import list_reports

    return list_reports()


def _first_line(thing: object) -> str:
    return (inspect.getdoc(thing) or "").partition("\n")[0]
