"""Versions are numbered, what the input states wins, and one usable version a story is left."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis import find_duplicates, number_versions, usable_versions
from analysis.errors import SchemaError

LEAD = "The harbour of Norvik stayed shut on Monday after a storm tore loose two of its four cranes"
REST = (
    "Mayor Ilsa Brandt told reporters that repairs would take the yard at least three weeks. "
    "Fishing crews moved their catch to Halden, an hour down the coast, and asked for help. "
    "The council meets on Thursday to vote on a loan for the port, the largest in the province."
)
OTHER = (
    "Parliament in Ostrava Minor passed its budget late on Tuesday by a single vote, ending a "
    "dispute over school meals that had split the coalition since the spring and cost two "
    "ministers their posts. The treasurer called the outcome a relief to the towns."
)
TIMES = pd.date_range("2031-03-03 06:00", periods=12, freq="h", tz="UTC")


def table(*rows: dict) -> pd.DataFrame:
    frame = pd.DataFrame([{"published_at": TIMES[n]} | row for n, row in enumerate(rows)])
    return frame.assign(dispatch_id=frame.get("dispatch_id", pd.Series(list("abcdefgh"))))


def kinds(frame: pd.DataFrame) -> dict[tuple[str, str], str]:
    found = find_duplicates(frame)
    pairs = zip(found["dispatch_id"], found["duplicate_of"], strict=True)
    return dict(zip(pairs, found["duplicate_kind"], strict=True))


def story() -> pd.DataFrame:
    return table(
        {"body": f"{LEAD}. {REST}", "headline": "Storm shuts Norvik harbour"},
        {"body": f"{LEAD}! {REST}".upper(), "headline": None},
        {"body": f"Storm repairs began. {REST}", "headline": "UPDATE 1-Storm shuts Norvik harbour"},
        {"body": OTHER, "headline": "Budget passes"},
    )


def test_versions_are_numbered_and_a_copy_has_its_originals_number():
    numbered = number_versions(story())
    assert numbered["story_id"].tolist() == ["a", "a", "a", "d"]
    assert numbered["version"].tolist() == [1, 1, 2, 1]
    assert numbered["duplicate_kind"].tolist()[1:3] == ["exact", "update"]
    assert numbered["duplicate_of"].isna().tolist() == [True, False, False, True]
    assert numbered.loc[1, "duplicate_shared"] == 1


def test_the_latest_version_counts():
    assert usable_versions(number_versions(story()))["dispatch_id"].tolist() == ["c", "d"]


def test_a_kill_takes_the_story_back_without_repeating_its_text():
    kill = {
        "body": "Editors should not use the story. There will be no substitute.",
        "headline": "ATTENTION EDITORS - KILL - Storm shuts Norvik harbour",
        "published_at": TIMES[8],
    }
    frame = pd.concat([story(), table(kill).assign(dispatch_id="k")], ignore_index=True)
    assert kinds(frame)["k", "a"] == "withdrawn"
    assert usable_versions(number_versions(frame))["dispatch_id"].tolist() == ["d"]


def test_a_kill_two_weeks_later_is_of_another_story():
    kill = {"body": "Do not use.", "headline": "KILL - Storm shuts Norvik harbour"}
    late = table(kill).assign(dispatch_id="k", published_at=TIMES[0] + pd.Timedelta(days=14))
    found = find_duplicates(pd.concat([story(), late], ignore_index=True))
    assert "k" not in set(found["dispatch_id"])


def test_a_story_sent_again_after_its_kill_counts():
    frame = table(
        {"body": f"{LEAD}. {REST}", "story_id": "s", "version": 1},
        {"body": "Do not use.", "story_id": "s", "version": 2, "status": "canceled"},
        {"body": f"{LEAD}. {REST}", "story_id": "s", "version": 3},
    )
    numbered = number_versions(frame)
    assert numbered.loc[1, "duplicate_kind"] == "withdrawn"
    assert usable_versions(numbered)["dispatch_id"].tolist() == ["c"]


def test_what_the_input_states_wins():
    frame = story().assign(
        story_id=["stated", None, None, None],
        version=pd.array([None, None, 7, None], dtype="Int64"),
        duplicate_of=[None, None, None, "a"],
        duplicate_kind=[None, None, None, "roundup"],
    )
    numbered = number_versions(frame)
    assert numbered["story_id"].tolist() == ["stated", "stated", "stated", "d"]
    assert numbered["version"].tolist() == [1, 1, 7, 1]
    assert numbered.loc[3, "duplicate_of"] == "a"
    assert numbered.loc[3, "duplicate_kind"] == "roundup"


def test_stated_copies_in_a_circle_end():
    frame = story().assign(duplicate_of=["b", "a", "a", None], duplicate_kind="copy")
    assert number_versions(frame)["story_id"].notna().all()


def test_marks_name_the_kind():
    frame = table(
        {"body": f"{LEAD}. {REST}", "slug": "NORVIK-STORM"},
        {"body": f"{LEAD}. {REST}", "slug": "NORVIK-STORM", "headline": "CORRECTED-Storm"},
        {"body": f"{LEAD}. {REST} {LEAD} now.", "slug": "NORVIK-STORM, 1st Ld-Writethru"},
    )
    found = kinds(frame)
    assert found["b", "a"] == "corrected"
    assert found["c", "a"] == "update"


def test_a_roundup_names_its_stories_and_joins_none():
    frame = table(
        {"body": f"NEWS AT NOON\n{LEAD}. {REST}\n{OTHER}", "headline": "News at noon"},
        {"body": f"{LEAD}. {REST}", "headline": "Storm"},
        {"body": OTHER, "headline": "Budget"},
    )
    assert kinds(frame) == {("a", "b"): "roundup", ("a", "c"): "roundup"}
    numbered = number_versions(frame)
    assert numbered["story_id"].tolist() == ["a", "b", "c"]
    assert len(usable_versions(numbered)) == 3


def test_another_outlets_page_around_a_text_is_a_copy():
    page = "Menu Home World Sport\n" + f"{LEAD}. {REST}" + "\nMore of today's stories below " * 5
    frame = table(
        {"body": f"{LEAD}. {REST}", "outlet": "Norvik Press"},
        {"body": page, "outlet": "Halden Echo"},
    )
    assert kinds(frame) == {("b", "a"): "copy"}


def test_nothing_is_deleted_or_changed_in_the_input():
    frame = story()
    before = frame.copy(deep=True)
    numbered = number_versions(frame)
    usable_versions(numbered)
    pd.testing.assert_frame_equal(frame, before)
    assert numbered["dispatch_id"].tolist() == frame["dispatch_id"].tolist()


@pytest.mark.parametrize("rows", [0, 1])
def test_no_dispatch_and_one(rows):
    frame = story().head(rows)
    assert len(find_duplicates(frame)) == 0
    assert len(usable_versions(number_versions(frame))) == rows


@pytest.mark.parametrize(
    "frame",
    [
        pd.DataFrame({"body": ["text"]}),
        pd.DataFrame({"dispatch_id": ["a"]}),
        pd.DataFrame({"dispatch_id": ["a", "a"], "body": ["x", "y"]}),
        pd.DataFrame({"dispatch_id": ["a"], "body": ["x"], "published_at": ["yesterday"]}),
    ],
)
def test_a_table_that_breaks_its_contract_is_refused(frame):
    with pytest.raises(SchemaError):
        find_duplicates(frame)
