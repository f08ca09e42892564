"""What the lines around a dispatch say about it: headline, byline, date, agency, outlet."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from analysis.loading.agencies import known_agency, split_credit
from analysis.loading.datelines import Dateline, parse_dateline
from analysis.loading.dates import MONTH, find_day
from analysis.loading.page_lines import Line

_REACH = 14  # lines above the text in which headline, byline and date are looked for
_NEAR = 8  # lines above the text in which a byline or date says that the headline is higher up
_BYLINE = re.compile(r"(?:by|written by|from)[:\s]\s*(?P<name>[^\W\d_].{1,80})", re.IGNORECASE)
_BYLINE_END = re.compile(
    r"\s*(?:[|•·–—]|\s-\s|,|\d|\b(?:on|updated|published|posted|in|at)\b|\b(?:staff|special to)\b"
    r"|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b).*",
    re.IGNORECASE,
)
_DATE_LINE = re.compile(
    r"(?:published|posted|updated|last (?:updated|modified)|"
    r"\d+ (?:days?|hours?|minutes?|min) (?:ago|read)|\d{1,2}:\d\d\s?(?:[ap]\.?m|gmt|e[ds]?t)\b)",
    re.IGNORECASE,
)
_SITE = re.compile(
    r"(?:[\w-]+\.)+(?:com|org|net|info|news|example|eu|int|gov|edu|co\.uk|[a-z]{2})\b",
    re.IGNORECASE,
)
_BANNER = re.compile(r"(?P<name>[^|–—:]{3,40}?)\s+(?:[-|–—:]|::)\s+\S.{2,80}")
_NEWSPAPER = re.compile(
    r".*\b(?:Times|Post|News|Herald|Tribune|Courier|Ledger|Gazette|Journal|Guardian|Daily|"
    r"Chronicle|Star|Mail|Press|Observer|Telegraph|Today|Review|Standard|Globe|Sun|Independent|"
    r"Watch|Wire|Mirror|Record)"
)
_COPYRIGHT = re.compile(
    r"(?:copyright|©|\(c\)|ⓒ)\W*(?:\d{4}(?:\s?[-–]\s?\d{2,4})?\W*)?(?:by\s+)?"
    r"(?P<owner>[^.,;|\d(]{2,60})",
    re.IGNORECASE,
)
_OWNER_END = re.compile(
    r"\s*\b(?:all rights|inc|llc|ltd|reserved|limited|sections|may not)\b.*", re.IGNORECASE
)
_NAME_END = re.compile(rf"\s*[|•·,–—/]\s*|\s+(?=\d)|\s+(?={MONTH}\s+\d)", re.IGNORECASE)
BYLINE, DATELINE, HEADLINE = "byline or date line", "dateline", "headline"


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
    >>> lines = split_lines("By Jorun Vale\\n\\nMarch 4, 2024\\n\\nHe left.")
    >>> [is_metadata(line) for line in lines]
    [True, True, False]
    """
    if line.words > 20:
        return False
    by = _BYLINE.match(line.text)
    named = by is not None and by["name"][0].isupper()
    dated = find_day(line.text) is not None or _DATE_LINE.search(line.text) is not None
    if line.words > 16 or (line.ends_sentence and line.function_words > 2):
        return named and dated
    return named or dated


def read_head(lines: list[Line], start: int) -> Head:
    """Read the facts about the dispatch whose body starts at index `start` of `lines`."""
    stated_on = _stating_lines(lines, start)
    where = {what: i for i, what in stated_on}
    bylines = [lines[i].text for i, what in stated_on if what == BYLINE]
    published = next((day for text in bylines if (day := find_day(text))), None)
    opening = where.get(DATELINE, start)
    dateline = parse_dateline(lines[opening].text, published) if opening < len(lines) else None
    owners = copyright_owners(
        line.text for line in lines if line.furniture and line.furniture.kind == "copyright"
    )
    headline = lines[where[HEADLINE]].text if HEADLINE in where else None
    return Head(
        headline=headline,
        byline=_byline(bylines),
        published=published or (dateline.stated if dateline else None),
        agency=(dateline.agency if dateline else None) or _agency(bylines, owners),
        outlet=_outlet([line for line in lines[:start] if line.text != headline], owners),
        dateline=dateline,
        stated_on=tuple(stated_on),
    )


def _stating_lines(lines: list[Line], start: int) -> list[tuple[int, str]]:
    """The lines above the text that state something, each with what it states."""
    above = range(max(0, start - _REACH), start)
    dateline_at = next((i for i in reversed(above) if _whole_dateline(lines[i].text)), None)
    bylines = [i for i in above if is_metadata(lines[i]) and i != dateline_at]
    near = [i for i in (*bylines, dateline_at) if i is not None and i >= start - _NEAR]
    top = min(near, default=start)
    headline_at = _headline_at(lines, range(max(0, top - _REACH), top))
    if headline_at is None:
        headline_at = _headline_at(lines, above)
    found = [(i, BYLINE) for i in bylines if headline_at is None or i > headline_at]
    if dateline_at is not None:
        found.append((dateline_at, DATELINE))
    if headline_at is not None:
        found.append((headline_at, HEADLINE))
    return found


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
            name = split_credit(_BYLINE_END.sub("", match["name"]).strip(" .:"))[0]
            if name and name[0].isupper() and known_agency(name) is None and len(name.split()) <= 8:
                return name
    return None


def _agency(bylines: list[str], owners: list[str]) -> str | None:
    """The agency that a byline or, failing that, a copyright line names."""
    for text in bylines:
        name = re.sub(r"^by\s+", "", text, flags=re.IGNORECASE)
        for part in (name, *_NAME_END.split(name)):
            if part and (known := split_credit(part)[1]):
                return known
    return next((known for owner in owners if (known := known_agency(owner))), None)


def _outlet(above: list[Line], owners: list[str]) -> str | None:
    """Who published it: the banner at the top of the page, else who claims the copyright."""
    for line in above[:3]:
        banner = _BANNER.fullmatch(line.text)
        name = banner["name"].strip() if banner else line.text
        titled = len(name.split()) <= 5 and _NEWSPAPER.fullmatch(name)
        if (_SITE.fullmatch(name) or titled) and known_agency(name) is None:
            return name
    return next((owner for owner in owners if known_agency(owner) is None), None)


def copyright_owners(lines: Iterable[str]) -> list[str]:
    """Who claims the copyright on lines that claim one; agency and outlet apart.

    >>> copyright_owners(["© 2024 AFP/The Tolmar Ledger. All rights reserved."])
    ['AFP', 'The Tolmar Ledger']
    """
    owners = []
    for line in lines:
        for match in _COPYRIGHT.finditer(line[:600]):
            owner = _OWNER_END.sub("", match["owner"]).strip(" -–|")
            if owner and owner[0].isupper() and len(owner.split()) <= 6:
                outlet, agency = split_credit(owner)
                owners += [name for name in (agency, outlet) if name]
    return owners
