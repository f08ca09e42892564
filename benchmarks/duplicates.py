"""Measure how well repeated dispatches are found, how fast, and beside which peers.

    python benchmarks/duplicates.py [TASK.jsonl] [--corpora DIR] [--seed 7] [--peer rensa]
                                    [--peer datasketch] [--rounds 3] [--grow 65000]

TASK has a text a line, ``{"id", "title", "text"}``; TASK.jsonl.truth.json maps the id of each copy
to the id of its original and the kind of change. Without TASK one is made from the Reuters-21578
dispatches of the optional corpora (the folder ANALYSIS_CORPORA), 150 copies of each kind: words
misspelt, cut from the bottom, a new lead, another page around it, more text below, upper case
without punctuation, one of three stories in a file.

Prints one line of JSON. A pair of a copy and its original is right. Any other pair is wrong when
the two share under half of the shorter text's five-word shingles and under .4 of both texts'; the
wrong pairs of two unchanged dispatches are the templated merges. Speed is in dispatches a second of
processor time, the best of the rounds, as is a peer's, which runs in the same process and is not
needed otherwise (``pip install rensa datasketch``): MinHash of five-word shingles, 128
permutations, banded at .5. Memory is the peak of the whole process before a peer runs. ``--grow``
repeats ours on so many dispatches, in a language made anew for each pass through the texts.
"""

from __future__ import annotations

import argparse
import gzip
import html
import json
import os
import random
import re
import resource
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pandas as pd

from analysis import find_duplicates

Rows = list[dict[str, str]]
Truth = dict[str, tuple[str, str]]
PER_KIND = 150


def reuters(folder: Path) -> Rows:
    """The dispatches of 40 words and more."""
    rows = []
    for path in sorted(folder.glob("*.sgm.gz")):
        raw = gzip.decompress(path.read_bytes()).decode("latin-1")
        for item in re.findall(r"<REUTERS.*?</REUTERS>", raw, re.S):
            title, body = (re.search(rf"<{t}>(.*?)</{t}>", item, re.S) for t in ("TITLE", "BODY"))
            text = html.unescape(body[1] if body else "").replace("\x03", "")
            if len(text.split()) >= 40:
                headline = html.unescape(title[1]) if title else ""
                rows.append({"id": f"b{len(rows)}", "title": headline, "text": text})
    return rows


