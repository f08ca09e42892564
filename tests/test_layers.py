"""The architecture holds: imports point downward, and each outside engine has one door."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parent.parent / "src" / "analysis"

LAYERS = (
    ("errors",),
    ("schema",),
    ("loading",),
    ("store",),
    ("text", "resources", "versions"),
    ("attribution", "sentiment"),
    ("stats", "validation"),
    ("figures", "tables", "display", "findings"),
    ("pipeline", "export", "reporting"),
    ("cli",),
    ("__main__",),
)
LEVEL = {name: level for level, names in enumerate(LAYERS) for name in names}
DOORS = {
    "dask": {"store"},
    "papermill": {"reporting"},
    "nbconvert": {"reporting"},
    "nbclient": {"reporting"},
    "matplotlib": {"figures"},
    "nltk": {"text", "sentiment", "stats"},
    "nupunkt": {"text"},
    "vaderSentiment": {"sentiment"},
    "trafilatura": {"loading"},
    "resiliparse": {"loading"},
    "lxml": {"loading"},
    "feedparser": {"loading"},
    "fastwarc": {"loading"},
    "warcio": {"loading"},
    "pypdf": {"loading"},
    "striprtf": {"loading"},
    "sqlalchemy": {"loading"},
    "py3langid": {"loading"},
    "ftfy": {"loading"},
    "duckdb": {"store", "loading"},
    "filelock": {"store"},
    "onnxruntime": {"attribution"},
    "tokenizers": {"attribution"},
    "click": {"cli"},
    "tqdm": {"cli"},
}
HEAVY = {
    "pandas",
    "numpy",
    "nltk",
    "matplotlib",
    "papermill",
    "trafilatura",
    "click",
    "onnxruntime",
    "lxml",
    "resiliparse",
    "feedparser",
    "fastwarc",
    "warcio",
    "pypdf",
    "striprtf",
    "sqlalchemy",
    "py3langid",
    "ftfy",
    "duckdb",
}
FILES = sorted(SOURCE.rglob("*.py"))


def home(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


def imported(path: Path, *, for_types: bool = True) -> set[str]:
    """Every module named by an import anywhere in the file; those only for types if wanted."""
    names = set()
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for_checking = {
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and getattr(node.test, "id", "") == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if node in for_checking and not for_types:
            continue
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def test_every_module_has_a_layer():
    assert {home(path) for path in FILES} - {"__init__"} <= set(LEVEL)


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(SOURCE)))
def test_imports_point_downward(path):
    here = home(path)
    if here == "__init__":
        return  # The package's front names everything, lazily.
    for name in imported(path):
        parts = name.split(".")
        if parts[0] != "analysis" or len(parts) < 2 or parts[1] not in LEVEL:
            continue
        there = parts[1]
        assert there == here or LEVEL[there] < LEVEL[here], f"{path.name} imports {name}"


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(SOURCE)))
def test_each_engine_has_one_door(path):
    for name in imported(path, for_types=False):
        allowed = DOORS.get(name.split(".")[0])
        assert allowed is None or home(path) in allowed, f"{path.name} imports {name}"


def test_one_module_reads_the_model():
    readers = {p.name for p in FILES if "onnxruntime" in imported(p, for_types=False)}
    assert readers == {"runtime.py"}


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(SOURCE)))
def test_no_file_is_over_400_lines(path):
    n_lines = path.read_text(encoding="utf-8").count("\n")
    assert n_lines <= 400


def test_importing_the_package_loads_nothing_heavy():
    code = (
        "import sys, time; start = time.perf_counter(); import analysis; "
        f"print(time.perf_counter() - start, *({HEAVY} & set(sys.modules)))"
    )
    times = []
    for _ in range(3):
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        )
        seconds, *heavy = done.stdout.split()
        assert not heavy
        times.append(float(seconds))
    assert min(times) < 0.3


def test_every_public_name_resolves():
    import analysis

    for name in analysis.__all__:
        assert getattr(analysis, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        _ = analysis.nonsense
