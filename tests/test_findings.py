"""Sentences made from numbers are right for none, one and many, and agree with the statistics."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis import findings
from analysis.findings.sources import SOURCE_TYPES, extremes, level_for_extremes
from analysis.findings.words import beyond_chance, number, period, times
from analysis.schema import SOURCE_TYPES as KNOWN_TYPES
from analysis.stats import (
    anonymity_rate,
    counts,
    invented_tables,
    share_of_voice,
    tone,
)
from analysis.stats.estimate import RESULT_COLUMNS
from analysis.store import Tables


def result(column: str, *rows: tuple, statistic: str = "share_of_attributions") -> pd.DataFrame:
    """A result table of (category, estimate, ci_low, ci_high, n)."""
    frame = pd.DataFrame(rows, columns=[column, "estimate", "ci_low", "ci_high", "n"])
    frame.insert(1, "statistic", statistic)
    frame["n_missing"] = 0
    return frame.astype(RESULT_COLUMNS)


def gap(low: float, high: float, statistic: str = "anonymity_rate") -> pd.DataFrame:
    row = ("a", (low + high) / 2, low, high, 100)
    return result("first", row, statistic=f"difference_in_{statistic}")


def test_none():
    nobody = Tables()
    assert "nobody's share" in findings.who_is_heard(share_of_voice(nobody, draws=100))
    assert findings.top_source(share_of_voice(nobody, "source", draws=100)) == ""
    assert "no source is expressed" in findings.anonymity(anonymity_rate(nobody, draws=100))
    assert findings.anonymity_by(anonymity_rate(nobody, group="agency", draws=100)) == ""
    assert "No tone can be given" in findings.tone(tone(nobody, draws=100))
    assert findings.refusals(nobody).startswith("No source denied")
    assert findings.coverage(counts(nobody)) == "No dispatch of this selection can be counted."
    assert len(findings.headline(nobody)) == 1


def test_one():
    shares = result("source_type", ("expert", 1.0, pd.NA, pd.NA, 1))
    assert findings.who_is_heard(shares) == (
        "There is one attribution with an expressed source, to experts: no share yet."
    )
    single = result("source_type", ("expert", 1.0, pd.NA, pd.NA, 1)).rename(
        columns={"source_type": "name"}
    )
    assert findings.top_source(single) == ""
    named = result("x", ("", 0.0, pd.NA, pd.NA, 1), statistic="anonymity_rate")
    unnamed = named.assign(estimate=1.0)
    assert findings.anonymity(named) == "The one source expressed is named."
    assert findings.anonymity(unnamed) == "The one source expressed is not named."


def test_one_dispatch_has_no_interval_and_says_so():
    shares = result(
        "source_type", ("expert", 0.6, pd.NA, pd.NA, 5), ("media", 0.4, pd.NA, pd.NA, 5)
    )
    said = findings.who_is_heard(shares)
    assert said.startswith("Experts are heard most, in 60 % (no interval) of 5 attributions")
    assert "chance" not in said


def test_many():
    shares = result(
        "source_type",
        ("government", 0.41, 0.40, 0.42, 100_000),
        ("media", 0.004, 0.003, 0.006, 100_000),
        ("civil", 0.0, 0.0, 0.0001, 100_000),
    )
    assert findings.who_is_heard(shares, gap(0.39, 0.42)) == (
        "Government sources are heard most, in 41 % (40 to 42) of 100,000 attributions; other "
        "media come next, with <1 % (<1 to 1). The lead, 40 points (39 to 42), is more than "
        "chance."
    )
    rate = result("x", ("", 0.25, 0.24, 0.26, 100_000), statistic="anonymity_rate")
    assert findings.anonymity(rate) == (
        "The source is not named in 25 % (24 to 26) of 100,000 attributions."
    )


@pytest.mark.parametrize(
    ("estimate", "expected"),
    [(0.0, "named in all of 50 attributions"), (1.0, "named in none of 50 attributions")],
)
def test_all_and_none_are_words(estimate, expected):
    rate = result("x", ("", estimate, 0.0, 1.0, 50), statistic="anonymity_rate")
    assert expected in findings.anonymity(rate)


def test_ties_are_no_order():
    shares = result("source_type", ("expert", 0.5, 0.2, 0.8, 8), ("media", 0.5, 0.2, 0.8, 8))
    assert "Experts and other media are heard most, each" in findings.who_is_heard(shares)
    single = shares.rename(columns={"source_type": "name"})
    assert "expert and media, 4 times each" in findings.top_source(single)
    many = result("name", *((f"s{i}", 0.1, 0.0, 0.3, 10) for i in range(10)))
    assert findings.top_source(many) == "No single source stands out in 10 attributions."


def test_chance_is_told_from_the_interval_of_the_difference():
    assert beyond_chance(gap(0.01, 0.2), "the lead").endswith("is more than chance.")
    assert beyond_chance(gap(-0.2, -0.01), "the lead").endswith("is more than chance.")
    assert beyond_chance(gap(-0.01, 0.2), "the lead").endswith("may be chance.")
    assert beyond_chance(gap(0.0, 0.2), "the lead").endswith("may be chance.")
    assert beyond_chance(None, "the lead") == ""
    assert beyond_chance(gap(0.1, 0.2).assign(ci_low=pd.NA), "the lead") == ""


def test_agencies_with_few_attributions_are_not_compared():
    rates = result(
        "agency",
        ("MPA", 0.5, 0.4, 0.6, 100),
        ("CWS", 0.2, 0.1, 0.3, 100),
        ("HNB", 1.0, 0.3, 1.0, 3),
        (pd.NA, 0.9, 0.8, 1.0, 100),
        statistic="anonymity_rate",
    )
    assert extremes(rates, "agency")["agency"].tolist() == ["MPA", "CWS"]
    assert "most frequent at MPA" in findings.anonymity_by(rates)
    assert findings.anonymity_by(rates.iloc[:1]) == ""
    assert findings.anonymity_by(rates.assign(estimate=0.2)) == ""


def test_the_extremes_of_many_need_a_wider_interval():
    rows = [(f"agency {i}", 0.1 * i, 0.0, 1.0, 50) for i in range(5)]
    rates = result("agency", *rows, statistic="anonymity_rate")
    assert level_for_extremes(rates, "agency") == pytest.approx(1 - 0.05 / 10)
    assert level_for_extremes(rates.iloc[:2], "agency") == pytest.approx(0.95)
    assert "widened for 10 pairs" in findings.anonymity_by(rates, "agency", gap(0.1, 0.2))


def test_tone_is_compared_only_with_an_interval():
    corpus = invented_tables()
    means = tone(corpus, draws=100)
    assert "chance" not in findings.tone(means)
    assert "more negatively" in findings.tone(means, gap(-0.5, -0.1, "mean_compound"))
    assert "more positively" in findings.tone(means, gap(0.1, 0.5, "mean_compound"))
    assert "may be chance" in findings.tone(means, gap(-0.1, 0.5, "mean_compound"))


def test_the_headline_says_what_the_statistics_say():
    corpus = invented_tables()
    words = " ".join(findings.headline(corpus, draws=500, seed=3))
    rate = anonymity_rate(corpus, draws=500, seed=3).iloc[0]
    assert f"{100 * rate['estimate']:.0f} %" in words
    assert f"of {rate['n']} attributions" in words
    means = tone(corpus, draws=500, seed=3).set_index("voice")["estimate"]
    assert f"{abs(means['source']):.2f}" in words and f"{abs(means['reporter']):.2f}" in words
    assert "4 dispatches (2 agencies, 4 March to 12 March 2031)" in words
    assert findings.headline(corpus, draws=500, seed=3) == findings.headline(
        corpus, draws=500, seed=3
    )


def test_reliability_is_the_mean_of_what_was_measured():
    corpus = invented_tables()
    attributions = corpus.attributions.assign(confidence=pd.array([0.8, 0.6] + [pd.NA] * 9))
    measured = Tables(**(corpus.frames() | {"attributions": attributions}))
    said = findings.reliability(measured)
    assert "Of 11 attributions here, 70 %" in said and "for 9 it was not measured" in said
    assert "no attribution" in findings.reliability(Tables())


def test_one_dispatch_has_a_headline_without_brackets():
    corpus = invented_tables()
    frames = corpus.frames() | {"dispatches": corpus.dispatches.head(1)}
    words = repr(findings.headline(Tables(**frames), draws=100))
    assert "no interval" not in words and "too few dispatches for intervals" in words
    assert "chance" not in words


def test_hostile_names_stay_text():
    single = result("name", ("<script>alert(1)</script>\n- x", 0.6, 0.1, 0.9, 9))
    shown = findings.sentences(findings.top_source(single), "")
    assert "<script" not in shown._repr_html_()
    assert len(shown) == 1 and len(repr(shown).splitlines()) == 1


def test_every_kind_of_source_has_a_name():
    assert set(SOURCE_TYPES) == set(KNOWN_TYPES)


def test_numbers_and_periods():
    assert [number(n, "copy", "copies") for n in (0, 1, 2)] == ["no copies", "1 copy", "2 copies"]
    assert [times(n) for n in (1, 2, 3)] == ["once", "twice", "3 times"]
    day = pd.Timestamp("2031-03-04", tz="UTC")
    assert period(day, day) == "4 March 2031"
    assert period(day, day + pd.Timedelta(days=366)) == "4 March 2031 to 4 March 2032"
    assert period(pd.NaT, pd.NaT) == ""
