"""A corpus small enough to count by hand, for the examples in this package's documentation."""

from __future__ import annotations

import pandas as pd

from analysis import schema
from analysis.store import Tables

# dispatch, agency, day, status, copy of
_DISPATCHES = (
    ("d1", "Norvik Press", "2031-03-04", "usable", None),
    ("d2", "Halden Bureau", "2031-03-05", "usable", None),
    ("d3", "Norvik Press", "2031-03-11", "corrected", None),
    ("d4", "Halden Bureau", "2031-03-12", "usable", None),
    ("d5", "Halden Bureau", "2031-03-12", "usable", "d4"),
    ("d6", "Norvik Press", "2031-03-13", "canceled", None),
)
# dispatch, kind, stance, source, content, reported by, tone of the quoted words
_ATTRIBUTIONS = (
    ("d1", "direct", "asserts", "mara-lund", '"The dam is a disgrace"', None, -0.5),
    ("d1", "indirect", "denies", "water-board", "the dam was unsafe", None, None),
    ("d1", "indirect", "declines", "water-board", None, None, None),
    ("d2", "mixed", "asserts", "mara-lund", 'work would "never" resume', None, None),
    ("d2", "indirect", "asserts", "d2:two-officials", "talks had begun", None, None),
    ("d3", "indirect", "asserts", None, "the valley was being cleared", None, None),
    ("d3", "direct", "asserts", "mara-lund", '"We were ignored"', None, -0.4),
    ("d4", "indirect", "asserts", "halden-courier", "the minister would resign", None, None),
    ("d4", "direct", "asserts", "d4:a-minister", '"I fear the worst"', 7, -0.3),
    ("d5", "direct", "asserts", "d5:a-minister", '"I fear the worst"', None, -0.3),
    ("d6", "direct", "asserts", "water-board", '"All is well"', None, 0.4),
)
_SOURCES = (
    ("mara-lund", "Mara Lund", True, "politician"),
    ("water-board", "Kelm Water Board", True, "government"),
    ("halden-courier", "Halden Courier", True, "media"),
    ("d2:two-officials", "two officials", False, "government"),
    ("d4:a-minister", "a minister", False, "government"),
    ("d5:a-minister", "a minister", False, "government"),
)
# dispatch, sentence, tone of the reporter's words
_SENTENCES = (
    ("d1", 0, 0.2),
    ("d1", 1, None),
    ("d2", 0, -0.3),
    ("d3", 0, 0.1),
    ("d4", 0, 0.1),
    ("d4", 1, None),
    ("d5", 0, 0.1),
)


def invented_tables() -> Tables:
    """Return six invented dispatches of two invented agencies, with attributions and scores.

    One dispatch is an exact copy and one is canceled; one attribution is nested, one has no
    expressed source, one source declines to comment; some units have no score.

    >>> invented_tables()
    Tables: 6 dispatches, 0 sentences, 11 attributions, 6 sources, 0 rejects
    """
    attributions = pd.DataFrame([_attribution(i, *row) for i, row in enumerate(_ATTRIBUTIONS)])
    sources = pd.DataFrame(_SOURCES, columns=["source_id", "name", "named", "source_type"])
    return Tables(
        dispatches=schema.conform(pd.DataFrame([_dispatch(*d) for d in _DISPATCHES]), "dispatches"),
        attributions=schema.conform(attributions, "attributions"),
        sources=schema.conform(sources, "sources"),
        sentiment=schema.conform(pd.DataFrame(_scores()), "sentiment"),
    )


def _dispatch(
    name: str, agency: str, day: str, status: str, duplicate_of: str | None
) -> dict[str, object]:
    return {
        "dispatch_id": name,
        "agency": agency,
        "status": status,
        "published_at": pd.Timestamp(day, tz="UTC"),
        "published_precision": "day",
        "body": "An invented dispatch.",
        "n_words": 3,
        "source_file": "invented.jsonl",
        "format": "jsonl",
        "content_hash": duplicate_of or name,
        "duplicate_of": duplicate_of,
        "duplicate_kind": "exact" if duplicate_of else None,
    }


def _attribution(
    number: int,
    dispatch: str,
    kind: str,
    stance: str,
    source: str | None,
    content: str | None,
    outer: int | None,
    _tone: float | None,
) -> dict[str, object]:
    return {
        "attribution_id": f"{dispatch}:a{number:03d}",
        "dispatch_id": dispatch,
        "sentence_no": 0,
        "kind": kind,
        "act": "statement",
        "stance": stance,
        "content": content,
        "source_id": source,
        "nested_in": None if outer is None else f"{dispatch}:a{outer:03d}",
        "method": "invented",
    }


def _scores() -> list[dict[str, object]]:
    quotations = [
        ("quotation", f"{row[0]}:a{i:03d}", row[0], "source", row[6])
        for i, row in enumerate(_ATTRIBUTIONS)
        if row[1] != "indirect"
    ]
    sentences = [
        ("sentence", f"{dispatch}:{number}", dispatch, "reporter", score)
        for dispatch, number, score in _SENTENCES
    ]
    return [
        {
            "unit": unit,
            "unit_id": unit_id,
            "dispatch_id": dispatch,
            "voice": voice,
            "scorer": "vader",
            "compound": score,
            "n_matched": 0 if score is None else 1,
        }
        for unit, unit_id, dispatch, voice, score in sentences + quotations
    ]
