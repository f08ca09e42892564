"""Runs end truly: done, failed, dead, out of time; and outputs say so."""

from __future__ import annotations

import json
import sys

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from analysis.errors import InputError
from analysis.reporting import run_report
from analysis.reporting.execute import execute
from analysis.reporting.keys import default_key
from analysis.reporting.notebooks import find_report, list_reports, notebooks_folder
from analysis.reporting.parameters import parse_parameters

PARAMETERS = new_code_cell('query: str = ""  # words', metadata={"tags": ["parameters"]})


def book(*sources: str, parameters=PARAMETERS):
    return new_notebook(cells=[parameters, *(new_code_cell(source) for source in sources)])


@pytest.fixture
def report(tmp_path):
    """A folder with one report, and a function that writes its cells."""
    import nbformat

    folder = tmp_path / "notebooks"
    (folder / "reports").mkdir(parents=True)

    def write(*sources: str) -> dict:
        cells = [new_markdown_cell("# Who is heard?"), *book(*sources).cells]
        nbformat.write(new_notebook(cells=cells), folder / "reports" / "30-trial.ipynb")
        return {"folder": folder, "out": tmp_path / "reports"}

    return write


@pytest.mark.parametrize(
    ("sources", "exit_code", "reason"),
    [
        (["1 / 0", "2"], 4, "ZeroDivisionError"),
        (["import sys; sys.exit(0)", "2"], 4, "SystemExit"),
        (["import os; os._exit(0)", "2"], 5, "died"),
        (["import time; time.sleep(60)", "2"], 6, "2 seconds"),
    ],
)
def test_status_is_true(tmp_path, sources, exit_code, reason):
    done = execute(book(*sources), {"query": ""}, folder=tmp_path, timeout=2)
    assert (done.exit_code, reason in done.reason) == (exit_code, True), done
    assert done.notebook.cells[-1].execution_count is None


def test_the_kernel_is_this_python_in_the_folder_given_and_opens_no_port(tmp_path):
    hostile = "\"); import os; os._exit(1) #{x}'\n<script>"
    code = (
        "import os, sys; from ipykernel.kernelapp import IPKernelApp as App\n"
        "[sys.executable, os.getcwd(), App.instance().transport, query]"
    )
    done = execute(book(code), {"query": hostile}, folder=tmp_path)
    assert (done.exit_code, done.reason) == (0, "")
    shown = done.notebook.cells[-1].outputs[0].data["text/plain"]
    executable, folder, transport, query = eval(shown)
    assert (executable, query) == (sys.executable, hostile)
    assert folder == str(tmp_path.resolve())
    assert transport == ("tcp" if sys.platform == "win32" else "ipc")


def test_outputs_of_an_earlier_run_do_not_count(tmp_path):
    stale = book("1 / 0", "2")
    stale.cells[-1].execution_count = 7
    assert execute(stale, {}, folder=tmp_path).notebook.cells[-1].execution_count is None


def test_a_report_is_published_skipped_and_forced(report):
    where = report("'said ' + query")
    first = run_report("trial", **where)
    assert (first.status, first.exit_code, first.key) == ("done", 0, "all")
    assert first.html.is_file() and first.notebook.is_file()
    manifest = json.loads(first.manifest.read_text())
    assert manifest["status"] == "done" and manifest["parameters"] == {"query": ""}
    assert run_report("trial", **where).status == "skipped"
    assert run_report("trial", **where, force=True).status == "done"
    other = run_report("trial", **where, parameters={"query": "patrol"})
    assert (other.status, other.key) == ("done", "patrol")
    first.html.write_text("touched")
    assert run_report("trial", **where).status == "done"
    report("'wrote ' + query")
    assert run_report("trial", **where).status == "done"


def test_a_failed_run_keeps_the_last_good_report(report):
    good = run_report("trial", **report("1"))
    page = good.html.read_bytes()
    failed = run_report("trial", **report("print('so far')", "1 / 0", "3"))
    assert (failed.status, failed.exit_code, failed.ok) == ("failed", 4, False)
    assert good.html.read_bytes() == page
    assert failed.folder.parts[-2:] == ("failed", "all")
    shown = failed.html.read_text()
    assert "This run failed" in shown and "ZeroDivisionError" in shown and "so far" in shown
    again = run_report("trial", **report("1"), force=True)
    assert again.ok and not failed.folder.exists()


def test_parameters_are_refused_before_anything_is_written(report):
    where = report("1")
    with pytest.raises(InputError, match="did you mean 'query'"):
        run_report("trial", **where, parameters={"qery": "x"})
    with pytest.raises(InputError, match="type str"):
        run_report("trial", **where, parameters={"query": 3})
    with pytest.raises(InputError, match="did you mean 'trial'"):
        run_report("trail", **where)
    assert not where["out"].exists()


def test_reports_are_found_by_name(report, monkeypatch, tmp_path):
    folder = report("1")["folder"]
    assert list_reports(folder) == {"trial": "Who is heard?"}
    assert find_report("trial", folder).name == "30-trial.ipynb"
    inside = tmp_path / "notebooks" / "reports"
    monkeypatch.chdir(inside)
    assert notebooks_folder() == folder
    monkeypatch.setenv("DISPATCHES_NOTEBOOKS", str(tmp_path / "nowhere"))
    with pytest.raises(InputError, match="nowhere"):
        notebooks_folder()


def test_two_questions_never_share_a_folder():
    declared = parse_parameters(
        'store: str = "s"; query: str = ""; agencies: list[str] = []; start: Optional[str] = None;'
        "end: Optional[str] = None; top: int = 10"
    )
    blank = {"store": "s", "query": "", "agencies": [], "start": None, "end": None, "top": 10}
    asked = [
        {},
        {"query": "all"},
        {"query": "Patrol"},
        {"query": "patrol"},
        {"query": "patrol|boat"},
        {"query": "patrol boat"},
        {"query": "failed"},
        {"query": "../../etc"},
        {"query": "x" * 100},
        {"query": "x" * 101},
        {"start": "2031-03-04"},
        {"end": "2031-03-04"},
        {"start": "2031-03-04", "end": "2031-03-05"},
        {"agencies": ["a", "b"]},
        {"agencies": ["a-b"]},
        {"query": "日本"},
    ]
    keys = [default_key(declared, blank | one) for one in asked]
    assert len(set(keys)) == len(keys), keys
    assert all(key and key[0].isalnum() and len(key) < 80 and "/" not in key for key in keys)
    assert keys[12] == "2031-03-04_2031-03-05"
