"""What a report was made from: enough to repeat it, and to know that nothing changed since."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import analysis
from analysis.errors import InputError, StoreError
from analysis.reporting.notebooks import locate
from analysis.reporting.parameters import Parameter
from analysis.store.files import sha256
from analysis.store.tables import transaction

NAME = "manifest.json"
STORES, FOLDERS = ("store",), ("folder", "data")


def describe_run(
    name: str, notebook: Path, declared: tuple[Parameter, ...], parameters: Mapping[str, Any]
) -> dict[str, Any]:
    """Return what determines a report: notebook, parameters, inputs, versions; and their hash.

    Parameters
    ----------
    name : the report.
    notebook : its file.
    declared, parameters : what the notebook takes, and the checked values.

    Returns
    -------
    JSON data. ``inputs`` holds the SHA-256 of every table of the store that the parameter
    ``store`` names, and of every file that a parameter ``folder``, ``data`` or of type Path names.
    ``fingerprint`` is the SHA-256 of everything else here: the same fingerprint, the same report.

    Raises
    ------
    InputError, StoreError : an input that is not there.
    """
    about: dict[str, Any] = {
        "report": name,
        "parameters": dict(parameters),
        "notebook": {"file": notebook.name, "sha256": sha256(notebook)},
        "inputs": {
            p.name: _contents(p, parameters[p.name])
            for p in declared
            if parameters[p.name] and (p.name in STORES + FOLDERS or "Path" in str(p.type))
        },
        "versions": versions(),
        "seed": parameters.get("seed"),
    }
    text = json.dumps(about, sort_keys=True, ensure_ascii=True)
    return about | {"fingerprint": hashlib.sha256(text.encode()).hexdigest()}


def versions() -> dict[str, str]:
    """Return the versions that numbers may depend on, and a hash of this package's own files.

    >>> sorted(versions())
    ['dispatch-analysis', 'numpy', 'package_sha256', 'pandas', 'python']
    """
    import numpy as np
    import pandas as pd

    return {
        "dispatch-analysis": analysis.__version__,
        "package_sha256": _package_hash(),
        "python": platform.python_version(),
        "pandas": pd.__version__,
        "numpy": np.__version__,
    }


def read_manifest(folder: Path) -> dict[str, Any]:
    """Return the manifest of a report folder; empty when there is none or it is damaged."""
    try:
        found = json.loads((folder / NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def is_current(folder: Path, about: Mapping[str, Any]) -> bool:
    """Say whether `folder` holds the good, complete report that `about` describes."""
    manifest = read_manifest(folder)
    outputs = manifest.get("outputs")
    if manifest.get("status") != "done" or manifest.get("fingerprint") != about["fingerprint"]:
        return False
    if not isinstance(outputs, dict) or "report.html" not in outputs:
        return False
    return all(
        (folder / file).is_file() and sha256(folder / file) == digest
        for file, digest in outputs.items()
    )


def _contents(parameter: Parameter, value: str) -> dict[str, Any]:
    try:
        path = locate(value)
    except InputError as error:
        found = f"{parameter.name}={value!r}"
        raise InputError(found, "a path that exists", error.advice) from error
    if parameter.name in STORES:
        pointer = transaction(path)
        try:
            return {name: entry["sha256"] for name, entry in pointer["tables"].items()}
        except (KeyError, TypeError, AttributeError) as error:
            raise StoreError(str(path), "an incomplete current.json", "its tables") from error
    paths = sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]
    base = path if path.is_dir() else path.parent
    return {p.relative_to(base).as_posix(): sha256(p) for p in paths}


def _package_hash() -> str:
    """Hash names and bytes of the package's files: a change of the code is a change of version."""
    root = Path(analysis.__file__).parent
    digest = hashlib.sha256()
    for path in sorted(root.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            digest.update(f"{path.relative_to(root).as_posix()} {sha256(path)}\n".encode())
    return digest.hexdigest()
