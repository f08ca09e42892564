"""Stories and version numbers from what each dispatch repeats."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

COPIES = ("exact", "copy", "truncated")
"""Kinds that bring nothing new: of a story's versions they count last."""


def number(rows: Sequence[tuple[Any, ...]]) -> dict[str, tuple[str, int]]:
    """Return story and version by dispatch.

    `rows` has, in order of publication, dispatch, stated story, stated version, the dispatch
    repeated and how it repeats it, each None where there is none.

    >>> number([("a", None, None, None, None), ("b", None, None, "a", "update")])
    {'a': ('a', 1), 'b': ('a', 2)}
    """
    stated = {name: story for name, story, *_ in rows}
    parents = {name: of for name, _, _, of, kind in rows if of in stated and kind != "roundup"}
    chains = {name: _chain(name, parents) for name in stated}
    named: dict[str, set[str]] = defaultdict(set)
    for name, story in stated.items():
        if story is not None:
            named[chains[name][-1]].add(story)
    out: dict[str, tuple[str, int]] = {}
    highest: dict[str, int] = defaultdict(int)
    for name, _, version, _, kind in rows:
        story = _story(chains[name], stated, named[chains[name][-1]])
        of = parents.get(name)
        if version is None and kind in COPIES and of in out and out[of][0] == story:
            version = out[of][1]
        version = highest[story] + 1 if version is None else version
        highest[story] = max(highest[story], version)
        out[name] = story, version
    return out


def _chain(name: str, parents: Mapping[str, str]) -> list[str]:
    """The dispatch, the one it repeats, and so on; a circle of stated copies is cut once met."""
    chain = {name: None}
    while (name := parents.get(name, name)) not in chain:
        chain[name] = None
    return list(chain)


def _story(chain: Sequence[str], stated: Mapping[str, str | None], named: set[str]) -> str:
    """The nearest story stated along the chain, else the only one of the tree, else its first."""
    for name in chain:
        if (story := stated[name]) is not None:
            return story
    return next(iter(named)) if len(named) == 1 else chain[-1]
