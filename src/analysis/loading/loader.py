"""`load`: files and folders in, canonical tables out."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from analysis.errors import InputError
from analysis.loading.assemble import assemble
from analysis.loading.columns import check_column_map
from analysis.loading.files import FoundFile, as_paths, find_files
from analysis.loading.formats import FORMATS
from analysis.loading.limits import Limits
from analysis.loading.loaded import Loaded
from analysis.loading.presets import check_preset
from analysis.loading.records import ReadOptions, ReadResult, Reject
from analysis.loading.walk import read_file

Progress = Callable[[int, int, str], None]


def load(
    paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    *,
    format: str | None = None,
    columns: Mapping[str, str] | str | None = None,
    limits: Limits | None = None,
    repair: bool = False,
    progress: Progress | None = None,
) -> Loaded:
    """Read dispatches from files and folders into the canonical tables.

    Parameters
    ----------
    paths : a file, a folder, or an iterable of them. A folder is searched whole, in sorted order;
        hidden files, READMEs, licences and folders with a file ``.not-dispatches`` are passed
        over. Archives, web archives and mails are opened, and their members read like files.
    format : a name from `FORMATS`, to read every file or member as that. Detected from the content
        of each when None.
    columns : for JSONL, CSV, Parquet and Excel: canonical column name (see `analysis.schema`) to
        that of the input, e.g. ``{"body": "content_text", "headline": "title"}``. Columns
        under their canonical name or a common alias are recognised without it. ``"mediacloud"``
        and ``"gdelt"`` name the column maps of those exports.
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
    passed_over: Counter[str] = Counter()
    for result in stream(
        paths, format=format, columns=columns, limits=limits, repair=repair, progress=progress
    ):
        total.dispatches += result.dispatches
        total.rejects += result.rejects
        passed_over.update(result.passed_over)
    loaded = assemble(total.dispatches, total.rejects)
    return replace(loaded, passed_over=dict(passed_over))


def stream(
    paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    *,
    format: str | None = None,
    columns: Mapping[str, str] | str | None = None,
    limits: Limits | None = None,
    repair: bool = False,
    progress: Progress | None = None,
) -> Iterator[ReadResult]:
    """Read as `load` does, one file or member after the other, holding no more than one in memory.

    Raises
    ------
    InputError : as `load`, before the first file is read.
    """
    if format is not None and format not in FORMATS:
        raise InputError(f"format {format!r}", "one of: " + ", ".join(FORMATS))
    options = replace(read_options(columns, limits), repair=repair)
    files, rejects = find_files(as_paths(paths))
    return _stream(files, rejects, format, options, progress)


def read_options(columns: Mapping[str, str] | str | None, limits: Limits | None) -> ReadOptions:
    """Check a column map, or the name of a preset; an `InputError` where it is neither."""
    if isinstance(columns, str):
        return ReadOptions(limits=limits or Limits(), preset=check_preset(columns))
    return ReadOptions(check_column_map(columns or {}), limits or Limits())


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
        yield from read_file(file, format, options)
        if progress:
            progress(done, len(files), file.name)
