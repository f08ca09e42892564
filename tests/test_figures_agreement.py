"""Agreement and calibration drawn: scale, names, counts, methods, and what is not there."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.display import compared
from analysis.errors import InputError
from analysis.figures import as_svg, describe, draw_agreement, draw_calibration

COLUMNS = ["method", "measure", "statistic", "estimate", "ci_low", "ci_high", "n", "n_missing"]
DTYPES = dict.fromkeys(("estimate", "ci_low", "ci_high"), "Float64") | {"n": "Int64"}


def scores(*rows):
    return pd.DataFrame(rows, columns=COLUMNS).astype(DTYPES)


TWO = scores(
    ("model", "source_type", "f1", 0.7, 0.6, 0.8, 40, 0),
    ("model", "joint", "f1", 0.6, None, None, 50, 0),
    ("rules", "source_type", "f1", 0.5, 0.4, 0.6, 30, 0),
    ("rules", "joint", "f1", 0.4, 0.3, 0.5, 50, 0),
)


def texts(labels):
    return [label.get_text() for label in labels]


def test_rows_are_measures_and_methods_are_told_apart():
    ax = draw_agreement(TWO, title="How good")
    assert texts(ax.get_yticklabels()) == ["source type\nn = 40 / 30", "joint\nn = 50"]
    assert texts(ax.get_legend().get_texts()) == ["model", "rules"]
    assert ax.get_xlim() == (0, 1)
    assert ax.get_title(loc="left") == "How good"


def test_one_method_needs_no_legend_and_alternative_text_has_the_numbers():
    one = TWO.query("method == 'rules'")
    ax = draw_agreement(one)
    assert ax.get_legend() is None
    svg = as_svg(ax, describe(one))
    assert "0.50 (0.40 to 0.60), n = 30" in svg


def test_nothing_to_draw_is_said():
    nothing = TWO.assign(estimate=pd.array([pd.NA] * 4, dtype="Float64"))
    for frame in (nothing, TWO.iloc[:0]):
        assert texts(draw_agreement(frame).texts) == ["nothing labelled to compare with"]


def test_several_statistics_are_refused():
    with pytest.raises(InputError, match="2 statistics"):
        draw_agreement(pd.concat([TWO, TWO.assign(statistic="recall")]))


def calibrated(confidence):
    frame = TWO.assign(confidence=pd.array(confidence, dtype="Float64"), statistic="share_right")
    return frame.drop(columns="measure")[["method", "confidence", *COLUMNS[2:]]]


def test_calibration_says_what_it_leaves_out():
    ax = draw_calibration(calibrated([0.7, 0.8, 0.7, None]))
    assert ax.get_xlabel().endswith("50 finds without a confidence are not drawn")
    assert texts(ax.get_legend().get_texts()) == ["model", "rules"]
    drawn = sum(len(points.get_offsets()) for points in ax.collections if hasattr(points, "_sizes"))
    assert drawn == 3


def test_calibration_without_any_confidence():
    ax = draw_calibration(calibrated([None] * 4))
    assert texts(ax.texts) == ["no find was given a confidence"]


def test_compared_has_a_column_a_method():
    table = compared(TWO)
    assert table.columns.tolist() == ["measure", "figure", "n", "model", "rules"]
    assert table["n"].tolist() == ["40 / 30", "50"]
    assert table["model"].tolist() == ["0.70 (0.60 to 0.80)", "0.60 (no interval)"]


def test_compared_leaves_a_gap_where_a_method_has_no_row():
    table = compared(TWO.iloc[:3])
    assert table["rules"].isna().tolist() == [False, True]
    with pytest.raises(InputError, match="no column 'method'"):
        compared(TWO.drop(columns="method"))
