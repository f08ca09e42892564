"""environment.yml, pyproject.toml and requirements.lock say the same."""

from __future__ import annotations

import re
import tomllib

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from rattler import MatchSpec


@pytest.fixture(scope="module")
def project(root):
    return tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]


@pytest.fixture(scope="module")
def environment(root):
    return yaml.safe_load((root / "environment.yml").read_text(encoding="utf-8"))


def conda_bounds(environment) -> dict[str, str]:
    """Bounds by name, parsed by conda's own grammar; the pip section by pip's."""
    bounds = {}
    for entry in environment["dependencies"]:
        if isinstance(entry, dict):
            for line in entry["pip"]:
                if not line.startswith("-e"):
                    wanted = Requirement(line)
                    bounds[canonicalize_name(wanted.name)] = str(wanted.specifier)
        else:
            spec = MatchSpec(entry, strict=True)
            bounds[canonicalize_name(spec.name.normalized)] = str(spec.version or "")
    return bounds


def test_names_and_bounds_are_the_same(project, environment):
    wanted = {
        canonicalize_name(r.name): str(r.specifier)
        for r in map(Requirement, project["dependencies"])
    }
    wanted["python"] = project["requires-python"]
    found = conda_bounds(environment)
    assert found.pop("pip") == ""
    assert found == wanted


def test_the_project_itself_is_installed_from_the_checkout(environment):
    (pip,) = [e["pip"] for e in environment["dependencies"] if isinstance(e, dict)]
    assert "-e ." in pip
    assert environment["channels"] == ["conda-forge"]


def test_the_lock_pins_every_dependency_with_hashes_and_no_address(root, project):
    lock = (root / "requirements.lock").read_text(encoding="utf-8")
    entries = re.findall(r"^([a-z0-9._-]+)==\S+.*(?:\\\n +.*)*", lock, re.MULTILINE)
    blocks = re.split(r"^(?=[a-z0-9._-]+==)", lock, flags=re.MULTILINE)[1:]
    assert len(entries) == len(blocks) > 100
    assert all("--hash=sha256:" in block for block in blocks)
    assert "://" not in lock and "index" not in re.sub(r"# .*", "", lock)
    pinned = {canonicalize_name(name) for name in entries}
    assert {canonicalize_name(Requirement(d).name) for d in project["dependencies"]} <= pinned


def test_the_lock_keeps_the_bounds(root, project):
    lock = (root / "requirements.lock").read_text(encoding="utf-8")
    pins = dict(re.findall(r"^([a-z0-9._-]+)==([^ ;\\]+)", lock, re.MULTILINE))
    for line in project["dependencies"]:
        wanted = Requirement(line)
        assert wanted.specifier.contains(pins[canonicalize_name(wanted.name)]), line
