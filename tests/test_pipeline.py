"""The annotate pass: the same tables whatever the engine, and work done once."""

from __future__ import annotations

import json
import os

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

import analysis
from analysis import pipeline, schema
from analysis.errors import InputError, SchemaError

TALK = (
    "The dam at Orm will not be rebuilt, river minister Hedda Voss said on Monday.\n\n"
    '"It was wonderful while it stood," she said. "It is a ruin now."\n\n'
    "A ministry official, who asked not to be named, denied that money was short.\n\n"
    "The builders declined to comment."
)


def corpus(n: int) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "dispatch_id": [f"d{i}" for i in range(n)],
            "headline": [f"Dam {i}" for i in range(n)],
            "body": [TALK + f"\n\nIt was day {i}." for i in range(n)],
        }
    )


def test_every_table_keeps_its_contract_and_its_keys_join():
    tables = analysis.annotate(corpus(3))
    for name, frame in tables.frames().items():
        assert_frame_equal(frame, schema.conform(frame, name))
    ids = set(tables.dispatches["dispatch_id"])
    for name in ("sentences", "attributions", "sentiment"):
        assert set(getattr(tables, name)["dispatch_id"]) == ids
    attributions = tables.attributions
    assert set(tables.attribution_spans["attribution_id"]) == set(attributions["attribution_id"])
    assert set(attributions["source_id"].dropna()) == set(tables.sources["source_id"])
    sentences = set(
        zip(tables.sentences["dispatch_id"], tables.sentences["sentence_no"], strict=True)
    )
    assert set(zip(attributions["dispatch_id"], attributions["sentence_no"], strict=True)) <= (
        sentences
    )


def test_what_a_reader_sees_is_found():
    found = analysis.annotate(corpus(1)).attributions
    assert {"Hedda Voss"} <= set(found["speaker"])
    assert (found["stance"] == "denies").sum() == 1
    assert (found["stance"] == "declines").sum() == 1


def test_spans_slice_back_to_the_text_of_the_row():
    tables = analysis.annotate(corpus(2))
    body = tables.dispatches.set_index("dispatch_id")["body"]
    joined = tables.attribution_spans.merge(tables.attributions, on="attribution_id")
    for row in joined.itertuples():
        piece = body[row.dispatch_id][row.start : row.end]
        assert piece and piece in getattr(row, row.role)


def test_engine_and_partitions_do_not_change_the_tables():
    frame = corpus(7)
    one = analysis.annotate(frame)
    for options in (
        {"engine": "processes", "workers": 2, "partition_rows": 2},
        {"partition_rows": 1},
        {"engine": "dask", "partition_rows": 3},
    ):
        other = analysis.annotate(frame, **options)
        for name, table in one.frames().items():
            assert_frame_equal(table, other.frames()[name])


def test_the_input_is_left_alone():
    frame = corpus(2)
    before = frame.copy()
    analysis.annotate(frame)
    assert_frame_equal(frame, before)


def test_an_empty_corpus_gives_empty_tables():
    tables = analysis.annotate(corpus(0))
    assert all(len(frame) == 0 for frame in tables.frames().values())
    assert_frame_equal(tables.sources, schema.empty("sources"))


@pytest.mark.parametrize("n", [0, 1])
@pytest.mark.parametrize("wrong", [{"method": "magic"}, {"scorer": "magic"}, {"engine": "magic"}])
def test_an_unknown_choice_is_named(wrong, n):
    with pytest.raises(InputError, match="magic"):
        analysis.annotate(corpus(n), **wrong)


def test_a_table_without_text_is_refused():
    with pytest.raises(SchemaError, match="at least the column 'body'"):
        analysis.annotate(pd.DataFrame({"text": ["a"]}))
    with pytest.raises(SchemaError, match="NA in 'body'"):
        analysis.annotate(pd.DataFrame({"body": ["a", None]}))


def test_json_lines_have_the_annotation_format():
    tables = analysis.annotate(corpus(1))
    line = analysis.attributions_as_json(tables, "d0")
    assert line["id"] == "d0" and line["text"] == tables.dispatches.loc[0, "body"]
    wanted = {"source", "cue", "content", "kind", "act", "stance", "named", "source_type"}
    for attribution in json.loads(json.dumps(line))["attributions"]:
        assert wanted | {"speaker", "nested_in"} <= set(attribution)


@pytest.fixture
def inputs(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    lines = [json.dumps({"id": f"x{i}", "headline": "Dam", "body": TALK}) for i in range(2)]
    (folder / "feed.jsonl").write_text("\n".join(lines) + "\nnot json\n")
    return folder


def test_prepare_works_once_and_again_after_a_change(inputs, tmp_path):
    store = tmp_path / "store"
    first, made = pipeline.prepare(inputs, store)
    assert made and len(first.dispatches) == 2 and len(first.rejects) == 1
    again, made = pipeline.prepare(inputs, store)
    assert not made
    assert_frame_equal(first.attributions, again.attributions)
    assert pipeline.prepare(inputs, store, force=True)[1]
    os.utime(inputs / "feed.jsonl", (0, 0))
    assert not pipeline.prepare(inputs, store)[1], "a new time on the same bytes is no change"
    (inputs / "more.txt").write_text(TALK)
    assert pipeline.prepare(inputs, store)[1]


def test_prepare_replaces_a_store_it_cannot_read(inputs, tmp_path):
    store = tmp_path / "store"
    store.mkdir()
    (store / "current.json").write_text("{half a poin")
    tables, made = pipeline.prepare(inputs, store)
    assert made and len(analysis.open_store(store).dispatches) == len(tables.dispatches)
