"""Character references that a sender escaped twice, so that they arrive as text."""

from __future__ import annotations

import re
from html import unescape

from analysis.loading.records import Repair

_LEFT = re.compile(r"&(?:#\d{2,6}|#[xX][0-9a-fA-F]{2,5}|quot|apos|amp|nbsp|lt|gt|[lr][sd]quo);")
# So many in one text are no slip of a sender's.
_MOST = 10_000


def resolve_references(text: str) -> tuple[str, tuple[Repair, ...]]:
    """The text with such references read as their characters, and a repair for each.

    A text with more than ten thousand of them is left as it is.

    >>> resolve_references("He said &quot;no&quot;.")[0]
    'He said "no".'
    """
    pieces: list[str] = []
    repairs: list[Repair] = []
    done = length = 0
    if sum(1 for _ in _LEFT.finditer(text)) > _MOST:
        return text, ()
    for match in _LEFT.finditer(text):
        character = unescape(match[0])
        start = length + match.start() - done
        pieces += [text[done : match.start()], character]
        done, length = match.end(), start + len(character)
        repairs.append(Repair(start, length, match[0], "character reference escaped twice"))
    return "".join([*pieces, text[done:]]), tuple(repairs)
