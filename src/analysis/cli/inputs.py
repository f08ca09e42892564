"""``dispatches load`` and ``dispatches annotate``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from analysis.attribution import DEFAULT_METHOD
from analysis.cli.console import progress, report_rejects
from analysis.cli.corpora import load_corpus

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


def loading_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that say how input is read."""
    options: list[Decorator] = [
        click.option("--format", "format_", help="Read every file as this format, not by content."),
        click.option(
            "--column",
            "columns",
            multiple=True,
            metavar="OURS=THEIRS",
            help="Column map for JSONL, CSV and Parquet, e.g. body=content_text. Repeatable.",
        ),
        click.option("--strict", is_flag=True, help="Exit with 3 when any input was rejected."),
    ]
    for option in reversed(options):
        command = option(command)
    return command


def annotating_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that say how dispatches are annotated."""
    options: list[Decorator] = [
        click.option(
            "--method", default=DEFAULT_METHOD, show_default=True, help="How to attribute."
        ),
        click.option("--scorer", default="vader", show_default=True, help="How to score tone."),
        click.option(
            "--workers",
            type=click.IntRange(min=1),
            default=1,
            show_default=True,
            help="Processes to annotate with.",
        ),
    ]
    for option in reversed(options):
        command = option(command)
    return command


def column_map(pairs: tuple[str, ...]) -> dict[str, str]:
    """Return OURS=THEIRS pairs as a mapping.

    >>> column_map(("body=content_text",))
    {'body': 'content_text'}
    """
    for pair in pairs:
        if "=" not in pair:
            raise click.BadParameter(f"{pair!r} is not OURS=THEIRS", param_hint="--column")
    return dict(pair.split("=", 1) for pair in pairs)


def engine(workers: int) -> dict[str, Any]:
    """Return the engine arguments for a number of worker processes."""
    return {"engine": "processes" if workers > 1 else "serial", "workers": workers}


@click.command(
    epilog="\b\nExamples:\n  dispatches load saved-pages/ feed.jsonl --store data/store\n"
    "  dispatches load wire/ --into data/corpus",
    short_help="Read dispatches into a store or a corpus.",
)
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--store", type=click.Path(path_type=Path), help="Folder to write whole tables to.")
@click.option("--into", type=click.Path(path_type=Path), help="Corpus to add what is new to.")
@loading_options
def load(
    paths: tuple[Path, ...],
    store: Path | None,
    into: Path | None,
    format_: str | None,
    columns: tuple[str, ...],
    strict: bool,
) -> None:
    """Read the dispatches in PATHS (files or folders) into a store or a corpus.

    A store (--store) is replaced as a whole, after everything was read. A corpus (--into) grows:
    what it holds is passed over, and a load that was broken off is taken up by the same command.
    What could not be read is listed in the table rejects of either.
    """
    import analysis

    if into is not None and store is None:
        load_corpus(paths, into, format_, column_map(columns), strict)
        return
    if store is None or into is not None:
        raise click.UsageError("give one of --store and --into")
    with progress("load") as advance:
        loaded = analysis.load(
            paths, format=format_, columns=column_map(columns) or None, progress=advance
        )
    analysis.Tables(dispatches=loaded.dispatches, rejects=loaded.rejects, cuts=loaded.cuts).save(
        store
    )
    click.echo(f"{store}: {len(loaded.dispatches)} dispatches, {len(loaded.rejects)} rejected")
    report_rejects(loaded.rejects, strict)


@click.command(
    epilog="\b\nExample:\n  dispatches annotate data/store --workers 2",
    short_help="Find attributions and tone in a store.",
)
@click.argument("store", type=click.Path(path_type=Path))
@annotating_options
def annotate(store: Path, method: str, scorer: str, workers: int) -> None:
    """Find who is quoted, how, and in what tone, in every dispatch of STORE."""
    from dataclasses import replace

    import analysis

    tables = analysis.open_store(store)
    with progress("annotate") as advance:
        annotated = analysis.annotate(
            tables.dispatches, method, scorer=scorer, progress=advance, **engine(workers)
        )
    replace(annotated, rejects=tables.rejects, cuts=tables.cuts).save(store)
    click.echo(
        f"{store}: {len(annotated.attributions)} attributions by {len(annotated.sources)} sources "
        f"in {len(annotated.dispatches)} dispatches"
    )
