"""A report is in place whole, or the one before it still is."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest

from analysis.errors import InputError
from analysis.reporting import publish


def test_a_folder_is_replaced_whole(tmp_path):
    target = tmp_path / "all"
    publish.publish(target, {"report.html": "one", "tables/old.csv": "a"})
    publish.publish(target, {"report.html": "two"})
    assert (target / "report.html").read_text() == "two"
    assert not (target / "tables").exists()
    assert [p.name for p in tmp_path.iterdir()] == ["all"]


@pytest.mark.parametrize("swaps", [True, False])
def test_what_cannot_be_written_leaves_the_old_one(tmp_path, monkeypatch, swaps):
    if not swaps:
        monkeypatch.setattr(publish, "_exchange", lambda one, other: False)
    target = publish.publish(tmp_path / "all", {"report.html": "good"})
    with pytest.raises(OSError):
        publish.publish(target, {"report.html": "new", "x" * 300: "name too long"})
    assert (target / "report.html").read_text() == "good"
    publish.publish(target, {"report.html": "new"})
    assert (target / "report.html").read_text() == "new"
    assert [p.name for p in tmp_path.iterdir()] == ["all"]


def test_the_next_run_puts_back_what_a_crash_set_aside(tmp_path):
    target = publish.publish(tmp_path / "all", {"report.html": "good"})
    target.rename(tmp_path / ".all.previous")
    (tmp_path / ".all.0a1b.draft").mkdir()
    with publish.locked(target):
        assert (target / "report.html").read_text() == "good"
    assert sorted(p.name for p in tmp_path.iterdir()) == [".all.lock", "all"]


@pytest.mark.skipif(sys.platform == "win32", reason="no file locks of this kind on Windows")
def test_two_runs_at_once_are_kept_apart(tmp_path):
    target = tmp_path / "all"
    with publish.locked(target), pytest.raises(publish.LockedError), publish.locked(target):
        pass
    with publish.locked(target):
        pass


@pytest.mark.parametrize("key", ["", "failed", ".hidden", "a/b", "..", "a\\b"])
def test_a_key_is_a_plain_folder_name(key):
    with pytest.raises(InputError):
        publish.place("reports", "topic", key)


WRITER = """
import sys
from pathlib import Path
from analysis.reporting import publish
target, number = Path(sys.argv[1]), 0
print("ready", flush=True)
while True:
    number += 1
    with publish.locked(target):
        publish.publish(target, {name: f"{number} " * 2000 for name in ("a", "b/c", "d")})
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
def test_a_writer_killed_at_any_moment_leaves_one_whole_report(tmp_path):
    target = publish.publish(tmp_path / "all", dict.fromkeys(("a", "b/c", "d"), "0 " * 2000))
    for attempt in range(12):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(target)], stdout=subprocess.PIPE
        )
        assert writer.stdout is not None
        writer.stdout.readline()
        time.sleep(0.004 * attempt)
        os.kill(writer.pid, signal.SIGKILL)
        writer.wait()
        writer.stdout.close()
        with publish.locked(target):
            texts = {(target / name).read_text() for name in ("a", "b/c", "d")}
        assert len(texts) == 1
        words = texts.pop().split()
        assert len(words) == 2000 and len(set(words)) == 1
