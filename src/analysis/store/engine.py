"""Work through a table one partition at a time: here, on several processes, or with Dask.

The only door to Dask. Whatever the engine, results come back in the order of the partitions, so
the outcome does not depend on it.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from typing import TYPE_CHECKING, Any, TypeVar

from analysis.errors import InputError, MissingExtraError

if TYPE_CHECKING:
    import pandas as pd

Result = TypeVar("Result")
Progress = Callable[[int, int], None]

ENGINES = {
    "serial": "one partition after the other in this process",
    "processes": "a pool of worker processes on this machine",
    "dask": "Dask, on its local scheduler or the cluster of an active Client (extra: dask)",
}


def map_partitions(
    function: Callable[[pd.DataFrame], Result],
    frame: pd.DataFrame,
    *,
    engine: str = "serial",
    workers: int = 1,
    partition_rows: int = 256,
    progress: Progress | None = None,
) -> Iterator[Result]:
    """Apply `function` to consecutive blocks of rows and yield the results in order.

    Parameters
    ----------
    function : takes a DataFrame with at most `partition_rows` rows; importable by name when the
        engine is not ``serial``.
    frame : the table to cut; its index is not used.
    engine : one of `ENGINES`.
    workers : processes for ``processes``.
    partition_rows : rows a block.
    progress : called with (rows done, rows in all) after each block.

    Raises
    ------
    InputError : an unknown engine, or fewer than one worker or row.
    MissingExtraError : ``dask`` without the extra.

    >>> import pandas as pd
    >>> list(map_partitions(len, pd.DataFrame({"a": range(5)}), partition_rows=2))
    [2, 2, 1]
    """
    if engine not in ENGINES:
        raise InputError(f"engine {engine!r}", "one of: " + ", ".join(ENGINES))
    if workers < 1 or partition_rows < 1:
        found = f"workers={workers}, partition_rows={partition_rows}"
        raise InputError(found, "numbers from 1")
    blocks = [frame.iloc[at : at + partition_rows] for at in range(0, len(frame), partition_rows)]
    results = _ENGINES[engine](function, blocks, workers)
    done = 0
    for block, result in zip(blocks, results, strict=True):
        done += len(block)
        if progress is not None:
            progress(done, len(frame))
        yield result


def _serial(
    function: Callable[[pd.DataFrame], Result], blocks: list[pd.DataFrame], _: int
) -> Iterator[Result]:
    return map(function, blocks)


def _processes(
    function: Callable[[pd.DataFrame], Result], blocks: list[pd.DataFrame], workers: int
) -> Iterator[Result]:
    # Spawned, not forked: a fork copies locks that another thread (JupyterLab's) may hold.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max_workers=workers, mp_context=context) as pool:
        yield from pool.map(function, blocks)


def _dask(
    function: Callable[[pd.DataFrame], Result], blocks: list[pd.DataFrame], _: int
) -> Iterator[Result]:
    try:
        from dask.base import compute
        from dask.delayed import delayed
    except ImportError as error:
        raise MissingExtraError("dask", "engine='dask'") from error
    tasks = [delayed(function)(block) for block in blocks]
    yield from compute(*tasks)  # type: ignore[no-untyped-call]


_ENGINES: dict[str, Callable[..., Iterator[Any]]] = {
    "serial": _serial,
    "processes": _processes,
    "dask": _dask,
}
