"""Tables as HTML, and cells a spreadsheet will not run."""

from __future__ import annotations

from xml.etree import ElementTree

import pandas as pd
import pytest

from analysis.errors import InputError
from analysis.stats import anonymity_rate, invented_tables, share_of_voice, tone
from analysis.store import Tables
from analysis.tables import result_table, rows_table, safe_cell, safe_cells

TABLES = invented_tables()


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1+1",
        "-1+1",
        "@SUM(A1)",
        "\tx",
        "\rx",
        "\n=1",
        "  =1+1",
        "\ufeff=1",
        "＝1+1",
        "- no",
    ],
)
def test_text_that_a_spreadsheet_would_run_is_quoted(text):
    assert safe_cell(text) == "'" + text


@pytest.mark.parametrize("value", ["-3.5", "+12", "-1e5", "plain", "a=b", "", -3, 2.5, None, True])
def test_numbers_and_plain_text_stay(value):
    assert safe_cell(value) is value


def test_cells_names_and_labels_are_made_safe_and_dtypes_stay():
    frame = pd.DataFrame(
        {
            "=slug": pd.array(["=x", pd.NA], dtype="string"),
            "n": pd.array([-1, pd.NA], dtype="Int64"),
            "at": pd.to_datetime(["2031-01-01", None], utc=True),
            "mixed": ["@x", -2],
        },
        index=["+a", "b"],
    )
    safe = safe_cells(frame)
    assert list(safe.columns) == ["'=slug", "n", "at", "mixed"]
    assert list(safe.index) == ["'+a", "b"]
    assert safe["'=slug"].tolist() == ["'=x", pd.NA]
    assert safe.dtypes.tolist() == frame.dtypes.tolist()
    assert safe["mixed"].tolist() == ["'@x", -2]
    assert frame.columns[0] == "=slug"


def parse(html: str) -> ElementTree.Element:
    return ElementTree.fromstring(html)


def cells(html: str) -> list[list[str]]:
    return [["".join(c.itertext()) for c in row] for row in parse(html).iter("tr")]


def test_a_result_is_told_as_a_reader_reads_it():
    rows = cells(result_table(anonymity_rate(TABLES, group="agency"), "Unnamed"))
    assert rows[0] == ["agency", "attributions to unnamed sources (interval)", "n", "missing"]
    assert rows[1][:2] == ["Halden Bureau", "50 % (no interval)"]
    assert rows[2] == ["Norvik Press", "0 % (0 to 84)", "3", "1"]


def test_headers_have_scopes_and_numbers_a_class():
    table = parse(result_table(tone(TABLES, group="agency"), "Tone"))
    assert table.find("caption").text == "Tone"
    assert {th.attrib["scope"] for th in table.find("thead").iter("th")} == {"col"}
    first = table.find("tbody")[0]
    assert [cell.tag for cell in first] == ["th", "th", "td", "td", "td"]
    assert {cell.attrib["scope"] for cell in first.findall("th")} == {"row"}
    assert {cell.attrib["class"] for cell in first.findall("td")} == {"number"}


def test_text_from_dispatches_is_escaped_everywhere():
    evil = '<script>alert("1")</script>'
    sources = TABLES.sources.assign(name=evil)
    tables = Tables(TABLES.dispatches, attributions=TABLES.attributions, sources=sources)
    shown = result_table(share_of_voice(tables, "source"), evil)
    listed = rows_table(sources.assign(role=evil * 20), evil, columns=["name", "role"])
    for html in (shown, listed):
        assert "<script" not in html
        assert evil in "".join(parse(html).itertext())


def test_long_cells_are_cut_and_whole_in_the_title():
    html = rows_table(pd.DataFrame({"slug": ["a"], "body": ["word " * 100]}), "x", cell_width=40)
    span = parse(html).find(".//span")
    assert len(span.text) <= 40
    assert span.text.endswith("…")
    assert span.attrib["title"] == "word " * 100


def test_na_is_a_dash_and_times_and_floats_are_short():
    frame = pd.DataFrame(
        {"a": ["x"], "b": pd.array([pd.NA], dtype="Int64"), "c": [pd.Timestamp("2031-01-02 03:04")]}
    ).assign(d=0.123456)
    assert cells(rows_table(frame, "x"))[1] == ["x", "–", "2031-01-02 03:04", "0.12"]


def test_a_list_cut_short_says_so():
    html = rows_table(TABLES.attributions, "All", columns=["attribution_id"], limit=2)
    assert parse(html).find("caption").text == "All (first 2 of 11 rows)"
    assert len(cells(html)) == 3


def test_nothing_is_a_sentence():
    assert "no rows in this selection" in result_table(share_of_voice(Tables()), "Shares")
    assert "no rows in this selection" in rows_table(Tables().cuts, "Cuts")


def test_bad_arguments_are_refused():
    with pytest.raises(InputError, match="statistic"):
        result_table(TABLES.sources, "x")
    with pytest.raises(InputError, match="colour"):
        rows_table(TABLES.sources, "x", columns=["colour"])


def test_a_notebook_shows_it_as_html():
    html = rows_table(TABLES.sources, "Sources")
    assert html._repr_html_() == str(html)
