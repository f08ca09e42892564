"""The card that travels with the weights: what they are, and what the runtime needs to use them."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

from base import SHA256
from fit import Recipe
from tokenizers import Tokenizer

from analysis.attribution.model.decoding import Decision
from analysis.attribution.model.runtime import CARD

FILES = ("encoder.onnx", "heads.onnx", "tokenizer.json")


def write_card(
    folder: Path,
    tokenizer: Tokenizer,
    bounds: tuple[int, int],
    recipe: Recipe,
    n_documents: int,
    decision: Decision | None = None,
    calibration: Sequence[tuple[float, float]] = (),
) -> None:
    """Write ``tokenizer.json`` and ``card.json`` beside the graphs."""
    (folder / "tokenizer.json").write_text(tokenizer.to_str(), encoding="utf-8")
    hashes = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in FILES}
    card = {
        "name": "attribution",
        "version": hashes["encoder.onnx"][:12],
        "base": {"name": "all-MiniLM-L6-v2", "licence": "Apache-2.0", "sha256": SHA256},
        "documents": n_documents,
        "recipe": dataclasses.asdict(recipe),
        "files": hashes,
        "bounds": list(bounds),
        "decision": dataclasses.asdict(decision or Decision()),
        "calibration": list(calibration),
    }
    (folder / CARD).write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")
