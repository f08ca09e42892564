"""`load`: files and folders in, canonical tables out."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from analysis.errors import InputError
from analysis.loading.assemble import assemble
from analysis.loading.columns import check_column_map
from analysis.loading.detect import detect
from analysis.loading.files import FoundFile, as_paths, find_files, read_bytes
from analysis.loading.formats import FORMATS
from analysis.loading.limits import Limits
from analysis.loading.loaded import Loaded
from analysis.loading.records import ReadOptions, ReadResult, Reject

Progress = Callable[[int, int, str], None]


def load(
    paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    *,
    format: str | None = None,
    columns: Mapping[str, str] | None = None,
    limits: Limits | None = None,
    repair: bool = False,
    progress: Progress | None = None,
) -> Loaded:
    """Read dispatches from files and folders into the canonical tables.

    Parameters
    ----------
    paths : a file, a folder, or an iterable of them. A folder is searched whole, in sorted order;
        hidden files, READMEs, licences and folders with a file ``.not-dispatches`` are passed
        over. Text formats may be compressed with gzip.
    format : a name from `FORMATS`, to read every file as that. Detected from the content of each
        file when None.
    columns : for JSONL, CSV and Parquet: canonical column name (see `analysis.schema`) to the
        column name of the input, e.g. ``{"body": "content_text", "headline": "title"}``. Columns
        under their canonical name or a common alias are recognised without it.
    limits : the largest inputs accepted.
    repair : whether bodies of table rows are repaired, as those of texts and pages always are:
        mojibake, HTML entities, invisible characters, spaces that do not break. What was changed
        is in `repairs`, and `received_body` puts it back.
    progress : called as ``progress(done, total, file_name)`` after each file.

    Returns
    -------
    Loaded
        `dispatches`, `rejects`, `cuts` and `repairs`, each as `analysis.schema` defines it. Table
        rows keep their `id` and, unless `repair` is set, their body character for character. Other
        dispatches are named after their file and content; datelines, metadata lines and page
        furniture are cut from the body and kept in `cuts`. What an input does not say is NA.

    Raises
    ------
    InputError
        For a path that does not exist, an unknown format, or a column map for a column that
        `dispatches` does not have. Nothing found inside a file raises: an input that cannot be
        read is a row of `rejects`, and the rest is loaded.

    >>> import json, pathlib, tempfile
    >>> row = {"id": 7, "headline": "Strait reopens", "body": "Traffic resumed on Monday."}
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = pathlib.Path(folder, "wire.jsonl").write_text(json.dumps(row))
    ...     loaded = load(folder)
    >>> loaded.dispatches.loc[0, ["dispatch_id", "body", "format"]].tolist()
    ['7', 'Traffic resumed on Monday.', 'jsonl']
    """
    total = ReadResult()
    for result in stream(
        paths, format=format, columns=columns, limits=limits, repair=repair, progress=progress
    ):
        total.dispatches += result.dispatches
        total.rejects += result.rejects
    return assemble(total.dispatches, total.rejects)


def stream(
    paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    *,
    format: str | None = None,
    columns: Mapping[str, str] | None = None,
    limits: Limits | None = None,
    repair: bool = False,
    progress: Progress | None = None,
) -> Iterator[ReadResult]:
    """Read as `load` does, one file after the other, holding no more than one in memory.

    Raises
    ------
    InputError : as `load`, before the first file is read.
    """
    if format is not None and format not in FORMATS:
        raise InputError(f"format {format!r}", "one of: " + ", ".join(FORMATS))
    options = ReadOptions(check_column_map(columns or {}), limits or Limits(), repair)
    files, rejects = find_files(as_paths(paths))
    return _stream(files, rejects, format, options, progress)


def _stream(
    files: list[FoundFile],
    rejects: list[Reject],
    format: str | None,
    options: ReadOptions,
    progress: Progress | None,
) -> Iterator[ReadResult]:
    if rejects:
        yield ReadResult(rejects=rejects)
    for done, file in enumerate(files, 1):
        yield read_file(file, format, options)
        if progress:
            progress(done, len(files), file.name)


def read_file(file: FoundFile, format: str | None, options: ReadOptions) -> ReadResult:
    """Read one file as `format`, or as what its content shows it to be."""
    data = read_bytes(file, options.limits)
    if isinstance(data, Reject):
        return ReadResult(rejects=[replace(data, format=format)])
    name = format or detect(data, file.name, options)
    if isinstance(name, Reject):
        return ReadResult(rejects=[name])
    return FORMATS[name].reader()(data, file.name, options)
