"""``dispatches report`` and ``dispatches run``."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from analysis.cli.console import UNWRITABLE, progress, report_rejects, stop
from analysis.cli.inputs import annotating_options, column_map, engine, loading_options

if TYPE_CHECKING:
    from analysis.reporting import ReportResult

LINES = 5


def reporting_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that say how a report is run."""
    options: list[Callable[[Callable[..., Any]], Callable[..., Any]]] = [
        click.option(
            "-p",
            "--parameter",
            "texts",
            multiple=True,
            metavar="NAME=VALUE",
            help="A parameter of the report. Repeatable; a list takes commas.",
        ),
        click.option(
            "--out",
            default="reports",
            show_default=True,
            type=click.Path(path_type=Path, file_okay=False),
            help="Folder that all reports go to.",
        ),
        click.option("--force", is_flag=True, help="Make it again even when nothing changed."),
        click.option("--pdf", is_flag=True, help="Write report.pdf beside it (extra: pdf)."),
        click.option(
            "--timeout",
            type=click.FloatRange(min=1),
            default=3600,
            show_default=True,
            help="Seconds for the whole run.",
        ),
    ]
    for option in reversed(options):
        command = option(command)
    return command


@click.command(
    epilog="\b\nExamples:\n  dispatches report topic --store data/store -p query=patrol\n"
    "  dispatches report topic --parameters",
    short_help="Run a report notebook on a store.",
)
@click.argument("report")
@click.option("--store", type=click.Path(path_type=Path), help="The store to report on.")
@click.option("--parameters", "explain", is_flag=True, help="List the report's parameters.")
@reporting_options
def report(
    report: str,
    store: Path | None,
    explain: bool,
    texts: tuple[str, ...],
    out: Path,
    force: bool,
    pdf: bool,
    timeout: float,
) -> None:
    """Run REPORT (a name that `dispatches list reports` gives, or a notebook) on a store.

    Writes OUT/REPORT/SELECTION/report.html, the executed notebook, its tables as CSV and a
    manifest; nothing is run when neither the store nor the parameters changed.
    """
    from analysis import reporting

    notebook = reporting.read_notebook(reporting.find_report(report))
    declared = reporting.read_parameters(notebook)
    if explain:
        click.echo(reporting.describe_parameters(declared))
        return
    values = reporting.coerce_parameters(declared, texts)
    if store is not None:
        values["store"] = str(store)
    result = reporting.run_report(report, parameters=values, out=out, force=force, timeout=timeout)
    conclude(result, pdf)


@click.command(
    epilog="\b\nExamples:\n  dispatches run data/sample --out reports\n"
    "  dispatches run /srv/wire --out /srv/reports --report topic -p query=strait\n\n"
    "\b\nAs a crontab line, every morning at six:\n"
    "  0 6 * * *  cd /srv/desk && .venv/bin/dispatches run wire --out reports",
    short_help="Load, annotate and report, unattended.",
)
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--report", "report_", default="topic", show_default=True, help="Report to run.")
@click.option(
    "--store", type=click.Path(path_type=Path), help="Where the tables go [OUT/stores/INPUT]."
)
@loading_options
@annotating_options
@reporting_options
def run(
    paths: tuple[Path, ...],
    report_: str,
    store: Path | None,
    format_: str | None,
    columns: tuple[str, ...],
    strict: bool,
    method: str,
    scorer: str,
    workers: int,
    texts: tuple[str, ...],
    out: Path,
    force: bool,
    pdf: bool,
    timeout: float,
) -> None:
    """Load and annotate PATHS, run a report on them and print its findings.

    Asks nothing; work that was done before on the same bytes is not done again.
    """
    import analysis
    from analysis import reporting

    declared = reporting.read_parameters(reporting.read_notebook(reporting.find_report(report_)))
    values = reporting.coerce_parameters(declared, texts)
    name = input_name(paths)
    store = store or out / "stores" / name
    with progress("annotate") as advance:
        tables, _ = analysis.prepare(
            paths,
            store,
            method=method,
            scorer=scorer,
            force=force,
            progress=advance,
            format=format_,
            columns=column_map(columns) or None,
            **engine(workers),
        )
    result = reporting.run_report(
        report_,
        parameters=values | {"store": str(store)},
        out=out,
        prefix=name,
        force=force,
        timeout=timeout,
    )
    conclude(result, pdf)
    report_rejects(tables.rejects, strict)


def input_name(paths: tuple[Path, ...]) -> str:
    """Return a folder name for what is reported on, the same for the same paths.

    A path below the working directory keeps its words; another gets a hash, so that two folders
    of one name do not share a report.

    >>> input_name((Path("data/sample"),))
    'data-sample'
    """
    first, here = paths[0].resolve(), Path.cwd()
    below = first.is_relative_to(here) and first != here
    words = first.relative_to(here).as_posix() if below else first.name
    slug = re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")[:40] or "input"
    if below and len(paths) == 1 and slug == words.lower().replace("/", "-"):
        return slug
    text = "\n".join(str(path.resolve()) for path in paths)
    return f"{slug}-{hashlib.sha256(text.encode()).hexdigest()[:8]}"


def conclude(result: ReportResult, pdf: bool) -> None:
    """Print where the report is and what it found, or why it failed, with its exit status."""
    from analysis import reporting

    if not result.ok:
        where = f"; see {result.folder}" if result.folder.is_dir() else ""
        stop(f"report {result.name}: {result.reason}{where}", result.exit_code)
    note = "  (unchanged, not run again)" if result.status == "skipped" else ""
    click.echo(f"{result.html}{note}")
    for line in result.headline[:LINES]:
        click.echo(f"- {line}")
    if pdf:
        target = result.html.with_suffix(".pdf")
        try:
            reporting.to_pdf(result.html, target)
        except reporting.PdfError as error:
            stop(str(error), UNWRITABLE)
        click.echo(target)
