"""Quotation marks: the press convention, and marks that break it."""

from __future__ import annotations

import gzip
import itertools
import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.text.quotation import find_quotations, quoted_mask, quoted_spans


def texts(body: str, depth: int = 1) -> list[str]:
    return [body[q.start : q.end] for q in find_quotations(body) if q.depth == depth]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('He said "yes". She said “no”.', ['"yes"', "“no”"]),
        ("Elle dit « oui » et part.", ["« oui »"]),
        ("``Old marks,'' it read.", ["``Old marks,''"]),
        ("„Nein“ is how they write.", ["„Nein“"]),
        ("It's the workers' day; don't go.", []),
        ("He is 6'2\" tall.", []),
        ("'We agree,' she said. 'It's done.'", ["'We agree,'", "'It's done.'"]),
        ("the '90s and rock 'n' roll", []),
        ('Stray closing," he said.', []),
    ],
)
def test_marks_of_every_kind(body: str, expected: list[str]) -> None:
    assert texts(body) == expected


def test_a_running_quotation_reopens_each_paragraph_and_closes_once() -> None:
    body = '"First part.\n\n"Second part.\n\n"Third," she said.\n\nNo quotation here.'
    found = find_quotations(body)
    assert [q.closed for q in found] == [False, False, True]
    assert [q.continues for q in found] == [False, True, True]
    assert body[found[1].start : found[1].end] == '"Second part.'


def test_a_quotation_that_does_not_reopen_runs_to_its_closing_mark() -> None:
    body = '"First line.\nSecond line." He left.'
    assert texts(body) == ['"First line.', 'Second line."']
    assert find_quotations(body)[1].continues


def test_nested_quotation_keeps_its_depth() -> None:
    body = "“He told me ‘go away’ and I went,” she said."
    assert texts(body, 1) == ["“He told me ‘go away’ and I went,”"]
    assert texts(body, 2) == ["‘go away’"]


def test_an_unclosed_quotation_ends_where_the_next_one_opens() -> None:
    body = '"We are done, he said. "We leave."'
    assert texts(body) == ['"We are done, he said.', '"We leave."']


def test_single_marks_count_only_in_a_text_without_double_ones() -> None:
    assert quoted_spans("'Yes,' he said.") == [(0, 6)]
    assert quoted_spans("The 'deal' is \"off\".") == [(14, 19)]


@given(st.text(alphabet="ab.'\"“”‘’«»„` \n", max_size=80))
def test_odd_marks_never_raise_and_spans_stay_in_order(body: str) -> None:
    spans = quoted_spans(body)
    assert all(0 <= s < e <= len(body) for s, e in spans)
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(spans))
    assert sum(quoted_mask(body)) == sum(e - s for s, e in spans)


def test_five_megabytes_of_marks_take_bounded_time() -> None:
    begin = time.perf_counter()
    find_quotations("\"word ' \n" * 500_000)
    assert time.perf_counter() - begin < 30


def test_agrees_with_gold_on_where_direct_quotations_begin(corpora: Path) -> None:
    """Gold contents that start with a mark must start one of our quotations (PolNeAR dev)."""
    hits = total = 0
    path = corpora / "attribution" / "polnear.dev.jsonl.gz"
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        documents = [json.loads(line) for line in lines]
    for document in documents:
        starts = {q.start for q in find_quotations(document["text"])}
        for attribution in document["attributions"]:
            for start, _ in attribution["content"]:
                if document["text"][start] in '"“':
                    total += 1
                    hits += start in starts
    assert total > 300
    assert hits / total > 0.97
