"""Notebooks by name: where they are, which there are, what each asks."""

from __future__ import annotations

import difflib
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.errors import InputError

if TYPE_CHECKING:
    from nbformat import NotebookNode

VARIABLE = "DISPATCHES_NOTEBOOKS"


def notebooks_folder(folder: str | Path | None = None) -> Path:
    """Return the folder that holds the notebooks.

    It is, in this order: `folder`; the environment variable ``DISPATCHES_NOTEBOOKS``;
    ``notebooks/`` with a ``reports/`` in it beside or above the working directory; the one of the
    source checkout that the package was installed from.

    Raises
    ------
    InputError : `folder` or the variable names no folder, or none is found.
    """
    named = folder or os.environ.get(VARIABLE)
    if named:
        if not Path(named).is_dir():
            raise InputError(f"notebooks folder {str(named)!r}", "a folder that exists")
        return Path(named)
    here = Path.cwd()
    source = Path(__file__).resolve().parents[3]
    for parent in (here, *here.parents, source):
        if (parent / "notebooks" / "reports").is_dir():
            return parent / "notebooks"
    expected = "a folder notebooks/reports at or above it"
    raise InputError(f"no notebooks from {here}", expected, f"set {VARIABLE} or pass a path")


def list_reports(folder: str | Path | None = None) -> dict[str, str]:
    """Return every report's name and the title of its notebook.

    ``notebooks/reports/22-topic.ipynb`` is the report ``topic``.

    Raises
    ------
    InputError : as `notebooks_folder`.
    """
    paths = sorted((notebooks_folder(folder) / "reports").glob("*.ipynb"))
    return {report_name(path): title(read_notebook(path)) for path in paths}


def find_report(name: str | Path, folder: str | Path | None = None) -> Path:
    """Return the notebook file of a report, given its name or the file itself.

    Raises
    ------
    InputError : a name that no notebook has (the message names the nearest), or no such file.
    """
    text = str(name)
    if text.endswith(".ipynb"):
        if not Path(text).is_file():
            raise InputError(f"notebook {text!r}", "a file that exists")
        return Path(text)
    paths = sorted((notebooks_folder(folder) / "reports").glob("*.ipynb"))
    known = {report_name(path): path for path in paths}
    if text not in known:
        near = difflib.get_close_matches(text, known, n=1)
        advice = f"did you mean {near[0]!r}?" if near else ""
        expected = "one of: " + (", ".join(known) or "(none)")
        raise InputError(f"report {text!r}", expected, advice)
    return known[text]


def report_name(path: str | Path) -> str:
    """Return the name of the report in a notebook file.

    >>> report_name("notebooks/reports/22-topic.ipynb")
    'topic'
    """
    return re.sub(r"^\d+[-_]", "", Path(path).stem)


def read_notebook(path: str | Path) -> NotebookNode:
    """Read a notebook file as nbformat 4.

    Raises
    ------
    InputError : a file that is no notebook.
    """
    import nbformat

    reader: Any = nbformat  # It ships no types.
    try:
        notebook: NotebookNode = reader.read(path, as_version=4)
    except (ValueError, KeyError, nbformat.ValidationError) as error:
        raise InputError(f"{path}: {error}", "a notebook (nbformat 4)") from error
    return notebook


def title(notebook: NotebookNode) -> str:
    """Return the first heading of a notebook, or an empty text."""
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            heading = re.search(r"^#\s+(.+)$", cell.source, re.MULTILINE)
            if heading:
                return heading[1].strip()
    return ""


def locate(path: str | Path) -> Path:
    """Return `path`, or the file of that name seen from the nearest folder above that has it.

    A notebook runs in its own folder under JupyterLab and in the project's folder in a report; a
    relative path means the same file in both.

    Raises
    ------
    InputError : nothing of that name from here up.

    >>> locate("no/such/folder")
    Traceback (most recent call last):
    analysis.errors.InputError: found no 'no/such/folder' ..., expected ...
    """
    given = Path(path)
    if given.is_absolute():
        places = [given]
    else:
        here = Path.cwd()
        places = [given, *(parent / given for parent in here.parents)]
    for place in places:
        if place.exists():
            return place
    found = f"no {str(path)!r} at or above {Path.cwd()}"
    raise InputError(found, "a file or folder that exists")
