"""Figures: what is drawn is what the result says, and no text can break a drawing."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace
from xml.etree import ElementTree

import numpy as np
import pandas as pd
import pytest

from analysis import figures
from analysis.errors import InputError
from analysis.figures import style
from analysis.stats import (
    anonymity_rate,
    coverage,
    difference,
    invented_tables,
    republication,
    share_of_voice,
    tone,
)
from analysis.store import Tables
from test_stats_share_of_voice import many_tables

TABLES = invented_tables()
HOSTILE = (
    "$5 and $6 Party",
    "\\frac{1}{$x$}",
    "<script>alert(1)</script>",
    '--> & "quoted" ]]>',
    "a_b^c{d} \x07",
    "x" * 300,
)


def hostile_tables(names: tuple[str, ...] = HOSTILE) -> Tables:
    named = TABLES.sources["name"].copy()
    named.iloc[: len(names)] = list(names)
    return replace(TABLES, sources=TABLES.sources.assign(name=named))


def dots(ax) -> list[tuple[float, float]]:
    return [
        (float(x), float(y))
        for line in ax.lines
        if line.get_marker() in style.MARKERS
        for x, y in zip(line.get_xdata(), line.get_ydata(), strict=True)
    ]


def bars(ax) -> list[list[float]]:
    return [s[:, 0].tolist() for c in ax.collections for s in c.get_segments()]


def labels(ax) -> list[str]:
    return [label.get_text() for label in ax.get_yticklabels()]


def test_dots_and_lines_stand_at_the_estimates_and_bounds():
    result = share_of_voice(TABLES)
    ax = figures.draw_share_of_voice(result)
    assert [x for x, _ in dots(ax)] == result["estimate"].tolist()
    assert [y for _, y in dots(ax)] == [0, 1, 2]
    assert np.allclose(bars(ax), result[["ci_low", "ci_high"]].to_numpy("float64"))


def test_labels_say_how_many():
    ax = figures.draw_share_of_voice(share_of_voice(TABLES))
    assert labels(ax) == ["government\n3 of 7", "politician\n3 of 7", "media\n1 of 7"]
    ax = figures.draw_anonymity(anonymity_rate(TABLES, group="agency"))
    assert labels(ax) == ["Halden Bureau\nn = 4", "Norvik Press\nn = 3, 1 without a source"]


def test_shares_are_read_in_per_cent_and_tone_about_zero():
    ax = figures.draw_share_of_voice(share_of_voice(TABLES))
    assert ax.get_xlabel() == "share of attributions (%), 95 % interval"
    assert ax.xaxis.get_major_formatter()(0.4, 0) == "40"
    assert ax.get_xlim()[0] == 0
    low, high = figures.draw_tone(tone(TABLES)).get_xlim()
    assert low == -high
    assert "90 %" in figures.draw_tone(tone(TABLES, level=0.9)).get_xlabel()


def test_groups_are_told_apart_by_colour_and_shape_and_named_with_their_n():
    result = share_of_voice(many_tables(60), group="agency")
    ax = figures.draw_share_of_voice(result)
    drawn = [line for line in ax.lines if line.get_marker() in style.MARKERS]
    assert len({line.get_marker() for line in drawn}) == 2
    assert len({line.get_color() for line in drawn}) == 2
    shown = [text.get_text() for text in ax.get_legend().get_texts()]
    n = result.groupby("agency")["n"].first()
    assert shown == [f"{agency} (n = {n[agency]})" for agency in n.index]
    assert len(dots(ax)) == len(result)


def test_more_groups_than_colours_have_a_row_each():
    many = tuple(f"Agency {i}" for i in range(9))
    result = pd.concat([share_of_voice(TABLES).assign(agency=name) for name in many])
    result = result[["agency", *[c for c in result.columns if c != "agency"]]]
    ax = figures.draw_share_of_voice(result)
    assert len(labels(ax)) == 27
    assert labels(ax)[0] == "Agency 0 – government\n3 of 7"


def test_a_long_result_is_cut_and_says_so():
    result = pd.concat([share_of_voice(TABLES).assign(cue_lemma=f"cue {i}") for i in range(20)])
    result = result[["cue_lemma", *[c for c in result.columns if c != "cue_lemma"]]]
    ax = figures.draw_share_of_voice(result)
    assert len(labels(ax)) == 30
    assert "first 30 of 60 rows" in ax.get_xlabel()


def test_an_estimate_without_interval_is_a_hollow_dot():
    one = replace(TABLES, dispatches=TABLES.dispatches.head(1))
    ax = figures.draw_share_of_voice(share_of_voice(one))
    assert [line.get_markerfacecolor() for line in ax.lines] == ["white"]


def test_sources_of_the_same_name_keep_their_rows():
    both = TABLES.sources.assign(name="officials")
    result = share_of_voice(replace(TABLES, sources=both), "source")
    assert len(labels(figures.draw_share_of_voice(result))) == len(result) > 1


@pytest.mark.parametrize(
    ("draw", "result", "words"),
    [
        (
            figures.draw_share_of_voice,
            share_of_voice(Tables()),
            "no attributions in this selection",
        ),
        (figures.draw_anonymity, anonymity_rate(Tables()), "no attributions in this selection"),
        (figures.draw_tone, tone(Tables()), "no scored words in this selection"),
        (figures.draw_coverage, Tables().dispatches, "no dispatches in this selection"),
        (
            figures.draw_republication,
            republication(Tables().dispatches),
            "no dispatch of an agency in another's outlet",
        ),
    ],
)
def test_an_empty_result_says_so(draw, result, words):
    ax = draw(result)
    assert [text.get_text() for text in ax.texts] == [words]
    assert not ax.axison


def test_undated_dispatches_alone_say_so():
    ax = figures.draw_coverage(TABLES.dispatches.assign(published_at=pd.NaT))
    assert ax.texts[0].get_text().startswith("no dispatches with a time of publication (4 without)")


def test_given_axes_are_drawn_on_and_returned():
    ax = style.new_axes(3)
    assert figures.draw_tone(tone(TABLES), ax) is ax


def test_coverage_has_a_silhouette_an_agency_with_the_counts():
    ax = figures.draw_coverage(TABLES.dispatches)
    assert labels(ax) == ["Halden Bureau\nn = 2", "Norvik Press\nn = 2"]
    heights = [patch.get_data() for patch in ax.patches]
    days = [round((values - data_base).sum() / 0.85) for values, _, data_base in heights]
    assert days == [2, 2]
    assert len(heights[0].values) == 9  # 4 to 12 March, the days without a dispatch included


def test_coverage_of_a_long_time_is_by_week():
    late = pd.Timestamp("2031-09-01", tz="UTC")
    dispatches = TABLES.dispatches.copy()
    dispatches.loc[3, "published_at"] = late
    assert "per week" in figures.draw_coverage(dispatches).get_title(loc="left")
    with pytest.raises(InputError, match="week"):
        figures.draw_coverage(dispatches, period="hour")


@pytest.mark.parametrize(
    ("last", "period", "n_periods"),
    [("2033-02-28", "month", 24), ("2061-01-01", "year", 31), ("2031-09-01", "week", 27)],
)
def test_every_period_from_the_first_to_the_last_has_its_place(last, period, n_periods):
    dispatches = TABLES.dispatches.copy()
    dispatches.loc[3, "published_at"] = pd.Timestamp(last, tz="UTC")
    ax = figures.draw_coverage(dispatches, period=period)
    values, edges, _ = ax.patches[0].get_data()
    assert len(values) == n_periods
    assert (np.diff(edges) > 0).all()
    assert f"per {period}" in ax.get_title(loc="left")


def test_many_agencies_end_in_a_row_of_others():
    names = [f"Agency {i:02d}" for i in range(20)]
    dispatches = pd.concat(
        [TABLES.dispatches.head(1).assign(agency=n, dispatch_id=n) for n in names]
    )
    shown = labels(figures.draw_coverage(dispatches))
    assert len(shown) == 12
    assert shown[-1] == "9 others\nn = 9"


def republished(agencies: int, outlets: int) -> pd.DataFrame:
    """Each agency in each outlet: the first agency and the first outlet have the most."""
    rows = [
        (f"Agency {a:02d}", f"Outlet {o:02d}", (agencies - a) * (outlets - o))
        for a in range(agencies)
        for o in range(outlets)
    ]
    table = pd.DataFrame(rows, columns=["agency", "outlet", "dispatches"])
    return table.assign(stated=table["dispatches"], by_copy=0)


def test_republication_has_a_dot_a_pair_whose_area_is_the_number():
    table = republished(3, 2).query("agency != 'Agency 02' or outlet != 'Outlet 01'")
    ax = figures.draw_republication(table)
    assert labels(ax) == ["Agency 00\nn = 9", "Agency 01\nn = 6", "Agency 02\nn = 2"]
    assert [tick.get_text() for tick in ax.get_xticklabels()] == ["Outlet 00", "Outlet 01"]
    drawn = ax.collections[0]
    assert drawn.get_offsets().tolist() == [[0, 0], [1, 0], [0, 1], [1, 1], [0, 2]]
    assert np.allclose(drawn.get_sizes() / drawn.get_sizes()[0], np.array([6, 3, 4, 2, 2]) / 6)
    assert [text.get_text() for text in ax.texts] == ["6", "3", "4", "2", "2"]


def test_republication_of_many_ends_in_others_and_loses_none():
    table = republished(20, 9)
    ax = figures.draw_republication(table)
    assert len(labels(ax)) == 12 and labels(ax)[-1].startswith("9 others\n")
    assert ax.get_xticklabels()[-1].get_text() == "4 others"
    numbers = [int(text.get_text().replace(",", "")) for text in ax.texts]
    assert sum(numbers) == table["dispatches"].sum()


@pytest.mark.parametrize("agencies", [1, 12])
def test_names_and_numbers_of_republication_do_not_meet(agencies):
    long = {f"Outlet {o:02d}": f"The Great {'Northern ' * 4}Herald {o}" for o in range(6)}
    table = republished(agencies, 6).assign(dispatches=12_345)
    table = table.assign(
        outlet=table["outlet"].map(long), agency="Confederated Press Bureau of " + table["agency"]
    )
    ax = figures.draw_republication(table)
    figure = ax.get_figure()
    figure.draw_without_rendering()
    for texts in (ax.get_xticklabels(), ax.get_yticklabels(), ax.texts):
        boxes = [text.get_window_extent() for text in texts]
        met = [(a, b) for i, a in enumerate(boxes) for b in boxes[i + 1 :] if a.overlaps(b)]
        assert not met
        assert all(figure.bbox.x0 <= box.x0 and box.x1 <= figure.bbox.x1 for box in boxes)


def test_republication_in_words():
    text = figures.describe(republished(1, 2))
    assert text == (
        "Dispatches of each agency by outlet: Agency 00 in Outlet 00 2, Agency 00 in Outlet 01 1."
    )
    assert figures.describe(republished(5, 5)).endswith(", 13 more.")
    assert figures.describe(republication(Tables().dispatches)).startswith("No figure")


def test_hostile_outlets_do_not_break_a_drawing():
    table = republished(1, len(HOSTILE)).assign(outlet=list(HOSTILE))
    html = figures.as_svg(figures.draw_republication(table), figures.describe(table))
    assert "<script" not in html
    assert 'class="mathtext' not in html
    assert "$5 and $6" in " ".join(ElementTree.fromstring(html).itertext())


def test_difference_names_the_two_sides():
    change = difference(TABLES, "anonymity_rate", "agency", "Halden Bureau", "Norvik Press")
    ax = figures.draw_difference(change)
    assert ax.get_title(loc="left") == "Halden Bureau less Norvik Press"
    assert "percentage points" in ax.get_xlabel()


def test_no_text_from_a_dispatch_breaks_a_drawing():
    result = share_of_voice(hostile_tables(), "source")
    html = figures.as_svg(figures.draw_share_of_voice(result), figures.describe(result))
    assert "<script" not in html
    texts = " ".join(ElementTree.fromstring(html).itertext())
    assert "$5 and $6 Party" in texts
    assert "\\frac{1}{$x$}" in texts
    assert "<script>alert(1)</script>" in texts
    assert 'class="mathtext' not in html


def test_svg_is_one_accessible_element_without_loads():
    result = tone(TABLES)
    html = figures.as_svg(figures.draw_tone(result), figures.describe(result), "Tone & <voice>")
    root = ElementTree.fromstring(html)
    svg = root[0]
    assert root.tag == "figure"
    assert svg.attrib["role"] == "img"
    kinds = {child.tag.split("}")[1]: child for child in svg if "}" in child.tag}
    named = svg.attrib["aria-labelledby"].split()
    assert named == [kinds["title"].attrib["id"], kinds["desc"].attrib["id"]]
    assert kinds["desc"].text == figures.describe(result)
    assert root[1].text == "Tone & <voice>"
    addresses = re.findall(r'(?:href|src)="([^"]*)"|url\(([^)]*)\)', html)
    assert all((a or b).startswith("#") for a, b in addresses)
    assert "<metadata" not in html


def test_svg_is_the_same_every_time_and_small():
    result = share_of_voice(many_tables(200), group="agency")
    first = figures.as_svg(figures.draw_share_of_voice(result), "alt")
    again = figures.draw_share_of_voice(result)
    assert figures.as_svg(again, "alt") == figures.as_svg(again.get_figure(), "alt") == first
    assert len(first) < 60_000


def test_svg_of_a_long_coverage_is_small():
    generator = np.random.default_rng(0)
    days = pd.Timestamp("2031-01-01", tz="UTC") + pd.to_timedelta(
        generator.integers(0, 90, 3000), unit="D"
    )
    dispatches = many_tables(3000).dispatches.assign(
        published_at=days,
        agency=pd.array([f"Agency {i % 12}" for i in range(3000)], dtype="string"),
    )
    assert len(figures.as_svg(figures.draw_coverage(dispatches), "alt")) < 60_000


def test_ids_of_two_figures_on_a_page_do_not_meet():
    one = figures.as_svg(figures.draw_tone(tone(TABLES)), "one")
    two = figures.as_svg(figures.draw_tone(tone(TABLES, seed=1)), "two")
    ids = [set(re.findall(r'\bid="([^"]+)"', html)) for html in (one, two)]
    assert all(ids)
    assert not ids[0] & ids[1]
    for html, known in zip((one, two), ids, strict=True):
        assert set(re.findall(r'(?:url\(#|href="#)([^")]+)', html)) <= known


def test_axes_without_a_figure_are_refused():
    ax = style.new_axes(2)
    ax.remove()
    with pytest.raises(InputError):
        figures.as_svg(ax, "alt")


def test_descriptions_say_the_numbers():
    text = figures.describe(anonymity_rate(TABLES, group="agency"))
    assert text.startswith(
        "Attributions to unnamed sources, with 95 % intervals: Halden Bureau 50 %"
    )
    assert "Norvik Press 0 % (0 to 84), n = 3, 1 without a source" in text
    assert figures.describe(share_of_voice(Tables())).startswith("No figure")
    long = pd.concat([share_of_voice(TABLES)] * 5)
    assert figures.describe(long).endswith("; and 3 more.")


def test_description_of_coverage_counts_the_undated():
    dispatches = TABLES.dispatches.copy()
    dispatches.loc[0, "published_at"] = pd.NaT
    text = figures.describe(coverage(dispatches))
    assert text.endswith("Halden Bureau 2, Norvik Press 1. 1 without a time of publication.")
    assert figures.describe(coverage(Tables().dispatches)).startswith("No dispatches")


def test_a_frame_that_is_no_result_is_refused():
    with pytest.raises(InputError, match="statistic"):
        figures.draw_intervals(TABLES.sources)
    two = pd.concat([tone(TABLES), anonymity_rate(TABLES)])
    with pytest.raises(InputError, match="2 statistics"):
        figures.describe(two)


def test_drawing_leaves_matplotlib_as_it_was():
    code = (
        "import sys, matplotlib; before = matplotlib.rcParams.copy();"
        "from analysis import figures; from analysis.stats import invented_tables, tone;"
        "figures.as_svg(figures.draw_tone(tone(invented_tables())), 'alt');"
        "assert 'matplotlib.pyplot' not in sys.modules;"
        "now = matplotlib.rcParams; assert all(now[k] == before[k] for k in now if k != 'backend')"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_naming_the_figures_loads_no_matplotlib():
    code = "import sys; from analysis import figures; assert 'matplotlib' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)
