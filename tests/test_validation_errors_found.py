"""Every disagreement is in the table once, as what it is, with the sentence it stands in."""

from __future__ import annotations

import pytest

from analysis.errors import InputError
from analysis.validation import attribution_errors, by_method, score_attributions

TEXT = "Ada said it rained. Per said it snowed all day and all night in the hills."
ADA = {"source": [[0, 3]], "cue": [[4, 8]], "content": [[9, 18]], "kind": "indirect"}
PER = {"source": [[20, 23]], "cue": [[24, 28]], "content": [[29, 73]], "kind": "indirect"}


def document(*attributions, name="a"):
    return {"id": name, "text": TEXT, "attributions": list(attributions)}


def errors(labelled, found):
    return attribution_errors([document(*labelled)], [document(*found)])


def test_agreement_is_no_error():
    assert len(errors([ADA, PER], [ADA, PER])) == 0
    assert len(attribution_errors([], [])) == 0


def test_missed_and_spurious():
    row = errors([ADA], []).iloc[0]
    assert row[["error", "source", "labelled_source"]].tolist() == ["missed", "Ada", "Ada"]
    row = errors([], [PER]).iloc[0]
    assert row[["error", "source", "cue"]].tolist() == ["spurious", "Per", "said"]
    assert row[["labelled_source", "labelled_content"]].isna().all()
    assert row["sentence"] == TEXT[20:] == TEXT[row["start"] : row["end"]]


def test_wrong_source_says_both():
    row = errors([ADA], [{**ADA, "source": PER["source"]}]).iloc[0]
    assert row[["error", "source", "labelled_source"]].tolist() == ["wrong source", "Per", "Ada"]


def test_wrong_extent_says_both():
    row = errors([PER], [{**PER, "content": [[29, 38]]}]).iloc[0]
    assert row["error"] == "wrong extent"
    assert row["content"] == "it snowed"
    assert row["labelled_content"] == TEXT[29:73]


def test_parts_that_are_not_expressed_are_na_and_pieces_are_joined():
    bare = {"source": [], "cue": [], "content": [[9, 11], [12, 18]], "kind": "direct"}
    row = errors([bare], []).iloc[0]
    assert row[["source", "cue"]].isna().all()
    assert row["content"] == "it … rained"
    assert row["sentence"] == TEXT[:19]


def test_rows_are_in_reading_order():
    assert errors([PER, ADA], [])["source"].tolist() == ["Ada", "Per"]


def test_errors_add_up_to_the_figures():
    gold = [document(ADA, PER), document(ADA, name="b")]
    found = [document({**PER, "content": [[29, 38]]}), document(ADA, PER, name="b")]
    tally = attribution_errors(gold, found)["error"].value_counts()
    scores = score_attributions(gold, found, draws=5).set_index(["measure", "statistic"])
    detected = scores.loc[("detection", "recall"), "estimate"] * 3
    assert tally["missed"] + tally["wrong extent"] == 3 - detected
    detected = scores.loc[("detection", "precision"), "estimate"] * 3
    assert tally["spurious"] + tally["wrong extent"] == 3 - detected


def test_another_text_is_refused():
    with pytest.raises(InputError, match="another text"):
        attribution_errors([document(ADA)], [{"id": "a", "text": "Snow.", "attributions": []}])


def test_methods_stand_one_below_the_other():
    gold = [document(ADA, PER)]
    found = {"one": [document(ADA)], "two": [document()]}
    both = by_method(attribution_errors, gold, found)
    assert both["method"].value_counts().to_dict() == {"one": 1, "two": 2}
    with pytest.raises(InputError, match="no method"):
        by_method(attribution_errors, gold, {})


def test_methods_are_scored_on_the_same_resamples():
    gold = [document(ADA, PER, name=str(n)) for n in range(6)]
    found = [document(ADA, name=str(n)) if n % 2 else gold[n] for n in range(6)]
    both = by_method(score_attributions, iter(gold), {"a": found, "b": found}, draws=50, seed=1)
    one, other = (part.drop(columns="method") for _, part in both.groupby("method"))
    assert one.reset_index(drop=True).equals(other.reset_index(drop=True))
