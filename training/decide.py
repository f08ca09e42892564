"""Settings of the decoder and the calibration of its confidence, on documents kept apart."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

import numpy as np

from analysis.attribution.model.decoding import Decision
from analysis.attribution.model.dispatch import read
from analysis.attribution.model.runner import Runner
from analysis.text.sentences import split_sentences
from analysis.validation.alignment import Document, align
from analysis.validation.scoring import score_attributions

GRID: dict[str, tuple[float, ...]] = {
    "cue": (0.2, 0.3, 0.4, 0.6),
    "edge": (0.25, 0.5, 0.75, 1.0),
    "no_source": (-2.0, -1.0, 0.0, 1.0),
    "no_content": (-1.0, 1.0, 2.0, 3.0, 4.0),
}
STEPS = 8


def decide(runner: Runner, documents: list[dict[str, Any]], say: Callable[[str], None]) -> Decision:
    """Return the settings that give the best joint F1, one setting after the other."""
    best = Decision()
    if not documents:
        return best
    value = joint(runner, documents, best)
    for name, choices in GRID.items():
        for choice in choices:
            tried = dataclasses.replace(best, **{name: choice})
            reached = joint(runner, documents, tried)
            if reached > value:
                best, value = tried, reached
    say(f"decision {best}, joint F1 {value:.3f} on {len(documents)} documents")
    return best


def joint(runner: Runner, documents: list[dict[str, Any]], decision: Decision) -> float:
    """Return the joint F1 of the model on labelled documents."""
    found = [predict(runner, document, decision) for document in documents]
    table = score_attributions(documents, found, draws=0)
    picked = table[(table["measure"] == "joint") & (table["statistic"] == "f1")]
    return float(picked["estimate"].iloc[0])


def predict(
    runner: Runner,
    document: dict[str, Any],
    decision: Decision,
    calibration: list[tuple[float, float]] | None = None,
) -> dict[str, Any]:
    """Return what the model finds in a document, in the format of labelled documents."""
    text = document["text"]
    findings = read(text, split_sentences(text), runner, decision, calibration or ()).findings
    number = {id(finding): n for n, finding in enumerate(findings)}
    attributions = [
        {"source": f.source, "cue": f.cue, "content": f.content, "kind": f.kind, "act": f.act,
         "stance": f.stance, "named": f.named, "source_type": f.source_type,
         "speaker": f.speaker or "", "confidence": f.confidence,
         "nested_in": number.get(id(f.outer)) if f.outer is not None else None}
        for f in findings
    ]  # fmt: skip
    return {"id": document["id"], "text": text, "attributions": attributions}


def calibrate(
    runner: Runner, documents: list[dict[str, Any]], decision: Decision
) -> list[tuple[float, float]]:
    """Return (score, share right) at the means of equal-sized groups, made to rise.

    The share is that of finds with the right content and source. Neighbouring groups out of order
    are pooled (isotonic regression; Zadrozny and Elkan 2002).
    """
    scores, right = [], []
    for document in documents:
        found = predict(runner, document, decision, [(0.0, 0.0), (1.0, 1.0)])
        marked = Document(document["text"])
        finds = marked.mark(found["attributions"])
        pairs = align(marked, marked.mark(document["attributions"]), finds)
        good = {pair.found.row for pair in pairs if pair.joint}
        scores += [found["attributions"][one.row]["confidence"] for one in finds]
        right += [one.row in good for one in finds]
    order = np.argsort(scores, kind="stable")
    groups = [g for g in np.array_split(order, STEPS) if len(g)]
    rows = [(len(g), float(np.mean(np.take(scores, g))), float(np.mean(np.take(right, g))))
            for g in groups]  # fmt: skip
    return [(round(score, 4), round(share, 3)) for _, score, share in _rising(rows)]


def _rising(rows: list[tuple[int, float, float]]) -> list[tuple[int, float, float]]:
    pooled: list[tuple[int, float, float]] = []
    for row in rows:
        pooled.append(row)
        while len(pooled) > 1 and pooled[-2][2] > pooled[-1][2]:
            (n, a, x), (m, b, y) = pooled[-2:]
            size = n + m
            pooled[-2:] = [(size, (n * a + m * b) / size, (n * x + m * y) / size)]
    return pooled
