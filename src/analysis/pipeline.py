"""Layer 6: the annotate pass, and a store that is made again only when something changed."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd

import analysis
from analysis import schema
from analysis.attribution import DEFAULT_METHOD, extract, version_of
from analysis.attribution.tables import join_aliases
from analysis.errors import SchemaError, StoreError
from analysis.loading import Loaded, load
from analysis.loading.assemble import content_hash, count_words
from analysis.sentiment import score
from analysis.store import Tables, open_store
from analysis.store.engine import Progress, map_partitions
from analysis.store.files import sha256
from analysis.text.sentences import sentence_table
from analysis.versions import number_versions

LAYERS = ("sentences", "attributions", "attribution_spans", "sources", "sentiment")


def annotate(
    dispatches: pd.DataFrame | Loaded,
    method: str = DEFAULT_METHOD,
    *,
    scorer: str = "vader",
    engine: str = "serial",
    workers: int = 1,
    partition_rows: int = 256,
    progress: Progress | None = None,
) -> Tables:
    """Find sentences, attributions, sources and tone in every dispatch.

    Dispatches are read independently of each other, one partition at a time; the tables do not
    depend on the engine, the number of workers or the size of the partitions.

    Parameters
    ----------
    dispatches
        A table with the columns of `analysis.schema.DISPATCHES`, as `analysis.load` gives it, or
        the `Loaded` itself (its rejects and cuts are then kept beside the tables). A table of
        your own needs ``body`` (string); ``dispatch_id`` and the rest are filled in.
    method
        How attributions are found: ``model`` or ``rules`` (`analysis.attribution.extract`).
    scorer
        How tone is scored: ``vader``.
    engine, workers, partition_rows
        See `analysis.store.engine.map_partitions`.
    progress
        Called with (dispatches done, dispatches in all).

    Returns
    -------
    `Tables`, each conforming to `analysis.schema`. The input is not changed.

    Raises
    ------
    SchemaError : no ``body``, or a repeated ``dispatch_id``.
    InputError : an unknown method, scorer or engine.

    Notes
    -----
    Story, version and what a dispatch repeats are filled in (`analysis.number_versions`), so that
    statistics can count one usable version a story.

    An NA body is an error, not an empty dispatch: `analysis.load` puts such input into rejects.

    >>> import pandas as pd
    >>> tables = annotate(pd.DataFrame({"body": ['"We won," Ada Brunn said.']}))
    >>> tables.attributions.loc[0, ["cue", "speaker", "kind"]].tolist()
    ['said', 'Ada Brunn', 'direct']
    """
    loaded = dispatches if isinstance(dispatches, Loaded) else None
    frame = loaded.dispatches if loaded else complete(dispatches)  # type: ignore[arg-type]
    frame = schema.conform(number_versions(frame), "dispatches")
    work = partial(_annotate_partition, method=method, scorer=scorer)
    # An empty corpus still runs once: a wrong method is an error whatever the corpus.
    done = list(map_partitions(work, frame, engine=engine, workers=workers, progress=progress)) or [
        work(frame)
    ]
    parts: dict[str, pd.DataFrame] = {
        name: pd.concat([part[name] for part in done], ignore_index=True) for name in LAYERS
    }
    # A named source met in two partitions is one source; what the first leaves open, a later
    # one may fill.
    parts["sources"] = _one_row_a_source(parts["sources"])
    return Tables(
        dispatches=frame,
        **{name: schema.conform(part, name) for name, part in parts.items()},
        rejects=loaded.rejects if loaded else schema.empty("rejects"),
        cuts=loaded.cuts if loaded else schema.empty("cuts"),
        repairs=loaded.repairs if loaded else schema.empty("repairs"),
        provenance=_provenance(frame, method, scorer),
    )


def _one_row_a_source(sources: pd.DataFrame) -> pd.DataFrame:
    grouped = sources.groupby("source_id", sort=False)
    aliases = {name: join_aliases(*part.dropna()) for name, part in grouped["aliases"]}
    first = grouped.first().reset_index()
    return first.assign(aliases=first["source_id"].map(aliases))


def complete(dispatches: pd.DataFrame) -> pd.DataFrame:
    """Return `dispatches` with the columns a table made by hand usually lacks.

    ``dispatch_id`` becomes ``row-<n>``, ``content_hash`` and ``n_words`` are computed,
    ``source_file`` becomes ``(memory)`` and ``format`` ``frame``. Columns that are there stay.

    Raises
    ------
    SchemaError : no column ``body``, or an NA in it.

    >>> import pandas as pd
    >>> complete(pd.DataFrame({"body": ["Rain fell."]})).loc[0, "dispatch_id"]
    'row-0'
    """
    if "body" not in dispatches:
        found = "the columns " + (", ".join(map(str, dispatches.columns)) or "(none)")
        raise SchemaError("dispatches", found, "at least the column 'body'")
    if dispatches["body"].isna().any():
        raise SchemaError("dispatches", "NA in 'body'", "a text in every row")
    body = dispatches["body"].astype("string")
    headline = dispatches.get("headline", pd.Series("", index=body.index)).fillna("")
    hashes = [content_hash(h, b) for h, b in zip(headline, body, strict=True)]
    defaults: dict[str, Any] = {
        "dispatch_id": [f"row-{n}" for n in range(len(body))],
        "n_words": [count_words(text) for text in body],
        "source_file": "(memory)",
        "format": "frame",
        "content_hash": hashes,
    }
    absent = {name: value for name, value in defaults.items() if name not in dispatches}
    return schema.conform(dispatches.assign(**absent), "dispatches")


def prepare(
    paths: str | Path | Iterable[str | Path],
    store: str | Path,
    *,
    method: str = DEFAULT_METHOD,
    scorer: str = "vader",
    engine: str = "serial",
    workers: int = 1,
    progress: Progress | None = None,
    force: bool = False,
    **loading: Any,
) -> tuple[Tables, bool]:
    """Load and annotate `paths` into `store`, unless the store already holds just that.

    The store remembers a fingerprint of the input files (names and SHA-256 of their bytes), the
    package version, method, scorer and loading options; when it is the same, the tables are opened
    instead of made again.

    Returns
    -------
    The tables, and whether they were made again.

    Raises
    ------
    InputError : a path that does not exist, an unknown method or scorer.
    OSError : the store cannot be written.
    """
    given = [paths] if isinstance(paths, (str, Path)) else list(paths)
    options = {"method": method, "version": version_of(method), "scorer": scorer} | loading
    wanted = fingerprint(given, options)
    if not force:
        try:
            tables = open_store(store)
        except StoreError:
            pass  # No store, or one that cannot be used: it is made below.
        else:
            if tables.provenance.get("fingerprint") == wanted:
                return tables, False
    made = annotate(
        load(given, **loading),
        method,
        scorer=scorer,
        engine=engine,
        workers=workers,
        progress=progress,
    )
    provenance = dict(made.provenance) | {"fingerprint": wanted, "inputs": [str(p) for p in given]}
    tables = Tables(**made.frames(), provenance=provenance)
    tables.save(store)
    return tables, True


def fingerprint(paths: Iterable[str | Path], options: Mapping[str, Any]) -> str:
    """Return a SHA-256 over every file below `paths`, the package version and `options`.

    A file that cannot be read counts by its name alone; loading reports it.
    """
    digest = hashlib.sha256(f"{analysis.__version__} {sorted(options.items())}".encode())
    for given in map(Path, paths):
        below = sorted(given.rglob("*")) if given.is_dir() else [given]
        for path in below:
            if path.is_file():
                digest.update(f"\n{path.as_posix()} {_hash_or_reason(path)}".encode())
    return digest.hexdigest()


def _hash_or_reason(path: Path) -> str:
    try:
        return sha256(path)
    except OSError as error:
        return f"unreadable {error.errno}"


def _annotate_partition(
    dispatches: pd.DataFrame, *, method: str, scorer: str
) -> dict[str, pd.DataFrame]:
    sentences = sentence_table(dispatches)
    found = extract(dispatches, sentences, method=method)
    tone = score(dispatches, sentences, found.attributions, found.attribution_spans, scorer=scorer)
    return {
        "sentences": sentences,
        "attributions": found.attributions,
        "attribution_spans": found.attribution_spans,
        "sources": found.sources,
        "sentiment": tone,
    }


def _provenance(dispatches: pd.DataFrame, method: str, scorer: str) -> dict[str, Any]:
    digest = hashlib.sha256("".join(dispatches["content_hash"]).encode()).hexdigest()
    return {
        "package": f"dispatch-analysis {analysis.__version__}",
        "python": sys.version.split()[0],
        "pandas": pd.__version__,
        "method": method,
        "method_version": version_of(method),
        "scorer": scorer,
        "content_sha256": digest,
    }
