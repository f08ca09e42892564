"""Calibration counts what is right among the finds of each confidence, and nothing else."""

from __future__ import annotations

import dataclasses

import pandas as pd
import pytest

import analysis
from analysis.errors import InputError
from analysis.validation import as_dispatches, calibration

TEXT = "It rained, Ona Brill said. It snowed, Per Lind said."


def tables_with(confidence: list[float | None]) -> analysis.Tables:
    """Two finds a document, with these confidences one after the other."""
    documents = [{"id": f"d{n}", "text": TEXT} for n in range(len(confidence) // 2)]
    tables = analysis.annotate(as_dispatches(documents), "rules")
    assert len(tables.attributions) == len(confidence)
    values = pd.array(confidence, dtype="Float64")
    return dataclasses.replace(tables, attributions=tables.attributions.assign(confidence=values))


def labels_of(tables, wrong=()):
    """Labels that agree with every find, but for the documents in `wrong`: their second find."""
    out = []
    for name in tables.dispatches["dispatch_id"]:
        document = analysis.attributions_as_json(tables, name)
        if name in wrong:
            document["attributions"] = document["attributions"][:1]
        out.append(document)
    return out


def test_share_right_by_class():
    tables = tables_with([0.55, 0.95] * 5)
    result = calibration(labels_of(tables, wrong=["d0", "d3"]), tables, draws=50)
    assert result["given"].tolist() == ["0.50 to 0.60", "0.90 to 1.00"]
    assert result["estimate"].tolist() == [1.0, pytest.approx(0.6)]
    assert result["n"].tolist() == [5, 5]
    assert result["confidence"].tolist() == [0.55, 0.95]
    assert result["ci_low"][1] < 0.6 < result["ci_high"][1]


def test_a_bound_belongs_to_the_class_above_and_one_to_the_last():
    tables = tables_with([0.6, 1.0])
    result = calibration(labels_of(tables), tables, draws=10)
    assert result["given"].tolist() == ["0.60 to 0.70", "0.90 to 1.00"]


def test_finds_without_a_confidence_stand_apart_and_last():
    tables = tables_with([None, 0.2, None, 0.2])
    result = calibration(labels_of(tables), tables, draws=10)
    assert result["given"].tolist() == ["0.00 to 0.50", "not given"]
    assert result["confidence"].isna().tolist() == [False, True]


def test_every_confidence_by_itself():
    tables = tables_with([0.61, 0.62])
    result = calibration(labels_of(tables), tables, edges=None, draws=10)
    assert result["given"].tolist() == ["0.61", "0.62"]


def test_nothing_wrong_is_not_certainty():
    tables = tables_with([0.9, 0.9] * 4)
    row = calibration(labels_of(tables), tables, draws=50).iloc[0]
    # Clopper and Pearson (1934): 4 of 4.
    assert (row["estimate"], row["ci_high"]) == (1.0, 1.0)
    assert row["ci_low"] == pytest.approx(0.025**0.25)


def test_a_right_content_of_another_source_is_not_right():
    tables = tables_with([0.9, 0.9])
    gold = labels_of(tables)
    first, second = gold[0]["attributions"]
    first["source"] = second["source"]
    assert calibration(gold, tables, draws=10)["estimate"].tolist() == [0.5]


def test_documents_not_read_are_missing():
    tables = tables_with([0.9, 0.9])
    gold = [*labels_of(tables), {"id": "other", "text": TEXT, "attributions": []}]
    assert calibration(gold, tables, draws=10)["n_missing"].tolist() == [1]


def test_no_find_gives_no_row():
    tables = analysis.annotate(pd.DataFrame({"dispatch_id": ["a"], "body": ["Rain."]}), "rules")
    gold = [{"id": "a", "text": "Rain.", "attributions": []}]
    assert len(calibration(gold, tables, draws=10)) == 0
    assert len(calibration([], tables, draws=10)) == 0


@pytest.mark.parametrize("edges", [(0.5,), (0.9, 0.5), (0.0, 0.5)])
def test_edges_that_do_not_hold_the_finds_are_refused(edges):
    tables = tables_with([0.9, 0.9])
    with pytest.raises(InputError):
        calibration(labels_of(tables), tables, edges=edges, draws=10)
