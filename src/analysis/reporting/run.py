"""Run a report from its name to a folder with the page, the notebook, the tables and a manifest."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.reporting import manifest, notebooks, publish
from analysis.reporting.execute import DONE, Execution, execute
from analysis.reporting.html import to_html
from analysis.reporting.keys import NOT_ASKED, default_key
from analysis.reporting.parameters import check_parameters, read_parameters

if TYPE_CHECKING:
    from nbformat import NotebookNode

LOCKED = 7
PAGE, NOTEBOOK, TABLES = "report.html", "report.ipynb", "tables"
CSV = "text/csv"


@dataclass(frozen=True)
class ReportResult:
    """How a run ended, and where its files are.

    Parameters
    ----------
    name, key : the report and the folder it has below it.
    status : ``done``, ``skipped`` (nothing changed since the last good run), ``failed`` or
        ``locked`` (another run is writing it).
    exit_code : 0 done or skipped, 4 a cell failed, 5 the kernel died, 6 out of time, 7 locked.
    reason : one line for what is not ``done``; empty otherwise.
    folder : the folder written, or the one that is up to date; of a failed run, where its partial
        notebook and page lie.
    timings : seconds by step.
    headline : the findings in words, a sentence each.
    """

    name: str
    key: str
    status: str
    exit_code: int
    reason: str
    folder: Path
    timings: dict[str, float] = field(default_factory=dict)
    headline: tuple[str, ...] = ()

    @property
    def html(self) -> Path:
        """Return the page."""
        return self.folder / PAGE

    @property
    def notebook(self) -> Path:
        """Return the executed notebook."""
        return self.folder / NOTEBOOK

    @property
    def manifest(self) -> Path:
        """Return the record of what the report was made from."""
        return self.folder / manifest.NAME

    @property
    def tables(self) -> tuple[Path, ...]:
        """Return the tables as CSV files, in order of name."""
        return tuple(sorted((self.folder / TABLES).glob("*.csv")))

    @property
    def ok(self) -> bool:
        """Say whether a good, current report is in `folder`."""
        return self.exit_code == DONE


def run_report(
    report: str | Path,
    *,
    parameters: Mapping[str, Any] | None = None,
    out: str | Path = "reports",
    key: str | None = None,
    prefix: str = "",
    force: bool = False,
    timeout: float | None = 3600,
    folder: str | Path | None = None,
) -> ReportResult:
    """Run a report notebook and publish it as ``<out>/<name>/<key>/``.

    Parameters
    ----------
    report : a name that `list_reports` knows, e.g. ``"topic"``, or a notebook file.
    parameters : values for the notebook's parameters; what is absent has its default.
    out : folder that all reports go to.
    key : folder name of this report; by default made from the parameters that differ from their
        defaults (see `analysis.reporting.keys.default_key`).
    prefix : put before that name, so that the same question to another input has its own folder.
    force : run even when nothing changed.
    timeout : seconds for the whole run; None for no limit.
    folder : where the notebooks are, when not in the usual place (see `notebooks_folder`).

    Returns
    -------
    ReportResult
        Its folder holds ``report.html``, ``report.ipynb``, ``tables/*.csv`` and
        ``manifest.json``, written together or not at all. A failed run leaves the last good report
        as it is and puts what it has under ``<out>/<name>/failed/<key>/``.

    Raises
    ------
    InputError
        An unknown report; an unknown or ill-typed parameter; a store or folder that is not there.
        All before a kernel starts.
    StoreError : the store cannot be used.
    OSError : `out` cannot be written.

    Notes
    -----
    A run is skipped when notebook, parameters, inputs (by SHA-256), package and versions are those
    in the manifest of the last good run, and that run's files are still as they were written.
    Status is read from the cells of the executed notebook (`analysis.reporting.execute`).
    """
    path = notebooks.find_report(report, folder)
    name = notebooks.report_name(path)
    notebook = notebooks.read_notebook(path)
    declared = read_parameters(notebook)
    values = check_parameters(declared, parameters)
    about = manifest.describe_run(name, path, declared, values)
    target = publish.place(out, name, key or default_key(declared, values, prefix))
    try:
        with publish.locked(target):
            if not force and manifest.is_current(target, about):
                return _skipped(name, target)
            return _run(notebook, values, about, target, timeout)
    except publish.LockedError as error:
        return ReportResult(name, target.name, "locked", LOCKED, str(error), target)


def _skipped(name: str, target: Path) -> ReportResult:
    reason = "nothing changed since the last run"
    before = tuple(manifest.read_manifest(target).get("headline", ()))
    return ReportResult(name, target.name, "skipped", DONE, reason, target, headline=before)


def _run(
    notebook: NotebookNode,
    values: Mapping[str, Any],
    about: Mapping[str, Any],
    target: Path,
    timeout: float | None,
) -> ReportResult:
    done = execute(notebook, values, folder=Path.cwd(), timeout=timeout)
    started = done.started
    good = done.exit_code == DONE
    folder = target if good else target.parent / publish.FAILED / target.name
    status, words = ("done" if good else "failed"), headline(done.notebook)
    contents = _contents(done, values)
    record = dict(about) | {
        "status": status,
        "exit_code": done.exit_code,
        "reason": done.reason,
        "headline": list(words),
        "started": started.isoformat(timespec="seconds"),
        "ended": datetime.now(UTC).isoformat(timespec="seconds"),
        "seconds": {"notebook": round(done.seconds, 3)},
        "outputs": {file: _digest(text) for file, text in contents.items()},
    }
    contents[manifest.NAME] = json.dumps(record, indent=2, ensure_ascii=False) + "\n"
    publish.publish(folder, contents)
    if good:
        publish.forget_failed(target)
    took = {"notebook": done.seconds, "all": (datetime.now(UTC) - started).total_seconds()}
    return ReportResult(
        about["report"], target.name, status, done.exit_code, done.reason, folder, took, words
    )


def headline(notebook: NotebookNode) -> tuple[str, ...]:
    """Return the findings in words: the plain text of the cells tagged ``headline``."""
    lines: list[str] = []
    for cell in notebook.cells:
        if cell.cell_type == "code" and "headline" in cell.metadata.get("tags", []):
            for output in cell.outputs:
                lines += output.get("data", {}).get("text/plain", "").splitlines()
    return tuple(line.removeprefix("- ").strip() for line in lines if line.strip())


def subtitle(values: Mapping[str, Any], made: datetime) -> str:
    """Return a line that says what was asked and when.

    >>> subtitle({"store": "data/store", "query": "patrol", "agencies": []}, datetime(2031, 5, 1))
    'query: patrol · store: data/store · made 2031-05-01 00:00 UTC'
    """
    names = [name for name in values if name not in NOT_ASKED | {"top"}]
    asked = [*names, *(name for name in ("store", "folder") if name in values)]
    parts = [
        f"{name}: {_said(values[name])}" for name in asked if values[name] not in ("", None, [])
    ]
    return " · ".join([*parts, f"made {made:%Y-%m-%d %H:%M} UTC"])


def _said(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def tables_of(notebook: NotebookNode) -> dict[str, str]:
    """Return the tables a notebook shows, as CSV text by file name."""
    found: dict[str, str] = {}
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            text = output.get("data", {}).get(CSV)
            if text is not None:
                given = output.get("metadata", {}).get(CSV, {}).get("name", "table")
                name = re.sub(r"[^a-z0-9]+", "-", str(given).lower()).strip("-") or "table"
                found[_free(name, found)] = text
    return found


def _contents(done: Execution, values: Mapping[str, Any]) -> dict[str, str]:
    import nbformat

    writer: Any = nbformat  # It ships no types.

    title = values.get("title") or ""
    problem = "" if done.exit_code == DONE else done.reason
    page = to_html(
        done.notebook, title=str(title), subtitle=subtitle(values, done.started), problem=problem
    )
    tables = {f"{TABLES}/{n}": text for n, text in tables_of(done.notebook).items()}
    return {PAGE: page, NOTEBOOK: writer.writes(done.notebook) + "\n", **tables}


def _free(name: str, taken: Mapping[str, str]) -> str:
    number = 1
    while (file := f"{name}.csv" if number == 1 else f"{name}-{number}.csv") in taken:
        number += 1
    return file


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