def changed(kind: str, row: dict[str, str], rows: Rows, rng: random.Random) -> str:
    """A copy of the row's text, changed in the way that `kind` names."""
    words, other = row["text"].split(), rng.choice(rows)["text"].split()
    if kind == "misspelt":
        return " ".join(w[::-1] if rng.random() < 0.03 else w for w in words)
    if kind == "cut":
        return " ".join(words[: len(words) // 2])
    if kind == "new lead":
        return " ".join(other[:25] + words[min(25, len(words) // 3) :])
    if kind == "page":
        teasers = " ".join(rng.choice(rows)["title"] for _ in range(20))
        return f"World Home Sport {row['text']} Also today {teasers}"
    if kind == "longer":
        return " ".join(words + other[: len(words) // 2])
    if kind == "capitals":
        return re.sub(r"[^\w\s]", "", row["text"]).upper()
    return "\n".join([" ".join(other), row["text"], rng.choice(rows)["text"]])


def made_task(folder: Path, seed: int) -> tuple[Rows, Truth]:
    """The dispatches, and copies of some of them."""
    rows, rng, truth = reuters(folder), random.Random(seed), {}
    kinds = ("misspelt", "cut", "new lead", "page", "longer", "capitals", "roundup")
    copies = []
    for n, row in enumerate(rng.sample(rows, PER_KIND * len(kinds))):
        kind = kinds[n % len(kinds)]
        truth[f"v{n}"] = row["id"], kind
        copies.append({**row, "id": f"v{n}", "text": changed(kind, row, rows, rng)})
    return rows + copies, truth


def shingles(text: str) -> set[tuple[str, ...]]:
    """The sets of five words in a row that pairs are judged by."""
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[n : n + 5]) for n in range(max(1, len(words) - 4))}


def judged(rows: Rows, truth: Truth, pairs: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Recall, precision, templated merges, and recall by kind."""
    texts = {row["id"]: row["text"] for row in rows}
    wanted = {tuple(sorted((copy, of))): kind for copy, (of, kind) in truth.items()}
    found = {tuple(sorted(pair)) for pair in pairs}
    wrong = []
    for pair in found - set(wanted):
        one, other = (shingles(texts[name]) for name in pair)
        common = len(one & other)
        if common < 0.5 * min(len(one), len(other)) and common < 0.4 * len(one | other):
            wrong.append(pair)
    right = [kind for pair, kind in wanted.items() if pair in found]
    sizes = pd.Series(list(wanted.values())).value_counts()
    return {
        "recall": len(right) / len(wanted),
        "precision": len(right) / max(1, len(right) + len(wrong)),
        "wrong": len(wrong),
        "templated_merges": sum(not set(pair) & set(truth) for pair in wrong),
        "recall_by_kind": (pd.Series(right, dtype=object).value_counts() / sizes).to_dict(),
    }


def ours(rows: Rows) -> list[tuple[str, str]]:
    """The pairs this package finds."""
    names = {"id": "dispatch_id", "title": "headline", "text": "body"}
    found = find_duplicates(pd.DataFrame(rows).rename(columns=names))
    return list(zip(found["dispatch_id"], found["duplicate_of"], strict=True))


def joined_shingles(text: str) -> list[str]:
    """Five words in a row, as peers take them."""
    words = re.findall(r"\w+", text.lower())
    return [" ".join(words[n : n + 5]) for n in range(max(1, len(words) - 4))]


def rensa(rows: Rows) -> list[tuple[str, str]]:
    """The pairs rensa's MinHash finds."""
    from rensa import RMinHash, RMinHashLSH

    index, hashes = RMinHashLSH(threshold=0.5, num_perm=128, num_bands=32), []
    for number, row in enumerate(rows):
        minhash = RMinHash(num_perm=128, seed=1)
        minhash.update(joined_shingles(row["text"]))
        index.insert(number, minhash)
        hashes.append(minhash)
    ids = [row["id"] for row in rows]
    return [
        (ids[here], ids[there])
        for here, minhash in enumerate(hashes)
        for there in index.query(minhash)
        if there < here and minhash.jaccard(hashes[there]) >= 0.5
    ]


def datasketch(rows: Rows) -> list[tuple[str, str]]:
    """The pairs datasketch's MinHash finds."""
    from datasketch import MinHash, MinHashLSH

    index, pairs = MinHashLSH(threshold=0.5, num_perm=128), []
    for row in rows:
        minhash = MinHash(num_perm=128, seed=1)
        minhash.update_batch([piece.encode() for piece in joined_shingles(row["text"])])
        pairs += [(row["id"], other) for other in index.query(minhash)]
        index.insert(row["id"], minhash)
    return pairs


def timed(find: Callable[[Rows], Any], rows: Rows, rounds: int) -> tuple[Any, float]:
    """What `find` gives, and its dispatches a second of processor time in the best round."""
    best = float("inf")
    for _ in range(rounds):
        start = time.process_time()
        found = find(rows)
        best = min(best, time.process_time() - start)
    return found, len(rows) / best


def peak() -> float:
    """Peak memory of this process so far, in megabytes."""
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(used / (1024**2 if sys.platform == "darwin" else 1024))


def grown(rows: Rows, size: int) -> Rows:
    """So many texts: each pass after the first has words of its own."""
    out: Rows = []
    for turn in range(-(-size // len(rows))):
        ending = str(turn) if turn else ""
        for row in rows[: size - len(out)]:
            text = " ".join(w + ending if len(w) > 3 else w for w in row["text"].split())
            out.append({"id": row["id"] + "-" + str(turn), "title": row["title"], "text": text})
    return out


def main() -> None:
    """Print the figures as one line of JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("task", type=Path, nargs="?")
    default = Path(os.environ.get("ANALYSIS_CORPORA", "../shared/data"))
    parser.add_argument("--corpora", type=Path, default=default)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--peer", action="append", choices=["rensa", "datasketch"], default=[])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--grow", type=int)
    options = parser.parse_args()
    if options.task:
        rows = [json.loads(line) for line in options.task.open(encoding="utf-8")]
        truth = json.loads(Path(f"{options.task}.truth.json").read_text(encoding="utf-8"))
    else:
        rows, truth = made_task(options.corpora / "reuters21578", options.seed)
    pairs, speed = timed(ours, rows, options.rounds)
    figures = {"texts": len(rows), **judged(rows, truth, pairs), "per_second": round(speed)}
    figures["peak_megabytes"] = peak()
    if options.grow:
        _, large = timed(ours, grown(rows, options.grow), 1)
        figures["grown"] = {"texts": options.grow, "per_second": round(large)}
        figures["grown"]["peak_megabytes"] = peak()
    for name in options.peer:
        pairs, its = timed({"rensa": rensa, "datasketch": datasketch}[name], rows, options.rounds)
        theirs = {"per_second": round(its), "ours_to_theirs": round(speed / its, 2)}
        figures[name] = judged(rows, truth, pairs) | theirs
    print(json.dumps(figures))  # noqa: T201


if __name__ == "__main__":
    main()
