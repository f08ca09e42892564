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

    Stand-off lines hold ``sha256`` in place of ``text``: that of the UTF-8 bytes of the text that
    was labelled, under which it is looked up in `texts`.

    Raises
    ------
    ValueError : a text that is in none of the files, or only in an altered form.
    """
    documents = read_lines(path)
    for document in documents:
        if "text" not in document:
            name = f"{path.name}, {document['id']}"
            if document["sha256"] not in texts:
                raise ValueError(
                    f"{name}: the text that was labelled is in none of the files given"
                )
            document["text"] = texts[document["sha256"]]
    return documents


def read_texts(paths: Iterable[Path]) -> dict[str, str]:
    """Return the texts of files of lines with a ``text``, by the SHA-256 of their UTF-8 bytes."""
    texts = (row["text"] for path in paths for row in read_lines(path))
    return {hashlib.sha256(text.encode()).hexdigest(): text for text in texts}
