"""What a corpus holds, counted by hand; right for none and for one."""

from __future__ import annotations

import pandas as pd
import pytest

import analysis
from analysis import findings, schema
from analysis.errors import InputError
from analysis.stats import (
    coverage,
    fitting_period,
    invented_tables,
    missing_fields,
    republication,
    volume,
)
from analysis.store import Tables

DISPATCHES = invented_tables().dispatches
NONE = Tables().dispatches
ONE = DISPATCHES.head(1)
# dispatch, agency, outlet, status, copy of, how
ROWS = (
    ("a", "NPA", None, "usable", None, None),
    ("b", "NPA", "The Ledger", "usable", "a", "copy"),
    ("c", None, "The Ledger", "usable", "a", "truncated"),
    ("d", None, "Courier", "usable", "a", "exact"),
    ("e", None, "Courier", "usable", "a", "update"),
    ("f", None, "Courier", "usable", None, None),
    ("g", "NPA", "Courier", "canceled", None, None),
    ("h", "NPA", "npa", "usable", None, None),
    ("i", "HB", "Courier", "usable", "a", "copy"),
)


def published() -> pd.DataFrame:
    names = ("dispatch_id", "agency", "outlet", "status", "duplicate_of", "duplicate_kind")
    return pd.DataFrame(ROWS, columns=names).astype("string")


class TestVolume:
    def test_everything_counts_copies_and_what_was_taken_back_too(self):
        result = volume(DISPATCHES, "status")
        assert result["status"].tolist() == ["usable", "canceled", "corrected"]
        assert result["dispatches"].tolist() == [4, 1, 1]
        assert result["words"].sum() == DISPATCHES["n_words"].sum()
        assert result["share"].sum() == pytest.approx(1)

    def test_words_stay_with_their_dispatch_whatever_the_order_of_rows(self):
        words = DISPATCHES.assign(n_words=pd.array([1, 10, 100, 1000, 10000, 0], dtype="Int64"))
        expected = {"Norvik Press": 101, "Halden Bureau": 11010}
        for frame in (words, words[::-1]):
            result = volume(frame).set_index("agency")["words"]
            assert result.to_dict() == expected

    def test_not_stated_is_a_group_of_its_own_and_comes_last(self):
        unknown = DISPATCHES.assign(
            agency=pd.array(["A", "A", None, None, "B", "B"], dtype="string")
        )
        result = volume(unknown)
        assert result["agency"].fillna("?").tolist() == ["A", "B", "?"]

    def test_copies_and_versions_can_be_counted(self):
        numbered = analysis.number_versions(DISPATCHES)
        assert volume(numbered, "duplicate_kind")["dispatches"].sum() == 6
        assert volume(numbered, "version")["dispatches"].sum() == 6

    def test_none_and_one(self):
        assert len(volume(NONE)) == 0
        whole = volume(NONE, by=())
        assert whole["dispatches"].tolist() == [0] and whole["share"].isna().all()
        assert volume(ONE)[["dispatches", "share"]].to_numpy().tolist() == [[1, 1.0]]

    def test_dtypes_do_not_depend_on_how_many_there_are(self):
        assert volume(NONE).dtypes.to_dict() == volume(DISPATCHES).dtypes.to_dict()

    def test_an_unknown_column_is_refused(self):
        with pytest.raises(InputError, match="'colour'"):
            volume(DISPATCHES, "colour")

    def test_days_add_up_to_the_volume(self):
        daily = coverage(DISPATCHES, copies="keep")["dispatches"].sum()
        assert daily + 1 == volume(DISPATCHES)["dispatches"].sum()  # one is canceled


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        ("2031-03-04", "day"),
        ("2031-06-04", "day"),
        ("2031-06-05", "week"),
        ("2034-01-01", "month"),
        ("2051-01-01", "year"),
    ],
)
def test_the_period_fits_the_time(last, expected):
    ends = pd.to_datetime(["2031-03-04", None, last], utc=True)
    assert fitting_period(DISPATCHES.head(3).assign(published_at=ends)) == expected
    assert fitting_period(NONE) == "day"


