"""Training on a slice: it learns, it is seeded, and what it writes is what the package reads."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

pytest.importorskip("torch")

import torch
from base import base_files, shipped_tokenizer
from corpus import read_labelled
from decide import predict
from examples import draw, prepare
from fit import Recipe, fit
from network import Network, Shape
from train import HERE, train

from analysis.attribution.model.decoding import Decision
from analysis.attribution.model.runtime import OnnxRunner

SLICE = 6


@pytest.fixture(scope="module")
def documents():
    return read_labelled(HERE / "corpus" / "invented.jsonl", {})[:SLICE]


@pytest.fixture(scope="module")
def trained(documents, tmp_path_factory):
    folder = tmp_path_factory.mktemp("weights")
    train(documents, folder, Recipe(epochs=2, half=False))
    return folder


def losses(documents, seed):
    torch.manual_seed(seed)
    tokenizer, bounds = shipped_tokenizer(base_files()[1])
    said: list[str] = []
    small = Shape(layers=1, dropout=0.0)
    prepared = [prepare(document, tokenizer) for document in documents]
    fit(Network(small), prepared, Recipe(epochs=3, half=False, seed=seed), bounds, say=said.append)
    return [float(line.split(" cue ")[1].split()[0]) for line in said]


def test_the_loss_falls_and_a_seed_repeats_it(documents):
    first = losses(documents[:3], seed=7)
    assert first[-1] < first[0] / 2
    assert losses(documents[:3], seed=7) == first


def test_the_package_reads_what_training_writes(trained, documents):
    runner = OnnxRunner(trained)
    found = predict(runner, documents[0], Decision(**runner.card["decision"]))
    text = documents[0]["text"]
    for attribution in found["attributions"]:
        for role in ("source", "cue", "content"):
            assert all(0 <= start < end <= len(text) for start, end in attribution[role])
    assert (trained / "encoder.onnx").stat().st_size < 35_000_000


def test_a_changed_file_is_refused(trained, tmp_path):
    from analysis.errors import ModelError

    for path in Path(trained).iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    with (tmp_path / "heads.onnx").open("ab") as file:
        file.write(b"\0")
    with pytest.raises(ModelError, match=r"heads\.onnx"):
        OnnxRunner(tmp_path)


def test_every_labelled_span_is_found_again_in_the_windows(documents):
    tokenizer, bounds = shipped_tokenizer(base_files()[1])
    for document in documents:
        examples = draw(prepare(document, tokenizer), bounds, None)
        wanted = sum(bool(a["cue"]) for a in document["attributions"])
        assert sum(len(example.cues) for example in examples) == wanted
        for example in examples:
            assert example.channels.shape[:2] == (len(example.cues), len(example.ids))


def test_stand_off_labels_need_the_text_that_was_labelled(tmp_path):
    line = {"id": "a", "sha256": "0" * 64, "attributions": []}
    path = tmp_path / "labels.jsonl"
    path.write_text(json.dumps(line) + "\n", encoding="utf-8")
    for texts in ({}, {"1" * 64: "Rain."}):
        with pytest.raises(ValueError, match="in none of the files"):
            read_labelled(path, texts)
    assert read_labelled(path, {"0" * 64: "Rain."})[0]["text"] == "Rain."
