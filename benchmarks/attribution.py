"""Score a method of attribution on labelled documents.

    python benchmarks/attribution.py GOLD.jsonl[.gz] [--texts TEXTS.jsonl.gz] [--method model]
                                     [--only IDS.txt] [--out PREDICTED.jsonl] [--calibration]
                                     [--draws 1000]

GOLD has a labelled document a line (`analysis.validation.read_annotations`). Stand-off labels
(``sha256`` in place of ``text``) need --texts, the file with the texts by ``id``. Prints every
measure with its 95 % interval over documents, and the words read a CPU-second by the whole annotate
pass; with --calibration, for each confidence the rules give, what share of its finds is right.
--only names the documents to score, an id a line. --out writes the predictions, for another
scorer.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import time
from pathlib import Path
from typing import Any

import pandas as pd

import analysis
from analysis.validation import as_dispatches, calibration, read_annotations, score_attributions


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


def main() -> None:
    """Parse the arguments, predict, score, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("gold", type=Path)
    parser.add_argument("--texts", type=Path)
    parser.add_argument("--method", default="model")
    parser.add_argument("--only", type=Path)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--calibration", action="store_true")
    parser.add_argument("--draws", type=int, default=1000)
    options = parser.parse_args()
    gold = read_gold(options.gold, options.texts)
    if options.only:
        wanted = set(options.only.read_text(encoding="utf-8").split())
        gold = [document for document in gold if document["id"] in wanted]
    dispatches = as_dispatches(gold)
    analysis.annotate(pd.DataFrame({"body": ["Lists are read first."]}), options.method)
    started = time.process_time()
    tables = analysis.annotate(dispatches, options.method)
    seconds = time.process_time() - started
    found = [analysis.attributions_as_json(tables, name) for name in dispatches["dispatch_id"]]
    if options.out:
        lines = [json.dumps(document, ensure_ascii=False) for document in found]
        options.out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    result = score_attributions(gold, found, draws=options.draws)
    print(result.round(3).to_string(index=False))  # noqa: T201
    if options.calibration:
        # The rules know a few confidences, the model any: those are put in classes.
        classes = {"edges": None} if options.method == "rules" else {}
        finds = calibration(gold, tables, draws=options.draws, **classes)
        print(finds.drop(columns="n_missing").round(2).to_string(index=False))  # noqa: T201
    words = sum(len(body.split()) for body in dispatches["body"])
    print(f"{words / seconds:,.0f} words a CPU-second over {words:,} words")  # noqa: T201


if __name__ == "__main__":
    main()
