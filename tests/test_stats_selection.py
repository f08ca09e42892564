"""Which dispatches count, and how they are grouped."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.stats import invented_tables
from analysis.stats.selection import counted_dispatches, number_groups, with_groups

DISPATCHES = invented_tables().dispatches


def kept(rows: list[tuple[str, str | None, str | None]], copies: str = "drop") -> list[str]:
    frame = pd.DataFrame(rows, columns=["dispatch_id", "duplicate_of", "status"], dtype="string")
    return counted_dispatches(frame, copies)["dispatch_id"].tolist()


def test_the_first_publication_stays_whatever_its_id():
    assert kept([("a", "z", None), ("z", None, None), ("b", "z", None)]) == ["z"]


def test_a_text_whose_first_publication_is_absent_still_counts_once():
    assert kept([("c", "z", "usable"), ("b", "z", "usable")]) == ["b"]


def test_a_copy_stands_in_for_a_first_publication_taken_back():
    assert kept([("z", None, "withheld"), ("b", "z", "usable")]) == ["b"]


def test_canceled_dispatches_never_count_and_corrected_ones_do():
    rows = [("a", None, "canceled"), ("b", None, "corrected"), ("c", None, None)]
    assert kept(rows) == kept(rows, "keep") == ["b", "c"]


@pytest.mark.parametrize(
    ("period", "expected"),
    [("day", "2031-03-04"), ("week", "2031-W10"), ("month", "2031-03"), ("year", "2031")],
)
def test_periods_are_iso_8601(period, expected):
    assert with_groups(DISPATCHES, (period,))[period].iloc[0] == expected


def test_a_week_belongs_to_the_year_of_its_thursday():
    new_year = DISPATCHES.head(1).assign(published_at=pd.Timestamp("2027-01-01", tz="UTC"))
    assert with_groups(new_year, ("week",))["week"].tolist() == ["2026-W53"]


def test_a_dispatch_without_agency_has_a_group_of_its_own_and_comes_last():
    unknown = DISPATCHES.assign(agency=DISPATCHES["agency"].where(DISPATCHES.index > 0))
    keys, numbered = number_groups(with_groups(unknown, ("agency",)), ("agency",))
    assert keys["agency"].isna().tolist() == [False, False, True]
    assert numbered.set_index("dispatch_id").loc["d1", "group_no"] == 2


def test_of_a_story_only_the_latest_usable_version_counts():
    rows = pd.DataFrame(
        {
            "dispatch_id": ["a1", "a2", "b1", "b2", "c"],
            "status": pd.array([None] * 5, dtype="string"),
            "story_id": ["a", "a", "b", "b", "c"],
            "version": [1, 2, 1, 2, 1],
            "duplicate_of": pd.array([None, "a1", None, "b1", "a2"], dtype="string"),
            "duplicate_kind": pd.array(
                [None, "update", None, "withdrawn", "roundup"], dtype="string"
            ),
        }
    )
    assert counted_dispatches(rows)["dispatch_id"].tolist() == ["a2", "c"]
    assert len(counted_dispatches(rows, "keep")) == 5
