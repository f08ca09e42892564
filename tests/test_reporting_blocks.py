"""What notebooks show: tables travel whole as CSV, and the command repeats the report."""

from __future__ import annotations

import csv
import io
import shlex

import pandas as pd
import pytest

from analysis.errors import InputError, MissingExtraError
from analysis.reporting import (
    coerce_parameters,
    command,
    figure,
    inputs,
    parse_parameters,
    provenance,
    table,
    to_pdf,
)
from analysis.reporting.run import headline, subtitle, tables_of
from analysis.stats import invented_tables, tone


def cell(block):
    """An executed code cell that shows `block`."""
    from nbformat.v4 import new_code_cell, new_notebook, new_output

    data, metadata = block._repr_mimebundle_()
    output = new_output("display_data", data=data, metadata=metadata)
    return new_notebook(cells=[new_code_cell("x", outputs=[output, output])])


def test_the_page_shows_some_rows_and_the_csv_has_all():
    frame = pd.DataFrame({"slug": [f"=s{i}" for i in range(40)], "n": range(-20, 20)})
    block = table(frame, "Slugs & more", "Slugs", columns=["slug"], limit=5)
    assert block.html.count("<tr>") == 6 and "-20" not in block.html
    written = tables_of(cell(block))
    assert list(written) == ["slugs-more.csv", "slugs-more-2.csv"]
    rows = list(csv.DictReader(io.StringIO(written["slugs-more.csv"])))
    assert len(rows) == 40
    assert (rows[0]["slug"], rows[0]["n"]) == ("'=s0", "-20")


def test_a_long_result_is_cut_on_the_page_and_says_so():
    result = pd.concat([tone(invented_tables(), draws=100)] * 20, ignore_index=True)
    block = table(result, "tone", "Tone", limit=10)
    assert "first 10 of 40 rows" in block.html
    assert block.csv.count("\n") == 41


def test_a_name_from_anywhere_is_a_plain_file_name():
    block = table(pd.DataFrame({"a": [1]}), "../../etc/passwd", "x")
    assert next(iter(tables_of(cell(block)))) == "etc-passwd.csv"


def test_a_figure_has_words():
    from analysis.figures import draw_tone

    means = tone(invented_tables(), draws=100)
    assert "Mean tone, with 95 % intervals" in figure(draw_tone(means), means)


def test_the_command_gives_back_the_parameters():
    declared = parse_parameters(
        'store: str = ""; query: str = ""; agencies: list[str] = []; start: Optional[str] = None;'
        "top: int = 12"
    )
    values = {
        "query": 'it\'s a "dam" | $HOME; rm -rf',
        "agencies": ["A, B", "C"],
        "start": "2031-03-04",
        "top": 3,
    }
    parts = shlex.split(command("topic", {"store": "my store", "end": None, **values}))
    assert parts[:5] == ["dispatches", "report", "topic", "--store", "my store"]
    assert coerce_parameters(declared, parts[6::2]) == values


def test_provenance_and_inputs_name_hashes():
    corpus = invented_tables()
    assert "pandas" in provenance(corpus, "topic", {}).html
    assert inputs(corpus).csv.count("invented.jsonl") == 6


def test_a_page_says_what_was_asked():
    import datetime

    said = subtitle({"agencies": ["A", "B"], "seed": 0, "end": None}, datetime.datetime(2031, 3, 4))
    assert said == "agencies: A, B · made 2031-03-04 00:00 UTC"


def test_the_headline_is_read_from_its_cell():
    from nbformat.v4 import new_code_cell, new_notebook, new_output

    output = new_output("execute_result", data={"text/plain": "- One.\n- Two."})
    tagged = new_code_cell("x", outputs=[output], metadata={"tags": ["headline"]})
    assert headline(new_notebook(cells=[tagged])) == ("One.", "Two.")


def test_pdf_without_the_extra_and_without_a_page(tmp_path, monkeypatch):
    with pytest.raises(InputError, match="HTML file that exists"):
        to_pdf(tmp_path / "no.html", tmp_path / "no.pdf")
    page = tmp_path / "page.html"
    page.write_text("<p>x")
    monkeypatch.setitem(__import__("sys").modules, "weasyprint", None)
    with pytest.raises(MissingExtraError, match="pdf"):
        to_pdf(page, tmp_path / "page.pdf")
    assert not (tmp_path / "page.pdf").exists()


def test_pdf_loads_nothing_from_outside(tmp_path):
    pytest.importorskip("weasyprint", reason="the extra pdf is not installed")
    secret = tmp_path / "secret.png"
    secret.write_bytes(b"not for you")
    page = tmp_path / "page.html"
    page.write_text(f"<html lang=en><title>x</title><p>x<img alt=x src='file://{secret}'>")
    assert to_pdf(page, tmp_path / "page.pdf").read_bytes().startswith(b"%PDF")
