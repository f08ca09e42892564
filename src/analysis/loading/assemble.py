"""From raw dispatches to canonical tables: ids, hashes, word counts, duplicates, dtypes."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import asdict, fields
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from analysis import schema
from analysis.loading.language import identify_language
from analysis.loading.loaded import Loaded
from analysis.loading.records import RawDispatch, Reject

if TYPE_CHECKING:
    import pandas as pd

_WORD = re.compile(r"\w+(?:['’‑-]\w+)*")
_TEXT_FIELDS = tuple(f.name for f in fields(RawDispatch) if "str" in str(f.type))


def assemble(dispatches: Iterable[RawDispatch], rejects: Iterable[Reject]) -> Loaded:
    """Build the tables of `Loaded` from what the readers gave, in order.

    `content_hash` is SHA-256 of headline, newline and body. A dispatch whose hash was seen before
    names the first such dispatch in `duplicate_of`. An id met again gets "-2", "-3" and so on.
    """
    rows: list[dict[str, Any]] = []
    cuts: list[dict[str, Any]] = []
    repairs: list[dict[str, Any]] = []
    all_rejects = list(rejects)
    taken: dict[str, int] = {}
    first_with: dict[str, str] = {}
    for raw in dispatches:
        if not storable(raw):
            all_rejects.append(not_unicode(raw))
            continue
        digest = content_hash(raw.headline, raw.body)
        name = _unique(raw.dispatch_id or dispatch_name(raw.source_file, digest), taken)
        rows.append(_row(raw, name, digest, first_with.get(digest)))
        first_with.setdefault(digest, name)
        cuts += [
            asdict(c) | {"dispatch_id": name, "source_file": raw.source_file} for c in raw.cuts
        ]
        repairs += [asdict(repair) | {"dispatch_id": name} for repair in raw.repairs]
    return Loaded(
        _table(rows, "dispatches"),
        _table([asdict(reject) for reject in all_rejects], "rejects"),
        _table(cuts, "cuts"),
        _table(repairs, "repairs"),
    )


def content_hash(headline: str | None, body: str) -> str:
    """SHA-256, in hexadecimal, of headline, newline and body as UTF-8.

    >>> content_hash(None, "text") == content_hash("", "text")
    True
    """
    return hashlib.sha256(f"{headline or ''}\n{body}".encode()).hexdigest()


def dispatch_name(source_file: str, digest: str) -> str:
    """Name of a dispatch that brings none: its file's stem and the start of its content hash.

    >>> dispatch_name("wire/Strait reopens.txt.gz", "0123456789abcdef")
    'strait-reopens-01234567'
    """
    stem = PurePosixPath(source_file.split("#")[0]).name.removesuffix(".gz")
    ascii_stem = unicodedata.normalize("NFKD", PurePosixPath(stem).stem).encode("ascii", "ignore")
    slug = re.sub(r"[^a-z0-9]+", "-", ascii_stem.decode().casefold()).strip("-")
    return f"{slug or 'dispatch'}-{digest[:8]}"


def count_words(text: str) -> int:
    """Number of words: runs of letters and digits, inner apostrophes and hyphens included.

    >>> count_words("The well-known envoy's 5,200 troops")
    6
    """
    return len(_WORD.findall(text))


def _row(raw: RawDispatch, name: str, digest: str, first: str | None) -> dict[str, Any]:
    row = {f.name: getattr(raw, f.name) for f in fields(raw) if f.name not in ("cuts", "repairs")}
    language = raw.language or identify_language(raw.body)
    evidence = raw.language_evidence or ("stated" if raw.language else "identified")
    return row | {
        "language": language,
        "language_evidence": evidence if language else None,
        "dispatch_id": name,
        "n_words": count_words(raw.body),
        "content_hash": digest,
        "duplicate_of": first,
        "duplicate_kind": "exact" if first else None,
    }


def _unique(name: str, taken: dict[str, int]) -> str:
    candidate, number = name, taken.get(name, 0)
    while candidate in taken:
        number += 1
        candidate = f"{name}-{number}"
    # The number last given, so that the ten thousandth of a name is found as fast as the second.
    taken[name] = max(number, 1)
    taken.setdefault(candidate, 1)
    return candidate


def storable(raw: RawDispatch) -> bool:
    """Whether every text of the dispatch is Unicode that a file can hold."""
    # A lone surrogate, as a JSON escape can produce, is no text: no file could hold it.
    try:
        for name in _TEXT_FIELDS:
            (getattr(raw, name) or "").encode()
    except UnicodeEncodeError:
        return False
    return True


def not_unicode(raw: RawDispatch) -> Reject:
    """The reject for a dispatch that is not `storable`."""
    place = f"id {raw.dispatch_id}" if raw.dispatch_id and raw.dispatch_id.isascii() else None
    found = "half of a surrogate pair"
    return Reject(raw.source_file, raw.format, "text is not Unicode", found, "Unicode text", place)


def _table(rows: list[dict[str, Any]], name: str) -> pd.DataFrame:
    import pandas as pd

    if not rows:
        return schema.empty(name)
    # Object columns keep integers beside None from becoming floats before the cast.
    return schema.conform(pd.DataFrame(rows, dtype=object), name)
