"""The command: thin, honest exit statuses, one-line errors, an example in every help."""

from __future__ import annotations

import json
import subprocess
import sys

import pandas as pd
import pytest
from click.testing import CliRunner

import analysis
from analysis.cli import main

TALK = (
    '"We will rebuild the dam," said Hedda Voss, the river minister. '
    "Her office declined to comment."
)


@pytest.fixture
def feed(tmp_path):
    path = tmp_path / "feed.jsonl"
    rows = [{"id": "a", "headline": "=HYPERLINK(1)", "body": TALK}, {"id": "b", "body": "Rain."}]
    path.write_text("\n".join(map(json.dumps, rows)))
    return path


@pytest.fixture
def store(tmp_path, feed):
    folder = tmp_path / "store"
    assert call("load", feed, "--store", folder).exit_code == 0
    assert call("annotate", folder).exit_code == 0
    return folder


def call(*arguments):
    return CliRunner().invoke(main, [str(a) for a in arguments])


@pytest.mark.parametrize("command", sorted(main.commands))
def test_every_command_has_help_with_an_example(command):
    shown = call(command, "--help")
    assert shown.exit_code == 0
    assert f"dispatches {command}" in shown.output and "Example" in shown.output
    assert main.commands[command].help


def test_the_commands_are_there():
    reading = {"load", "annotate", "corpus", "query"}
    assert set(main.commands) == reading | {"report", "run", "export", "list"}


def test_load_and_annotate_fill_a_store(store):
    tables = analysis.open_store(store)
    assert len(tables.dispatches) == 2
    assert "Hedda Voss" in set(tables.sources["name"])


def test_a_missing_path_is_one_line_and_status_2(tmp_path):
    done = call("load", tmp_path / "nothing", "--store", tmp_path / "s")
    assert done.exit_code == 2
    assert done.stderr.startswith("dispatches: ") and done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["annotate", "{store}", "--method", "magic"], "magic"),
        (["annotate", "{store}", "--scorer", "magic"], "magic"),
        (["annotate", "{tmp}/none"], "no current.json"),
        (["export", "{store}", "nonsense", "{tmp}/x.csv"], "nonsense"),
        (["export", "{store}", "sources", "{tmp}/x.doc"], ".csv"),
        (["report", "nonsense", "--store", "{store}"], "nonsense"),
        (["report", "topic", "--store", "{store}", "-p", "qeury=x"], "query"),
        (["report", "topic", "--store", "{store}", "-p", "top=many"], "top"),
        (["load", "{feed}", "--store", "{tmp}/s", "--column", "body"], "OURS=THEIRS"),
        (["load", "{feed}", "--store", "{tmp}/s", "--format", "magic"], "magic"),
        (["list", "nonsense"], "nonsense"),
    ],
)
def test_wrong_usage_is_status_2_and_says_what(arguments, words, store, feed, tmp_path):
    given = [a.format(store=store, tmp=tmp_path, feed=feed) for a in arguments]
    done = call(*given)
    assert done.exit_code == 2, done.output
    assert words in done.stderr
    assert "Traceback" not in done.output


def test_strict_turns_a_reject_into_status_3_after_loading_the_rest(feed, tmp_path):
    feed.write_text(feed.read_text() + "\nnot json")
    relaxed = call("load", feed, "--store", tmp_path / "s")
    assert relaxed.exit_code == 0 and "line 3" in relaxed.stderr
    strict = call("load", feed, "--store", tmp_path / "t", "--strict")
    assert strict.exit_code == 3
    assert len(analysis.open_store(tmp_path / "t").dispatches) == 2


def test_a_folder_that_cannot_be_written_is_status_8(feed, tmp_path):
    (tmp_path / "file").write_text("in the way")
    done = call("load", feed, "--store", tmp_path / "file" / "store")
    assert done.exit_code == 8
    assert done.stderr.count("\n") == 1


def test_a_column_map_reads_other_names(tmp_path):
    path = tmp_path / "other.csv"
    path.write_text("key,words_of_it\n1,The dam broke.\n")
    done = call("load", path, "--store", tmp_path / "s", "--column", "body=words_of_it")
    assert done.exit_code == 0, done.output
    assert analysis.open_store(tmp_path / "s").dispatches["body"].tolist() == ["The dam broke."]


@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".jsonl", ".parquet"])
def test_export_gives_back_every_row(store, tmp_path, suffix):
    target = tmp_path / f"attributions{suffix}"
    assert call("export", store, "attributions", target).exit_code == 0
    read = {
        ".csv": pd.read_csv,
        ".xlsx": pd.read_excel,
        ".jsonl": lambda p: pd.read_json(p, lines=True),
        ".parquet": pd.read_parquet,
    }[suffix]
    expected = analysis.open_store(store).attributions
    back = read(target)
    assert back["attribution_id"].tolist() == expected["attribution_id"].tolist()
    assert back["speaker"].tolist() == expected["speaker"].tolist()


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_export_disarms_formulas(store, tmp_path, suffix):
    target = tmp_path / f"dispatches{suffix}"
    assert call("export", store, "dispatches", target).exit_code == 0
    frame = pd.read_csv(target) if suffix == ".csv" else pd.read_excel(target)
    assert frame.loc[0, "headline"] == "'=HYPERLINK(1)"


def test_export_writes_annotations_in_the_label_format(store, tmp_path):
    from analysis.validation import read_annotations

    target = tmp_path / "found.jsonl"
    assert call("export", store, "annotations", target).exit_code == 0
    documents = read_annotations(target)
    assert [d["id"] for d in documents] == ["a", "b"]
    assert documents[0]["attributions"]


@pytest.mark.parametrize(
    ("what", "word"),
    [
        ("reports", "topic"),
        ("formats", "jsonl"),
        ("methods", "rules"),
        ("scorers", "vader"),
        ("tables", "attribution_spans"),
        ("engines", "dask"),
    ],
)
def test_list_names_what_there_is(what, word):
    done = call("list", what)
    assert done.exit_code == 0
    assert word in done.output


def test_report_lists_its_parameters():
    done = call("report", "topic", "--parameters")
    assert done.exit_code == 0
    assert "query" in done.output and "seed" in done.output


def test_it_runs_as_a_module_without_a_bar_when_not_on_a_terminal(feed, tmp_path):
    command = [sys.executable, "-m", "analysis", "load", str(feed), "--store", str(tmp_path / "s")]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0
    assert done.stderr == ""
    assert done.stdout.strip().endswith("2 dispatches, 0 rejected")


@pytest.mark.slow
def test_run_goes_from_a_folder_to_a_report_and_does_it_once(sample, tmp_path):
    out = tmp_path / "reports"
    first = call("run", sample, "--out", out)
    assert first.exit_code == 0, first.output
    page, *findings = first.stdout.splitlines()
    assert page.endswith("report.html") and 3 <= len(findings) <= 5
    again = call("run", sample, "--out", out)
    assert again.exit_code == 0
    assert "unchanged" in again.stdout.splitlines()[0]
    assert again.stdout.splitlines()[1:] == findings
