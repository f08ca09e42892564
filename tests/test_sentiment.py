"""Sentiment: values against the other implementation of VADER, units by hand."""

from __future__ import annotations

import gzip
import json
import re
import subprocess
import sys

import pandas as pd
import pytest
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from analysis import schema
from analysis.errors import InputError
from analysis.sentiment import SCORERS, load_scorer, score
from analysis.sentiment.vader import plain

VADER = load_scorer("vader")

INVENTED = (
    "The harbour festival in Kelm was a great success.",
    "Residents were not happy with the flood barrier.",
    "Critics called the very bad plan a complete disaster!",
    "The hospital isn’t safe, a union leader warned.",
    "Talks collapsed and hopes of peace faded.",
    "It was a truly GREAT day for Norvik.",
    "The barely adequate repairs failed, and a boat sank.",
    "The envoy never trusted the corrupt governor.",
)
OFFSETS = {"start": "Int64", "end": "Int64"}


def scored(body: str, sentences: list[str], attributions: list[tuple]) -> pd.DataFrame:
    """Score one dispatch; attributions are (kind, nested_in number, content pieces)."""
    spans, rows = [], []
    for number, (kind, outer, pieces) in enumerate(attributions):
        name = f"d:a{number:03d}"
        nested_in = None if outer is None else f"d:a{outer:03d}"
        rows.append((name, "d", kind, nested_in))
        spans += [(name, "content", i, *span_of(body, p)) for i, p in enumerate(pieces)]
    columns = ["attribution_id", "dispatch_id", "kind", "nested_in"]
    span_columns = ["attribution_id", "role", "span_no", "start", "end"]
    places = [("d", i, *span_of(body, text)) for i, text in enumerate(sentences)]
    return score(
        pd.DataFrame({"dispatch_id": ["d"], "body": [body]}),
        pd.DataFrame(places, columns=["dispatch_id", "sentence_no", "start", "end"]),
        pd.DataFrame(rows, columns=columns),
        pd.DataFrame(spans, columns=span_columns).astype(OFFSETS),
    )


def span_of(body: str, piece: str) -> tuple[int, int]:
    start = body.index(piece)
    return start, start + len(piece)


def compound(text: str) -> float | None:
    return VADER.score(text).compound


@pytest.mark.parametrize("text", INVENTED)
def test_values_are_those_of_the_authors_own_implementation(text):
    theirs = SentimentIntensityAnalyzer().polarity_scores(plain(text))
    ours = VADER.score(text)
    assert ours.compound == theirs["compound"]
    if not re.search(r"\b\w\b(?!')", plain(text)):  # NLTK leaves out words of one letter
        assert (ours.negative, ours.neutral, ours.positive) == (
            theirs["neg"],
            theirs["neu"],
            theirs["pos"],
        )


def test_the_two_implementations_agree_on_nearly_all_news_sentences(corpora):
    """They differ by design on a repeated word, on "no" and on "but" (docs/sentiment.md)."""
    with gzip.open(corpora / "sentiment" / "newsmtsc_rw.dev.jsonl.gz", "rt") as lines:
        texts = [plain(json.loads(line)["text"]) for line in lines]
    other = SentimentIntensityAnalyzer()

    def is_usual(text: str) -> bool:
        words = re.findall(r"[\w']+", text.lower())
        known = [word for word in words if word in other.lexicon]
        return not {"no", "but"} & set(words) and len(set(known)) == len(known)

    usual = [text for text in texts if is_usual(text)]
    assert len(usual) > 100
    same = [(compound(t) or 0.0) == other.polarity_scores(t)["compound"] for t in usual]
    assert sum(same) / len(same) > 0.99


def test_marks_do_not_hide_words():
    bare = compound("a disaster and a disgrace")
    assert bare < 0
    for text in ("a “disaster” and a ‘disgrace’", "a disaster—and (a disgrace)…"):
        assert compound(text) == bare


def test_curly_apostrophes_negate_as_straight_ones():
    assert compound("It wasn’t good.") == compound("It wasn't good.") < 0


def test_a_bracket_after_a_figure_is_no_smiling_face():
    assert VADER.score("The district (see page 8) voted.").n_matched == 0


def test_no_evidence_is_none_and_balance_is_zero():
    assert VADER.score("The council met on Tuesday.").compound is None
    assert VADER.score("").n_matched == 0
    assert VADER.score("Good. Bad.").n_matched == 2


def test_words_known_are_counted_and_modifiers_are_not():
    assert VADER.score("not very good").n_matched == 1
    assert VADER.score("good and good and bad").n_matched == 3


