"""A dispatch is shown with every span marked, and nothing in it can act."""

from __future__ import annotations

import re
from html import unescape

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import schema
from analysis.display import examples, intake, rows, show, statements
from analysis.display.segments import Mark, segments
from analysis.errors import InputError
from analysis.reporting.sanitize import sanitize
from analysis.stats import invented_tables, share_of_voice
from analysis.store import Tables

BODY = 'The Courier, citing two officers, reported the "bridge" fell.\n\nNo one spoke.'
HOSTILE = '<script>alert("1")</script> & \'x\' said "<img src=x onerror=alert(2)>" </article>'


def made(body: str, spans: list[tuple[int, str, int, int]], dispatch_id: str = "d1") -> Tables:
    """Tables of one dispatch with (attribution, role, start, end) spans."""
    numbers = sorted({number for number, *_ in spans})
    ids = {number: f"{dispatch_id}:a{number:03d}" for number in numbers}
    counter: dict[tuple[int, str], int] = {}
    rows_ = []
    for number, role, start, end in spans:
        span_no = counter.setdefault((number, role), 0)
        counter[(number, role)] += 1
        rows_.append(
            {"attribution_id": ids[number], "role": role, "span_no": span_no,
             "start": start, "end": end}
        )  # fmt: skip
    attributions = pd.DataFrame(
        [
            {"attribution_id": ids[n], "dispatch_id": dispatch_id, "sentence_no": 0,
             "kind": "direct", "act": "statement", "stance": "asserts", "source_id": f"s{n}",
             "source": body[:9], "speaker": body[:9], "method": "made",
             "nested_in": ids[numbers[0]] if n != numbers[0] else pd.NA}
            for n in numbers
        ]
    )  # fmt: skip
    sources = pd.DataFrame(
        [{"source_id": f"s{n}", "name": body[:9], "named": True, "source_type": "media"}
         for n in numbers]
    )  # fmt: skip
    dispatch = {"dispatch_id": dispatch_id, "headline": body[:30], "agency": body[:9],
                "body": body, "n_words": 9, "source_file": "a", "format": "made",
                "content_hash": "0"}  # fmt: skip
    return Tables(
        dispatches=schema.conform(pd.DataFrame([dispatch]), "dispatches"),
        attributions=schema.conform(attributions, "attributions"),
        attribution_spans=schema.conform(pd.DataFrame(rows_), "attribution_spans"),
        sources=schema.conform(sources, "sources"),
    )


@pytest.fixture
def nested() -> Tables:
    content = (42, len('The Courier, citing two officers, reported the "bridge" fell'))
    return made(
        BODY,
        [(0, "source", 0, 11), (0, "cue", 34, 42), (0, "content", *content),
         (1, "source", 20, 32), (1, "cue", 13, 19), (1, "content", *content)],
    )  # fmt: skip


def plain(html: str) -> str:
    body = re.search(r'<div class="body">(.*?)</div>', html, re.DOTALL)
    assert body
    without_numbers = re.sub(r'<a class="marker".*?</a>', "", body[1])
    return unescape(re.sub(r"<[^>]+>", "", without_numbers))


marks = st.builds(
    Mark, st.integers(-5, 60), st.integers(-5, 60), st.integers(1, 9),
    st.sampled_from(schema.ROLES),
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 50), st.lists(marks, max_size=12))
def test_segments_cover_the_text_and_carry_exactly_their_marks(length, given_marks):
    found = list(segments(length, given_marks))
    assert [s.start for s in found[1:]] == [s.end for s in found[:-1]]
    assert (found[0].start, found[-1].end) == (0, length) if length else not found
    for segment in found:
        for position in range(segment.start, segment.end):
            covering = {m for m in given_marks if m.start <= position < m.end}
            assert set(segment.marks) == covering


def test_the_text_is_shown_character_for_character(nested):
    html = show(nested, "d1").html
    assert plain(html) == BODY
    assert re.search(r'<mark class="source" title="1 source: [^"]*">The Courier</mark>', html)
    assert re.search(r'<mark class="content deep"[^>]*>.*bridge', html)


