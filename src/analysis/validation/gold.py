"""Read labelled attributions: one JSON document a line."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

from analysis.errors import InputError


def read_annotations(path: str | Path) -> list[dict[str, Any]]:
    """Read documents labelled in the annotation format.

    Parameters
    ----------
    path : a ``.jsonl`` or ``.jsonl.gz`` file; each line an object with ``id``, ``text`` and
        ``attributions``, a list of objects whose ``source``, ``cue`` and ``content`` are lists of
        ``[start, end)`` character offsets in ``text``.

    Raises
    ------
    InputError : a line that is not such a document; names the line.

    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "gold.jsonl"
    >>> _ = path.write_text('{"id": "a", "text": "Rain.", "attributions": []}')
    >>> read_annotations(path)[0]["id"]
    'a'
    """
    path = Path(path)
    opener = gzip.open if path.suffix == ".gz" else open
    documents = []
    with opener(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            if line.strip():
                documents.append(_document(line, f"{path.name}, line {number}"))
    return documents


def _document(line: str, place: str) -> dict[str, Any]:
    try:
        document: dict[str, Any] = json.loads(line)
        size = len(document["text"])
        spans = [
            span
            for attribution in document["attributions"]
            for role in ("source", "cue", "content")
            for span in attribution[role]
        ]
        wrong = [span for span in spans if not 0 <= span[0] < span[1] <= size]
        document["id"] = str(document["id"])
    except (ValueError, KeyError, TypeError, IndexError) as error:
        expected = "an object with id, text and attributions"
        raise InputError(f"{place}: {type(error).__name__}: {error}", expected) from error
    if wrong:
        raise InputError(f"{place}: span {wrong[0]}", f"offsets within 0 to {size}")
    return document
