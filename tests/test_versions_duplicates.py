"""Copies are found whatever their order, script or length; templated texts are told apart."""

from __future__ import annotations

import random
import runpy
import time

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import find_duplicates
from analysis.versions.copies import FAMILY
from analysis.versions.marks import marks_of
from analysis.versions.shingles import WINDOW, WORDS, shingle
from analysis.versions.words import words_of

WORD_LIST = [f"{a}{b}{c}" for a in "bdfgklmnprst" for b in "aeiou" for c in ("ra", "lo", "nik", "")]


def invented(n_words: int, seed: int) -> str:
    return " ".join(random.Random(seed).choices(WORD_LIST, k=n_words))


def frame(bodies: list, **columns: list) -> pd.DataFrame:
    ids = [f"d{n:03}" for n in range(len(bodies))]
    return pd.DataFrame({"dispatch_id": ids, "body": bodies} | columns)


def pairs(table: pd.DataFrame) -> dict[tuple[str, str], str]:
    found = find_duplicates(table)
    keys = zip(found["dispatch_id"], found["duplicate_of"], strict=True)
    return dict(zip(keys, found["duplicate_kind"], strict=True))


def small_corpus() -> pd.DataFrame:
    base = [invented(80, seed) for seed in range(6)]
    bodies = [
        *base,
        base[0].upper() + "!",
        base[1][: len(base[1]) // 2],
        base[2] + " " + invented(60, 50),
        " ".join([base[3], base[4], base[5]]),
        base[0],
        "one",
        "one",
        "",
    ]
    times = pd.to_datetime(["2031-03-03"] * 8 + [None] * 6, utc=True)
    return frame(bodies, published_at=times, headline=[None, "a", "b", "c", "d", "e"] + [None] * 8)


def test_the_kinds_of_a_small_corpus():
    assert pairs(small_corpus()) == {
        ("d006", "d000"): "exact",
        ("d007", "d001"): "truncated",
        ("d008", "d002"): "update",
        ("d009", "d003"): "roundup",
        ("d009", "d004"): "roundup",
        ("d009", "d005"): "roundup",
        ("d010", "d000"): "exact",
        ("d010", "d006"): "exact",
        ("d012", "d011"): "exact",
    }


@settings(max_examples=25, deadline=None)
@given(st.permutations(range(14)))
def test_the_order_of_the_rows_changes_nothing(order):
    table = small_corpus()
    shuffled = table.iloc[list(order)]
    pd.testing.assert_frame_equal(find_duplicates(shuffled), find_duplicates(table))


def test_the_earliest_is_the_one_repeated():
    text = invented(60, 1)
    times = pd.to_datetime(["2031-03-03 09:00", "2031-03-03 08:00", None], utc=True)
    table = frame([text, text, text], published_at=times)
    assert set(pairs(table)) == {("d000", "d001"), ("d002", "d001"), ("d002", "d000")}
    same_time = frame([text, text], published_at=times[[0, 0]], version=[2, 1])
    assert set(pairs(same_time)) == {("d000", "d001")}


def test_shared_is_the_share_of_the_shorter_texts_shingles():
    words = invented(200, 3).split()
    long, short = words[:120], words[:40] + invented(20, 9).split()
    found = find_duplicates(frame([" ".join(long), " ".join(short)]))
    in_long = {tuple(long[n : n + WORDS]) for n in range(len(long) - WORDS + 1)}
    cut = [tuple(short[n : n + WORDS]) for n in range(len(short) - WORDS + 1)]
    expected = sum(piece in in_long for piece in cut) / len(cut)
    assert found["shared"].tolist() == [pytest.approx(expected)]


WEATHER = (
    "Forecast for {0} issued by the coastal office. Winds from the {1} at {2} knots, rising to {3} "
    "by evening. Highest temperature {4} degrees, lowest {5}. Chance of rain {6} percent. Seas of "
    "{7} metres off the cape. The next forecast will be issued by the coastal office at noon."
)
MARKET = (
    "The Norvik exchange closed {1} on day {0} of trading after a quiet session. The index of "
    "leading shares stood at {2}.{3} points against {4}.{5} the day before. Turnover was {6} "
    "million crowns. Dealers said trading was quiet ahead of the decision of the central bank, and "
    "that most of the orders came from abroad. {7} shares rose."
)


@pytest.mark.parametrize("template", [WEATHER, MARKET])
def test_texts_written_to_a_template_are_different_stories(template):
    draw = random.Random(5)
    bodies = [
        template.format(n, draw.choice(["north", "higher"]), *draw.sample(range(11, 99), 6))
        for n in range(300)
    ]
    assert pairs(frame(bodies)) == {}


def test_a_template_with_the_same_figures_is_a_copy():
    body = WEATHER.format("Monday", "north", 12, 20, 17, 9, 40, 3)
    assert pairs(frame([body, body.replace("quiet", "calm").replace("noon", "midday")])) == {
        ("d001", "d000"): "copy"
    }


def test_a_long_row_of_versions_stays_linked():
    texts = [invented(100, 1) + " " + invented(30, 100 + n) for n in range(60)]
    found = find_duplicates(frame(texts))
    assert set(found["dispatch_id"]) == {f"d{n:03}" for n in range(1, 60)}


def test_rows_grow_with_the_copies_not_with_their_square():
    found = find_duplicates(frame([invented(50, 1)] * 300))
    assert len(found) <= 300 * FAMILY
    assert set(found["dispatch_id"]) == {f"d{n:03}" for n in range(1, 300)}


@pytest.mark.parametrize("letters", ["абвгдежзик", "αβγδεζηθικ", "अआइईउऊकखगघ", "אבגדהוזחטי"])
def test_other_scripts(letters):
    draw = random.Random(2)
    words = ["".join(draw.choices(letters, k=5)) for _ in range(80)]
    other = ["".join(draw.choices(letters, k=5)) for _ in range(80)]
    bodies = [" ".join(words), "«" + ", ".join(words) + "»", " ".join(other)]
    assert pairs(frame(bodies)) == {("d001", "d000"): "exact"}


def test_scripts_without_spaces():
    draw = random.Random(2)
    one, two = ("".join(chr(draw.randrange(0x4E00, 0x9FA5)) for _ in range(90)) for _ in "ab")
    assert pairs(frame([one, one[:50] + "。", two])) == {("d001", "d000"): "truncated"}


def test_marks_that_tell_words_apart_are_kept():
    assert words_of("दिन") != words_of("दान")
    assert words_of("re\u0301sume\u0301") == words_of("résumé")
    assert words_of("Norvik’s \ud800") == words_of("norviks \ud800")


def test_texts_of_one_word_need_the_same_headline():
    lines = ["Storm", "storm!", "Budget", None]
    assert pairs(frame(["Developing."] * 4, headline=lines)) == {("d001", "d000"): "exact"}


@pytest.mark.parametrize("body", ["", " \n", "!!! --", None])
def test_texts_without_words_repeat_nothing(body):
    assert pairs(frame([body, body])) == {}


def test_shared_is_na_where_a_stated_version_has_no_words():
    found = find_duplicates(frame([invented(30, 1), None], story_id=["s", "s"]))
    assert found["shared"].isna().tolist() == [True]


def test_a_megabyte_takes_bounded_time():
    long = invented(200_000, 1)
    bodies = [long, long[: len(long) // 2], "word " * 200_000, "1 " * 300_000, "x" * 1_000_000]
    start = time.process_time()
    assert pairs(frame(bodies)) == {("d001", "d000"): "truncated"}
    assert time.process_time() - start < 10


def test_hostile_lines_take_bounded_time():
    start = time.process_time()
    for line in (
        "(" * 200_000,
        " " * 200_000 + "x",
        "KILL - " * 50_000,
        "1" * 200_000,
        "- " * 90_000,
    ):
        marks_of(line, line)
    assert time.process_time() - start < 2


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 60), st.integers(0, 60), st.integers(0, 10_000))
def test_texts_with_a_run_in_common_share_an_indexed_shingle(before, after, seed):
    run = invented(WORDS + WINDOW - 1, seed)
    one = f"{invented(before, seed + 1)} {run} {invented(after, seed + 2)}"
    two = f"{invented(after, seed + 3)} {run} {invented(before, seed + 4)}"
    texts = shingle([(one, ""), (two, "")])
    split = texts.starts[1]
    first = texts.hashes[:split][texts.indexed[:split]]
    assert np.isin(first, texts.hashes[split:][texts.indexed[split:]]).any()


@pytest.mark.parametrize(
    ("slug", "headline", "kind", "number", "part"),
    [
        ("", "UPDATE 1-Norvik bank", "update", 1, 0),
        ("", "UPDATE-3 Norvik bank", "update", 3, 0),
        ("", "Norvik bank (Update 2)", "update", 2, 0),
        ("", "2ND LEAD: Quake", "update", 2, 0),
        ("", "LEAD: Quake", "update", 1, 0),
        ("BC-Norvik, 3rd Ld-Writethru,827<", "", "update", 3, 0),
        ("BC-Norvik, 1st Ld 11-13 1693", "", "update", 1, 0),
        ("NORVIK-2ndLd", "", "update", 2, 0),
        ("", "WRITETHRU: Norvik", "update", 1, 0),
        ("", "(CORRECTED) - Norvik bank", "corrected", 0, 0),
        ("", "CORRECTS: Norvik bank", "corrected", 0, 0),
        ("", "REFILE-UPDATE 2-Norvik", "corrected", 2, 0),
        ("", "BULLETIN KILL -- Norvik", "withdrawn", 0, 0),
        ("", "Norvik quake toll (WITHDRAWN)", "withdrawn", 0, 0),
        ("", "ATTENTION EDITORS - KILL - Norvik", "withdrawn", 0, 0),
        ("", "Norvik quake (PART 2 of 3)", "take", 0, 2),
        ("", "ADVISORY - plans for Monday", "advisory", 0, 0),
        ("", "Update on talks in Norvik", "", 0, 0),
        ("", "ROCKETS KILL 12", "", 0, 0),
        ("", "Shoot-to-kill order", "", 0, 0),
        ("", "Kill-joys of Norvik", "", 0, 0),
        ("", "Lead-acid batteries", "", 0, 0),
        ("", "Part-time work", "", 0, 0),
        ("", "", "", 0, 0),
    ],
)
def test_marks(slug, headline, kind, number, part):
    read = marks_of(slug, headline)
    assert (read.kind, read.number, read.part) == (kind, number, part)


@pytest.mark.corpora
def test_labelled_pairs_of_real_articles_are_found(corpora):
    folder = corpora / "duplicates" / "minhash-articles"
    lines = (folder / "articles_1000.train").read_text(encoding="utf-8").splitlines()
    ids, bodies = zip(*(line.split(" ", 1) for line in lines), strict=True)
    truth = (folder / "articles_1000.truth").read_text(encoding="utf-8").splitlines()
    labelled = {tuple(sorted(line.split())) for line in truth if line.strip()}
    found = find_duplicates(pd.DataFrame({"dispatch_id": ids, "body": bodies}))
    rows = zip(found["dispatch_id"], found["duplicate_of"], strict=True)
    assert {tuple(sorted(row)) for row in rows} == labelled


@pytest.mark.corpora
def test_changed_copies_of_real_dispatches_are_found_and_templates_told_apart(corpora, root):
    bench = runpy.run_path(str(root / "benchmarks" / "duplicates.py"))
    rows, truth = bench["made_task"](corpora / "reuters21578", seed=11)
    figures = bench["judged"](rows, truth, bench["ours"](rows))
    assert figures["recall"] >= 0.98
    assert figures["precision"] >= 0.99
    assert figures["templated_merges"] < 5
