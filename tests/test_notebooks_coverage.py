"""The notebook on coverage says what the corpus holds, whatever is in the folder."""

from __future__ import annotations

import csv

import pytest

from analysis.reporting import run_report
from conftest import ROOT
from test_notebooks import harmless

COVERAGE = ROOT / "notebooks" / "explore" / "01-coverage.ipynb"
TEXT = "PORT, May 3 - It rained in the port, Ona Brill said. The mayor denied that it snowed."


def rows(done, name):
    with (done.folder / "tables" / f"{name}.csv").open(encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


@pytest.mark.slow
def test_the_tables_of_the_sample_agree(sample, tmp_path):
    asked = {"folder": str(sample), "period": "week"}
    done = run_report(COVERAGE, parameters=asked, out=tmp_path)
    assert done.ok, done.reason
    harmless(done.html.read_text(encoding="utf-8"))
    totals = {
        name: sum(int(row["dispatches"]) for row in rows(done, name))
        for name in ("volume", "formats", "repeats", "versions")
    }
    assert len(set(totals.values())) == 1
    repeating = [row for row in rows(done, "repeats") if row["duplicate_kind"]]
    assert sum(int(row["dispatches"]) for row in repeating) == len(rows(done, "pairs"))
    for field in rows(done, "missing"):
        parts = [row for row in rows(done, "missing-by-format") if row["field"] == field["field"]]
        assert sum(int(row["missing"]) for row in parts) == int(field["missing"])


@pytest.mark.slow
@pytest.mark.parametrize("texts", [[], [TEXT]], ids=["none", "one"])
def test_few_dispatches_and_a_rejected_one(texts, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "empty.txt").write_text("", encoding="utf-8")
    for number, text in enumerate(texts):
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    done = run_report(COVERAGE, parameters={"folder": str(folder)}, out=tmp_path)
    assert done.ok, done.reason
    assert len(rows(done, "rejects")) == 1
