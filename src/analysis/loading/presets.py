"""Column maps of research databases whose exports are known: `load(..., columns="mediacloud")`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from analysis.errors import InputError
from analysis.loading.columns import ALIASES
from analysis.loading.records import ReadOptions, Reject

_TEXT = ("body", *ALIASES["body"])


@dataclass(frozen=True)
class Preset:
    """An export: the columns that show it, its column map, and what it says of its stories.

    `columns` are canonical name to theirs, the first present one winning; a column that an export
    lacks is left out, but for the text.
    """

    name: str
    title: str
    shown_by: tuple[str, ...]
    columns: Mapping[str, tuple[str, ...]]
    advice: str


MEDIACLOUD = Preset(
    "mediacloud",
    "Media Cloud export",
    ("indexed_date", "media_name", "media_url"),
    {
        "dispatch_id": ("id", "stories_id"),
        "language": ("language",),
        "outlet": ("media_name",),
        "published_at": ("publish_date",),
        "headline": ("title",),
        "url": ("url",),
        "body": _TEXT,
    },
    "a column 'text': Media Cloud lists stories without their text; join it by url",
)
# When GDELT met an article (DATE, DATEADDED) is not when it was published: it stays out.
GDELT = Preset(
    "gdelt",
    "GDELT table",
    (),
    {
        "dispatch_id": ("GKGRECORDID", "GLOBALEVENTID", "GlobalEventID"),
        "outlet": ("SourceCommonName", "V2SOURCECOMMONNAME"),
        "headline": ("Title", "title"),
        "url": (
            "DocumentIdentifier",
            "V2DOCUMENTIDENTIFIER",
            "SOURCEURL",
            "MentionIdentifier",
            "URL",
            "url",
        ),
        "body": _TEXT,
    },
    "a column 'text' joined by address: GDELT codes articles and gives no text",
)
PRESETS = {preset.name: preset for preset in (MEDIACLOUD, GDELT)}

_GDELT_COLUMNS = (
    {"GKGRECORDID"},
    {"GLOBALEVENTID"},
    {"GlobalEventID"},
    {"URL", "MobileURL", "Date", "Title"},
)
_DAY, _MINUTE = r"(?:19|20)\d{6}", r"20\d{12}"
# Tables without a header row, by their number of columns: what the first ones must look like, and
# the names of those that are loaded where a text is joined as one more column.
_GDELT_TABLES = {
    27: (
        (rf"{_MINUTE}-T?\d+", _MINUTE, r"\d"),
        {0: "GKGRECORDID", 3: "SourceCommonName", 4: "DocumentIdentifier"},
    ),
    61: ((r"\d+", _DAY, r"\d{6}"), {0: "GLOBALEVENTID", 60: "SOURCEURL"}),
    58: ((r"\d+", _DAY, r"\d{6}"), {0: "GLOBALEVENTID", 57: "SOURCEURL"}),
    57: ((r"\d+", _DAY, r"\d{6}"), {0: "GLOBALEVENTID"}),
    16: ((r"\d+", _MINUTE, _MINUTE, r"\d"), {0: "GLOBALEVENTID", 5: "MentionIdentifier"}),
}


def check_preset(name: str) -> str:
    """Return the name of a preset; an unknown one is an `InputError`.

    >>> check_preset("mediacloud")
    'mediacloud'
    """
    if name not in PRESETS:
        expected = "a column map, or one of: " + ", ".join(PRESETS)
        raise InputError(f"columns={name!r}", expected)
    return name


def find_preset(present: Iterable[str], options: ReadOptions) -> Preset | None:
    """The preset asked for, or the one that the columns show where no column map is given."""
    if options.preset or options.columns:
        return PRESETS.get(options.preset or "")
    names = set(present)
    if set(MEDIACLOUD.shown_by) <= names:
        return MEDIACLOUD
    return GDELT if any(columns <= names for columns in _GDELT_COLUMNS) else None


def column_map(present: Sequence[str], options: ReadOptions) -> Mapping[str, str]:
    """The column map for an input with these columns: the caller's, or that of a preset."""
    preset = find_preset(present, options)
    if preset is None:
        return options.columns
    named = ((ours, [n for n in theirs if n in present]) for ours, theirs in preset.columns.items())
    return {ours: there[0] for ours, there in named if there}


def without_text(
    present: Sequence[str], file: str, format: str, options: ReadOptions
) -> Reject | None:
    """The rejects row for an export that lists stories and not their text."""
    preset = find_preset(present, options)
    if preset is None or "body" in column_map(present, options):
        return None
    found = "columns " + ", ".join(present[:30])
    return Reject(file, format, f"{preset.title} without text", found[:300], preset.advice)


def gdelt_header(fields: Sequence[str]) -> list[str] | None:
    """Column names for a GDELT table without a header row, judged by its first row; or None.

    A field after GDELT's own is taken for the joined text.

    >>> gdelt_header(["845", "20240304", "202403", *[""] * 57, "https://a.example", "Text."])[-2:]
    ['SOURCEURL', 'text']
    """
    for n_columns in (len(fields), len(fields) - 1):
        patterns, names = _GDELT_TABLES.get(n_columns, ((), {}))
        if patterns and all(map(re.fullmatch, patterns, fields)):
            header = [names.get(i, f"column {i + 1}") for i in range(n_columns)]
            return header + ["text"] * (len(fields) - n_columns)
    return None
