"""The canonical tables: the contract every module keeps.

All offsets are characters of ``dispatches.body``, half-open ``[start, end)``. Times are UTC-aware.
What a dispatch does not say is NA, never an empty string and never a guess.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from analysis.errors import SchemaError

if TYPE_CHECKING:
    import pandas as pd

SCHEMA_VERSION = 2

KINDS = ("direct", "indirect", "mixed")
ACTS = ("statement", "directive", "thought")
STANCES = ("asserts", "denies", "confirms", "declines")
SOURCE_TYPES = (
    "government",
    "military",
    "justice",
    "politician",
    "international",
    "civil",
    "expert",
    "business",
    "media",
    "citizen",
    "document",
    "unknown",
)
STATUSES = ("usable", "withheld", "canceled", "corrected")
DUPLICATE_KINDS = (
    "exact",
    "copy",
    "truncated",
    "update",
    "corrected",
    "withdrawn",
    "roundup",
)
VOICES = ("reporter", "source")
ROLES = ("source", "cue", "content")


@dataclass(frozen=True)
class Column:
    """One column: its pandas dtype, what it means, and what it may hold."""

    name: str
    dtype: str
    meaning: str
    required: bool = False
    allowed: tuple[str, ...] = ()


@dataclass(frozen=True)
class TableSchema:
    """A table's name, key and columns, in order."""

    name: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    meaning: str

    @property
    def names(self) -> list[str]:
        """Column names in order."""
        return [column.name for column in self.columns]


TIME = "datetime64[us, UTC]"

DISPATCHES = TableSchema(
    "dispatches",
    ("dispatch_id",),
    (
        Column("dispatch_id", "string", "stable name of this dispatch", required=True),
        Column("story_id", "string", "story the dispatch is a version of"),
        Column("version", "Int64", "version within the story, from 1"),
        Column("agency", "string", "who wrote it, e.g. AFP"),
        Column("outlet", "string", "who published it, e.g. SpaceWar.com"),
        Column("language", "string", "BCP 47 tag"),
        Column("language_evidence", "string", "who says so", allowed=("stated", "identified")),
        Column("status", "string", "publication status", allowed=STATUSES),
        Column("urgency", "Int64", "IPTC urgency, 1 (flash) to 9"),
        Column("published_at", TIME, "publication time, UTC; midnight where only a day is given"),
        Column("published_precision", "string", "what the input gave", allowed=("day", "time")),
        Column("published_zone", "string", "zone or offset from UTC the input gave, as written"),
        Column("published_evidence", "string", "what in the input states the time or its year"),
        Column("embargo_until", TIME, "not to be published before, UTC"),
        Column("dateline_place", "string", "place in the dateline, as written"),
        Column("dateline_date", "string", "ISO date in the dateline; --MM-DD without a year"),
        Column("dateline_evidence", "string", "what gave the dateline's year"),
        Column("slug", "string", "the agency's keyword line"),
        Column("headline", "string", "headline as published"),
        Column("byline", "string", "writer named in the byline"),
        Column("url", "string", "address the input states"),
        Column("body", "string", "text of the dispatch; all offsets refer to it", required=True),
        Column("n_words", "Int64", "words in the body", required=True),
        Column("source_file", "string", "file, or file#member, it came from", required=True),
        Column("format", "string", "format it was read as", required=True),
        Column("content_hash", "string", "SHA-256 of headline and body", required=True),
        Column("duplicate_of", "string", "dispatch_id of the dispatch this one repeats"),
        Column("duplicate_kind", "string", "how it repeats it", allowed=DUPLICATE_KINDS),
        Column("duplicate_shared", "Float64", "share of its text that the other one has, 0 to 1"),
    ),
    "One row a dispatch.",
)

SENTENCES = TableSchema(
    "sentences",
    ("dispatch_id", "sentence_no"),
    (
        Column("dispatch_id", "string", "dispatch", required=True),
        Column("sentence_no", "Int64", "position in the dispatch, from 0", required=True),
        Column("paragraph_no", "Int64", "paragraph, from 0", required=True),
        Column("start", "Int64", "first character", required=True),
        Column("end", "Int64", "one past the last character", required=True),
        Column("quoted_share", "Float64", "share of characters inside quotation marks, 0 to 1"),
    ),
    "One row a sentence.",
)

