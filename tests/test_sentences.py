"""Sentences, paragraphs, tokens."""

from __future__ import annotations

import itertools
import time

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import SchemaError
from analysis.text.paragraphs import paragraph_spans
from analysis.text.sentences import sentence_table, split_sentences
from analysis.text.tokens import count_words, token_spans


def sentences(body: str) -> list[str]:
    return [body[s:e] for _, s, e in split_sentences(body)]


@pytest.mark.parametrize(
    "body",
    [
        "Gen. Ola Brand of the U.S. Army met Lt. Col. Per Holm.",
        '"Why not?" she asked.',
        '"Enough!" Ola Brand said.',
        "It cost $3.5 million, or 2.1 per cent.",
        "Mr. Brand spoke on Jan. 5 at 3 p.m. in Washington, D.C.",
        "He spoke to Prof. J. R. Holm of St. Ede.",
    ],
)
def test_one_sentence(body: str) -> None:
    assert sentences(body) == [body]


@pytest.mark.parametrize(
    "parts",
    [
        ('"We agree," said Brand.', '"Fully."'),
        ('"We agree."', "The talks ended."),
        ("He lives in the U.S.", "He is 40."),
        ('He called it a "farce."', "Nobody spoke."),
    ],
)
def test_two_sentences(parts: tuple[str, str]) -> None:
    assert sentences(" ".join(parts)) == list(parts)


def test_a_sentence_never_crosses_a_paragraph() -> None:
    assert [p for p, _, _ in split_sentences("One two.\n\nthree four.")] == [0, 1]


def test_paragraphs_by_single_newline_only_without_blank_lines() -> None:
    assert len(paragraph_spans("a\nb\nc")) == 3
    assert len(paragraph_spans("a\nb\n\nc")) == 2


def test_sentence_table_keeps_the_contract_and_its_input() -> None:
    frame = pd.DataFrame({"dispatch_id": ["d1", "d2"], "body": ['"Yes," he said.', pd.NA]})
    before = frame.copy()
    table = sentence_table(frame)
    pd.testing.assert_frame_equal(frame, before)
    assert table["dispatch_id"].tolist() == ["d1"]
    assert table["quoted_share"].iloc[0] == pytest.approx(6 / 15)


def test_sentence_table_names_the_absent_column() -> None:
    with pytest.raises(SchemaError, match="body"):
        sentence_table(pd.DataFrame({"dispatch_id": ["d1"]}))


def test_tokens_part_clitics_and_keep_initialisms() -> None:
    text = "Brand's U.S. aide wouldn't pay $5,200 to Mr. O'Dell-Ray."
    assert [text[s:e] for s, e in token_spans(text)] == [
        "Brand", "'s", "U.S.", "aide", "would", "n't", "pay", "$5,200", "to", "Mr.",
        "O'Dell-Ray", ".",
    ]  # fmt: skip


def test_count_words() -> None:
    assert count_words("Two-day talks, 5 aides.") == 4


@given(st.text(alphabet="aB.?!,'\"“” \n5", max_size=120))
def test_sentences_tile_the_paragraphs(body: str) -> None:
    spans = [(s, e) for _, s, e in split_sentences(body)]
    assert all(s < e for s, e in spans)
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(spans))
    covered = "".join("".join(body[s:e].split()) for s, e in spans)
    assert covered == "".join(body.split())


@pytest.mark.slow
def test_five_megabytes_without_a_full_stop_take_bounded_time() -> None:
    begin = time.perf_counter()
    assert split_sentences("word " * 1_000_000)
    assert time.perf_counter() - begin < 60
