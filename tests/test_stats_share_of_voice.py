"""Share of voice, counted by hand and against pandas."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis import schema
from analysis.errors import InputError
from analysis.stats import invented_tables, share_of_voice
from analysis.stats.estimate import RESULT_COLUMNS
from analysis.store import Tables

TABLES = invented_tables()


def many_tables(n_dispatches: int, seed: int = 0) -> Tables:
    """Dispatches of two invented agencies, with zero to six attributions each."""
    generator = np.random.default_rng(seed)
    names = [f"d{i:05d}" for i in range(n_dispatches)]
    dispatches = pd.DataFrame(
        {
            "dispatch_id": names,
            "agency": generator.choice(["Norvik Press", "Halden Bureau"], n_dispatches),
            "body": "-",
            "n_words": 1,
            "source_file": "invented",
            "format": "jsonl",
            "content_hash": names,
        }
    )
    owner = np.repeat(names, generator.integers(0, 7, n_dispatches))
    types = generator.choice(["government", "expert", "citizen"], len(owner), p=[0.6, 0.3, 0.1])
    attributions = pd.DataFrame(
        {
            "attribution_id": [f"{d}:a{i}" for i, d in enumerate(owner)],
            "dispatch_id": owner,
            "sentence_no": 0,
            "kind": "indirect",
            "act": "statement",
            "stance": "asserts",
            "source_id": types,
            "method": "invented",
        }
    )
    sources = pd.DataFrame({"source_id": schema.SOURCE_TYPES, "source_type": schema.SOURCE_TYPES})
    return Tables(
        dispatches=schema.conform(dispatches, "dispatches"),
        attributions=schema.conform(attributions, "attributions"),
        sources=schema.conform(sources.assign(name="-", named=True), "sources"),
    )


def as_dict(result: pd.DataFrame, column: str) -> dict[object, float]:
    return dict(zip(result[column], result["estimate"], strict=True))


def test_shares_by_source_type_counted_by_hand():
    """d5 is a copy, d6 canceled, the decline left out, one attribution has no source: 7 count."""
    result = share_of_voice(TABLES)
    assert as_dict(result, "source_type") == pytest.approx(
        {"government": 3 / 7, "politician": 3 / 7, "media": 1 / 7}
    )
    assert result["n"].eq(7).all()
    assert result["n_missing"].eq(1).all()


def test_declines_and_copies_can_be_kept_and_nested_left_out():
    assert share_of_voice(TABLES, declines="keep")["n"].iloc[0] == 8
    assert share_of_voice(TABLES, copies="keep")["n"].iloc[0] == 8
    assert share_of_voice(TABLES, nested="outermost")["n"].iloc[0] == 6


def test_words_weigh_attributions_by_the_length_of_their_content():
    result = share_of_voice(TABLES, "named", measure="words")
    # named: 5 + 4 + 4 + 3 + 4 words; unnamed: 3 + 4; without a source: 5
    assert as_dict(result, "named") == pytest.approx({True: 20 / 27, False: 7 / 27})
    assert result["n"].tolist() == [27, 27]
    assert result["n_missing"].tolist() == [5, 5]
    assert result["statistic"].unique().tolist() == ["share_of_words"]


def test_source_gives_id_and_name_and_top_keeps_the_whole_denominator():
    result = share_of_voice(TABLES, "source", top=1)
    assert result[["source_id", "name"]].to_numpy().tolist() == [["mara-lund", "Mara Lund"]]
    assert result.loc[0, "estimate"] == pytest.approx(3 / 7)


def test_every_category_has_a_row_in_every_group():
    result = share_of_voice(TABLES, group="agency")
    assert len(result) == 2 * 3
    none = result[(result["agency"] == "Norvik Press") & (result["source_type"] == "media")]
    assert none["estimate"].tolist() == [0.0]
    assert none["ci_high"].iloc[0] > 0


def test_shares_sum_to_one_in_each_group_and_lie_within_their_interval():
    result = share_of_voice(many_tables(200), group="agency")
    assert result.groupby("agency")["estimate"].sum().tolist() == pytest.approx([1, 1])
    assert (result["ci_low"] <= result["estimate"]).all()
    assert (result["estimate"] <= result["ci_high"]).all()


def test_shares_are_those_of_value_counts():
    tables = many_tables(300)
    theirs = tables.attributions["source_id"].value_counts(normalize=True)
    result = share_of_voice(tables)
    assert as_dict(result, "source_type") == pytest.approx(theirs.to_dict())


def test_same_seed_same_numbers_whatever_the_order_of_rows():
    tables = many_tables(100)
    shuffled = replace(
        tables,
        dispatches=tables.dispatches.sample(frac=1, random_state=1),
        attributions=tables.attributions.sample(frac=1, random_state=2),
        sources=tables.sources.sample(frac=1, random_state=3),
    )
    first = share_of_voice(tables, group="agency", measure="words", draws=300, seed=4)
    pd.testing.assert_frame_equal(
        first, share_of_voice(shuffled, group="agency", measure="words", draws=300, seed=4)
    )
    first = share_of_voice(tables, group="agency", draws=300, seed=4)
    other = share_of_voice(tables, group="agency", draws=300, seed=5)
    assert not first["ci_low"].equals(other["ci_low"])


def test_a_group_has_the_same_interval_whichever_others_stand_beside_it():
    tables = many_tables(100)
    only = tables.dispatches["agency"].eq("Norvik Press")
    alone = share_of_voice(replace(tables, dispatches=tables.dispatches[only]), group="agency")
    beside = share_of_voice(tables, group="agency")
    beside = beside[beside["agency"].eq("Norvik Press")].reset_index(drop=True)
    pd.testing.assert_frame_equal(alone, beside)


def test_attributions_of_absent_dispatches_do_not_count():
    tables = many_tables(50)
    half = replace(tables, dispatches=tables.dispatches.head(25))
    kept = tables.attributions["dispatch_id"].isin(half.dispatches["dispatch_id"])
    assert share_of_voice(half)["n"].iloc[0] == kept.sum()


def test_no_rows_give_no_rows_with_the_right_columns():
    result = share_of_voice(Tables(), group="agency")
    assert list(result.columns) == ["agency", "source_type", *RESULT_COLUMNS]
    assert len(result) == 0
    assert result.dtypes[list(RESULT_COLUMNS)].astype(str).to_dict() == RESULT_COLUMNS


def test_one_dispatch_has_an_estimate_and_no_interval():
    tables = replace(TABLES, dispatches=TABLES.dispatches.head(1))
    result = share_of_voice(tables)
    assert result["estimate"].tolist() == [0.5, 0.5]
    assert result[["ci_low", "ci_high"]].isna().all(axis=None)


def test_one_category_is_not_certain():
    result = share_of_voice(TABLES, "act")
    assert result["estimate"].tolist() == [1.0]
    assert result["ci_high"].tolist() == [1.0]
    assert result["ci_low"].iloc[0] == pytest.approx(0.025 ** (1 / 4))


def test_a_category_that_is_always_na_is_all_missing():
    assert len(share_of_voice(TABLES, "country")) == 0


def test_facts_travel_with_the_result():
    facts = share_of_voice(TABLES, seed=3).attrs
    assert facts["copies_left_out"] == 1
    assert facts["taken_back_left_out"] == 1
    assert facts["dispatches"] == 4
    assert facts["seed"] == 3


def test_input_tables_are_not_changed():
    before = TABLES.attributions.copy()
    share_of_voice(TABLES, "source", group="week", measure="words")
    pd.testing.assert_frame_equal(before, TABLES.attributions)


@pytest.mark.parametrize(
    "bad",
    [
        {"by": "colour"},
        {"by": ()},
        {"group": "colour"},
        {"measure": "letters"},
        {"nested": "inner"},
        {"declines": "maybe"},
        {"copies": "some"},
        {"interval": "normal"},
    ],
)
def test_bad_arguments_are_refused_by_name(bad):
    with pytest.raises(InputError, match="expected"):
        share_of_voice(TABLES, **bad)