ATTRIBUTIONS = TableSchema(
    "attributions",
    ("attribution_id",),
    (
        Column("attribution_id", "string", "dispatch_id:number, in reading order", required=True),
        Column("dispatch_id", "string", "dispatch", required=True),
        Column("sentence_no", "Int64", "sentence of the cue (or first content)", required=True),
        Column("kind", "string", "how it is quoted", required=True, allowed=KINDS),
        Column("act", "string", "what the source does", required=True, allowed=ACTS),
        Column("stance", "string", "position taken", required=True, allowed=STANCES),
        Column("source", "string", "source phrase as written; NA when none is expressed"),
        Column("cue", "string", "cue as written; NA for an uncued continuation"),
        Column("content", "string", "content as written, pieces joined by ' … '"),
        Column("source_start", "Int64", "first character of the source"),
        Column("source_end", "Int64", "one past the source's last character"),
        Column("cue_start", "Int64", "first character of the cue"),
        Column("cue_end", "Int64", "one past the cue's last character"),
        Column("content_start", "Int64", "first character of the first content piece"),
        Column("content_end", "Int64", "one past the last content piece"),
        Column("cue_lemma", "string", "dictionary form of the cue's main word"),
        Column("source_id", "string", "who it is (sources); NA when no source is expressed"),
        Column("speaker", "string", "fullest name the dispatch gives for the source"),
        Column("nested_in", "string", "attribution_id of the attribution that reports this one"),
        Column("method", "string", "what found it, e.g. rules", required=True),
        Column("confidence", "Float64", "0 to 1; share right among such finds, where measured"),
    ),
    "One row an attribution: a source, a cue and a content.",
)

ATTRIBUTION_SPANS = TableSchema(
    "attribution_spans",
    ("attribution_id", "role", "span_no"),
    (
        Column("attribution_id", "string", "attribution", required=True),
        Column("role", "string", "which part", required=True, allowed=ROLES),
        Column("span_no", "Int64", "piece of that part, from 0", required=True),
        Column("start", "Int64", "first character", required=True),
        Column("end", "Int64", "one past the last character", required=True),
    ),
    "One row a contiguous piece of an attribution's source, cue or content.",
)

SOURCES = TableSchema(
    "sources",
    ("source_id",),
    (
        Column("source_id", "string", "stable name of this source", required=True),
        Column("name", "string", "canonical name or fullest description", required=True),
        Column("named", "boolean", "a named person or organisation", required=True),
        Column("source_type", "string", "kind of source", required=True, allowed=SOURCE_TYPES),
        Column("aliases", "string", "other forms the dispatches give, parted by ' | '"),
        Column("role", "string", "office or function, as written"),
        Column("affiliation", "string", "body the source speaks for, as written"),
        Column("country", "string", "ISO 3166 alpha-2 code where the text states it"),
    ),
    "One row a source. An unnamed source is never merged across dispatches.",
)

SENTIMENT = TableSchema(
    "sentiment",
    ("unit", "unit_id", "scorer", "target"),
    (
        Column("unit", "string", "what was scored", True, ("sentence", "quotation")),
        Column("unit_id", "string", "dispatch_id:sentence_no, or attribution_id", required=True),
        Column("scorer", "string", "e.g. vader", required=True),
        Column("target", "string", "whom the tone is about; NA for the unit as a whole"),
        Column("dispatch_id", "string", "dispatch", required=True),
        Column("voice", "string", "whose words were scored", required=True, allowed=VOICES),
        Column("negative", "Float64", "share of negative evidence, 0 to 1; NA without evidence"),
        Column("neutral", "Float64", "share of neutral evidence, 0 to 1"),
        Column("positive", "Float64", "share of positive evidence, 0 to 1"),
        Column("compound", "Float64", "tone from -1 to 1; NA without evidence"),
        Column("n_matched", "Int64", "words the scorer knew", required=True),
    ),
    "One row a scored unit: the reporter's words of a sentence, or a source's quoted words.",
)

REJECTS = TableSchema(
    "rejects",
    (),
    (
        Column("source_file", "string", "file, or file#member", required=True),
        Column("format", "string", "format it was taken for"),
        Column("reason", "string", "why it was not loaded", required=True),
        Column("found", "string", "what was found"),
        Column("expected", "string", "what was expected"),
        Column("place", "string", "where: a line, a row, a column"),
    ),
    "One row an input that could not be loaded.",
)

CUTS = TableSchema(
    "cuts",
    (),
    (
        Column("dispatch_id", "string", "dispatch", required=True),
        Column("source_file", "string", "file it came from", required=True),
        Column(
            "kind", "string", "banner, advert, teaser, copyright, navigation, metadata, …", True
        ),
        Column("reason", "string", "the rule that cut it", required=True),
        Column("first_line", "Int64", "first line cut, from 1"),
        Column("last_line", "Int64", "last line cut"),
        Column("text", "string", "what was cut", required=True),
    ),
    "One row a stretch of the input left out of the body, and why.",
)

REPAIRS = TableSchema(
    "repairs",
    ("dispatch_id", "start"),
    (
        Column("dispatch_id", "string", "dispatch", required=True),
        Column("start", "Int64", "first character of the repaired stretch", required=True),
        Column("end", "Int64", "one past its last character", required=True),
        Column("received", "string", "what stood there as received", required=True),
        Column("reason", "string", "why it was repaired", required=True),
    ),
    "One row a stretch of a body that differs from the text as received.",
)

