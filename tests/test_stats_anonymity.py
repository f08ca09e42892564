"""Anonymity and declines, counted by hand."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from analysis.errors import InputError
from analysis.stats import anonymity_rate, decline_rate, invented_tables
from analysis.store import Tables

TABLES = invented_tables()


def test_denominator_has_expressed_sources_that_spoke():
    result = anonymity_rate(TABLES)
    assert result["estimate"].tolist() == pytest.approx([2 / 7])
    assert result[["n", "n_missing"]].to_numpy().tolist() == [[7, 1]]


def test_outermost_leaves_out_the_minister_whom_the_courier_cites():
    assert anonymity_rate(TABLES, nested="outermost")["estimate"].tolist() == pytest.approx([1 / 6])


def test_rate_within_source_types():
    result = anonymity_rate(TABLES, by="source_type").set_index("source_type")
    assert result["estimate"].to_dict() == pytest.approx(
        {"government": 2 / 3, "media": 0.0, "politician": 0.0}
    )
    assert result["n"].to_dict() == {"government": 3, "media": 1, "politician": 3}


def test_declines_are_counted_apart():
    result = decline_rate(TABLES, group="agency").set_index("agency")
    assert result["estimate"].to_dict() == {"Halden Bureau": 0.0, "Norvik Press": 0.25}
    assert result["n"].to_dict() == {"Halden Bureau": 4, "Norvik Press": 4}


def test_no_attributions_give_na_and_not_zero():
    for tables in (Tables(), replace(TABLES, attributions=TABLES.attributions.head(0))):
        result = anonymity_rate(tables)
        assert result[["estimate", "ci_low", "ci_high"]].isna().all(axis=None)
        assert result["n"].tolist() == [0]


def test_all_sources_unexpressed_is_all_missing():
    attributions = TABLES.attributions.assign(
        source_id=pd.Series(pd.NA, index=TABLES.attributions.index, dtype="string")
    )
    result = anonymity_rate(replace(TABLES, attributions=attributions))
    assert result["estimate"].isna().all()
    assert result["n_missing"].tolist() == [8]


def test_a_rate_of_zero_still_has_an_interval_with_width():
    result = anonymity_rate(TABLES, group="agency").set_index("agency").loc["Norvik Press"]
    assert result["ci_low"] == 0
    assert result["ci_high"] == pytest.approx(1 - 0.025 ** (1 / 2))


def test_an_unknown_category_is_refused():
    with pytest.raises(InputError, match="source_type"):
        anonymity_rate(TABLES, by="type")
