"""The sample dispatches and their labels fit each other, and the rules stay this good on them.

The floors are regression guards on texts the rules were developed beside, not a claim of quality;
docs/attribution.md has the figures on data nobody tuned on.
"""

from __future__ import annotations

import pytest

import analysis
from analysis.attribution import METHODS
from analysis.validation import read_annotations, score_attributions

PHENOMENA = {
    "kind": {"direct", "indirect", "mixed"},
    "act": {"statement", "directive", "thought"},
    "stance": {"asserts", "denies", "confirms", "declines"},
    "source_type": set(analysis.schema.SOURCE_TYPES),
}


@pytest.fixture(scope="module")
def gold(sample):
    return read_annotations(sample / "gold" / "attributions.jsonl")


@pytest.fixture(scope="module")
def loaded(sample):
    return analysis.load(sample)


def test_labels_are_of_the_loaded_bodies(gold, loaded):
    body = loaded.dispatches.set_index("dispatch_id")["body"]
    assert len(gold) == 64
    for document in gold:
        assert body[document["id"]] == document["text"]


def test_every_dispatch_is_labelled_or_repeats_one(gold, loaded):
    labelled = {document["id"] for document in gold}
    frame = loaded.dispatches
    assert set(frame.loc[frame["duplicate_of"].isna(), "dispatch_id"]) == labelled
    assert frame["duplicate_of"].notna().sum() == 2
    assert len(loaded.rejects) == 0


def test_the_sample_is_what_its_readme_says(loaded):
    frame = loaded.dispatches
    assert set(frame["agency"]) == {"MPA", "CWS", "OPA", "HNB"}
    outlets = {"Brackwater Courier", "StraitWatch.example", "The Tolmar Ledger"}
    assert set(frame["outlet"].dropna()) == outlets
    assert frame["format"].nunique() == 5
    days = frame["published_at"].dropna()
    assert days.min().date().isoformat() >= "2024-03-04"
    assert days.max().date().isoformat() <= "2024-04-28"
    assert days.dt.isocalendar().week.nunique() == 8


def test_labels_cover_every_value(gold):
    rows = [row for document in gold for row in document["attributions"]]
    for label, values in PHENOMENA.items():
        assert {row[label] for row in rows} == values
    assert sum(row["nested_in"] is not None for row in rows) > 50


@pytest.mark.parametrize("method", sorted(METHODS))
def test_every_method_finds_most_of_them(method, gold, loaded):
    tables = analysis.annotate(loaded.dispatches, method)
    found = [analysis.attributions_as_json(tables, document["id"]) for document in gold]
    result = score_attributions(gold, found, draws=50).set_index(["measure", "statistic"])
    for measure, floor in {"detection": 0.85, "joint": 0.84, "content exact": 0.78}.items():
        assert result.loc[(measure, "f1"), "estimate"] >= floor
    for label, floor in {"act": 0.95, "stance": 0.95, "named": 0.82, "speaker": 0.8}.items():
        assert result.loc[(label, "accuracy"), "estimate"] >= floor