def test_reporter_and_source_are_scored_apart():
    body = 'The mayor praised the brave crew. "It was a horrible night," she said.'
    result = scored(
        body,
        ["The mayor praised the brave crew.", '"It was a horrible night," she said.'],
        [("direct", None, ['"It was a horrible night,"'])],
    ).set_index("unit_id")
    assert list(result.index) == ["d:0", "d:1", "d:a000"]
    assert result.loc["d:0", "compound"] == compound("The mayor praised the brave crew.")
    assert pd.isna(result.loc["d:1", "compound"])
    assert result.loc["d:1", "n_matched"] == 0
    assert result.loc["d:a000", "compound"] == compound("It was a horrible night")
    assert result["voice"].tolist() == ["reporter", "reporter", "source"]


def test_a_sentence_quoted_whole_has_no_row():
    result = scored('"We are sad." He left.', ['"We are sad."', "He left."], [])
    assert result["unit_id"].tolist() == ["d:1"]


def test_an_indirect_attribution_has_no_quotation_row():
    body = "She said the night was horrible."
    result = scored(body, [body], [("indirect", None, ["the night was horrible"])])
    assert result["unit"].tolist() == ["sentence"]


def test_of_a_mixed_attribution_only_the_quoted_words_count():
    body = 'She said the horrible storm was "a wonderful gift" to farmers.'
    result = scored(body, [], [("mixed", None, ['the horrible storm was "a wonderful gift"'])])
    assert result["compound"].tolist() == [compound("a wonderful gift")]


def test_pieces_of_one_quotation_are_scored_together():
    body = '"We are glad," she said, "and proud."'
    result = scored(body, [], [("direct", None, ['"We are glad,"', '"and proud."'])])
    assert len(result) == 1
    assert result["n_matched"].tolist() == [2]


def test_words_two_sources_share_are_the_inner_source_s():
    body = 'The Courier, citing a guard, reported "a horrible fire".'
    content = ['"a horrible fire"']
    result = scored(body, [], [("direct", None, content), ("direct", 0, content)])
    assert result["unit_id"].tolist() == ["d:a001"]


def test_the_outer_source_keeps_its_own_words():
    body = "\"I am glad that Lund called it 'a horrible fire' at last,\" he said."
    outer = "\"I am glad that Lund called it 'a horrible fire' at last,\""
    result = scored(body, [], [("direct", None, [outer]), ("direct", 0, ["'a horrible fire'"])])
    values = result.set_index("unit_id")["compound"].to_dict()
    assert values == {"d:a000": compound("I am glad"), "d:a001": compound("a horrible fire")}


def test_an_indirect_attribution_inside_a_quotation_takes_no_words_from_it():
    body = '"They told me it was horrible," he said.'
    outer = '"They told me it was horrible,"'
    result = scored(body, [], [("direct", None, [outer]), ("indirect", 0, ["it was horrible"])])
    assert result["unit_id"].tolist() == ["d:a000"]
    assert result["n_matched"].tolist() == [1]


def test_attributions_nested_in_a_circle_do_not_hang():
    body = 'He said "a horrible fire".'
    content = ['"a horrible fire"']
    assert len(scored(body, [], [("direct", 1, content), ("direct", 0, content)])) == 0


def test_result_keeps_the_contract_and_an_empty_corpus_gives_an_empty_table():
    body = "A calm and happy day."
    result = scored(body, [body], [])
    pd.testing.assert_frame_equal(result, schema.conform(result, "sentiment"))
    empty = {name: schema.empty(name) for name in schema.TABLES}
    result = score(
        empty["dispatches"],
        empty["sentences"],
        empty["attributions"],
        empty["attribution_spans"],
    )
    pd.testing.assert_frame_equal(result, schema.empty("sentiment"))


def test_an_unknown_scorer_is_refused():
    empty = [schema.empty(n) for n in ("dispatches", "sentences", "attributions")]
    with pytest.raises(InputError, match="vader"):
        score(*empty, schema.empty("attribution_spans"), scorer="magic")


def test_a_scorer_of_ones_own_can_be_registered(monkeypatch):
    from analysis.sentiment import Score

    class Constant:
        def score(self, text: str) -> Score:
            return Score(0.0, 0.0, 1.0, 1.0, 1)

    monkeypatch.setitem(SCORERS, "constant", Constant)
    assert load_scorer("constant").score("anything").compound == 1.0


def test_the_search_path_of_nltk_is_left_alone():
    code = (
        "import nltk.data; before = list(nltk.data.path); "
        "from analysis.sentiment import load_scorer; load_scorer('vader').score('good'); "
        "assert nltk.data.path == before; assert not nltk.data._resource_cache"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_naming_the_scorers_loads_no_lexicon():
    code = "import sys, analysis.sentiment; assert 'nltk' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)
