"""Recall by a label, and the counts of labels behind it."""

from __future__ import annotations

import pytest

from analysis.errors import InputError
from analysis.validation import labels_held, read_annotations, recall_by, score_attributions

TEXT = "Ada said it rained. Per said it snowed."
ADA = {"source": [[0, 3]], "cue": [[4, 8]], "content": [[9, 18]], "kind": "indirect"}
PER = {"source": [[20, 23]], "cue": [[24, 28]], "content": [[29, 38]], "kind": "direct"}


def document(*attributions, name="a"):
    return {"id": name, "text": TEXT, "attributions": list(attributions)}


def test_each_kind_has_its_own_recall():
    result = recall_by([document(ADA, PER)], [document(ADA)], draws=10)
    joint = result[result["measure"].eq("joint")].set_index("kind")
    assert joint["estimate"].to_dict() == {"direct": 0.0, "indirect": 1.0}
    assert joint["n"].tolist() == [1, 1]


def test_another_source_is_detected_and_not_joint():
    found = document({**ADA, "source": PER["source"]})
    result = recall_by([document(ADA)], [found], draws=10)
    assert result.set_index("measure")["estimate"].to_dict() == {"detection": 1.0, "joint": 0.0}


def test_kinds_together_give_the_recall_of_the_scorer(sample):
    gold = read_annotations(sample / "gold" / "attributions.jsonl")[:20]
    found = [{**one, "attributions": one["attributions"][::2]} for one in gold]
    for one in found:
        one["attributions"] = [{**row, "nested_in": None} for row in one["attributions"]]
    result = recall_by(gold, found, draws=20).query("measure == 'joint'")
    whole = score_attributions(gold, found, draws=20)
    whole = whole.query("measure == 'joint' and statistic == 'recall'").iloc[0]
    assert result["n"].sum() == whole["n"]
    together = (result["estimate"] * result["n"]).sum() / result["n"].sum()
    assert together == pytest.approx(whole["estimate"])


def test_by_another_label():
    gold = [document({**ADA, "named": True}, {**PER, "named": False})]
    result = recall_by(gold, gold, "named", draws=10)
    assert result["named"].tolist() == [True, False, True, False]
    with pytest.raises(InputError, match="one of: kind"):
        recall_by(gold, gold, "mood")


def test_an_unread_document_counts_as_missed_and_few_have_no_interval():
    gold = [document(ADA, name=name) for name in "abc"]
    result = recall_by(gold, [document(ADA, name="a"), document(ADA, name="b")], draws=10)
    assert result["estimate"].tolist() == [pytest.approx(2 / 3)] * 2
    assert result["n_missing"].tolist() == [1, 1]
    assert result["ci_low"].isna().all()


def test_nothing_labelled_has_no_row():
    assert len(recall_by([], [], draws=10)) == 0
    assert len(recall_by([document()], [document(ADA)], draws=10)) == 0
    assert len(labels_held([document()])) == 0


def test_labels_are_counted_with_their_documents():
    held = labels_held([document(ADA, PER), document(ADA, name="b")])
    counts = held.set_index(["label", "value"])[["attributions", "documents"]]
    assert counts.loc[("all", "all")].tolist() == [3, 2]
    assert counts.loc[("kind", "indirect")].tolist() == [2, 2]
    assert counts.loc[("kind", "direct")].tolist() == [1, 1]
