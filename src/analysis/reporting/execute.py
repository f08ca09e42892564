"""Run a notebook with papermill, and say truly how it ended.

Papermill reports success when a cell calls ``sys.exit``, and stamps every cell "completed" after
the kernel died or a cell timed out. The status here is read from the cells themselves.
"""

from __future__ import annotations

import contextlib
import logging
import math
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nbformat import NotebookNode

DONE, CELL_FAILED, KERNEL_DIED, TIMED_OUT = 0, 4, 5, 6


@dataclass(frozen=True)
class Execution:
    """An executed notebook: its cells, how it ended (exit status and reason), when, how long."""

    notebook: NotebookNode
    exit_code: int
    reason: str
    started: datetime
    seconds: float


def execute(
    notebook: NotebookNode,
    parameters: Mapping[str, Any],
    *,
    folder: str | Path,
    timeout: float | None = None,
) -> Execution:
    """Run a copy of `notebook` with `parameters` in a fresh kernel of this Python.

    Parameters
    ----------
    notebook : nbformat 4; not changed.
    parameters : checked values, JSON data.
    folder : the kernel's working directory.
    timeout : seconds for the whole run; None for no limit.

    Returns
    -------
    Execution
        ``exit_code`` 0 when every code cell was executed and none raised; 4 when a cell raised
        (``sys.exit`` too) or was never reached; 5 when the kernel died; 6 when the time was up.
        The notebook holds all outputs up to that point.

    Notes
    -----
    The time left is given to each cell in turn, so a run ends at most a second after `timeout`.
    """
    import papermill
    from nbclient.exceptions import CellTimeoutError

    from analysis.reporting.kernel import OwnKernelManager, kernel_settings

    engine: Any = papermill  # It ships no types.
    began, started = datetime.now(UTC), time.monotonic()
    with tempfile.TemporaryDirectory(prefix="dispatches-") as work:
        output = Path(work) / "executed.ipynb"
        code, reason = DONE, ""
        try:
            with _quiet_papermill():
                engine.execute_notebook(
                    _copy(notebook),
                    str(output),
                    dict(parameters),
                    kernel_name="python3",
                    language="python",
                    progress_bar=False,
                    autosave_cell_every=0,
                    kernel_manager_class=OwnKernelManager,
                    config=kernel_settings(work),
                    resources={"metadata": {"path": str(folder)}},
                    timeout_func=_time_left(started, timeout),
                    shutdown_kernel="immediate",
                )
        except engine.PapermillExecutionError as error:
            code, reason = CELL_FAILED, f"{error.ename}: {error.evalue}"
        except CellTimeoutError:
            code, reason = TIMED_OUT, f"not done after {timeout:g} seconds"
        except RuntimeError as error:  # DeadKernelError, or a kernel that never answered.
            code, reason = KERNEL_DIED, str(error) or "the kernel died"
        executed = _read(output, notebook)
    if code == DONE:
        code, reason = cell_status(executed)
    return Execution(executed, code, reason, began, time.monotonic() - started)


def cell_status(notebook: NotebookNode) -> tuple[int, str]:
    """Return exit status and reason as the cells themselves show them.

    >>> from nbformat.v4 import new_code_cell, new_notebook
    >>> cell_status(new_notebook(cells=[new_code_cell("1 + 1")]))
    (4, 'cell 1 was not executed')
    """
    for number, cell in enumerate(notebook.cells, 1):
        if cell.cell_type != "code":
            continue
        for output in cell.outputs:
            if output.output_type == "error":
                return CELL_FAILED, f"cell {number}: {output.ename}: {output.evalue}".strip(": ")
        if cell.source.strip() and cell.execution_count is None:
            return CELL_FAILED, f"cell {number} was not executed"
    return DONE, ""


def _copy(notebook: NotebookNode) -> NotebookNode:
    """Copy without outputs, so that nothing of an earlier run can pass for this one's."""
    import copy

    fresh = copy.deepcopy(notebook)
    for cell in fresh.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    return fresh


def _read(output: Path, notebook: NotebookNode) -> NotebookNode:
    from analysis.reporting.notebooks import read_notebook

    executed = read_notebook(output) if output.is_file() else _copy(notebook)
    # Papermill puts its own banner over a failed notebook; ours is rendered with the status.
    executed.cells = [
        cell
        for cell in executed.cells
        if "papermill-error-cell-tag" not in cell.metadata.get("tags", [])
    ]
    return executed


def _time_left(started: float, timeout: float | None) -> Any:
    def seconds(_: object) -> int | None:
        if timeout is None:
            return None
        return max(1, math.ceil(started + timeout - time.monotonic()))

    return seconds


@contextlib.contextmanager
def _quiet_papermill() -> Iterator[None]:
    """Keep papermill's running commentary out of a cron mail; errors come as exceptions."""
    logger = logging.getLogger("papermill")
    before = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(before)