class TestMissingFields:
    def test_by_hand(self):
        dispatches = DISPATCHES.assign(
            byline=pd.array(["Ada Brunn", None, None, None, None, None], dtype="string")
        )
        result = missing_fields(dispatches, ["agency", "byline"], group="agency")
        assert result["agency"].tolist() == ["Halden Bureau"] * 2 + ["Norvik Press"] * 2
        assert result["field"].tolist() == ["agency", "byline"] * 2
        assert result["missing"].tolist() == [0, 3, 0, 2]
        assert result["dispatches"].tolist() == [3] * 4
        assert result["share"].tolist() == pytest.approx([0, 1, 0, 2 / 3])

    def test_groups_add_up_to_the_whole(self):
        whole = missing_fields(DISPATCHES).set_index("field")["missing"]
        parts = missing_fields(DISPATCHES, group="status").groupby("field")["missing"].sum()
        assert whole.sort_index().tolist() == parts.sort_index().tolist()

    def test_none_and_one(self):
        none = missing_fields(NONE)
        assert none["dispatches"].tolist() == [0] * 5 and none["share"].isna().all()
        assert len(missing_fields(NONE, group="agency")) == 0
        assert missing_fields(ONE, ["byline"])["share"].tolist() == [1.0]

    def test_an_unknown_field_is_refused(self):
        with pytest.raises(InputError, match="'colour'"):
            missing_fields(DISPATCHES, ["colour"])


class TestRepublication:
    def test_by_hand(self):
        result = republication(published())
        rows = list(result.itertuples(index=False, name=None))
        assert rows == [
            ("NPA", "The Ledger", 2, 1, 1),
            ("HB", "Courier", 1, 1, 0),
            ("NPA", "Courier", 1, 0, 1),
        ]

    def test_the_order_of_the_rows_changes_nothing(self):
        frames = [republication(published()), republication(published()[::-1])]
        pd.testing.assert_frame_equal(*frames)

    def test_none_and_one(self):
        none = republication(NONE)
        assert len(none) == 0
        assert none.dtypes.to_dict() == republication(published()).dtypes.to_dict()
        assert len(republication(published().iloc[[1]])) == 1

    def test_a_copy_without_an_agency_is_traced_by_its_text(self):
        text = "The harbour of Norvik stayed shut on Monday after a storm tore loose two cranes. "
        text += "The mayor asked ships to wait outside the bay until the wind had dropped."
        rows = {
            "dispatch_id": ["a", "b"],
            "body": [text, text],
            "agency": ["NPA", None],
            "outlet": [None, "The Ledger"],
            "published_at": pd.to_datetime(["2031-03-04", "2031-03-05"], utc=True),
            "source_file": "invented",
            "format": "invented",
            "content_hash": ["1", "2"],
            "n_words": 28,
        }
        numbered = analysis.number_versions(schema.conform(pd.DataFrame(rows), "dispatches"))
        assert republication(numbered)[["agency", "by_copy"]].to_numpy().tolist() == [["NPA", 1]]


def test_nothing_is_changed():
    before = published()
    frame = before.copy()
    republication(frame)
    pd.testing.assert_frame_equal(frame, before)
    dispatches = DISPATCHES.copy()
    volume(dispatches)
    missing_fields(dispatches)
    pd.testing.assert_frame_equal(dispatches, DISPATCHES)


class TestFindings:
    def test_none(self):
        assert findings.holdings(NONE) == "The corpus holds no dispatches."
        assert findings.repeats(volume(NONE, "duplicate_kind")) == "There is nothing to repeat."
        assert findings.republished(republication(NONE)).startswith("No outlet")
        assert findings.refused(Tables().rejects) == "Every input was loaded."
        assert findings.missing(missing_fields(NONE)).startswith("There are no dispatches")

    def test_one(self):
        assert findings.holdings(ONE) == (
            "The corpus holds 1 dispatch of 1 agency, 4 March 2031, in 1 format."
        )
        once = pd.DataFrame({"duplicate_kind": ["exact"], "dispatches": [1]})
        assert findings.repeats(once).startswith("1 of 1 dispatch repeats another one: 1 exact")
        assert findings.repeats(volume(ONE, "duplicate_kind")) == "No dispatch repeats another one."

    def test_many(self):
        assert findings.republished(republication(published())) == (
            "4 dispatches of 2 agencies appeared in 2 outlets. Most often: NPA in The Ledger (2). "
            "2 of these were recognised by the text alone."
        )
        reasons = ["empty file"] * 2 + ["too large", "no text", "torn"]
        assert findings.refused(pd.DataFrame({"reason": reasons})) == (
            "5 inputs or parts of them were not loaded: empty file (2), no text (1), "
            "too large (1) and 1 other reason."
        )

    def test_every_kind_of_repetition_has_a_name(self):
        from analysis.findings.holdings import KINDS

        assert set(KINDS) == set(schema.DUPLICATE_KINDS)
