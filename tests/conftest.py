"""Shared fixtures."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def corpora() -> Path:
    """Folder of the optional public corpora; tests that need it skip, saying so, without it."""
    folder = Path(os.environ.get("ANALYSIS_CORPORA", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"optional corpora not found at {folder}; set ANALYSIS_CORPORA")
    return folder


@pytest.fixture(scope="session")
def sample(root: Path) -> Path:
    return root / "data" / "sample"
