"""Counts of what was read, by hand."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from analysis import schema
from analysis.errors import InputError
from analysis.stats import counts, coverage, invented_tables
from analysis.store import Tables

TABLES = invented_tables()


def test_totals_by_hand():
    total = counts(TABLES).iloc[0]
    assert total["dispatches_read"] == 6
    assert total["dispatches"] == 4
    assert total["words"] == 12
    assert total["attributions"] == 9
    assert total["declines"] == 1
    assert total["sources"] == 5
    assert total["named_sources"] == 3
    assert total["first_published"] == pd.Timestamp("2031-03-04", tz="UTC")
    assert total["last_published"] == pd.Timestamp("2031-03-12", tz="UTC")


def test_what_was_read_is_what_counts_and_what_was_left_out():
    for copies in ("drop", "keep"):
        for group in ((), "agency", "day"):
            result = counts(TABLES, group=group, copies=copies)
            parts = result[["dispatches", "copies_left_out", "taken_back_left_out"]].sum(axis=1)
            assert parts.tolist() == result["dispatches_read"].tolist()


def test_groups_add_up_except_for_sources_heard_in_both():
    by_agency = counts(TABLES, group="agency")
    total = counts(TABLES).iloc[0]
    for name in ("dispatches_read", "words", "attributions", "declines"):
        assert by_agency[name].sum() == total[name]
    assert by_agency["sources"].tolist() == [4, 2]
    assert by_agency["rejects"].isna().all()


def test_rejects_and_cuts_are_counted_in_the_whole():
    reject = {"source_file": "a.txt", "reason": "empty file"}
    tables = replace(TABLES, rejects=schema.conform(pd.DataFrame([reject]), "rejects"))
    assert counts(tables)["rejects"].tolist() == [1]


def test_an_empty_corpus_is_a_row_of_zeros():
    total = counts(Tables()).iloc[0]
    assert total["dispatches_read"] == total["sources"] == 0
    assert pd.isna(total["first_published"])


def test_coverage_counts_each_text_once_and_keeps_days_apart():
    result = coverage(TABLES.dispatches)
    assert result["day"].tolist() == ["2031-03-04", "2031-03-05", "2031-03-11", "2031-03-12"]
    assert result["dispatches"].tolist() == [1, 1, 1, 1]
    assert coverage(TABLES.dispatches, copies="keep")["dispatches"].sum() == 5


def test_dispatches_without_a_time_come_last_with_na():
    timeless = TABLES.dispatches.assign(published_at=pd.NaT)
    result = coverage(timeless, by=())
    assert result["day"].isna().tolist() == [True]
    assert result["dispatches"].tolist() == [4]


def test_unknown_period_is_refused():
    with pytest.raises(InputError, match="week"):
        coverage(TABLES.dispatches, period="hour")
