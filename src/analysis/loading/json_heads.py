"""What keys the first objects of a JSON text have, told from its first bytes without parsing it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

# Interfaces put their items into envelopes: {"data": {"items": [{"item": {...}}]}}.
WRAPPERS = ("data", "item", "items")
_TOKEN = re.compile(r'\s*("(?:[^"\\]|\\.)*+"|[{}\[\]:,]|[^\s"{}\[\]:,]+)', re.DOTALL)
_MOST_DEPTH = 64
_LONGEST_VALUE = 200


@dataclass
class _Level:
    """An object or a list that is open, and whether items may stand directly in it."""

    is_object: bool
    wanted: bool
    keys: dict[str, str] = field(default_factory=dict)
    key: str | None = None

    def child_wanted(self) -> bool:
        return self.wanted and (not self.is_object or self.key in WRAPPERS)

    def take(self, token: str) -> None:
        """A scalar: the key, or the value of the key before it."""
        if not self.is_object:
            return
        if self.key is None:
            self.key = token.strip('"')
            self.keys.setdefault(self.key, "")
        else:
            self.keys[self.key] = token.strip('"')[:_LONGEST_VALUE]


def first_objects(head: bytes) -> list[dict[str, str]]:
    """Keys of the first objects of a JSON text, each with its value where that is a scalar.

    Looks at the first value of the text: an object, the objects of a list, and those inside an
    envelope of one of the names of `WRAPPERS`. A list or object as value shows as its bracket.
    An object that the head cuts short has the keys seen so far.

    >>> first_objects(b'[{"uri": "urn:1", "bodies": [{"value": "x"}], "urg')
    [{'uri': 'urn:1', 'bodies': '[', 'urg': ''}]
    >>> first_objects(b"BAGHDAD, Jan 16 (MPA) -")
    []
    """
    text = _text(head)
    found: list[dict[str, str]] = []
    levels: list[_Level] = []
    at = 0
    while match := _TOKEN.match(text, at):
        at = match.end()
        if not _read(match[1], levels, found):
            return found
    if levels and levels[-1].is_object and levels[-1].key is None:
        _cut_key(text[at:], levels[-1])
    return found


def _read(token: str, levels: list[_Level], found: list[dict[str, str]]) -> bool:
    """Take one token; False where the first value has ended, or is no JSON."""
    if not levels and token not in ("{", "["):
        return False
    if token in ("{", "["):
        parent = levels[-1] if levels else None
        if parent is not None and parent.is_object and parent.key is not None:
            parent.keys[parent.key] = token
        levels.append(_Level(token == "{", parent is None or parent.child_wanted()))
        if levels[-1].is_object and levels[-1].wanted:
            found.append(levels[-1].keys)
        return len(levels) <= _MOST_DEPTH
    if token in ("}", "]"):
        levels.pop()
        return bool(levels)
    if token == ",":
        levels[-1].key = None
    elif token != ":":
        levels[-1].take(token)
    return True


def _cut_key(rest: str, level: _Level) -> None:
    rest = rest.strip()
    if rest.startswith('"') and len(rest) > 1:
        level.keys.setdefault(rest[1 : _LONGEST_VALUE + 1], "")


def _text(head: bytes) -> str:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", "replace").lstrip("\ufeff")
    return head.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")
