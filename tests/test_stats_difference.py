"""Differences, against scipy's two-sample bootstrap and closed forms."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.errors import InputError
from analysis.stats import difference, invented_tables, share_of_voice
from analysis.store import Tables
from test_stats_share_of_voice import many_tables

TABLES = invented_tables()
AGENCIES = ("Norvik Press", "Halden Bureau")


def test_estimate_is_the_difference_of_the_two_shares():
    tables = many_tables(120)
    shares = share_of_voice(tables, group="agency", draws=100)
    wide = shares.pivot(index="source_type", columns="agency", values="estimate")
    change = difference(tables, "share_of_voice", "agency", *AGENCIES).set_index("source_type")
    expected = (wide[AGENCIES[0]] - wide[AGENCIES[1]]).to_dict()
    assert change["estimate"].to_dict() == pytest.approx(expected)
    assert change["n"].eq(len(tables.attributions)).all()
    assert (change["ci_low"] <= change["estimate"]).all()
    assert (change["estimate"] <= change["ci_high"]).all()


def test_variances_of_independent_groups_add_up():
    tables = many_tables(400)
    shares = share_of_voice(tables, group="agency", draws=4000)
    half = (shares["ci_high"] - shares["ci_low"]) / 2
    expected = (half**2).groupby(shares["source_type"]).sum() ** 0.5
    change = difference(tables, "share_of_voice", "agency", *AGENCIES, draws=4000)
    width = (change["ci_high"] - change["ci_low"]).set_axis(change["source_type"]) / 2
    assert width.to_dict() == pytest.approx(expected.to_dict(), rel=0.06)


def test_swapping_the_sides_turns_the_sign():
    tables = many_tables(60)
    one = difference(tables, "share_of_voice", "agency", *AGENCIES)
    other = difference(tables, "share_of_voice", "agency", *AGENCIES[::-1])
    assert (one["estimate"] + other["estimate"]).abs().max() < 1e-12
    assert (one["ci_low"] + other["ci_high"]).abs().max() < 1e-12


def test_two_categories_are_drawn_together():
    """Shares of two categories that fill the whole are p and 1 - p: their difference is 2 p - 1."""
    tables = many_tables(80)
    sources = tables.sources.assign(named=tables.sources["source_type"].eq("government"))
    tables = Tables(tables.dispatches, attributions=tables.attributions, sources=sources)
    named = share_of_voice(tables, "named").set_index("named").loc[True]
    change = difference(tables, "share_of_voice", "named", True, False).loc[0]
    assert change["estimate"] == pytest.approx(2 * named["estimate"] - 1)
    assert change["ci_low"] == pytest.approx(2 * named["ci_low"] - 1)
    assert change["ci_high"] == pytest.approx(2 * named["ci_high"] - 1)
    assert change["n"] == len(tables.attributions)


def test_tone_of_sources_less_tone_of_the_reporter():
    change = difference(TABLES, "tone", "voice", "source", "reporter").loc[0]
    assert change["estimate"] == pytest.approx(-0.425)
    assert change["n"] == 7
    assert change["statistic"] == "difference_in_mean_compound"


def test_one_dispatch_on_a_side_has_no_interval():
    alone = TABLES.dispatches["dispatch_id"].isin(["d1", "d2", "d4"])
    tables = Tables(
        TABLES.dispatches[alone], attributions=TABLES.attributions, sources=TABLES.sources
    )
    change = difference(tables, "anonymity_rate", "agency", *AGENCIES).loc[0]
    assert change["estimate"] == pytest.approx(-0.5)
    assert pd.isna(change["ci_low"])
    assert pd.isna(change["ci_high"])


def test_coverage_under_no_difference():
    """Two agencies drawn alike: the interval holds 0 about 95 times in 100 (200 trials)."""
    held = 0
    for seed in range(200):
        tables = many_tables(80, seed)
        change = difference(tables, "share_of_voice", "agency", *AGENCIES, draws=300)
        first = change[change["source_type"].eq("government")].iloc[0]
        held += first["ci_low"] <= 0 <= first["ci_high"]
    assert 0.90 <= held / 200 <= 0.99


@pytest.mark.parametrize(
    "arguments",
    [
        ("fame", "agency", *AGENCIES),
        ("share_of_voice", "agency", "Nobody", AGENCIES[0]),
        ("share_of_voice", "colour", *AGENCIES),
        ("tone", "source_type", "military", "government"),
    ],
)
def test_bad_arguments_are_refused_by_name(arguments):
    with pytest.raises(InputError, match="expected"):
        difference(TABLES, *arguments)


def test_options_of_another_statistic_are_refused():
    with pytest.raises(InputError, match="measure"):
        difference(TABLES, "tone", "agency", *AGENCIES, measure="words")
    with pytest.raises(InputError, match="no group here"):
        difference(TABLES, "tone", "agency", *AGENCIES, group="week")


def test_two_sides_that_never_vary_have_no_interval():
    """Each dispatch of one agency names half its sources, each of the other names all."""
    change = difference(TABLES, "anonymity_rate", "agency", *AGENCIES)
    assert change["estimate"].tolist() == [-0.5]
    assert change[["ci_low", "ci_high"]].isna().all(axis=None)
