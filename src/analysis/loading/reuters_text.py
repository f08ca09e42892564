"""The TEXT element of Reuters-21578: dateline, body, briefs without one, and unprocessed text."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html import unescape

from analysis.loading.datelines import Dateline, day_with_year, parse_dateline
from analysis.loading.dates import MONTH, month_number
from analysis.loading.record_dispatch import TextParts, day_of, with_dateline, with_text
from analysis.loading.records import RawDispatch
from analysis.loading.wrapped_text import is_row, unwrap

_REFERENCE = re.compile(r"&(?:#\d{1,6}|#x[0-9a-f]{1,5}|lt|gt|amp|quot|apos);?", re.I)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_END = re.compile(r"(?:reuters?|more)[.\s]*", re.I)
_BEFORE_PLACE = re.compile(r"(?:RPT\s*-+)?[\s*]*")
_PLACEHOLDER = "Blah blah blah."  # set by the collection's makers where a brief has no body
# Datelines that only their element shows to be some: "omaha, april 7 -", "DETROIT June 18 -".
_MARKED = re.compile(
    rf"(?P<place>[^\W\d_].*?)(?P<comma>\s?[,.]*[\s,.]\s*-?\s*)(?P<month>{MONTH})[,.]?"
    r"(?:\s?(?P<day>\d{1,2})\b)?(?:,\s*reuter)?\s*-+(?:\s+|$)",
    re.IGNORECASE,
)
_MOST_HEADLINE_LINES = 3


def add_text(raw: RawDispatch, text: str) -> RawDispatch:
    """Return the dispatch with body and dateline from what the TEXT element holds.

    A brief consists of its title alone, which is then both headline and body.
    """
    body, dateline = _inner(text, "BODY"), _inner(text, "DATELINE")
    if body is None and "<TITLE" not in text:
        return _unprocessed(raw, text)
    if body is None:
        return _brief(raw, text)
    parts = _parts(body)
    line = plain_line(dateline or "")
    if line:
        return _with_marked(raw, line, parts)
    return with_text(raw, parts)


def plain_text(text: str) -> str:
    """Return text with character references resolved and control characters dropped.

    >>> plain_text("SRD &lt;SRD> rose.&#3;")
    'SRD <SRD> rose.'
    """
    resolved = _REFERENCE.sub(lambda found: unescape(found[0]), text)
    return _CONTROL.sub("", resolved.replace("\r\n", "\n").replace("\r", "\n"))


def plain_line(text: str) -> str:
    """Return text as one line of plain text.

    >>> plain_line(" FERRIES &lt;FRY>\\n SAIL ")
    'FERRIES <FRY> SAIL'
    """
    return " ".join(plain_text(text).split())


def _inner(text: str, name: str) -> str | None:
    start = text.find(f"<{name}>")
    if start < 0:
        return None
    end = text.find(f"</{name}>", start)
    return text[start + len(name) + 2 : end if end >= 0 else len(text)]


def _parts(text: str) -> TextParts:
    paragraphs = unwrap(plain_text(text))
    parts = TextParts(paragraphs)
    # The end mark is a line of its own, which unwrapping may have put behind the last sentence.
    while paragraphs:
        head, _, last = paragraphs[-1].rpartition(" ")
        if _END.fullmatch(paragraphs[-1]):
            parts.cut("metadata", "end mark", paragraphs.pop())
        elif _END.fullmatch(last) and _ends_with_mark(text):
            parts.cut("metadata", "end mark", last)
            paragraphs[-1] = head
            break
        else:
            break
    return parts


def _ends_with_mark(text: str) -> bool:
    lines = plain_text(text[-400:]).rstrip().rsplit("\n", 1)
    return _END.fullmatch(lines[-1].strip()) is not None


def _brief(raw: RawDispatch, text: str) -> RawDispatch:
    parts = _parts(text.partition("</TITLE>")[2])
    if " ".join(parts.paragraphs) == _PLACEHOLDER:
        parts.cut("metadata", "placeholder of the collection", parts.paragraphs.pop())
    made = with_text(raw, parts)
    return made if made.body else replace(made, body=raw.headline or "")


def _unprocessed(raw: RawDispatch, text: str) -> RawDispatch:
    """Text as it was sent: lines in capitals above the first indented one are the headline."""
    lines = plain_text(text).strip("\n").split("\n")
    end = 0
    for line in lines[:_MOST_HEADLINE_LINES]:
        if not line.strip() or line != line.upper() or line.startswith(" ") or is_row(line):
            break
        end += 1
    headline = " ".join(" ".join(lines[:end]).split())
    parts = _parts("\n".join(lines[end:]))
    made = replace(with_text(raw, parts), headline=headline or None)
    return made if made.body else replace(made, body=headline)


def _with_marked(raw: RawDispatch, line: str, parts: TextParts) -> RawDispatch:
    """Cut the dateline of the DATELINE element; what else it holds goes back to the text."""
    found = marked_dateline(line, day_of(raw))
    opening = line[found.end :] if found else line
    parts.paragraphs[:1] = [" ".join([opening.strip(), *parts.paragraphs[:1]]).strip()]
    if found:
        parts.cut("metadata", "dateline", line[: found.end])
        raw = with_dateline(raw, found, stated=None)
    body = "\n\n".join(paragraph for paragraph in parts.paragraphs if paragraph)
    return replace(raw, body=body, cuts=(*raw.cuts, *parts.cuts))


def marked_dateline(line: str, published: date | None) -> Dateline | None:
    """Read the text of a DATELINE element; None where it holds no dateline but a table's row.

    >>> marked_dateline("omaha, april 7 -", date(1987, 4, 7)).date
    '1987-04-07'
    >>> marked_dateline("GRADINGS -", None) is None
    True
    """
    before = _BEFORE_PLACE.match(line)
    start = before.end() if before else 0
    found = parse_dateline(line[start:], published)
    if not found or not found.date:
        found = _marked(line[start:], published) or (found if "," in line else None)
    return replace(found, end=found.end + start) if found else None


def _marked(line: str, published: date | None) -> Dateline | None:
    match = _MARKED.match(line[:160])
    month = month_number(match["month"]) if match else None
    if not match or not month:
        return None
    place = match["place"].strip(" ,")
    if "," not in match["comma"] + place and place != place.upper():
        return None  # "As of April 7 -"
    day = day_with_year(month, int(match["day"]), published) if match["day"] else None
    return Dateline(place, day, None, None, match.end())
