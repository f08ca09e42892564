"""`load_into`: files and folders into a corpus, only what it does not hold yet."""

from __future__ import annotations

import os
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis import schema
from analysis.errors import InputError
from analysis.loading.assemble import assemble
from analysis.loading.files import as_paths, find_files
from analysis.loading.formats import FORMATS
from analysis.loading.limits import Limits
from analysis.loading.loader import Progress, read_options
from analysis.loading.records import Reject
from analysis.store.batches import BATCH_CHARS, Batch, Reading, batches, options_text
from analysis.store.known import Known
from analysis.store.load_report import SHOWN, LoadReport
from analysis.store.writer import Writer, corpus_writer

if TYPE_CHECKING:
    import pandas as pd


def load_into(
    paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    store: str | os.PathLike[str],
    *,
    format: str | None = None,
    columns: Mapping[str, str] | str | None = None,
    limits: Limits | None = None,
    who: str | None = None,
    timeout: float = 10.0,
    batch_chars: int = BATCH_CHARS,
    progress: Progress | None = None,
) -> LoadReport:
    """Read dispatches from files and folders into a corpus, adding only what is new.

    Parameters
    ----------
    paths, format, columns, limits, progress : as for `load`.
    store : the corpus, a folder; made where there is none.
    who : whom the log names; user@host when None.
    timeout : seconds to wait for another process that is writing to the corpus.
    batch_chars : characters of text after which a batch is written. A batch is one transaction;
        a larger one needs more memory and leaves fewer files.

    Returns
    -------
    LoadReport
        Counts of what was added and passed over.

    Raises
    ------
    InputError : as `load`, before anything is read.
    StoreError
        Another process is writing (the message says who, since when); the folder holds other
        files; the folder or the disk cannot be written, or the corpus not be read. The corpus is
        then as its last transaction left it.

    Notes
    -----
    *What is new.* A file is known by the SHA-256 of its bytes and by how it was read (format,
    column map, limits); a known one is not read again, unless it gave no dispatch and now has
    another name. A dispatch is known by its `content_hash` together with agency, outlet, story_id,
    version, status and published_at: where all are the same (two NA are the same), in the corpus
    or earlier in this load, it is passed over and counted under `repeats`, whatever file it came
    from and whatever else differs. Known content with another value in one of them is a row of
    its own: the same text in another outlet, or sent again later. Its `duplicate_of` names the
    first dispatch with that content, its `duplicate_kind` is "exact".

    *Names.* `dispatch_id` is unique in the corpus; an id met again gets "-2", "-3" and so on.

    *Breaking off.* Each batch is one transaction, and readers see whole ones only. A load that
    was killed is taken up by the same call: files whose end was written are not read again, of
    the others only the dispatches still missing are added.

    >>> import json, pathlib, tempfile
    >>> home = pathlib.Path(tempfile.mkdtemp())
    >>> row = {"id": 7, "headline": "Strait reopens", "body": "Traffic resumed on Monday."}
    >>> _ = (home / "wire.jsonl").write_text(json.dumps(row))
    >>> load_into(home / "wire.jsonl", home / "corpus", who="desk").dispatches
    1
    >>> load_into(home / "wire.jsonl", home / "corpus", who="desk").dispatches
    0
    """
    began = time.perf_counter()
    if format is not None and format not in FORMATS:
        raise InputError(f"format {format!r}", "one of: " + ", ".join(FORMATS))
    options = read_options(columns, limits)
    listed = as_paths(paths)
    folder = Path(store)
    _check_apart(listed, folder)
    found, refused = find_files(listed)
    arguments = {"paths": [str(path) for path in listed], "format": format, **_said(columns)}
    with (
        corpus_writer(folder, "load", arguments, who, timeout) as writer,
        tempfile.TemporaryDirectory() as scratch,
    ):
        known = Known(folder, writer.live(), Path(scratch))
        try:
            files_known = known.files(options_text(format, options))
            reading = Reading(format, options, files_known, batch_chars, progress)
            load = _Load(writer, known)
            for batch in batches(found, refused, reading):
                load.write(batch)
        finally:
            known.close()
    counts = dict(load.counts)
    return LoadReport(
        str(store),
        writer.load_id,
        **counts,
        transactions=load.transactions,
        seconds=time.perf_counter() - began,
        first_rejects=tuple(load.first_rejects),
    )


class _Load:
    """One load: batches in, transactions out, counts kept."""

    def __init__(self, writer: Writer, known: Known) -> None:
        self.writer, self.known = writer, known
        self.counts: Counter[str] = Counter()
        self.transactions = 0
        self.first_rejects: list[Reject] = []

    def write(self, batch: Batch) -> None:
        kept, repeated = self.known.new(batch.dispatches)
        rejects = batch.rejects + [r for r in batch.loose if not self.known.has_reject(r)]
        n_given = len(batch.dispatches)
        batch.dispatches.clear()
        loaded = assemble(kept, rejects)
        frames = {
            "dispatches": _marked(loaded.dispatches, repeated),
            "rejects": loaded.rejects,
            "cuts": loaded.cuts,
            "repairs": loaded.repairs,
            "inputs": _inputs(batch.inputs, self.writer.load_id),
        }
        counts = {name: len(frame) for name, frame in frames.items() if name != "inputs"}
        counts["files"] = len(batch.inputs)
        counts["files_known"] = batch.files_known
        counts["repeats"] = n_given - len(kept)
        self.writer.add(frames, counts, finishes=batch.last)
        self.known.add(frames["dispatches"])
        self.counts.update(counts)
        self.transactions += 1
        self.first_rejects += rejects[: SHOWN - len(self.first_rejects)]


def _check_apart(paths: Sequence[Path], folder: Path) -> None:
    home = folder.resolve()
    for path in paths:
        if path.resolve().is_relative_to(home):
            expected = "files outside the corpus"
            raise InputError(f"{str(path)!r} inside the corpus {str(folder)!r}", expected)


def _said(columns: Mapping[str, str] | str | None) -> dict[str, Any]:
    if not columns:
        return {}
    return {"columns": columns if isinstance(columns, str) else dict(columns)}


def _marked(dispatches: pd.DataFrame, repeated: Sequence[str | None]) -> pd.DataFrame:
    """Return `dispatches` with the first dispatch of the corpus that each repeats."""
    import pandas as pd

    first = pd.Series(list(repeated), index=dispatches.index, dtype="string")
    marked = dispatches.assign(
        duplicate_of=first.fillna(dispatches["duplicate_of"]),
        duplicate_kind=dispatches["duplicate_kind"].mask(first.notna(), "exact"),
    )
    return schema.conform(marked, "dispatches")


def _inputs(rows: Sequence[Mapping[str, Any]], load_id: str) -> pd.DataFrame:
    import pandas as pd

    frame = pd.DataFrame([{"load_id": load_id, **row} for row in rows], dtype=object)
    return schema.conform(frame, "inputs")
