"""JSONL, CSV and Parquet: columns matched, bodies kept, bad rows refused one by one."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis import schema
from analysis.errors import InputError
from analysis.loading import Limits, load
from analysis.loading.records import ReadOptions

ODD_BODY = "  TOLMAR, March 4 (MPA) - \u201cYes\u201d,\u00a0she said.\r\n\r\n\tNo\u2028end \u0301 "


def lines(path: Path, *rows: Any) -> Path:
    path.write_text("\n".join(r if isinstance(r, str) else json.dumps(r) for r in rows))
    return path


def test_a_row_keeps_its_id_and_every_character_of_its_body(tmp_path: Path) -> None:
    row = {"id": 17, "headline": "Strait", "body": ODD_BODY}
    frame = load(lines(tmp_path / "x.jsonl", row)).dispatches
    assert frame.loc[0, "dispatch_id"] == "17"
    assert frame.loc[0, "body"] == ODD_BODY
    assert frame.loc[0, "headline"] == "Strait"
    assert pd.isna(frame.loc[0, "dateline_place"])


@pytest.mark.parametrize("form", ["jsonl", "csv", "parquet"])
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=st.text(st.characters(blacklist_categories=["Cs"]), min_size=1))
def test_bodies_survive_every_table_format(tmp_path: Path, form: str, body: str) -> None:
    if not body.strip() or (form == "csv" and "\0" in body):
        return
    path = tmp_path / f"x.{form}"
    if form == "jsonl":
        path.write_text(json.dumps({"id": "a", "body": body}, ensure_ascii=False), newline="")
    elif form == "csv":
        with path.open("w", newline="", encoding="utf-8") as stream:
            csv.writer(stream, quoting=csv.QUOTE_ALL).writerows([["id", "body"], ["a", body]])
    else:
        pd.DataFrame({"id": ["a"], "body": [body]}).to_parquet(path)
    assert load(path, format=form).dispatches["body"].tolist() == [body]


def test_a_column_map_and_aliases(tmp_path: Path) -> None:
    row = {
        "nr": "d1",
        "content_text": "Text.",
        "Title": "Headline",
        "Authors": ["Ilva Drost", "Pel Oram"],
        "date_published": "2024-03-04T10:00:00Z",
        "agency": "Agence France-Presse",
        "lang": "en",
        "mood": "ignored",
    }
    columns = {"id": "nr", "body": "content_text"}
    first = load(lines(tmp_path / "x.jsonl", row), columns=columns).dispatches.loc[0]
    assert first["dispatch_id"] == "d1"
    assert first["headline"] == "Headline"
    assert first["byline"] == "Ilva Drost; Pel Oram"
    assert first["published_at"] == pd.Timestamp("2024-03-04T10:00Z")
    assert first["agency"] == "AFP"
    assert first["language"] == "en"


def test_a_mapped_column_that_is_absent_is_one_reject_naming_those_there(tmp_path: Path) -> None:
    path = lines(tmp_path / "x.jsonl", {"id": 1, "text": "Text."}, {"id": 2, "text": "Text."})
    loaded = load(path, columns={"body": "storytext"})
    assert loaded.dispatches.empty
    (reject,) = loaded.rejects.to_dict("records")
    assert "storytext" in reject["found"]
    assert reject["expected"] == "one of: id, text"


def test_a_map_for_a_column_we_do_not_have_is_an_input_error(tmp_path: Path) -> None:
    path = lines(tmp_path / "x.jsonl", {"id": 1, "text": "Text."})
    with pytest.raises(InputError, match="bodi"):
        load(path, columns={"bodi": "text"})


def test_bad_lines_are_refused_one_by_one_with_their_place(tmp_path: Path) -> None:
    path = lines(
        tmp_path / "x.jsonl",
        {"id": 1, "body": "Good."},
        '{"id": 2, "body": ',
        {"id": 3, "headline": "No body"},
        "[1, 2]",
        "",
        {"id": 4, "body": "  "},
        '{"id": 5, "body": "half \\ud83d pair"}',
        "[" * 100_000,
        '{"id": ' + "9" * 10_000 + ', "body": "x"}',
        {"id": 6, "body": "Good too."},
    )
    loaded = load(path)
    assert loaded.dispatches["dispatch_id"].tolist() == ["1", "6"]
    by_place = dict(loaded.rejects[["place", "reason"]].itertuples(index=False, name=None))
    assert by_place == {
        "line 2": "not JSON",
        "line 3": "row without a body",
        "line 4": "row is not an object",
        "line 6": "row without a body",
        "id 5": "text is not Unicode",
        "line 8": "not JSON",
        "line 9": "not JSON",
    }


def test_values_that_are_not_understood_leave_the_dispatch_and_say_so(tmp_path: Path) -> None:
    row = {
        "id": 1,
        "body": "Text.",
        "published_at": "the 45th of March 99999",
        "version": "two",
        "urgency": "3",
        "status": "Cancelled",
        "dateline_date": "--03-04",
    }
    loaded = load(lines(tmp_path / "x.jsonl", row))
    first = loaded.dispatches.loc[0]
    assert pd.isna(first["published_at"])
    assert pd.isna(first["version"])
    assert (first["urgency"], first["status"], first["dateline_date"]) == (3, "canceled", "--03-04")
    about = loaded.rejects["reason"].str.split(" ").str[0]
    assert sorted(about) == ["published_at", "version"]


def test_json_documents(tmp_path: Path) -> None:
    rows = [{"id": "a", "body": "One."}, {"id": "b", "body": "Two."}]
    (tmp_path / "list.json").write_text(json.dumps(rows, indent=2))
    (tmp_path / "one.json").write_text(json.dumps({"id": "c", "body": "Three."}, indent=2))
    loaded = load(tmp_path)
    assert loaded.dispatches["dispatch_id"].tolist() == ["a", "b", "c"]
    assert loaded.rejects.empty


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_delimited_tables(tmp_path: Path, delimiter: str) -> None:
    path = tmp_path / "x.txt"
    rows = [
        ["ID", "Headline", "Text"],
        ["a", "Strait, reopened", 'She said "yes";\nthen left.'],
        ["b", "", "Two."],
    ]
    with path.open("w", newline="", encoding="utf-8") as stream:
        csv.writer(stream, delimiter=delimiter).writerows(rows)
    frame = load(path).dispatches
    assert frame["format"].unique().tolist() == ["csv"]
    assert frame["body"].tolist() == ['She said "yes";\nthen left.', "Two."]
    assert pd.isna(frame.loc[1, "headline"])


def test_csv_rows_of_another_width_and_runaway_fields_are_refused(tmp_path: Path) -> None:
    runaway = '"never closed ' + "word " * 40_000
    (tmp_path / "x.csv").write_text(f"id,body\na,One.\nb,Two.,extra\n\nc,Three.\nd,{runaway}")
    loaded = load(tmp_path)
    assert loaded.dispatches["dispatch_id"].tolist() == ["a", "c"]
    assert loaded.rejects["reason"].tolist()[:2] == ["row of another width", "row not readable"]


def test_parquet_types(tmp_path: Path) -> None:
    frame = pd.DataFrame(
        {
            "id": [1, 2],
            "body": ["One.", None],
            "published_at": pd.to_datetime(["2024-03-04T10:00", "2024-03-05T10:00"]),
            "extra": [[1], [2]],
        }
    )
    frame.to_parquet(tmp_path / "naive.parquet")
    loaded = load(tmp_path)
    assert loaded.dispatches["dispatch_id"].tolist() == ["1"]
    assert loaded.dispatches.loc[0, "published_precision"] == "day"
    assert loaded.rejects["place"].tolist() == ["row 2"]


def test_what_we_write_is_read_back_the_same(tmp_path: Path) -> None:
    rows = [
        {"id": "a", "body": "One.", "published_at": "2024-03-04", "agency": "AFP", "version": 2},
        {"id": "b", "body": "Two.", "published_at": "2024-03-04T10:00Z", "status": "usable"},
    ]
    first = load(lines(tmp_path / "x.jsonl", *rows)).dispatches
    first.to_parquet(tmp_path / "y.parquet")
    again = load(tmp_path / "y.parquet").dispatches
    same = [name for name in first if name not in ("source_file", "format")]
    pd.testing.assert_frame_equal(first[same], again[same])


def test_a_body_over_the_limit_is_refused(tmp_path: Path) -> None:
    path = lines(tmp_path / "x.jsonl", {"id": 1, "body": "w" * 200}, {"id": 2, "body": "w"})
    loaded = load(path, limits=Limits(line_chars=100))
    assert loaded.dispatches["dispatch_id"].tolist() == ["2"]
    assert loaded.rejects["reason"].tolist() == ["body too long"]


@settings(max_examples=150, deadline=None)
@given(
    data=st.binary(max_size=400) | st.text(max_size=200).map(str.encode),
    form=st.sampled_from(["jsonl", "csv", "parquet", "plain_text", "saved_page", "html"]),
)
def test_no_bytes_break_a_reader(data: bytes, form: str) -> None:
    from analysis.loading import FORMATS
    from analysis.loading.assemble import assemble

    result = FORMATS[form].reader()(data, "x", ReadOptions())
    assemble(result.dispatches, result.rejects)


_JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=6,
)
_ROW = st.dictionaries(
    st.sampled_from([column.name for column in schema.DISPATCHES.columns] + ["id", "text", "date"]),
    _JSON,
    max_size=8,
)


@settings(max_examples=150, deadline=None)
@given(rows=st.lists(_ROW, max_size=4))
def test_no_values_break_the_tables(rows: list[dict[str, Any]]) -> None:
    from analysis.loading import FORMATS
    from analysis.loading.assemble import assemble

    data = "\n".join(json.dumps(row) for row in rows).encode()
    result = FORMATS["jsonl"].reader()(data, "x.jsonl", ReadOptions())
    loaded = assemble(result.dispatches, result.rejects)
    assert len(loaded.dispatches) + len(loaded.rejects) >= len([row for row in rows if row])