LOADS = TableSchema(
    "loads",
    ("load_id",),
    (
        Column("load_id", "string", "name of the load", required=True),
        Column("kind", "string", "what was done", True, ("load", "compact", "migrate")),
        Column("who", "string", "user@host that did it", required=True),
        Column("started_at", TIME, "when it began, UTC", required=True),
        Column("written_at", TIME, "when its last transaction was written, UTC", required=True),
        Column("finished", "boolean", "False where it was broken off", required=True),
        Column("n_transactions", "Int64", "transactions it wrote", required=True),
        Column("n_files", "Int64", "files it read to the end", required=True),
        Column("n_files_known", "Int64", "files passed over as known", required=True),
        Column("n_dispatches", "Int64", "dispatches it added", required=True),
        Column("n_repeats", "Int64", "dispatches passed over as known", required=True),
        Column("n_rejects", "Int64", "rows it added to rejects", required=True),
        Column("n_cuts", "Int64", "rows it added to cuts", required=True),
        Column("n_repairs", "Int64", "rows it added to repairs", required=True),
        Column("package_version", "string", "version of this package", required=True),
        Column("schema_version", "Int64", "version of the table contract", required=True),
        Column("arguments", "string", "what it was called with, as JSON", required=True),
    ),
    "One row a load, compaction or migration of a corpus.",
)

INPUTS = TableSchema(
    "inputs",
    (),
    (
        Column("load_id", "string", "load that read the file", required=True),
        Column("source_file", "string", "file, as rejects and dispatches name it", required=True),
        Column("sha256", "string", "SHA-256 of its bytes; NA where they could not be fixed"),
        Column("bytes", "Int64", "its size; NA where unknown"),
        Column("n_read", "Int64", "dispatches read from it, known ones included", required=True),
        Column("n_rejects", "Int64", "rejects it gave", required=True),
        Column("options", "string", "how it was read, as JSON", required=True),
    ),
    "One row a file that a load read to its end.",
)

CANONICAL = (DISPATCHES, SENTENCES, ATTRIBUTIONS, ATTRIBUTION_SPANS, SOURCES, SENTIMENT)
TABLES = {table.name: table for table in (*CANONICAL, REJECTS, CUTS, REPAIRS)}
# What a corpus writes about itself (docs/store.md); annotated tables have none of it.
LOG_TABLES = {table.name: table for table in (LOADS, INPUTS)}


def empty(name: str) -> pd.DataFrame:
    """Return a table of that name with no rows and the right dtypes.

    >>> list(empty("rejects").columns)
    ['source_file', 'format', 'reason', 'found', 'expected', 'place']
    """
    import pandas as pd

    return pd.DataFrame({c.name: pd.Series([], dtype=c.dtype) for c in table_schema(name).columns})


def conform(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    """Return `frame` as the table `name`: columns in order, dtypes cast, contract checked.

    Absent columns that may be NA are added; columns the contract does not know are dropped. The
    input is not changed.

    Raises
    ------
    SchemaError
        For an absent or incomplete required column, a value outside the allowed set, a value that
        cannot be cast, or a repeated key.

    >>> import pandas as pd
    >>> row = {"source_file": "a.txt", "reason": "empty file"}
    >>> conform(pd.DataFrame([row]), "rejects").loc[0, "place"]
    <NA>
    """
    import pandas as pd

    table = table_schema(name)
    out = {}
    for column in table.columns:
        if column.name in frame.columns:
            out[column.name] = _cast(frame[column.name], column, name)
        elif column.required and len(frame):
            raise SchemaError(name, f"no column {column.name!r}", f"dtype {column.dtype}")
        else:
            out[column.name] = pd.Series(pd.NA, index=frame.index, dtype=column.dtype)
    result = pd.DataFrame(out, columns=table.names).reset_index(drop=True)
    _check_values(result, table)
    return result


def table_schema(name: str) -> TableSchema:
    """Return the contract of the table `name`.

    Raises
    ------
    SchemaError : no such table.

    >>> table_schema("rejects").key
    ()
    """
    known = TABLES | LOG_TABLES
    if name not in known:
        raise SchemaError(name, "no such table", "one of " + ", ".join(known))
    return known[name]


def _cast(series: pd.Series, column: Column, name: str) -> pd.Series:
    try:
        # The stubs know literal dtype names only; ours come from the contract.
        return series.astype(column.dtype)  # type: ignore[call-overload,no-any-return]
    except (ValueError, TypeError) as error:
        found = f"{column.name!r} of dtype {series.dtype} ({error})"
        raise SchemaError(name, found, f"dtype {column.dtype}") from error


def _check_values(frame: pd.DataFrame, table: TableSchema) -> None:
    for column in table.columns:
        values = frame[column.name]
        if column.required and values.isna().any():
            row = int(values.isna().to_numpy().argmax())
            raise SchemaError(table.name, f"NA in {column.name!r}, row {row}", column.meaning)
        if column.allowed:
            strange = values.dropna()[lambda v, a=column.allowed: ~v.isin(a)]
            if len(strange):
                expected = "one of " + ", ".join(column.allowed)
                raise SchemaError(table.name, f"{column.name}={strange.iloc[0]!r}", expected)
    if table.key and frame.duplicated(list(table.key)).any():
        key = frame.loc[frame.duplicated(list(table.key)), list(table.key)].iloc[0].tolist()
        raise SchemaError(table.name, f"the key {key} twice", "a unique " + ", ".join(table.key))
