"""The parts of one Factiva article, by field code; from lines of text where there is no HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from analysis.loading.dates import find_day
from analysis.loading.languages import language_tag

CODES = frozenset(
    "SE HD BY CR WC PD ET SN SC ED PG VOL LA CY LP TD CT RF CO IN NS RE IPC IPD PUB AN ART CLM DLN "
    "CX RST".split()
)
_CODED = re.compile(r"\s*(?P<code>[A-Z]{2,3})(?:\s*\|\s*|\s{2,}|\t|\s*$)(?P<text>.*)")
_WORDS = re.compile(
    r"\d[\d.,' ]*\s?(?:words|mots|Wörter|palabras|parole|palavras|woorden|ord|слов|語|字)", re.I
)
_NUMBER = re.compile(r"(?:Document|Dokument|Documento)\s+(?P<number>[A-Za-z0-9]{15,40})")
_CLOCK = re.compile(r"\d{1,2}:\d\d(?::\d\d)?(?: [A-Z]{2,4})?")
_SOURCE_CODE = re.compile(r"[A-Z0-9]{2,8}")
_COPYRIGHT = re.compile(r"\s*(?:©|\(c\)|copyright)", re.I)


@dataclass
class Article:
    """One article: its fields by code, and the paragraphs of its text (LP and TD)."""

    fields: dict[str, str] = field(default_factory=dict)
    paragraphs: list[str] = field(default_factory=list)

    def add(self, code: str, text: str) -> None:
        """Take in a line of the field `code`; of one met before, behind what it has."""
        text = " ".join(text.strip(" |").split())
        if not text:
            return
        if code in ("LP", "TD"):
            self.paragraphs.append(text)
        elif code == "AN":
            found = _NUMBER.search(text)
            self.fields[code] = found["number"] if found else text
        else:
            self.fields[code] = f"{self.fields[code]} {text}" if code in self.fields else text


def text_articles(text: str) -> Iterator[Article]:
    """Yield the articles of an RTF export; each ends with its "Document" number."""
    lines: list[str] = []
    coded = sum(1 for line in text.split("\n") if _code(line)) >= 4
    for line in text.replace("\f", "\n").split("\n"):
        lines.append(line)
        if _NUMBER.fullmatch(line.strip(" |")) or (_code(line) == "AN" and _NUMBER.search(line)):
            yield _coded_article(lines) if coded else _plain_article(lines)
            lines = []
    if sum(map(len, lines)) > 200:  # cut short before its number
        yield _coded_article(lines) if coded else _plain_article(lines)


def take_order(lines: Sequence[str], made: Article) -> int | None:
    """Name the lines above a text by their order; the index of the first one of the text.

    The order is word count, day, perhaps a time, outlet, its code, perhaps edition and page,
    language, copyright. None where there is no word count.

    >>> made = Article()
    >>> take_order(["2 words", "5 March 2024", "Tolmar Ledger", "TOLED", "English", "Text."], made)
    5
    >>> made.fields["SN"], made.fields["LA"]
    ('Tolmar Ledger', 'English')
    """
    at = next((i for i, line in enumerate(lines[:40]) if _WORDS.fullmatch(line)), None)
    if at is None or at + 1 >= len(lines) or not find_day(lines[at + 1]):
        return None
    made.add("WC", lines[at])
    made.add("PD", lines[at + 1])
    i = at + 2
    if i < len(lines) and _CLOCK.fullmatch(lines[i]):
        made.add("ET", lines[i])
        i += 1
    if i < len(lines):
        made.add("SN", lines[i])
        i += 1
    if i < len(lines) and _SOURCE_CODE.fullmatch(lines[i]):
        made.add("SC", lines[i])
        i += 1
    return _take_language(lines, i, made)


def _take_language(lines: Sequence[str], start: int, made: Article) -> int:
    for i in range(start, min(start + 5, len(lines))):
        if language_tag(lines[i]) and " " not in lines[i]:
            for line in lines[start:i]:
                made.add("ED", line)
            made.add("LA", lines[i])
            start = i + 1
            break
    if start < len(lines) and _COPYRIGHT.match(lines[start]):
        made.add("CY", lines[start])
        start += 1
    return start


def _coded_article(lines: list[str]) -> Article:
    made = Article()
    code = ""
    for line in lines:
        found = _code(line)
        match = _CODED.match(line) if found else None
        if found and match:
            code = found
            made.add(code, match["text"])
        elif code:
            made.add(code, line)
    return made


def _plain_article(lines: list[str]) -> Article:
    made = Article()
    kept = [" ".join(line.strip(" |").split()) for line in lines]
    kept = [line for line in kept if line]
    start = take_order(kept, made)
    if start is None:
        return made
    top = kept[: next(i for i, line in enumerate(kept) if _WORDS.fullmatch(line))]
    for line in top[-3:]:
        made.add("BY" if line.startswith("By ") else "HD", line)
    for line in kept[start:]:
        made.add("AN" if _NUMBER.fullmatch(line) else "TD", line)
    return made


def _code(line: str) -> str | None:
    found = _CODED.match(line)
    return found["code"] if found and found["code"] in CODES else None
