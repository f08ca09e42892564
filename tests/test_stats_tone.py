"""Tone by voice, counted by hand."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from analysis.errors import InputError
from analysis.stats import invented_tables, tone
from analysis.store import Tables

TABLES = invented_tables()


def test_units_without_evidence_are_missing_and_not_neutral():
    result = tone(TABLES).set_index("voice")
    assert result["estimate"].to_dict() == pytest.approx({"reporter": 0.1 / 4, "source": -0.4})
    assert result["n"].to_dict() == {"reporter": 4, "source": 3}
    assert result["n_missing"].to_dict() == {"reporter": 2, "source": 1}


def test_tone_by_source_type_reads_quotations_alone():
    result = tone(TABLES, by="source_type").set_index("source_type")
    assert result["estimate"].to_dict() == pytest.approx({"government": -0.3, "politician": -0.45})
    assert result["n"].to_dict() == {"government": 1, "politician": 2}
    assert result["n_missing"].to_dict() == {"government": 0, "politician": 1}


def test_all_na_gives_na():
    silent = TABLES.sentiment.assign(
        compound=pd.array([pd.NA] * len(TABLES.sentiment), dtype="Float64")
    )
    result = tone(replace(TABLES, sentiment=silent))
    assert result[["estimate", "ci_low", "ci_high"]].isna().all(axis=None)
    assert result["n"].tolist() == [0, 0]
    assert result["n_missing"].tolist() == [6, 4]


def test_no_rows_give_no_rows():
    assert len(tone(Tables())) == 0


def test_scores_of_two_scorers_are_never_mixed():
    other = TABLES.sentiment.assign(scorer="other", compound=1.0)
    both = replace(TABLES, sentiment=pd.concat([TABLES.sentiment, other], ignore_index=True))
    pd.testing.assert_frame_equal(tone(both), tone(TABLES))
    assert tone(both, scorer="other")["estimate"].tolist() == [1.0, 1.0]


def test_scores_about_a_target_are_not_read():
    about = TABLES.sentiment.assign(target="Mara Lund", compound=1.0)
    both = replace(TABLES, sentiment=pd.concat([TABLES.sentiment, about], ignore_index=True))
    pd.testing.assert_frame_equal(tone(both), tone(TABLES))


def test_a_scorer_that_scored_nothing_is_refused():
    with pytest.raises(InputError, match="vader"):
        tone(TABLES, scorer="afinn")
