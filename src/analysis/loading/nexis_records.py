"""The parts of one Nexis document: outlet, day, headline, fields and paragraphs."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from analysis.loading.dates import find_day
from analysis.loading.wrapped_text import unwrap

HEAD_FIELDS = {
    "BYLINE", "SECTION", "LENGTH", "DATELINE", "HIGHLIGHT", "HEADLINE", "SERIES", "BODY", "EDITION",
}  # fmt: skip
_TAIL_FIELDS = {
    "LOAD-DATE", "LANGUAGE", "GRAPHIC", "PUBLICATION-TYPE", "JOURNAL-CODE", "URL", "SUBJECT",
    "CORRECTION-DATE", "DOCUMENT-TYPE", "NOTES", "CITY", "COUNTRY", "STATE", "ORGANIZATION",
    "PERSON", "COMPANY", "INDUSTRY", "GEOGRAPHIC", "TICKER", "TYPE", "ACC-NO", "UPDATE",
    "ISSN", "CORRECTION", "DISTRIBUTION", "CONTACT", "PUB-TYPE",
}  # fmt: skip
_FIELD = re.compile(r"(?P<name>[A-Z][A-Za-z]{2,}(?:-[A-Z][A-Za-z]+)?): *(?P<value>.*)")
_TAIL_HEADING = re.compile(r"(?:Graphic|Classification|Notes|Correction)\s*")
_COPYRIGHT = re.compile(r"\s*(?:Copyright|©|\(c\)) .{0,20}\d{4}\b", re.I)
_FRONT = re.compile(
    r"(?:Date and Time|Job Number|Documents \(\d+\)|Client/Matter|Search Terms|Search Type|"
    r"Narrowed by|Content Type)\b.*|\|.*|\d+\. .*"
)


@dataclass
class Record:
    """One document of an export, its parts as written; fields by their name in capitals."""

    outlet: str | None = None
    day: str | None = None
    headline: str | None = None
    fields: dict[str, str] = field(default_factory=dict)
    paragraphs: list[str] = field(default_factory=list)
    tail: list[str] = field(default_factory=list)
    copyright: list[str] = field(default_factory=list)


def old_record(text: str) -> Record:
    """Read a document of the older layout, from below its "1 of 50 DOCUMENTS".

    >>> made = old_record("\\n  Tolmar Ledger\\n\\n  March 5, 2024 Tuesday\\n\\nFerries sail\\n\\n"
    ...                   "BYLINE: Pel Oram\\n\\nLENGTH: 2 words\\n\\nAll did.")
    >>> made.outlet, made.headline, made.fields["BYLINE"], made.paragraphs
    ('Tolmar Ledger', 'Ferries sail', 'Pel Oram', ['All did.'])
    """
    made = Record()
    blocks = [block.strip("\n") for block in re.split(r"\n[ \t]*\n", text) if block.strip()]
    start = _last_head_field(blocks)
    top = [block for block in blocks[:start] if not _take_field(block, made)]
    _name_top([_one_line(block) for block in top], made, headline_first=False)
    end = start
    while end < len(blocks) and not _is_tail(blocks[end]):
        end += 1
    made.paragraphs = [paragraph for block in blocks[start:end] for paragraph in unwrap(block)]
    for block in blocks[end:]:
        _take_tail(block, made)
    return made


def uni_record(text: str) -> Record:
    """Read a document in the layout of Nexis Uni, up to its "End of Document"."""
    made = Record()
    lines = [line.strip() for line in text.split("\n")]
    body = next((i for i, line in enumerate(lines) if line == "Body"), None)
    if body is None:
        fields = [i for i, line in enumerate(lines[:400]) if _field_name(line) in HEAD_FIELDS]
        body = fields[-1] if fields else -1
    top = [line for line in _without_front(lines[: body + 1]) if line and line != "Body"]
    top = [line for line in top if not _take_field(line, made) and not line.startswith("|")]
    _name_top(top, made, headline_first=True)
    rest = lines[body + 1 :]
    end = next((i for i, line in enumerate(rest) if _is_tail(line)), len(rest))
    made.paragraphs = [line for line in rest[:end] if line]
    for line in rest[end:]:
        _take_tail(line, made)
    return made


def _last_head_field(blocks: list[str]) -> int:
    """Index of the first block of the text: behind the run of head fields."""
    start = 0
    for i, block in enumerate(blocks[:30]):
        if _field_name(block) in HEAD_FIELDS:
            start = i + 1
        elif start and _field_name(blocks[start - 1]) == "LENGTH":
            break
    return start or min(len(blocks), 3)


def _without_front(lines: list[str]) -> list[str]:
    """The lines below the list of documents that opens an export."""
    front = 0
    if any(line.startswith(("Job Number:", "Date and Time:")) for line in lines[:10]):
        front = max((i for i, line in enumerate(lines) if _FRONT.match(line)), default=-1) + 1
    return lines[front:]


def _name_top(lines: list[str], made: Record, *, headline_first: bool) -> None:
    for line in [line for line in lines if _COPYRIGHT.match(line)]:
        made.copyright.append(line)
    lines = [line for line in lines if not _COPYRIGHT.match(line)]
    dated = next((i for i, line in enumerate(lines) if _is_day(line)), None)
    if dated is None:
        # Nothing sure is left but the order: outlet on top in the older layout, headline in Uni.
        made.headline = (lines[0] if headline_first else lines[-1]) if lines else None
        return
    made.day = lines[dated]
    above = lines[:dated]
    below = [line for line in lines[dated + 1 :] if not re.search(r"\bEdition\b|^Pg\b", line)]
    if headline_first:
        made.outlet = above[-1] if above else None
        made.headline = " ".join(above[:-1]) or made.fields.get("HEADLINE")
    else:
        made.outlet = above[0] if above else None
        made.headline = made.fields.get("HEADLINE") or " ".join(below) or None


def _is_day(line: str) -> bool:
    return len(line) < 90 and not line.endswith((".", "?")) and find_day(line) is not None


def _field_name(block: str) -> str | None:
    found = _FIELD.match(block)
    return found["name"].upper() if found else None


def _take_field(block: str, made: Record) -> bool:
    found = _FIELD.match(block)
    if not found or found["name"].upper() not in HEAD_FIELDS:
        return False
    made.fields[found["name"].upper()] = _one_line(block[found.start("value") :])
    return True


def _is_tail(block: str) -> bool:
    name = _field_name(block)
    # In the older layout the names stand in capitals: "Language: no barrier" is text there.
    if name and name in _TAIL_FIELDS and (block.startswith(name) or "-" in name):
        return True
    return bool(_TAIL_HEADING.fullmatch(block) or _COPYRIGHT.match(block))


def _take_tail(block: str, made: Record) -> None:
    found = _FIELD.match(block)
    if found:
        made.fields.setdefault(found["name"].upper(), _one_line(block[found.start("value") :]))
    if _COPYRIGHT.match(block) or "rights reserved" in block.casefold()[:200]:
        made.copyright.append(_one_line(block))
    elif block.strip():
        made.tail.append(_one_line(block))


def _one_line(text: str) -> str:
    return " ".join(text.split())