@settings(max_examples=100, deadline=None)
@given(st.text(min_size=1, max_size=60), st.data())
def test_any_text_and_any_spans_are_shown_character_for_character(body, data):
    bounds = st.integers(0, len(body))
    spans = []
    for number in range(data.draw(st.integers(1, 4))):
        role, span = data.draw(st.sampled_from(schema.ROLES)), data.draw(st.tuples(bounds, bounds))
        spans.append((number, role, min(span), max(span)))
    assert plain(show(made(body, spans), "d1").html) == body


def test_numbers_link_text_and_rows_and_differ_between_dispatches(nested):
    html = show(nested, "d1").html
    ids = re.findall(r'id="([^"]+)"', html)
    assert len(ids) == len(set(ids)) == 4
    assert set(re.findall(r'href="#([^"]+)"', html)) == set(ids)
    other = show(made(BODY, [(0, "source", 0, 11)], "d2"), "d2").html
    assert not set(ids) & set(re.findall(r'id="([^"]+)"', other))


def test_a_hostile_dispatch_is_text():
    tables = made(HOSTILE, [(0, "source", 0, 30), (0, "content", 20, 70)], '"><script>x')
    html = show(tables, '"><script>x').html
    assert plain(html) == HOSTILE
    assert "<script" not in html and "<img" not in html
    assert html.count("</article>") == 1
    # Everything in it is on the allow-list of reports: nothing is lost there.
    assert plain(sanitize(html)) == HOSTILE


def test_a_dispatch_without_attributions_and_an_unknown_one():
    tables = made(BODY, [(0, "source", 0, 11)])
    bare = Tables(dispatches=tables.dispatches)
    assert "No attribution was found" in show(bare, "d1").html
    with pytest.raises(InputError, match="did you mean 'd1'"):
        show(tables, "d11")


def test_rows_holds_every_row_about_a_dispatch_and_slices_back(nested):
    found = rows(nested, "d1")
    assert found["table"].value_counts().to_dict() == {
        "attribution_spans": 6, "attributions": 2, "sources": 2, "dispatches": 1,
    }  # fmt: skip
    spans = found[found["table"].eq("attribution_spans")]
    assert spans["text"].tolist()[0] == "The Courier"
    assert "nested_in=d1:a000" in found.loc[found["key"].eq("d1:a001"), "says"].item()


def test_statements_slice_back_and_follow_the_counts():
    tables = made(BODY, [(0, "source", 0, 11), (0, "cue", 34, 42)])
    attributions = tables.attributions.assign(source_start=0, cue_end=42)
    tables = Tables(**(tables.frames() | {"attributions": attributions}))
    found = statements(tables)
    assert found.loc[0, "sentence"] == BODY[found.loc[0, "start"] : found.loc[0, "end"]]
    corpus = invented_tables()
    assert set(statements(corpus)["dispatch_id"]) == {"d1", "d2", "d3", "d4"}
    assert statements(corpus, stance=("declines", "denies"))["stance"].tolist() == [
        "denies", "declines",
    ]  # fmt: skip


def test_examples_agree_with_the_shares_they_explain():
    corpus = invented_tables()
    found = examples(corpus, "source_type", per=5)
    shares = share_of_voice(corpus, "source_type", draws=100).set_index("source_type")
    counted = found.groupby("source_type")["attributions"].first()
    for name, number in counted.items():
        assert round(shares.loc[name, "estimate"] * shares.loc[name, "n"]) == number
    assert examples(Tables(), "named").empty
    with pytest.raises(InputError):
        examples(corpus, per=0)


def test_intake_counts_by_reason():
    rejects = pd.DataFrame(
        {"source_file": ["a", "b", "c"], "reason": ["empty file", "empty file", "binary"]}
    )
    cuts = pd.DataFrame(
        {
            "dispatch_id": ["d"],
            "source_file": ["p"],
            "kind": ["advert"],
            "reason": ["r"],
            "text": "t",
        }
    )
    found = intake(
        Tables(rejects=schema.conform(rejects, "rejects"), cuts=schema.conform(cuts, "cuts"))
    )
    assert found["what"].tolist() == ["input rejected", "input rejected", "text cut: advert"]
    assert found["number"].tolist() == [2, 1, 1]
