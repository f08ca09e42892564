"""The notebooks on sources and on the quality of attribution run, and agree with the package."""

from __future__ import annotations

import csv
import json

import pytest

from analysis.reporting import run_report
from conftest import ROOT
from test_notebooks import harmless

SOURCES = ROOT / "notebooks" / "explore" / "03-sources.ipynb"
EVALUATION = ROOT / "notebooks" / "methods" / "10-attribution-evaluation.ipynb"
LINE = "PORT, May 3 - It rained in the port, Ona Brill said. The mayor denied that it snowed."


def rows(done, name):
    with (done.folder / "tables" / f"{name}.csv").open(encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


@pytest.mark.slow
def test_sources_of_the_sample(sample, tmp_path):
    asked = {"folder": str(sample), "draws": 100}
    done = run_report(SOURCES, parameters=asked, out=tmp_path)
    assert done.ok, done.reason
    harmless(done.html.read_text(encoding="utf-8"))
    kinds = {row["source_type"]: int(row["all"]) for row in rows(done, "kinds")}
    for row in rows(done, "share-of-voice"):
        assert kinds[row["source_type"]] == round(float(row["estimate"]) * int(row["n"]))


@pytest.mark.slow
@pytest.mark.parametrize("text", ["Rain fell on the port.", LINE])
def test_sources_of_one_dispatch(text, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "one.txt").write_text(text, encoding="utf-8")
    done = run_report(SOURCES, parameters={"folder": str(folder), "draws": 100}, out=tmp_path)
    assert done.ok, done.reason


@pytest.mark.slow
def test_evaluation_of_the_documents_kept_apart(root, tmp_path):
    gold = root / "data" / "held-out" / "attributions.jsonl"
    done = run_report(EVALUATION, parameters={"gold": str(gold), "draws": 20}, out=tmp_path)
    assert done.ok, done.reason
    harmless(done.html.read_text(encoding="utf-8"))
    tally = {row["error"]: row for row in rows(done, "errors")}
    for error, name in {"missed": "missed", "spurious": "spurious"}.items():
        counts = [int(n) for method, n in tally[error].items() if method != "error"]
        assert sum(counts) == len(rows(done, name))


@pytest.mark.slow
@pytest.mark.parametrize("attributions", [[], [{"source": [], "cue": [], "content": [[0, 4]]}]])
def test_evaluation_of_one_document_without_finds(attributions, tmp_path):
    gold = tmp_path / "gold.jsonl"
    line = {"id": "a", "text": "Rain fell on the port.", "attributions": attributions}
    gold.write_text(json.dumps(line), encoding="utf-8")
    done = run_report(EVALUATION, parameters={"gold": str(gold), "draws": 20}, out=tmp_path)
    assert done.ok, done.reason
