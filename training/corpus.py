"""Labelled documents from this folder and from files in the same format."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any


def read_lines(path: Path) -> list[dict[str, Any]]:
    """Return the JSON objects of a ``.jsonl`` or ``.jsonl.gz`` file."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def read_labelled(path: Path, texts: dict[str, str]) -> list[dict[str, Any]]:
    """Return labelled documents with their texts.

    Stand-off lines hold ``sha256`` in place of ``text``; their text is looked up in `texts` by id.

    Raises
    ------
    ValueError : a text that is absent, or is not the one that was labelled.
    """
    documents = read_lines(path)
    for document in documents:
        if "text" in document:
            continue
        text = texts.get(document["id"])
        if text is None:
            raise ValueError(
                f"{path.name}, {document['id']}: its text is in none of the files given"
            )
        if hashlib.sha256(text.encode()).hexdigest() != document["sha256"]:
            raise ValueError(f"{path.name}, {document['id']}: not the text that was labelled")
        document["text"] = text
    return documents


def read_texts(paths: Iterable[Path]) -> dict[str, str]:
    """Return the texts of files of ``{"id", "text"}`` lines, by id."""
    return {row["id"]: row["text"] for path in paths for row in read_lines(path)}
