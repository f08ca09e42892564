"""The shipped model: what it finds, that it is bounded, and that it is the one its card names."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import analysis
from analysis.attribution.model.runtime import OnnxRunner, shipped, shipped_folder
from analysis.attribution.model.windows import CONTEXT, WINDOW, cut, pack
from analysis.errors import ModelError
from analysis.text.sentences import split_sentences
from analysis.validation import read_annotations, score_attributions

MEGABYTE = 1_000_000


def annotated(*bodies):
    frame = pd.DataFrame({"dispatch_id": [f"d{n}" for n in range(len(bodies))], "body": bodies})
    return analysis.annotate(frame, "model")


def joint(gold):
    frame = pd.DataFrame(
        {"dispatch_id": [d["id"] for d in gold], "body": [d["text"] for d in gold]}
    )
    tables = analysis.annotate(frame, "model")
    found = [analysis.attributions_as_json(tables, d["id"]) for d in gold]
    return score_attributions(gold, found, draws=10).set_index(["measure", "statistic"])["estimate"]


def test_a_dispatch_is_read_as_a_reader_would():
    body = (
        "The army denied on Monday that its aircraft had hit the village.\n\n"
        '"Our pilots were not in the air," spokeswoman Hedda Voss told reporters. "They were '
        'asleep."\n\nThe Harbour Gazette, citing two officials, reported that the order came from '
        "the palace. The palace declined to comment."
    )
    rows = annotated(body).attributions.set_index("cue")
    assert rows.loc["denied", "stance"] == "denies"
    assert rows.loc["told", ["speaker", "kind"]].tolist() == ["Hedda Voss", "direct"]
    assert "asleep" in rows.loc["told", "content"]
    outer = rows.loc["reported", "attribution_id"]
    assert rows.loc["citing", "nested_in"] == outer
    assert (rows["stance"] == "declines").sum() == 1


def test_what_is_found_does_not_depend_on_the_neighbours_or_the_workers():
    bodies = ['"We go," Ona Brill said.', "Rain fell. The mayor urged residents to leave.", "Hm."]
    together = annotated(*bodies)
    parts = [annotated(body).attributions for body in bodies]
    columns = ["source", "cue", "content", "speaker", "confidence"]
    apart = pd.concat(parts, ignore_index=True)[columns]
    pd.testing.assert_frame_equal(together.attributions[columns], apart)


def test_the_card_names_the_files_and_they_are_small():
    folder = shipped_folder()
    card = json.loads((folder / "card.json").read_text(encoding="utf-8"))
    assert set(card["files"]) == {"encoder.onnx", "heads.onnx", "tokenizer.json"}
    assert sum(path.stat().st_size for path in folder.iterdir()) < 35 * MEGABYTE
    shares = [share for _, share in card["calibration"]]
    assert shares == sorted(shares) and shares[0] > 0 and shares[-1] <= 1


@pytest.mark.parametrize("change", ["absent", "altered"])
def test_files_that_are_not_the_cards_are_refused(change, tmp_path):
    folder = tmp_path / "weights"
    shutil.copytree(shipped_folder(), folder)
    heads = folder / "heads.onnx"
    if change == "absent":
        heads.unlink()
    else:
        heads.write_bytes(heads.read_bytes()[:-1] + b"\0")
    with pytest.raises(ModelError, match=r"heads\.onnx"):
        OnnxRunner(folder)


def test_the_model_loads_quickly_without_torch_or_network():
    code = (
        "import time, sys, socket\n"
        "def refuse(*a, **k): raise AssertionError('network')\n"
        "socket.socket.connect = refuse\n"
        "import numpy, onnxruntime, tokenizers\n"
        "from analysis.attribution.model.runtime import shipped\n"
        "start = time.perf_counter(); shipped(); print(time.perf_counter() - start)\n"
        "assert 'torch' not in sys.modules\n"
    )
    times = [float(subprocess.check_output([sys.executable, "-c", code])) for _ in range(3)]
    assert min(times) < 1


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.integers(1, 90), max_size=40))
def test_windows_cover_every_piece_once_and_stay_in_bounds(lengths):
    text = " ".join("word " * (n - 1) + "end." for n in lengths)
    spans, at = [], 0
    for n in lengths:
        size = 5 * (n - 1) + 4
        spans.append((0, at, at + size))
        at += size + 1
    pieces = cut(text, spans, shipped().tokenizer)
    windows = pack(pieces)
    covered = [n for w in windows for n in range(w.core_first, w.core_last)]
    assert covered == list(range(len(pieces)))
    for window in windows:
        assert 0 <= window.first <= window.core_first < window.core_last <= window.last
        assert window.last - window.first <= WINDOW
        assert window.core_first - window.first <= CONTEXT


@pytest.mark.parametrize(
    "text",
    ["Zażółć gęślą jaźń.", "Ǆ ﬁne ½ “ok”", "他说：“我们走。” Он сказал.", "e\u0301 e\u0301 said."],
)
def test_pieces_slice_back_to_the_text(text):
    pieces = cut(text, split_sentences(text), shipped().tokenizer)
    assert np.all(pieces.starts < pieces.ends)
    assert np.all(np.diff(pieces.starts) >= 0)
    assert pieces.ends[-1] <= len(text)


@pytest.mark.slow
def test_half_a_megabyte_without_a_full_stop_takes_bounded_time_and_memory():
    """In a process of its own. Its ru_maxrss would be no less than its parent's at the start."""
    if not Path("/proc/self/status").exists():
        pytest.skip("peak memory is read from /proc")
    code = (
        "import time, pandas as pd, analysis\n"
        "text = 'the minister said the river rose and ' * 13_500\n"
        "frame = pd.DataFrame({'body': [text]})\n"
        "start = time.process_time(); tables = analysis.annotate(frame, 'model')\n"
        "status = dict(line.split(':') for line in open('/proc/self/status'))\n"
        "print(time.process_time() - start, status['VmHWM'].split()[0])\n"
    )
    seconds, kilobytes = map(float, subprocess.check_output([sys.executable, "-c", code]).split())
    assert seconds < 150
    assert kilobytes < 700_000


def test_the_held_out_dispatches_are_read_well(root):
    found = joint(read_annotations(root / "data" / "held-out" / "attributions.jsonl"))
    assert found["joint", "f1"] > 0.7


@pytest.mark.corpora
@pytest.mark.slow
def test_polnear_dev_is_beyond_the_rules(corpora):
    started = time.process_time()
    gold = read_annotations(corpora / "attribution" / "polnear.dev.jsonl.gz")
    found = joint(gold)
    assert found["joint", "f1"] > 0.6
    words = sum(len(d["text"].split()) for d in gold)
    # A guard against a slip of an order of magnitude; the figure itself is in benchmarks/.
    assert words / (time.process_time() - started) > 1_500
