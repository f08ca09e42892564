"""Input files into batches of bounded size, passing over files a corpus has read before."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from analysis.loading.assemble import not_unicode, storable
from analysis.loading.files import FoundFile
from analysis.loading.loader import Progress
from analysis.loading.records import RawDispatch, ReadOptions, Reject
from analysis.loading.walk import read_file
from analysis.store import files
from analysis.store.known import KnownFiles

# Most of a dispatch's memory is text; a file a month and batch is written, so larger is fewer.
BATCH_CHARS = 32_000_000
_ROW_CHARS = 1_000


@dataclass
class Batch:
    """What goes into one transaction. `loose` are rejects of what has no SHA-256."""

    dispatches: list[RawDispatch] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)
    loose: list[Reject] = field(default_factory=list)
    inputs: list[dict[str, Any]] = field(default_factory=list)
    files_known: int = 0
    chars: int = 0
    last: bool = False

    def add(self, raw: RawDispatch) -> None:
        """Add a dispatch."""
        self.dispatches.append(raw)
        self.chars += _ROW_CHARS + len(raw.body) + sum(len(cut.text) for cut in raw.cuts)


@dataclass(frozen=True)
class Reading:
    """How the files of one load are read, and which are known."""

    format: str | None
    options: ReadOptions
    known: KnownFiles
    batch_chars: int = BATCH_CHARS
    progress: Progress | None = None


@dataclass(frozen=True)
class Stamp:
    """SHA-256, size and time of change of a file; None where it cannot be read or is too large."""

    sha256: str | None = None
    bytes: int | None = None
    changed: int | None = None


def options_text(format: str | None, options: ReadOptions) -> str:
    """Return, as JSON, what decides how bytes are read: read another way, a file is not known.

    >>> options_text(None, ReadOptions(columns={"body": "text"}))[:46]
    '{"columns": {"body": "text"}, "format": null, '
    """
    said = {"format": format, "columns": dict(options.columns), "limits": asdict(options.limits)}
    if options.preset:
        said["preset"] = options.preset
    return json.dumps(said, sort_keys=True)


def batches(
    found: Sequence[FoundFile], refused: Sequence[Reject], reading: Reading
) -> Iterator[Batch]:
    """Yield batches of at least `batch_chars` characters; the last, smaller one says so.

    A file's row of `inputs` and its rejects come with the last dispatch of the file: a load that
    breaks off within a file reads that file again.
    """
    batch = Batch(loose=list(refused))
    for done, file in enumerate(found, 1):
        stamp = stamp_of(file, reading.options.limits.file_bytes)
        if reading.known.has(stamp.sha256, file.name):
            batch.files_known += 1
        else:
            rejects: list[Reject] = []
            n_read = 0
            for raw in _read(file, reading, rejects):
                # Before, not after: the file's last dispatch and its row of inputs stay together.
                if batch.chars >= reading.batch_chars:
                    yield batch
                    batch = Batch()
                batch.add(raw)
                n_read += 1
            _finish(batch, file, stamp, n_read, rejects, reading)
        if reading.progress:
            reading.progress(done, len(found), file.name)
        if batch.chars >= reading.batch_chars:
            yield batch
            batch = Batch()
    batch.last = True
    yield batch


def stamp_of(file: FoundFile, most: int, *, hashed: bool = True) -> Stamp:
    """Return the stamp of a file; without its SHA-256 where it is larger than `most` bytes."""
    try:
        if not file.path.is_file():  # A pipe would be waited on for ever.
            return Stamp()
        status = file.path.stat()
        sha256 = files.sha256(file.path) if hashed and status.st_size <= most else None
    except OSError:
        return Stamp()
    return Stamp(sha256, status.st_size, status.st_mtime_ns)


def _read(file: FoundFile, reading: Reading, rejects: list[Reject]) -> Iterator[RawDispatch]:
    """Yield the dispatches of a file, member by member; what is refused is added to `rejects`."""
    for result in read_file(file, reading.format, reading.options):
        rejects.extend(result.rejects)
        waiting = result.dispatches
        waiting.reverse()
        while waiting:
            raw = waiting.pop()  # taken off the list, so that its text is freed once it is stored
            if storable(raw):
                yield raw
            else:
                rejects.append(not_unicode(raw))


def _finish(
    batch: Batch,
    file: FoundFile,
    stamp: Stamp,
    n_read: int,
    rejects: list[Reject],
    reading: Reading,
) -> None:
    """Add to `batch` what is kept of a file once it was read to its end."""
    after = stamp_of(file, 0, hashed=False)
    # A file that changed while it was read has no hash: the next load reads it again.
    same = (after.bytes, after.changed) == (stamp.bytes, stamp.changed)
    sha256 = stamp.sha256 if same else None
    (batch.loose if sha256 is None else batch.rejects).extend(rejects)
    batch.inputs.append(
        {
            "source_file": file.name,
            "sha256": sha256,
            "bytes": stamp.bytes,
            "n_read": n_read,
            "n_rejects": len(rejects),
            "options": options_text(reading.format, reading.options),
        }
    )
