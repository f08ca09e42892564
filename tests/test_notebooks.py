"""Notebooks keep their budget, run unattended, and their reports keep their promises."""

from __future__ import annotations

import ast
import csv
import json
import re
import statistics
from html.parser import HTMLParser

import pytest

import analysis
from analysis.display import statements
from analysis.reporting import list_reports, read_notebook, read_parameters, run_report
from analysis.reporting.pdf import to_pdf
from analysis.stats import share_of_voice
from analysis.store.query import select
from conftest import ROOT

NOTEBOOKS = sorted((ROOT / "notebooks").rglob("*.ipynb"))
LARGEST = 400_000
ACTIVE = {"script", "iframe", "object", "embed", "link", "form", "base", "template", "button"}
LOADING_STYLE = re.compile(r"url\(\s*[\"']?(?!#)|@import", re.IGNORECASE)


def sources(notebook, kind: str) -> list[str]:
    return [cell.source for cell in notebook.cells if cell.cell_type == kind]


def lines(source: str) -> int:
    return sum(bool(line.strip()) for line in source.splitlines())


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
class TestBudget:
    def test_cells(self, path):
        notebook = read_notebook(path)
        code, prose = sources(notebook, "code"), sources(notebook, "markdown")
        assert len(code) <= 30
        assert max(map(lines, code)) <= 12
        assert statistics.median(map(lines, code)) <= 3
        assert len(code) <= 2 * len(prose)

    def test_code(self, path):
        for source in sources(read_notebook(path), "code"):
            for node in ast.walk(ast.parse(source)):
                kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
                assert not isinstance(node, kinds), source

    def test_public_interface_only(self, path):
        for source in sources(read_notebook(path), "code"):
            for node in ast.walk(ast.parse(source)):
                if isinstance(node, ast.ImportFrom):
                    assert node.module in ("analysis", "typing")
                if isinstance(node, ast.Attribute):
                    assert not node.attr.startswith("_")

    def test_nothing_is_stored_but_the_source(self, path):
        raw = json.loads(path.read_text(encoding="utf-8"))
        ids = [cell["id"] for cell in raw["cells"]]
        assert len(set(ids)) == len(ids)
        assert all(re.fullmatch(r"[a-z][a-z-]+", name) for name in ids), "ids are words"
        for cell in raw["cells"]:
            assert not cell.get("outputs") and cell.get("execution_count") is None

    def test_order(self, path):
        notebook = read_notebook(path)
        assert notebook.cells[0].cell_type == "markdown"
        assert notebook.cells[0].source.startswith("# ")
        tagged = [c for c in notebook.cells if "parameters" in c.metadata.get("tags", [])]
        assert tagged == [next(c for c in notebook.cells if c.cell_type == "code")]
        prose = "\n".join(sources(notebook, "markdown"))
        assert prose.index("## Limits") < prose.index("## Provenance")

    def test_papermill_reads_the_parameters_as_we_do(self, path):
        import papermill

        ours = read_parameters(read_notebook(path))
        theirs = papermill.inspect_notebook(str(path))
        assert [p.name for p in ours] == list(theirs)
        for parameter in ours:
            assert parameter.help, parameter.name
            assert theirs[parameter.name]["help"] == parameter.help
            assert "#" not in repr(parameter.default)


def test_reports_are_named():
    assert "topic" in list_reports(ROOT / "notebooks")


@pytest.fixture(scope="session")
def store(sample, tmp_path_factory):
    folder = tmp_path_factory.mktemp("store")
    analysis.prepare(sample, folder)
    return folder


@pytest.fixture(scope="session")
def topic(store, tmp_path_factory):
    out = tmp_path_factory.mktemp("reports")
    asked = {"store": str(store), "draws": 200}
    return run_report("topic", parameters=asked, out=out, folder=ROOT / "notebooks")


