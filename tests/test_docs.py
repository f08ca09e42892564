"""The documents keep up with the code: lists of columns, commands and notebooks are compared."""

from __future__ import annotations

import re

import pytest

from analysis import schema
from analysis.cli import main


def documented_tables() -> str:
    """docs/tables.md as the contract gives it; write it anew with `python tests/test_docs.py`."""
    parts = [
        "# The tables",
        "",
        "Written from `analysis.schema` by `python tests/test_docs.py`. All offsets are characters",
        "of `dispatches.body`, half-open `[start, end)`. Times are UTC. What a dispatch does not",
        "say is NA, never an empty string and never a guess. *Required* columns are never NA.",
    ]
    for table in schema.TABLES.values():
        key = f" Key: {', '.join(f'`{k}`' for k in table.key)}." if table.key else ""
        parts += ["", f"## {table.name}", "", table.meaning + key, ""]
        parts += ["| column | dtype | meaning | values |", "|---|---|---|---|"]
        for column in table.columns:
            values = ", ".join(column.allowed)
            if column.required:
                values = "; ".join(filter(None, ["required", values]))
            parts.append(f"| `{column.name}` | {column.dtype} | {column.meaning} | {values} |")
    return "\n".join(parts) + "\n"


def test_tables_page_is_the_contract(root):
    assert (root / "docs" / "tables.md").read_text(encoding="utf-8") == documented_tables()


def pages(root):
    return [*root.glob("*.md"), *(root / "docs").rglob("*.md"), *(root / "data").rglob("*.md")]


def test_every_relative_link_leads_somewhere(root):
    for page in pages(root):
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_every_page_under_docs_is_linked_from_the_readme(root):
    readme = (root / "README.md").read_text(encoding="utf-8")
    for page in (root / "docs").glob("*.md"):
        assert f"docs/{page.name}" in readme, page.name


@pytest.mark.parametrize("name", sorted(main.commands))
def test_every_command_is_in_the_readme(root, name):
    assert f"`{name}`" in (root / "README.md").read_text(encoding="utf-8") or (
        f"dispatches {name}" in (root / "README.md").read_text(encoding="utf-8")
    )


def test_every_command_a_document_names_exists(root):
    known = set(main.commands)
    for page in pages(root):
        text = page.read_text(encoding="utf-8")
        assert set(re.findall(r"(?:`|bin/)dispatches ([a-z]+)", text)) <= known, page.name


if __name__ == "__main__":
    from pathlib import Path

    home = Path(__file__).resolve().parent.parent
    (home / "docs" / "tables.md").write_text(documented_tables(), encoding="utf-8")
