"""Words a CPU-second: our annotate pass beside textacy's quotation extraction with spaCy.

    python benchmarks/attribution_speed.py TEXTS.jsonl[.gz] [--pipeline en_core_web_sm] [--rounds 3]

TEXTS has a document with a ``text`` a line. textacy, spaCy and a pipeline are no requirement of
this project: install them beside it (``pip install textacy spacy`` and a small English pipeline).
Both read the same texts in one process, in turns; the best round of each counts. CPU time of all
threads is measured, so that a peer that uses more cores gains nothing by it. textacy finds direct
quotations only; our pass finds all kinds with their labels, speakers and tone.
"""

from __future__ import annotations

import argparse
import contextlib
import gzip
import json
import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd

import analysis


def read_texts(path: Path) -> list[str]:
    """The texts of a file of JSON lines."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        return [row["text"] for row in map(json.loads, lines)]


def ours(method: str) -> Callable[[list[str]], int]:
    """The whole annotate pass, as a function from texts to the number of attributions."""

    def run(texts: list[str]) -> int:
        return len(analysis.annotate(pd.DataFrame({"body": texts}), method).attributions)

    return run


def peer(pipeline: str) -> Callable[[list[str]], int]:
    """textacy's direct quotations over spaCy's full pipeline."""
    import spacy
    from textacy.extract import direct_quotations

    nlp = spacy.load(pipeline)

    def run(texts: list[str]) -> int:
        found = 0
        for doc in nlp.pipe(texts):
            # It refuses a text with an odd number of quotation marks; the time is spent by then.
            with contextlib.suppress(ValueError):
                found += len(list(direct_quotations(doc)))
        return found

    return run


def main() -> None:
    """Parse the arguments, run in turns, print words a CPU-second and the ratio."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("texts", type=Path)
    parser.add_argument("--pipeline", default="en_core_web_sm")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    texts = read_texts(options.texts)
    words = sum(len(text.split()) for text in texts)
    runs = {"model": ours("model"), "rules": ours("rules")}
    try:
        runs["textacy + spaCy"] = peer(options.pipeline)
    except (ImportError, OSError) as error:
        print(f"no peer: {error}")  # noqa: T201
    best = dict.fromkeys(runs, float("inf"))
    for run in runs.values():
        run(texts[:2])
    for _ in range(options.rounds):
        for name, run in runs.items():
            started = time.process_time()
            found = run(texts)
            best[name] = min(best[name], time.process_time() - started)
            print(f"{name}: {found:,} finds")  # noqa: T201
    for name, seconds in best.items():
        ratio = best["model"] / seconds
        print(f"{name:16} {words / seconds:8,.0f} words a CPU-second ({ratio:.2f} x model)")  # noqa: T201


if __name__ == "__main__":
    main()
