"""Find the files to read."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from analysis.errors import InputError
from analysis.loading.records import Reject

# A folder that holds a file of this name belongs to a corpus without being dispatches: labels, say.
MARKER = ".not-dispatches"
_DOCUMENTATION = ("readme", "licence", "license", "changelog", "notice")


@dataclass(frozen=True)
class FoundFile:
    """A file, and the name it is reported under: relative to the folder that was given."""

    path: Path
    name: str


def as_paths(paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]]) -> list[Path]:
    """Return the given path or paths as a list; a path that does not exist is an `InputError`."""
    if isinstance(paths, (str, os.PathLike)):
        paths = [paths]
    try:
        listed = [Path(path) for path in paths]
    except TypeError as error:
        raise InputError(repr(paths), "a path or a list of paths") from error
    if not listed:
        raise InputError("no path", "at least one file or folder")
    for path in listed:
        if not _exists(path):
            raise InputError(f"no file or folder {str(path)!r}", "an existing path", "check it")
    return listed


def find_files(paths: list[Path]) -> tuple[list[FoundFile], list[Reject]]:
    """List the files below `paths`, sorted, each once, with rejects for what cannot be followed.

    Hidden files, READMEs, licences, and folders that hold a file ``.not-dispatches`` are passed
    over inside a folder. A symbolic link inside a folder is followed only to a file inside it.
    """
    found: dict[Path, FoundFile] = {}
    rejects: list[Reject] = []
    for path in paths:
        if path.is_dir():
            before = len(found) + len(rejects)
            for item in _walk(path):
                if isinstance(item, Reject):
                    rejects.append(item)
                else:
                    found.setdefault(item.path.resolve(), item)
            if len(found) + len(rejects) == before:
                rejects.append(
                    Reject(
                        _folder_name(path), None, "folder without dispatches", "no files", "files"
                    )
                )
        else:
            found.setdefault(path.resolve(), FoundFile(path, path.name))
    return list(found.values()), rejects


def passed_over(name: str) -> bool:
    """Whether a file inside a folder or an archive is no dispatch by its name.

    >>> passed_over("wire/.hidden.txt"), passed_over("README.md"), passed_over("wire/a.txt")
    (True, True, False)
    """
    last = name.rsplit("/", 1)[-1]
    return last.startswith(".") or Path(last).stem.casefold() in _DOCUMENTATION


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def _folder_name(path: Path) -> str:
    return path.name or str(path)


def _walk(root: Path) -> Iterator[FoundFile | Reject]:
    unreadable: list[OSError] = []
    for folder, folders, names in os.walk(root, onerror=unreadable.append):
        here = Path(folder)
        # Sorting in place is how os.walk is told the order; links are left to the check below.
        folders[:] = sorted(name for name in folders if not _is_apart(here / name))
        for name in sorted([*names, *(n for n in folders if (here / n).is_symlink())]):
            if not passed_over(name):
                yield _entry(here / name, root)
    for error in unreadable:
        name = _relative(Path(str(error.filename)), root)
        yield Reject(name, None, "folder cannot be read", error.strerror, "a readable folder")


def _is_apart(folder: Path) -> bool:
    return folder.name.startswith(".") or _exists(folder / MARKER)


def _entry(path: Path, root: Path) -> FoundFile | Reject:
    name = _relative(path, root)
    if path.is_symlink():
        target = path.resolve()
        if not target.is_relative_to(root.resolve()):
            found = "a symbolic link"
            return Reject(name, None, "link out of the folder", found, "files inside the folder")
        if not target.is_file():
            return Reject(name, None, "link not to a file", "a symbolic link", "a regular file")
    return FoundFile(path, name)


def _relative(path: Path, root: Path) -> str:
    # A name that is not valid text is shown with its bytes escaped, so that it can be stored.
    relative = path.relative_to(root).as_posix()
    shown = relative if relative != "." else _folder_name(root)
    return shown.encode("utf-8", "backslashreplace").decode()