class Elements(HTMLParser):
    """The elements of a page with their attributes, and the text of its styles."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.styles = ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data):
        if self.found and self.found[-1][0] == "style":
            self.styles += data


def harmless(page: str) -> None:
    elements = Elements(page)
    assert not ACTIVE & {tag for tag, _ in elements.found}
    for tag, attributes in elements.found:
        assert not [name for name in attributes if name.startswith("on")]
        assert attributes.get("src", "data:").startswith("data:")
        link = attributes.get("href", attributes.get("xlink:href", "#"))
        assert link.startswith(("#", "https://", "http://") if tag == "a" else "#")
        assert not LOADING_STYLE.search(attributes.get("style", ""))
    assert not LOADING_STYLE.search(elements.styles)
    assert len(page.encode()) < LARGEST
    assert "Content-Security-Policy" in page


@pytest.mark.slow
class TestTopic:
    def test_it_is_done(self, topic):
        assert (topic.status, topic.exit_code, topic.reason) == ("done", 0, "")
        assert 5 <= len(topic.headline) <= 7

    def test_the_page_is_one_harmless_file_with_words_for_pictures(self, topic):
        page = topic.html.read_text(encoding="utf-8")
        harmless(page)
        drawings = re.findall(r"<svg.*?</svg>", page, re.DOTALL)
        assert len(drawings) >= 5
        for drawing in drawings:
            assert re.search(r"<desc[^>]*>[^<]{30,}</desc>", drawing)
            labels = re.search(r'aria-labelledby="([^"]+)"', drawing)
            assert labels and all(f'id="{name}"' in drawing for name in labels[1].split())
        assert len(re.findall(r"<h1", page)) == 1
        ids = re.findall(r'\sid="([^"]+)"', page)
        assert len(ids) == len(set(ids))
        assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)

    def test_the_answer_comes_first(self, topic):
        page = topic.html.read_text(encoding="utf-8")
        body = page[page.index("<body") :]
        assert body.index("are heard most") < 1500

    def test_numbers_of_page_tables_and_statistics_agree(self, topic, store):
        shares = share_of_voice(analysis.open_store(store), "source_type", draws=200)
        with (topic.folder / "tables" / "share-of-voice.csv").open(encoding="utf-8") as stream:
            written = list(csv.DictReader(stream))
        assert [row["source_type"] for row in written] == shares["source_type"].tolist()
        assert [float(row["ci_low"]) for row in written] == shares["ci_low"].tolist()
        assert f"{100 * shares['estimate'].iloc[0]:.0f} %" in topic.headline[0]

    def test_every_example_is_where_it_says(self, topic, store):
        bodies = analysis.open_store(store).dispatches.set_index("dispatch_id")["body"]
        for name in ("examples", "declines", "denials"):
            with (topic.folder / "tables" / f"{name}.csv").open(encoding="utf-8") as stream:
                rows = list(csv.DictReader(stream))
            assert rows
            for row in rows:
                slice_ = bodies[row["dispatch_id"]][int(row["start"]) : int(row["end"])]
                # A cell that a spreadsheet would run has an apostrophe in front.
                assert slice_ in (row["sentence"], row["sentence"].removeprefix("'"))

    def test_unchanged_is_skipped(self, topic, store):
        out = topic.folder.parent.parent
        asked = {"store": str(store), "draws": 200}
        again = run_report("topic", parameters=asked, out=out, folder=ROOT / "notebooks")
        assert (again.status, again.headline) == ("skipped", topic.headline)

    def test_a_changed_store_is_not_skipped(self, store, tmp_path):
        tables = analysis.open_store(store)
        asked = {"store": str(tmp_path / "store"), "draws": 200}
        statuses = []
        for agency in ("MPA", "MPA", "CWS"):
            select(tables, agencies=[agency]).save(tmp_path / "store")
            done = run_report("topic", parameters=asked, out=tmp_path, folder=ROOT / "notebooks")
            statuses.append(done.status)
        assert statuses == ["done", "skipped", "done"]

    @pytest.mark.parametrize("query", ["nosuchword", r"Hesk"])
    def test_small_selections(self, store, tmp_path, query):
        asked = {"store": str(store), "query": query, "draws": 200}
        done = run_report("topic", parameters=asked, out=tmp_path, folder=ROOT / "notebooks")
        assert done.ok, done.reason
        harmless(done.html.read_text(encoding="utf-8"))

    def test_a_store_without_annotations_stops_and_says_what_to_do(self, sample, tmp_path):
        loaded = analysis.load(sample)
        analysis.Tables(dispatches=loaded.dispatches).save(tmp_path / "store")
        asked = {"store": str(tmp_path / "store")}
        done = run_report("topic", parameters=asked, out=tmp_path, folder=ROOT / "notebooks")
        assert done.exit_code == 4
        assert "dispatches annotate" in done.reason

    def test_the_command_on_the_page_makes_the_same_report(self, topic):
        page = topic.html.read_text(encoding="utf-8")
        assert "dispatches report topic --store" in page

    def test_pdf(self, topic, tmp_path):
        pytest.importorskip("weasyprint", reason="the extra pdf is not installed")
        written = to_pdf(topic.html, tmp_path / "report.pdf")
        assert written.read_bytes().startswith(b"%PDF-")


@pytest.mark.slow
@pytest.mark.parametrize("name", ["00-start-here", "01-coverage", "02-one-dispatch"])
def test_exploring_notebooks_run(name, sample, tmp_path):
    path = ROOT / "notebooks" / "explore" / f"{name}.ipynb"
    done = run_report(path, parameters={"folder": str(sample)}, out=tmp_path)
    assert done.ok, done.reason
    harmless(done.html.read_text(encoding="utf-8"))


HOSTILE = (
    '"<script>alert(1)</script> is our answer," said Ada </details><img src=x onerror=alert(1)> '
    "Brunn.\n\n$x^2$ & officials =HYPERLINK() denied `code` **bold** it.\n\n"
    "The ministry declined to comment. {{ 7 * 7 }} {% raw %}"
)


@pytest.mark.slow
def test_a_hostile_dispatch_does_nothing(tmp_path):
    import pandas as pd

    frame = pd.DataFrame(
        {
            "body": [HOSTILE, HOSTILE + " Again."],
            "headline": HOSTILE[:60],
            "agency": "<b onclick=x>=cmd|",
            "dispatch_id": ["<script>", "=1+1"],
        }
    )
    tables = analysis.annotate(frame)
    assert len(statements(tables))
    tables.save(tmp_path / "store")
    asked = {"store": str(tmp_path / "store"), "title": HOSTILE, "draws": 200}
    done = run_report("topic", parameters=asked, out=tmp_path, folder=ROOT / "notebooks")
    assert done.ok, done.reason
    page = done.html.read_text(encoding="utf-8")
    harmless(page)
    assert "<img" not in page and "{{ 7 * 7 }}" in page
    for path in done.tables:
        with path.open(encoding="utf-8") as stream:
            for row in csv.reader(stream):
                assert not any(cell.startswith(("=", "@", "+")) for cell in row), path.name
