"""The scorer gives the numbers that the corpora's own scorer gives, and intervals besides."""

from __future__ import annotations

import copy
import importlib.util
import random

import pytest

from analysis.errors import InputError
from analysis.validation import read_annotations, score_attributions


def number(result, measure, statistic, column="estimate"):
    return result.query("measure == @measure and statistic == @statistic")[column].item()


def disturbed(documents, seed):
    """Shift, drop, duplicate and relabel at random, as a poor extractor would."""
    rng, out = random.Random(seed), []
    for document in copy.deepcopy(documents):
        kept = []
        for row in document["attributions"]:
            dice = rng.random()
            row["nested_in"] = None
            if dice < 0.2:
                continue
            if dice < 0.4:
                row["content"] = [[s, max(s + 1, e - rng.randrange(60))] for s, e in row["content"]]
            elif dice < 0.55:
                row["source"] = [[max(0, s - rng.randrange(20)), e] for s, e in row["source"]]
            elif dice < 0.65:
                row["source"] = []
            elif dice < 0.75:
                row["act"], row["named"] = "thought", not row["named"]
            kept.append(row)
        document["attributions"] = kept
        out.append(document)
    return out


def test_numbers_equal_the_outside_scorer(corpora, sample):
    path = corpora.parent / "scoring" / "score_attributions.py"
    if not path.is_file():
        pytest.skip(f"outside scorer not found at {path}")
    spec = importlib.util.spec_from_file_location("outside", path)
    outside = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(outside)
    gold = read_annotations(corpora / "attribution" / "wikinews.examples.jsonl.gz")
    for seed in range(5):
        found = disturbed(gold, seed)
        by_id = {d["id"]: d for d in found}
        theirs = outside.report([outside.score_document(g, by_id[g["id"]]) for g in gold])
        ours = score_attributions(gold, found, draws=20)
        for measure in ("detection", "joint"):
            expected = dict(zip(("precision", "recall", "f1"), theirs[measure], strict=True))
            for statistic, value in expected.items():
                assert number(ours, measure, statistic) == pytest.approx(value)
        for role in ("source", "cue", "content"):
            assert number(ours, f"{role} exact", "f1") == pytest.approx(theirs[f"{role}_exact"][2])
        for label in ("act", "stance", "named", "source_type"):
            assert number(ours, label, "accuracy") == pytest.approx(
                theirs[f"label_{label}"]["accuracy"]
            )
        assert number(ours, "speaker", "accuracy") == pytest.approx(theirs["speaker_accuracy"])


def test_nested_links_equal_the_outside_scorer(corpora):
    path = corpora.parent / "scoring" / "score_attributions.py"
    if not path.is_file():
        pytest.skip(f"outside scorer not found at {path}")
    spec = importlib.util.spec_from_file_location("outside", path)
    outside = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(outside)
    gold = read_annotations(corpora / "attribution" / "wikinews.examples.jsonl.gz")
    found = copy.deepcopy(gold)
    for document in found:
        nested = [a for a in document["attributions"] if a["nested_in"] is not None]
        for row in nested[::2]:
            row["nested_in"] = None
    by_id = {d["id"]: d for d in found}
    theirs = outside.report([outside.score_document(g, by_id[g["id"]]) for g in gold])
    ours = score_attributions(gold, found, draws=20)
    assert number(ours, "nested links", "f1") == pytest.approx(theirs["nested"][2])
    assert number(ours, "nested links", "f1") < 1


def test_the_same_seed_gives_the_same_interval_around_the_estimate(sample):
    gold = read_annotations(sample / "gold" / "attributions.jsonl")
    found = disturbed(gold, 1)
    one, two = (score_attributions(gold, found, draws=200, seed=3) for _ in range(2))
    assert one.equals(two)
    assert (
        number(one, "joint", "f1", "ci_low")
        < number(one, "joint", "f1")
        < number(one, "joint", "f1", "ci_high")
    )


def test_nothing_labelled_is_na_not_zero():
    empty = [{"id": "a", "text": "Rain.", "attributions": []}]
    result = score_attributions(empty, empty, draws=5)
    assert result["estimate"].isna().all()
    assert result["n"].eq(0).all()


def test_a_missing_document_counts_as_missed():
    gold = [
        {
            "id": "a",
            "text": "Ada said it rained.",
            "attributions": [{"source": [[0, 3]], "cue": [[4, 8]], "content": [[9, 18]]}],
        }
    ]
    result = score_attributions(gold, [], draws=5)
    assert number(result, "joint", "recall") == 0
    assert result["n_missing"].eq(1).all()


def test_another_text_is_refused():
    gold = [{"id": "a", "text": "Rain.", "attributions": []}]
    with pytest.raises(InputError, match="another text"):
        score_attributions(gold, [{"id": "a", "text": "Snow.", "attributions": []}])
    with pytest.raises(InputError, match="no labelled document"):
        score_attributions([], [])


@pytest.mark.parametrize(
    "line",
    [
        "not json",
        "[]",
        '{"id": 1, "text": "a"}',
        '{"id": 1, "text": "a", "attributions": [{"source": [[0, 9]], "cue": [], "content": []}]}',
    ],
)
def test_a_bad_line_is_named(tmp_path, line):
    path = tmp_path / "gold.jsonl"
    path.write_text('{"id": "a", "text": "Rain.", "attributions": []}\n' + line)
    with pytest.raises(InputError, match=r"gold\.jsonl, line 2"):
        read_annotations(path)
