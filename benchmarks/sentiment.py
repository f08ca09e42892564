"""Measure a sentiment scorer on sentences that people have rated.

    python benchmarks/sentiment.py GOLD.jsonl.gz [--scorer vader] [--predictions OUT.jsonl]

GOLD has one JSON object a line: ``id``, ``text``, and either ``label`` (negative, neutral,
positive) or ``score`` (a number). A compound score of .05 and more is called positive, of -.05 and
less negative, anything else neutral, a text without evidence too (Hutto and Gilbert 2014). Prints
one line of JSON: macro F1, accuracy, F1 by label and the share of neutral texts called negative;
Pearson and Spearman correlation of the scores, and Pearson of document means (the part of an id
before its last ``_`` names the document); the share of texts without evidence; words scored a
second.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.sentiment import load_scorer

LABELS = ("negative", "neutral", "positive")
THRESHOLD = 0.05


def read(path: Path) -> list[dict[str, Any]]:
    """Read JSON lines, gzipped or not."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def label_of(compound: float | None) -> str:
    """Name the tone of a compound score."""
    if compound is None or abs(compound) < THRESHOLD:
        return "neutral"
    return "positive" if compound > 0 else "negative"


def label_figures(gold: Sequence[str], predicted: Sequence[str]) -> dict[str, Any]:
    """Return accuracy, F1 by label and their mean, and the accuracy of the commonest label."""
    pairs = list(zip(gold, predicted, strict=True))
    neutral = [b for a, b in pairs if a == "neutral"]
    f1 = {}
    for label in LABELS:
        both = sum(a == b == label for a, b in pairs)
        either = sum((a == label) + (b == label) for a, b in pairs)
        f1[label] = 2 * both / either if either else 0.0
    return {
        "macro_f1": sum(f1.values()) / len(LABELS),
        "accuracy": sum(a == b for a, b in pairs) / len(pairs),
        "f1": f1,
        "accuracy_of_commonest_label": max(map(list(gold).count, LABELS)) / len(pairs),
        "neutral_called_negative": neutral.count("negative") / max(len(neutral), 1),
    }


def score_figures(ids: Sequence[str], gold: Sequence[float], predicted: Sequence[float]) -> dict:
    """Return correlations of single texts and of document means."""
    frame = pd.DataFrame({"gold": gold, "predicted": predicted})
    documents = frame.groupby([str(i).rsplit("_", 1)[0] for i in ids]).mean()
    ranks = frame.rank()
    return {
        "pearson": frame["gold"].corr(frame["predicted"]),
        "spearman": ranks["gold"].corr(ranks["predicted"]),
        "document_pearson": documents["gold"].corr(documents["predicted"]),
        "documents": len(documents),
    }


def measure(rows: list[dict[str, Any]], scorer: str) -> tuple[dict[str, Any], list[float | None]]:
    """Score every text; return the figures and the compound scores."""
    reader = load_scorer(scorer)
    start = time.perf_counter()
    compounds = [reader.score(row["text"]).compound for row in rows]
    seconds = time.perf_counter() - start
    figures: dict[str, Any] = {
        "n": len(rows),
        "without_evidence": sum(c is None for c in compounds) / len(rows),
        "words_a_second": round(sum(len(row["text"].split()) for row in rows) / seconds),
    }
    if rows[0].get("label") is not None:
        figures |= label_figures([r["label"] for r in rows], [label_of(c) for c in compounds])
    if rows[0].get("score") is not None:
        gold = [float(row["score"]) for row in rows]
        figures |= score_figures([r["id"] for r in rows], gold, [c or 0.0 for c in compounds])
    return figures, compounds


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("gold", type=Path)
    parser.add_argument("--scorer", default="vader")
    parser.add_argument("--predictions", type=Path, help="write id, label and score a line")
    options = parser.parse_args()
    rows = read(options.gold)
    figures, compounds = measure(rows, options.scorer)
    rounded = json.loads(json.dumps(figures), parse_float=lambda text: round(float(text), 4))
    sys.stdout.write(json.dumps(rounded) + "\n")
    if options.predictions:
        lines = (
            json.dumps({"id": row["id"], "label": label_of(c), "score": c})
            for row, c in zip(rows, compounds, strict=True)
        )
        options.predictions.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
