"""A selection holds the dispatches that match, everything about them, and nothing else."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis import schema
from analysis.errors import InputError
from analysis.stats import invented_tables
from analysis.store import Tables
from analysis.store.query import select


@pytest.fixture(scope="module")
def corpus() -> Tables:
    texts = {
        "d1": ("Patrols resume", "Boats left port.", "MPA", "2031-03-04"),
        "d2": ("Vote", "The joint PATROLS and the bank's ruin.", "CWS", "2031-03-05"),
        "d3": ("Bank", "A well-known patroller (x) spoke.", "MPA", "2031-03-06 23:59"),
        "d4": (None, "No time is given for these patrols.", None, None),
    }
    rows = [
        {"dispatch_id": name, "headline": h, "body": b, "agency": a, "n_words": 5, "format": "x",
         "source_file": "x", "content_hash": name,
         "published_at": pd.Timestamp(t, tz="UTC") if t else pd.NaT}
        for name, (h, b, a, t) in texts.items()
    ]  # fmt: skip
    return Tables(dispatches=schema.conform(pd.DataFrame(rows), "dispatches"))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["d1", "d2", "d3", "d4"]),
        ("  ", ["d1", "d2", "d3", "d4"]),
        ("patrols", ["d1", "d2", "d4"]),
        ("patrols joint", ["d2"]),
        ("bank's", ["d2"]),
        ("well-known", ["d3"]),
        ("patrol.*", ["d1", "d2", "d3", "d4"]),
        ("^bank", ["d3"]),
        (r"\(x\)", ["d3"]),
        ("boat|ruin", ["d1", "d2"]),
        ("nothing", []),
    ],
)
def test_queries(corpus, query, expected):
    assert select(corpus, query).dispatches["dispatch_id"].tolist() == expected


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ({"agencies": ["MPA"]}, ["d1", "d3"]),
        ({"agencies": ["XPA"]}, []),
        ({"start": "2031-03-05"}, ["d2", "d3"]),
        ({"end": "2031-03-05"}, ["d1", "d2"]),
        ({"start": "2031-03-06", "end": "2031-03-06"}, ["d3"]),
        ({"start": "", "end": None}, ["d1", "d2", "d3", "d4"]),
    ],
)
def test_agencies_and_days(corpus, chosen, expected):
    assert select(corpus, **chosen).dispatches["dispatch_id"].tolist() == expected


@pytest.mark.parametrize(
    "chosen",
    [
        {"query": "("},
        {"start": "4 March"},
        {"start": "2031-03-05", "end": "2031-03-04"},
    ],
)
def test_what_cannot_be_read_is_an_error(corpus, chosen):
    with pytest.raises(InputError):
        select(corpus, **chosen)


def test_every_table_follows_and_the_input_stays():
    tables = invented_tables()
    before = {name: frame.copy() for name, frame in tables.frames().items()}
    chosen = select(tables, agencies=["Norvik Press"])
    ids = set(chosen.dispatches["dispatch_id"])
    assert ids == {"d1", "d3", "d6"}
    assert set(chosen.attributions["dispatch_id"]) == ids
    assert set(chosen.sentiment["dispatch_id"]) <= ids
    assert set(chosen.sources["source_id"]) == set(chosen.attributions["source_id"].dropna())
    for name, frame in chosen.frames().items():
        schema.conform(frame, name)
        pd.testing.assert_frame_equal(getattr(tables, name), before[name])
