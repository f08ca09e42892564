"""The text of an ANPA 1312 message: typesetting codes, head lines, paragraphs, tables.

"^" sets a line in bold or as a heading, "<" and "=" end a line (flush left, centred), a tab starts
a paragraph, BS starts a row of a table, and DLE, RS and US are spaces of fixed width.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from analysis.loading.records import Repair

_LINE_END = re.compile(r"\r\n|\r|\n")
_PACKED = re.compile(r"<[ \t]*(?=\^)")
_FIXED_SPACES = re.compile(r"[\x10\x1e\x1f ]+")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f]")
_NOTE = re.compile(
    r"(?:AP (?:Photo|Video|Graphic|Audio)s?\b|\(?Eds?:|EDITOR'?S'? NOTE\b)", re.IGNORECASE
)
_BYLINE = re.compile(r"By [A-Z]")
_AFFILIATION = re.compile(
    r"(?:the )?associated press|.*\b(?:writers?|editors?|correspondents?|press|reporter|AP)", re.I
)
_END = re.compile(r"\^?(?:END|_{2,}|-30-|More)\s*[<=]*", re.I)
_RULE = re.compile(r"_{2,}|-{2,}|\*{3,}")
_ROUTING = re.compile(r"\*\d+")
_MENDED = re.compile(r"``|''(?!')|(?<=\s)_(?=\s)|\{")
_MENDS = {
    "``": ("“", "typewriter quotation mark"),
    "''": ("”", "typewriter quotation mark"),
    "_": ("—", "underscore sent for a dash"),
    "{": ("½", "brace sent for one half"),
}


@dataclass
class AnpaText:
    """Head lines and paragraphs of one message, and what was left out: kind, reason, text."""

    keyword_line: str | None = None
    headline: str | None = None
    byline: str | None = None
    paragraphs: list[str] = field(default_factory=list)
    cuts: list[tuple[str, str, str]] = field(default_factory=list)


def split_text(text: str) -> AnpaText:
    r"""Divide the text between STX and ETX into head lines and paragraphs.

    >>> found = split_text("^BC-Ferries,20<\r\n^Ferries sail<\r\n\tTOLMAR (MPA) _ All did.\r\n")
    >>> found.keyword_line, found.headline, found.paragraphs
    ('BC-Ferries,20', 'Ferries sail', ['TOLMAR (MPA) _ All did.'])
    """
    lines = [line for line in _LINE_END.split(_PACKED.sub("<\n", text)) if _plain(line)]
    made = AnpaText()
    start = _read_head(lines, made)
    _read_body(lines[start:], made)
    return made


def mend(body: str) -> tuple[str, tuple[Repair, ...]]:
    """Put in the characters that the wire had no code for; each is listed as a repair.

    >>> mend("``All nine _ open,'' he said.")[0]
    '“All nine — open,” he said.'
    """
    pieces: list[str] = []
    repairs: list[Repair] = []
    done = length = 0
    for match in _MENDED.finditer(body):
        mark, reason = _MENDS[match[0]]
        length += match.start() - done
        pieces += [body[done : match.start()], mark]
        repairs.append(Repair(length, length + 1, match[0], reason))
        done, length = match.end(), length + 1
    return "".join([*pieces, body[done:]]), tuple(repairs)


def _read_head(lines: list[str], made: AnpaText) -> int:
    """Take in the head lines; the index of the first line of the text."""
    for i, line in enumerate(lines):
        plain = _plain(line)
        if not line.startswith("^") or (made.byline and not _is_affiliation(lines[i - 1], plain)):
            return i
        if _ROUTING.fullmatch(plain):
            made.cuts.append(("metadata", "routing", plain))
        elif made.keyword_line is None:
            made.keyword_line = plain
        elif _BYLINE.match(plain):
            made.byline = plain
        elif made.byline:
            made.cuts.append(("metadata", "affiliation", plain))
        elif _NOTE.match(plain):
            made.cuts.append(("metadata", "note to editors", plain))
        elif made.headline is None:
            made.headline = plain
        elif _is_text_without_paragraphs(lines[i:]):
            return i
        else:
            made.cuts.append(("standfirst", "summary above the byline", plain))
    return len(lines)


def _is_affiliation(previous: str, plain: str) -> bool:
    return _BYLINE.match(_plain(previous)) is not None and bool(_AFFILIATION.fullmatch(plain))


def _is_text_without_paragraphs(lines: list[str]) -> bool:
    # A list of headlines is sent as headings alone.
    return all(line.startswith("^") and not _BYLINE.match(_plain(line)) for line in lines[:500])


def _read_body(lines: list[str], made: AnpaText) -> None:
    pieces: list[tuple[str, str]] = []  # how each piece joins what stands before it, and its text
    in_table = False
    for line in lines:
        plain = _plain(line)
        if _RULE.fullmatch(plain) or _END.fullmatch(line.strip()):
            made.cuts.append(("metadata", "rule or end mark", plain))
            in_table = False
            continue
        row = line.startswith("\b") or ("\t" in line and line.rstrip().endswith("<"))
        starts = not pieces or row or line.startswith(("\t", "^", "   "))
        joint = "\n" if row and in_table else "\n\n" if starts else " "
        pieces.append((joint, plain))
        in_table = row
    text = "".join(joint + plain for joint, plain in pieces)
    made.paragraphs = text.strip().split("\n\n")


def _plain(line: str) -> str:
    line = _FIXED_SPACES.sub(" ", line.replace("\b", " ")).strip()
    return " ".join(_CONTROL.sub(" ", line.lstrip("^").rstrip("<= ")).split())
