"""Attribution: a real dispatch read as a careful reader would, and text of any shape."""

from __future__ import annotations

import time

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import analysis
from analysis.attribution import METHODS
from analysis.attribution.coreference import Entity
from analysis.attribution.mentions import describe
from analysis.errors import InputError

OFFICIAL = "a top US defence official"
KHALAF = "Abdulkarim Khalaf"


@pytest.fixture(scope="module", params=["model", "rules"])
def seed(request, corpora):
    return analysis.annotate(analysis.load(corpora / "seed" / "saved-page.txt"), request.param)


def rows(tables, **wanted):
    found = tables.attributions
    for column, value in wanted.items():
        found = found[found[column].eq(value).fillna(False)]
    return found


def begins(found, *words):
    """Whether for each word one row's content has it among its first words."""
    heads = [str(content)[:40] for content in found["content"]]
    return all(any(word in head for head in heads) for word in words)


def test_the_spokesman_is_one_speaker_from_the_first_denial_on(seed):
    said = rows(seed, speaker=KHALAF)
    assert len(rows(seed, speaker=KHALAF, stance="denies")) == 1
    assert begins(said[said["kind"] == "direct"], "The joint operations", "The agreement")
    assert "He" in set(said["source"]) and "he" in set(said["source"])
    assert said["source_id"].nunique() == 1


def test_the_newspaper_reports_two_unnamed_officials(seed):
    (outer,) = rows(seed, speaker="The New York Times").to_dict("records")
    (inner,) = rows(seed, speaker="two American military officials").to_dict("records")
    assert (outer["cue"], inner["cue"]) == ("reported", "citing")
    assert inner["nested_in"] == outer["attribution_id"]
    assert inner["content"] == outer["content"]
    named = seed.sources.set_index("source_id")["named"]
    assert named[outer["source_id"]] and not named[inner["source_id"]]


@pytest.mark.parametrize("word", ["Pentagon", "coalition's spokesman"])
def test_non_answers_are_rows(seed, word):
    declined = rows(seed, stance="declines")
    assert declined["source"].str.contains(word).sum() == 1


def test_the_unnamed_official_is_followed_through_every_quotation(seed):
    said = rows(seed, speaker=OFFICIAL)
    pieces = " … ".join(said.loc[said["kind"] == "direct", "content"])
    for word in ("our call", "turn it back on", "see the environment", "as long as"):
        assert word in pieces
    assert len(said) >= 4
    assert not seed.sources.set_index("source_id")["named"][said["source_id"].iloc[0]]


def test_the_secretary_is_quoted_and_reports_others(seed):
    assert begins(rows(seed, speaker="Mike Pompeo"), "Iraqi leaders", "They won't")
    (inner,) = rows(seed, speaker="Iraqi leaders", cue="have told").to_dict("records")
    assert inner["nested_in"] in set(rows(seed, speaker="Mike Pompeo")["attribution_id"])


def test_the_coalition_and_the_lawmakers_are_heard(seed):
    said = rows(seed, cue="said")
    assert said["speaker"].fillna("").str.startswith("The coalition").sum() == 1
    assert rows(seed, source="Iraqi lawmakers")["act"].tolist() == ["directive"]


def check_offsets(body, method="rules"):
    tables = analysis.annotate(pd.DataFrame({"dispatch_id": ["d"], "body": [body]}), method)
    spans = tables.attribution_spans.merge(tables.attributions, on="attribution_id")
    for row in spans.itertuples():
        assert 0 <= row.start < row.end <= len(body)
        assert body[row.start : row.end] in getattr(row, row.role)
    line = analysis.attributions_as_json(tables, "d")
    for number, attribution in enumerate(line["attributions"]):
        assert attribution["content"] or attribution["stance"] == "declines"
        assert attribution["nested_in"] != number


WORDS = (
    "said|Ona Brill|she|that|according to|told|it rained|declined to comment|The ministry|who|as"
)
MARKS = ['"', "“", "”", "'", "’", "«", ", ", ". ", "\n\n", "\n", "\x00", "\u202e", "😀", "\t", "("]
PIECES = st.sampled_from([f" {word} " for word in WORDS.split("|")] + MARKS)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(PIECES | st.text(max_size=12), max_size=40).map("".join))
def test_offsets_always_slice_back(text):
    for method in METHODS:
        check_offsets(text or " ", method)


@pytest.mark.parametrize(
    "body",
    ["a", '"' * 5_000, "“We go " * 3_000, "said " * 20_000, '"Yes," he said ' * 1_000, "(" * 9_999],
)
@pytest.mark.parametrize("method", sorted(METHODS))
def test_absurd_text_takes_bounded_time(body, method):
    started = time.process_time()
    check_offsets(body, method)
    assert time.process_time() - started < 30


@pytest.mark.slow
def test_a_long_text_without_a_full_stop_takes_bounded_time():
    check_offsets("the minister said the river rose and " * 2_500)


@pytest.mark.corpora
@pytest.mark.slow
def test_polnear_dev_stays_above_the_best_published_tool(corpora):
    from analysis.validation import read_annotations, score_attributions

    gold = read_annotations(corpora / "attribution" / "polnear.dev.jsonl.gz")
    frame = pd.DataFrame(
        {"dispatch_id": [d["id"] for d in gold], "body": [d["text"] for d in gold]}
    )
    tables = analysis.annotate(frame, "rules")
    found = [analysis.attributions_as_json(tables, d["id"]) for d in gold]
    result = score_attributions(gold, found, draws=10).set_index(["measure", "statistic"])
    assert result.loc[("joint", "f1"), "estimate"] > 0.55


def test_an_unknown_method_is_named():
    with pytest.raises(InputError, match="magic"):
        analysis.annotate(pd.DataFrame({"body": ["Rain."]}), "magic")


@pytest.mark.parametrize("method", METHODS)
def test_the_speaker_says_i_also_when_named_after_it(method):
    text = '"I told people that the fund was open," Ona Brill said by telephone.'
    found = analysis.annotate(pd.DataFrame({"body": [text]}), method).attributions
    assert found["source"].tolist() == ["Ona Brill", "I"]
    assert found["source_id"].tolist() == ["ona-brill", "ona-brill"]


@pytest.mark.parametrize("method", METHODS)
def test_he_is_not_one_source_in_two_dispatches(method):
    body = ["He wrote that it was late.", "He wrote that the road was shut."]
    tables = analysis.annotate(pd.DataFrame({"body": body}), method)
    assert tables.sources["source_id"].tolist() == ["row-0:he", "row-1:he"]


def test_a_phrase_said_often_is_kept_once():
    """Consumers ask which phrases there are; scanning repeats made time grow as the square."""
    source = Entity("Ona Brill", True, True)
    for _ in range(3):
        source.meet(describe("the mayor"))
    assert [mention.text for mention in source.mentions] == ["the mayor"]


def test_the_article_before_a_paper_s_report_is_not_its_name():
    text = "The army denied a Tolmar Ledger report that the bridge was shut."
    tables = analysis.annotate(pd.DataFrame({"body": [text]}))
    assert "Tolmar Ledger" in tables.attributions["speaker"].tolist()
