"""Columns of JSONL, CSV and Parquet inputs: which input column holds which canonical one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from analysis.errors import InputError
from analysis.loading.records import Reject

# canonical column: other names it is recognised under, the first present one winning
ALIASES: dict[str, tuple[str, ...]] = {
    "dispatch_id": ("id", "article_id", "doc_id", "document_id", "guid", "uri"),
    "story_id": ("story",),
    "version": (),
    "agency": ("news_agency", "wire", "wire_service"),
    "outlet": ("publisher", "publication", "newspaper"),
    "language": ("lang",),
    "status": (),
    "urgency": ("priority",),
    "published_at": (
        "published",
        "date_published",
        "publication_date",
        "pub_date",
        "pubdate",
        "publish_date",
        "datetime",
        "timestamp",
        "date",
    ),
    "published_precision": (),
    "dateline_place": ("place", "location"),
    "dateline_date": (),
    "slug": ("keyword_line", "slugline"),
    "headline": ("title",),
    "byline": ("author", "authors"),
    "url": ("link", "permalink"),
    "body": ("text", "content", "body_text", "content_text", "article_text", "article"),
}


def check_column_map(columns: Mapping[str, str]) -> dict[str, str]:
    """Return the column map with canonical keys; an unknown key is an `InputError`.

    >>> check_column_map({"id": "nr", "body": "content_text"})
    {'dispatch_id': 'nr', 'body': 'content_text'}
    """
    checked = {}
    for ours, theirs in columns.items():
        name = "dispatch_id" if ours == "id" else ours
        if name not in ALIASES or not isinstance(theirs, str):
            expected = "canonical names to column names; known: " + ", ".join(ALIASES)
            raise InputError(f"column map entry {ours!r}: {theirs!r}", expected)
        checked[name] = theirs
    return checked


@dataclass(frozen=True)
class Columns:
    """Which input column holds which canonical one, and which mapped columns are absent."""

    mapping: dict[str, str]
    absent: tuple[str, ...] = ()


def match_columns(present: Iterable[str], columns: Mapping[str, str]) -> Columns:
    """Match the column names of an input: by the column map, else by canonical name or alias.

    Case, spaces and hyphens do not matter for names that are recognised without a map.

    >>> match_columns(["ID", "Title", "text", "mood"], {}).mapping
    {'dispatch_id': 'ID', 'headline': 'Title', 'body': 'text'}
    """
    names = list(present)
    folded: dict[str, str] = {}
    for name in names:
        folded.setdefault(re.sub(r"[\s-]+", "_", name.strip()).casefold(), name)
    mapping = {}
    for canonical, aliases in ALIASES.items():
        if canonical in columns:
            mapping[canonical] = columns[canonical]
            continue
        known = next((folded[n] for n in (canonical, *aliases) if n in folded), None)
        if known is not None and known not in columns.values():
            mapping[canonical] = known
    absent = tuple(name for name in columns.values() if name not in names)
    return Columns(mapping, absent)


def absent_columns(matched: Columns, present: Iterable[str], file: str, format: str) -> Reject:
    """The rejects row for a column map that names columns the input does not have."""
    named = "column map names " + ", ".join(map(repr, matched.absent))
    there = "one of: " + ", ".join(list(present)[:50])
    return Reject(file, format, "unknown column in the column map", named, there)
