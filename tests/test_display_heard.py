"""The sources heard most are counted as share of voice counts them."""

from __future__ import annotations

import pytest

from analysis.display import heard
from analysis.errors import InputError
from analysis.stats import invented_tables, share_of_voice
from analysis.store import Tables


def test_attributions_are_those_of_share_of_voice():
    tables = invented_tables()
    shares = share_of_voice(tables, "source", draws=100).set_index("source_id")
    for _, row in heard(tables).iterrows():
        share = shares.loc[row["source_id"]]
        assert row["attributions"] == round(share["estimate"] * share["n"])


def test_denials_non_answers_and_own_words():
    board = heard(invented_tables()).set_index("source_id").loc["water-board"]
    assert board[["attributions", "denials", "non_answers", "own_words"]].tolist() == [1, 1, 1, 0]
    # The dispatch in which it speaks in its own words was canceled.
    assert board["dispatches"] == 1


def test_unnamed_sources_are_not_listed():
    assert set(heard(invented_tables())["source_id"]) == {
        "mara-lund",
        "water-board",
        "halden-courier",
    }


def test_a_source_that_only_declines_is_heard_nowhere():
    tables = invented_tables()
    kept = tables.attributions[tables.attributions["stance"].eq("declines")]
    row = heard(Tables(tables.dispatches, attributions=kept, sources=tables.sources)).iloc[0]
    assert row[["attributions", "dispatches", "non_answers"]].tolist() == [0, 0, 1]


def test_empty_tables_and_options():
    assert len(heard(Tables())) == 0
    with pytest.raises(InputError, match="copies"):
        heard(invented_tables(), copies="some")
