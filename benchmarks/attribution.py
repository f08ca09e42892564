"""Score the attribution rules on labelled documents.

    python benchmarks/attribution.py GOLD.jsonl[.gz] [--texts TEXTS.jsonl.gz] [--method rules]
                                     [--out PREDICTED.jsonl] [--calibration] [--draws 1000]

GOLD has a labelled document a line (`analysis.validation.read_annotations`). Stand-off labels
(``sha256`` in place of ``text``) need --texts, the file with the texts by ``id``. Prints every
measure with its 95 % interval over documents, and the words read a second by the whole annotate
pass; with --calibration, for each confidence the rules give, how many finds there are and what
share of them is right. --out writes the predictions, for another scorer.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pandas as pd

import analysis
from analysis.validation import read_annotations, score_attributions
from analysis.validation.alignment import Document, align


def read_gold(path: Path, texts: Path | None) -> list[dict[str, Any]]:
    """Labelled documents with their texts, those whose SHA-256 is the recorded one."""
    if texts is None:
        return read_annotations(path)
    opener = gzip.open if texts.suffix == ".gz" else open
    with opener(texts, "rt", encoding="utf-8") as lines:
        by_id = {row["id"]: row["text"] for row in map(json.loads, lines)}
    documents = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    for document in documents:
        document["text"] = by_id[document["id"]]
        if hashlib.sha256(document["text"].encode()).hexdigest() != document["sha256"]:
            raise SystemExit(f"{document['id']}: the text is not the one that was labelled")
    return documents


def calibration(
    gold: list[dict[str, Any]], found: list[dict[str, Any]], tables: analysis.Tables
) -> pd.DataFrame:
    """Share of finds that are right, by the confidence the rules gave them."""
    confidence = {
        str(name): part["confidence"].fillna(-1.0).tolist()
        for name, part in tables.attributions.groupby("dispatch_id")
    }
    finds: Counter[float] = Counter()
    right: Counter[float] = Counter()
    for labelled, predicted in zip(gold, found, strict=True):
        document = Document(labelled["text"])
        marked = document.mark(predicted["attributions"])
        pairs = align(document, document.mark(labelled["attributions"]), marked)
        good = {pair.found.row for pair in pairs if pair.joint}
        for one in marked:
            given = confidence[labelled["id"]][one.row]
            finds[given] += 1
            right[given] += one.row in good
    rows = [(given, finds[given], right[given] / finds[given]) for given in sorted(finds)]
    return pd.DataFrame(rows, columns=["confidence", "finds", "share_right"])


def main() -> None:
    """Parse the arguments, predict, score, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("gold", type=Path)
    parser.add_argument("--texts", type=Path)
    parser.add_argument("--method", default="rules")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--calibration", action="store_true")
    parser.add_argument("--draws", type=int, default=1000)
    options = parser.parse_args()
    gold = read_gold(options.gold, options.texts)
    ids, bodies = [d["id"] for d in gold], [d["text"] for d in gold]
    analysis.annotate(pd.DataFrame({"body": ["Lists are read first."]}), options.method)
    started = time.perf_counter()
    tables = analysis.annotate(pd.DataFrame({"dispatch_id": ids, "body": bodies}), options.method)
    seconds = time.perf_counter() - started
    found = [analysis.attributions_as_json(tables, name) for name in ids]
    if options.out:
        lines = [json.dumps(document, ensure_ascii=False) for document in found]
        options.out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    result = score_attributions(gold, found, draws=options.draws)
    print(result.round(3).to_string(index=False))  # noqa: T201
    if options.calibration:
        print(calibration(gold, found, tables).round(2).to_string(index=False))  # noqa: T201
    words = sum(len(body.split()) for body in bodies)
    print(f"{words / seconds:,.0f} words a second over {words:,} words")  # noqa: T201


if __name__ == "__main__":
    main()
