"""Labelled documents as windows of numbers the network learns from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from analysis.attribution.model.windows import CONTEXT, WINDOW, Pieces, Window, arrays, cut, pack
from analysis.schema import ACTS, SOURCE_TYPES, STANCES
from analysis.text.sentences import split_sentences


@dataclass(frozen=True)
class Example:
    """One window. Pieces count from the opening id on; a cue is one row of the last arrays."""

    ids: NDArray[np.int64]
    features: NDArray[np.int64]
    sentence: NDArray[np.int64]
    tags: NDArray[np.int64]  # 0 O, 1 B, 2 I, -1 not to be learned (context, edges)
    cues: NDArray[np.int64]  # first, last
    channels: NDArray[np.float32]  # cues, pieces, 6
    labels: NDArray[np.int64]  # cues, 4; -1 not known
    parents: NDArray[np.int64]  # row of the reporting cue in this window, -1 none, -2 elsewhere
    speakers: NDArray[np.int64]  # number of the speaker, -1 none


@dataclass(frozen=True)
class Prepared:
    """A labelled document as pieces; windows are drawn from it anew each epoch."""

    document: dict[str, Any]
    pieces: Pieces
    rows: list[dict[str, Any]]


def prepare(document: dict[str, Any], tokenizer: Tokenizer) -> Prepared:
    """Cut a document into pieces and find the pieces of its spans."""
    text = document["text"]
    pieces = cut(text, split_sentences(text), tokenizer)
    speakers: dict[str, int] = {}
    rows: list[dict[str, Any]] = []
    place: dict[int, int] = {}
    for number, attribution in enumerate(document["attributions"]):
        runs = {r: _runs(pieces, attribution[r]) for r in ("source", "cue", "content")}
        if not runs["cue"]:
            continue
        speaker = attribution.get("speaker") or ""
        labels = [_number(ACTS, attribution.get("act")),
                  _number(STANCES, attribution.get("stance")),
                  -1 if attribution.get("named") is None else int(attribution["named"]),
                  _number(SOURCE_TYPES, attribution.get("source_type"))]  # fmt: skip
        known = speaker and attribution["source"]
        place[number] = len(rows)
        rows.append({
            **runs, "anchor": max(runs["cue"], key=lambda run: run[1] - run[0]), "labels": labels,
            "speaker": speakers.setdefault(speaker, len(speakers)) if known else -1,
            "nested_in": attribution.get("nested_in"),
            "nesting_known": "nested_in" in attribution,
        })  # fmt: skip
    for row in rows:
        row["parent"] = place.get(row["nested_in"], -1)
    return Prepared(document, pieces, rows)


def _number(names: tuple[str, ...], value: str | None) -> int:
    return names.index(value) if value in names else -1


def _runs(pieces: Pieces, spans: list[list[int]]) -> list[tuple[int, int]]:
    found = []
    for start, end in spans:
        first = int(np.searchsorted(pieces.ends, start, side="right"))
        last = int(np.searchsorted(pieces.starts, end, side="left"))
        if first < last:
            found.append((first, last))
    return found


def draw(
    prepared: Prepared, bounds: tuple[int, int], rng: np.random.Generator | None
) -> list[Example]:
    """Return the document's windows; with `rng`, of a random size, so that edges vary."""
    window = WINDOW if rng is None else int(rng.integers(WINDOW // 2, WINDOW + 1))
    windows = pack(prepared.pieces, window, CONTEXT)
    return [_example(prepared, w, bounds) for w in windows]


def _example(prepared: Prepared, window: Window, bounds: tuple[int, int]) -> Example:
    given = arrays(prepared.pieces, window, bounds)
    size = given["ids"].shape[1]
    shift = 1 - window.first
    tags = np.full(size, -1, dtype=np.int64)
    tags[window.core_first + shift : window.core_last + shift] = 0
    rows = [n for n, r in enumerate(prepared.rows)
            if window.core_first <= r["anchor"][0] < window.core_last]  # fmt: skip
    channels = np.zeros((len(rows), size, 6), dtype=np.float32)
    cues = np.zeros((len(rows), 2), dtype=np.int64)
    index = {n: k for k, n in enumerate(rows)}
    for k, n in enumerate(rows):
        row = prepared.rows[n]
        first, last = (min(x + shift, size - 1) for x in row["anchor"])
        cues[k] = first, last
        tags[first:last][tags[first:last] >= 0] = 2
        tags[first] = 1
        for base, role in ((0, "source"), (3, "content")):
            for a, b in row[role]:
                a, b = max(a + shift, 1), min(b + shift, size - 1)
                if a < b:
                    channels[k, a:b, base] = 1
                    channels[k, a, base + 1] = 1
                    channels[k, b - 1, base + 2] = 1
    sentence = np.zeros(size, dtype=np.int64)
    inner = prepared.pieces.sentence[window.first : window.last]
    sentence[1:-1] = inner - inner[0]
    sentence[-1] = sentence[-2]
    part = [prepared.rows[n] for n in rows]
    parents = [
        -2 if not r["nesting_known"] else index.get(r["parent"], -2 if r["parent"] >= 0 else -1)
        for r in part
    ]
    return Example(
        given["ids"][0], given["features"][0], sentence, tags, cues, channels,
        np.array([r["labels"] for r in part], dtype=np.int64).reshape(-1, 4),
        np.array(parents, dtype=np.int64),
        np.array([r["speaker"] for r in part], dtype=np.int64),
    )  # fmt: skip
