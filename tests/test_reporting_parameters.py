"""Parameters are read, checked and coerced before a kernel starts, and travel as data."""

from __future__ import annotations

import ast
import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nbformat.v4 import new_code_cell, new_notebook

from analysis.errors import InputError
from analysis.reporting import (
    check_parameters,
    coerce_parameters,
    describe_parameters,
    parse_parameters,
    read_parameters,
)

CELL = """
from typing import Literal, Optional
store: str = "data/store"  # folder of a store
top: int = 10  # sources to list
level: float = 0.95
tags: list[str] = ["a#b"]  # with a mark inside
since: Optional[date] = None
until: date | None = None
by: Literal["day", "week"] = "day"
strict: bool = False
"""


@pytest.fixture(scope="module")
def declared():
    return parse_parameters(CELL)


def test_names_types_defaults_and_help(declared):
    assert [p.name for p in declared] == [
        "store", "top", "level", "tags", "since", "until", "by", "strict",
    ]  # fmt: skip
    assert str(declared[3]) == "tags: list[str] = ['a#b']"
    assert declared[3].help == "with a mark inside"
    assert str(declared[5].type) == "Optional[date]"
    assert "top: int = 10" in describe_parameters(declared)


def test_defaults_stand_where_nothing_is_given(declared):
    values = check_parameters(declared, {"top": 3, "level": 1, "since": datetime.date(2031, 3, 4)})
    assert values["top"] == 3
    assert values["level"] == 1.0 and isinstance(values["level"], float)
    assert values["since"] == "2031-03-04"
    assert values["tags"] == ["a#b"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("top", "10"),
        ("top", True),
        ("top", 1.0),
        ("top", None),
        ("level", float("nan")),
        ("store", 5),
        ("tags", "one"),
        ("tags", [1]),
        ("since", "4 March"),
        ("since", datetime.datetime(2031, 3, 4)),
        ("by", "month"),
        ("strict", 1),
    ],
)
def test_a_value_of_another_type_is_an_error(declared, name, value):
    with pytest.raises(InputError, match=f"found {name}="):
        check_parameters(declared, {name: value})


def test_an_unknown_name_is_answered_with_the_nearest(declared):
    with pytest.raises(InputError, match="did you mean 'strict'"):
        check_parameters(declared, {"stric": True})
    with pytest.raises(InputError, match="did you mean 'since'"):
        coerce_parameters(declared, ["sinse=2031-03-04"])


def test_texts_of_a_command_line(declared):
    texts = ["top=3", "strict=yes", "tags=a, b", "tags=c", "since=none", "by=week", "store=x=y"]
    assert coerce_parameters(declared, texts) == {
        "top": 3,
        "strict": True,
        "tags": ["a", "b", "c"],
        "since": None,
        "by": "week",
        "store": "x=y",
    }
    assert coerce_parameters(declared, ['tags=["a,b"]']) == {"tags": ["a,b"]}
    assert coerce_parameters(declared, ["tags="]) == {"tags": []}


@pytest.mark.parametrize(
    "text", ["top=ten", "top=1.5", "strict=maybe", "since=soon", "by=month", "top", "tags=[1"]
)
def test_a_text_that_is_no_such_value_is_an_error(declared, text):
    with pytest.raises(InputError):
        coerce_parameters(declared, [text])


@pytest.mark.parametrize(
    "source",
    [
        "top = 10",
        "top: int",
        "top: int = len('x')",
        "top: dict = {}",
        "top: int = 'ten'",
        "top: int = 1\ntop: int = 2",
        "print('hello')",
        "top: int = (",
    ],
)
def test_a_cell_of_another_form_is_an_error(source):
    with pytest.raises(InputError):
        parse_parameters(source)


def test_a_notebook_has_one_parameters_cell_or_none():
    cells = [new_code_cell("top: int = 1", metadata={"tags": ["parameters"]}) for _ in "ab"]
    assert read_parameters(new_notebook()) == ()
    assert len(read_parameters(new_notebook(cells=cells[:1]))) == 1
    with pytest.raises(InputError, match="2 cells"):
        read_parameters(new_notebook(cells=cells))


@settings(max_examples=300, deadline=None)
@given(st.text(), st.lists(st.text()))
def test_values_reach_the_notebook_as_literals_never_as_code(text, texts):
    """What papermill writes into the injected cell parses to assignments of the very values."""
    from papermill.translators import papermill_translators

    # A lone surrogate cannot stand in a notebook file, which is UTF-8.
    code = papermill_translators.find_translator("python3", "python").codify(
        {"query": text, "agencies": texts}
    )
    tree = ast.parse(code)
    assert [type(node) for node in tree.body] == [ast.Assign, ast.Assign]
    assert [ast.literal_eval(node.value) for node in tree.body] == [text, texts]
