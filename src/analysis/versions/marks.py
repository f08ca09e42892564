"""What slug and headline say of a version: UPDATE 2, 2nd Ld-Writethru, CORRECTED, KILL, PART 2."""

from __future__ import annotations

import re
from typing import NamedTuple

from analysis.versions.words import words_of

_KINDS = (
    ("withdrawn", r"(?:bulletin |mandatory )?kill|withdrawn|withdrawal|retraction|story removed"),
    ("corrected", r"(?:official )?correct(?:ed|ion|s)|refile[ds]?"),
    (
        "take",
        r"(?:part|take)[ -]?(?P<part>\d{1,2})(?: of \d{1,2})?|(?P<nth>\d)(?:st|nd|rd|th) take",
    ),
    ("advisory", r"advisory|(?:attention|note to) editors?|editors'? (?:note|advisory)"),
    (
        "update",
        r"update[ -]?(?P<update>\d{1,2})?|(?P<lead>\d{1,2})(?:st|nd|rd|th)[ -]?(?:ld|lead)"
        r"(?:[ -]?writethru)?|ld|lead(?=\s*:|\s+[-–—]|\s*[)\]]|$)|(?:ld[ -])?writethru",
    ),
    ("repeat", r"rpt|repeat"),
)
_MARK = "|".join(f"(?P<{kind}_>{pattern})" for kind, pattern in _KINDS)
# A mark is set off by brackets, a dash or a colon: "Update on talks" is none. A hyphen sets it off
# in front of a headline in capitals ("CORRECTED-Norvik", not "Kill-joys"), behind it if a number
# follows ("Norvik-2nd Ld", not "shoot-to-kill").
_LEADING = re.compile(
    rf"\s*(?:[(\[]\s*(?:{_MARK.replace('P<', 'P<b_')})\s*[)\]]\s*[-–—:,]*"
    rf"|(?:{_MARK})(?:(?P<tight>-(?=\w))|\s*(?:[-–—:]+|(?<=\d)(?=\s)|(?<=writethru)(?=\s)|$)))\s*",
    re.IGNORECASE,
)
_TRAILING = re.compile(
    rf"\s*(?:[(\[]\s*(?:{_MARK.replace('P<', 'P<b_')})\s*[)\]]"
    rf"|(?:\s[-–—]+\s*|--+\s*|[–—:,]\s*|\s(?=\d)|-(?=\d|writethru))(?:{_MARK}))"
    r"(?:\s*,\s*\d+<?|\s+\d\d-\d\d \d+)?\s*$",
    re.IGNORECASE,
)
_HINT = re.compile(
    r"\b(?:kill|bulletin|mandatory|withdraw|retraction|story removed|correct|official|refile|part\b"
    r"|take\b|advisory|attention|note to|editor|update|ld\b|lead\b|writethru|rpt|repeat"
    r"|\d{1,2}(?:st|nd|rd|th))",
    re.IGNORECASE,
)
_STRONGEST = ("withdrawn", "corrected", "take", "update", "advisory")
MOST_MARKS = 4
"""Marks read at either end of a line."""
LONGEST_LINE = 1000


class Marks(NamedTuple):
    """What the lines of one dispatch say: its kind ("" for none), its number, its stems.

    `number` is the n of "UPDATE n" or "nth Ld", 1 for a mark of an update without number, else 0;
    `part` that of a take. `stems` are slug and headline without marks, as folded words.
    """

    kind: str = ""
    number: int = 0
    part: int = 0
    stems: frozenset[bytes] = frozenset()


def marks_of(slug: str, headline: str) -> Marks:
    """Read the marks of a dispatch from its slug and its headline ("" for none).

    >>> read = marks_of("", "CORRECTED-UPDATE 2-Norvik bank raises rates")
    >>> read.kind, read.number
    ('corrected', 2)
    >>> marks_of("BC-Norvik-Quake, 1st Ld-Writethru,416<", "Quake shakes Norvik").number
    1
    >>> marks_of("", "ATTENTION EDITORS - KILL - Norvik quake toll").kind
    'withdrawn'
    >>> marks_of("", "Update on talks in Norvik").kind
    ''
    """
    if not (_HINT.search(slug) or _HINT.search(headline)):
        return Marks(stems=_stems([slug, headline]))
    kinds, numbers, parts, stems = {""}, [0], [0], []
    for line in (slug, headline):
        stem, found = _stripped(line[:LONGEST_LINE])
        stems.append(stem)
        for groups in found:
            plain = {name.removeprefix("b_"): value for name, value in groups.items()}
            kinds |= {name[:-1] for name in plain if name.endswith("_")}
            numbers.append(int(plain.get("update") or plain.get("lead") or "update_" in plain))
            parts.append(int(plain.get("part") or plain.get("nth") or 0))
    kind = next((name for name in _STRONGEST if name in kinds), "")
    return Marks(kind, max(numbers), max(parts), _stems(stems))


def _stems(lines: list[str]) -> frozenset[bytes]:
    return frozenset(b" ".join(words_of(line)) for line in lines) - {b""}


def _stripped(line: str) -> tuple[str, list[dict[str, str]]]:
    """Return the line without the marks at its ends, and their groups."""
    found = []
    for pattern in (_LEADING, _TRAILING):
        for _ in range(MOST_MARKS):
            match = pattern.match(line) if pattern is _LEADING else pattern.search(line)
            if match is None or not _set_off(match):
                break
            found.append({k: v for k, v in match.groupdict().items() if v is not None})
            line = line[: match.start()] + line[match.end() :]
    return line, found


def _set_off(match: re.Match[str]) -> bool:
    text = match.group().rstrip()
    return "tight" not in match.re.groupindex or not match["tight"] or text.isupper()
