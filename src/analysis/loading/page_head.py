"""What the lines around a dispatch say about it: headline, byline, date, agency, outlet."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from analysis.loading.agencies import known_agency
from analysis.loading.datelines import Dateline, parse_dateline
from analysis.loading.dates import find_day
from analysis.loading.page_lines import Line

_REACH = 14  # lines above the text in which headline, byline and date are looked for
_BYLINE = re.compile(r"(?:by|written by|from)[:\s]\s*(?P<name>[^\W\d_].{1,80})", re.IGNORECASE)
_BYLINE_END = re.compile(
    r"\s*(?:[|•·–—]|\s-\s|,|\d|\b(?:on|updated|published|posted|in|at)\b|\b(?:staff|special to)\b"
    r"|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b).*",
    re.IGNORECASE,
)
_DATE_LINE = re.compile(
    r"(?:published|posted|updated|last (?:updated|modified)|\d+ (?:days?|hours?|minutes?|min) (?:ago|read)|"
    r"\d{1,2}:\d\d\s?(?:[ap]\.?m|gmt|e[ds]?t)\b)",
    re.IGNORECASE,
)
_SITE = re.compile(
    r"(?:[\w-]+\.)+(?:com|org|net|info|news|example|eu|int|gov|edu|co\.uk|[a-z]{2})\b", re.I
)
_BANNER = re.compile(r"(?P<name>[^|–—:]{3,40}?)\s+(?:[-|–—:]|::)\s+\S.{2,80}")
_TITLES = (
    "times post news herald tribune courier ledger gazette journal guardian daily chronicle star mail "
    "press observer telegraph today review standard globe sun independent watch wire mirror record"
).split()
_COPYRIGHT = re.compile(
    r"(?:copyright|©|\(c\)|ⓒ)\W*(?:\d{4}(?:\s?[-–]\s?\d{2,4})?\W*)?(?:by\s+)?(?P<owner>[^.,;|\d(]{2,60})",
    re.I,
)


@dataclass(frozen=True)
class Head:
    """Facts about a dispatch, and which lines state them (index: what it states)."""

    headline: str | None = None
    byline: str | None = None
    published: date | None = None
    agency: str | None = None
    outlet: str | None = None
    dateline: Dateline | None = None
    stated_on: tuple[tuple[int, str], ...] = ()


def is_metadata(line: Line) -> bool:
    """Whether a line is a byline or a line with the publication date, and nothing more.

    >>> from analysis.loading.page_lines import split_lines
    >>> [is_metadata(line) for line in split_lines("By Jorun Vale\\n\\nMarch 4, 2024\\n\\nHe left.")]
    [True, True, False]
    """
    if line.words > 16 or (line.ends_sentence and line.function_words > 2):
        return False
    by = _BYLINE.match(line.text)
    dated = find_day(line.text) is not None or _DATE_LINE.search(line.text)
    return bool(dated or (by and by["name"][0].isupper()))


def read_head(lines: list[Line], start: int) -> Head:
    """Read the facts about the dispatch whose body starts at index `start` of `lines`."""
    above = range(max(0, start - _REACH), start)
    found: list[tuple[int, str]] = []
    dateline_at = next((i for i in reversed(above) if _whole_dateline(lines[i].text)), None)
    metadata = [i for i in above if is_metadata(lines[i]) and i != dateline_at]
    top = min(
        [i for i in (dateline_at, *metadata) if i is not None and i >= start - 8], default=start
    )
    headline_at = _headline_at(lines, range(max(0, top - _REACH), top)) or _headline_at(
        lines, above
    )
    found += [
        (i, "byline or date line") for i in metadata if headline_at is None or i > headline_at
    ]
    published = next((day for i, _ in found if (day := find_day(lines[i].text))), None)
    dateline = None
    if dateline_at is not None:
        dateline = parse_dateline(lines[dateline_at].text, published)
        found.append((dateline_at, "dateline"))
    elif start < len(lines):
        dateline = parse_dateline(lines[start].text, published)
    if dateline and dateline.stated:
        published = published or dateline.stated
    if headline_at is not None:
        found.append((headline_at, "headline"))
    head = Head(
        headline=lines[headline_at].text if headline_at is not None else None,
        byline=_byline([lines[i].text for i, _ in found]),
        published=published,
        dateline=dateline,
        stated_on=tuple(found),
    )
    owners = _copyright_owners(lines)
    return replace(
        head,
        agency=_agency(head, lines, owners),
        outlet=_outlet(lines[: max(start, 0)], head, owners),
    )


def _whole_dateline(text: str) -> bool:
    dateline = parse_dateline(text)
    return dateline is not None and not text[dateline.end :].strip() and dateline.agency is not None


def _headline_at(lines: list[Line], among: range) -> int | None:
    best, best_score = None, 0.0
    for i in among:
        line = lines[i]
        if line.furniture or not 3 <= line.words <= 30 or is_metadata(line) or line.indent >= 2:
            continue
        score = (
            4.0
            + 2 * (line.words >= 5)
            + 2 * (not line.text.endswith("."))
            + 1.5 * (line.repeats > 1)
        )
        score -= 0.35 * (among.stop - 1 - i) + 2 * bool(_SITE.match(line.text))
        if score > best_score:
            best, best_score = i, score
    return best


def _byline(texts: list[str]) -> str | None:
    for text in texts:
        match = _BYLINE.match(text)
        if match:
            name = _BYLINE_END.sub("", match["name"]).strip(" .:")
            if name and name[0].isupper() and known_agency(name) is None and len(name.split()) <= 8:
                return name
    return None


def _agency(head: Head, lines: list[Line], owners: list[str]) -> str | None:
    if head.dateline and head.dateline.agency:
        return head.dateline.agency
    for i, what in head.stated_on:
        if what == "byline or date line":
            text = re.sub(r"^by\s+", "", lines[i].text, flags=re.IGNORECASE)
            for part in re.split(
                r"\s*[|•·,–—/]\s*|\s+\d.*|\s+(?=(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*\.? \d)",
                text,
                flags=re.I,
            ):
                if part and (known := known_agency(part)):
                    return known
    return next((known for owner in owners if (known := known_agency(owner))), None)


def _outlet(above: list[Line], head: Head, owners: list[str]) -> str | None:
    for line in above[:3]:
        if line.text == head.headline or line.words > 14:
            continue
        banner = _BANNER.fullmatch(line.text)
        name = banner["name"].strip() if banner else line.text
        site = _SITE.fullmatch(name)
        titled = len(name.split()) <= 5 and name.split()[-1].casefold() in _TITLES
        if (site or titled) and known_agency(name) is None:
            return name
    named = [owner for owner in owners if known_agency(owner) is None]
    return named[0] if named else None


def _copyright_owners(lines: list[Line]) -> list[str]:
    owners = []
    for line in lines:
        if line.furniture and line.furniture.kind == "copyright":
            for match in _COPYRIGHT.finditer(line.text[:600]):
                owner = re.sub(
                    r"\s*\b(?:all rights|inc|llc|ltd|reserved|limited)\b.*",
                    "",
                    match["owner"],
                    flags=re.I,
                )
                if owner.strip() and owner.strip()[0].isupper() and len(owner.split()) <= 6:
                    owners.append(owner.strip(" -–|"))
    return owners
