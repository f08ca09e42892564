"""An executed notebook as one HTML file: no scripts, nothing loaded from anywhere."""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.reporting.sanitize import sanitize

if TYPE_CHECKING:
    from nbformat import NotebookNode

TEMPLATES = Path(__file__).parent / "templates"
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
HEADLINE = "headline"
_HEADING = re.compile(r"<h([1-6])[^>]*>(.*?)</h\1>", re.DOTALL)


def to_html(
    notebook: NotebookNode, *, title: str = "", subtitle: str = "", problem: str = ""
) -> str:
    """Return an executed notebook as a page.

    Parameters
    ----------
    notebook
        nbformat 4 with outputs. The outputs of cells tagged ``headline`` come first on the page,
        before the contents list; all code is folded away.
    title
        Heading of the page; without one, the notebook's own first heading.
    subtitle
        A line under it, e.g. the selection and the day.
    problem
        For a run that failed: how it ended; shown above everything else.

    Returns
    -------
    A complete HTML document. Markup in outputs and markdown is rebuilt from an allow-list, and a
    content security policy forbids scripts and requests. Every figure carries its description.

    >>> from nbformat.v4 import new_markdown_cell, new_notebook
    >>> page = to_html(new_notebook(cells=[new_markdown_cell("# Who is heard?")]))
    >>> "<h1>Who is heard?</h1>" in page
    True
    """
    exporter = _exporter()
    resources = {
        "report": {
            "title": title or _first_heading(notebook) or "Report",
            "subtitle": subtitle,
            "problem": problem,
            "policy": POLICY,
            "style": (TEMPLATES / "report" / "report.css").read_text(encoding="utf-8"),
            "contents": contents(notebook),
        }
    }
    page, _ = exporter.from_notebook_node(notebook, resources=resources)
    return str(page)


def contents(notebook: NotebookNode) -> list[tuple[str, str]]:
    """Return (anchor, heading) of every second-level heading of the notebook, in order.

    >>> from nbformat.v4 import new_markdown_cell, new_notebook
    >>> contents(new_notebook(cells=[new_markdown_cell("## Who is heard")]))
    [('who-is-heard', 'Who is heard')]
    """
    found = []
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            found += re.findall(r"^##\s+(.+?)\s*#*$", cell.source, re.MULTILINE)
    return [(anchor(heading), _plain(heading)) for heading in found]


def anchor(heading: str) -> str:
    """Return the name a heading is linked by.

    >>> anchor("Named, or `unnamed`?")
    'named-or-unnamed'
    """
    return re.sub(r"\W+", "-", _plain(heading).lower()).strip("-")


def _exporter() -> Any:
    from nbconvert.exporters import HTMLExporter

    make: Any = HTMLExporter  # It ships no types.
    exporter = make(
        template_name="report",
        extra_template_basedirs=[str(TEMPLATES)],
        exclude_anchor_links=True,
        exclude_input_prompt=True,
    )
    exporter.register_filter("harmless", sanitize)
    exporter.register_filter("prose", _prose)
    exporter.register_filter("joined", _joined)
    return exporter


def _prose(rendered: str) -> str:
    """Sanitise rendered markdown; drop first-level headings; name the others for the contents."""

    def named(match: re.Match[str]) -> str:
        level, inner = match[1], match[2]
        if level == "1":
            return ""
        return f'<h{level} id="{anchor(html.unescape(inner))}">{inner}</h{level}>'

    return _HEADING.sub(named, sanitize(rendered))


def _joined(text: str | list[str]) -> str:
    """Notebook files may hold a text as a list of lines."""
    return text if isinstance(text, str) else "".join(text)


def _plain(markdown: str) -> str:
    return re.sub(r"<[^>]+>|[`*_]", "", markdown).strip()


def _first_heading(notebook: NotebookNode) -> str:
    from analysis.reporting.notebooks import title

    return _plain(title(notebook))
