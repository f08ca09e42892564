"""Datelines: where and when a dispatch was filed, and by which agency.

Reads the forms that the large agencies use, and any other agency code in the same place:

``BAGHDAD, Jan 16 (AFP) -``  ``LONDON (AP) —``  ``BERLIN, 3 March (Reuters) -``
``Madrid, 16 ene (EFE).-``  ``MOSCOW, January 16. /TASS/.``  ``(ANSA) - ROME, JAN 16 -``
``TOKYO, Jan. 16, Kyodo -``  ``Tolmar, March 4 (MPA) Mar 4, 2024`` on a line of its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date as calendar_day

from analysis.loading.agencies import canonical_agency, known_agency
from analysis.loading.dates import MONTH, find_day, month_number

_WEEKDAY = (
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|tue|wed|thu|fri|sat|sun)\b\.?"
    r"|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|sonnabend"
    r"|(?:lun|mar|mercre|jeu|vendre|same)di|dimanche|lunes|martes|miércoles|jueves|viernes|sábado"
    r"|domingo|(?:lune|marte|mercole|giove|vener)dì|sabato|domenica)"
)
_NAME = r"[^\W\d_][\w.'’-]*"
_NOT_DATE = rf"(?!{MONTH}\s*\d|{_WEEKDAY}\b)"
_LINK = rf"(?:\s|/|\s?,\s?{_NOT_DATE})(?:(?:de|of|the|al|la|el)\s)?"
# Tolmar (Kedrovia) (AFP); TOLMAR /Kedrovia/, March 4. /TASS/.
_LAND = rf"(?:\s\({_NAME}(?:\s{_NAME})?\)|\s/{_NAME}(?:\s{_NAME})?/(?=,))?"
_PLACE = rf"(?P<place>{_NAME}(?:{_LINK}{_NAME}){{0,5}}?{_LAND})"
_DATE = (
    rf"(?:(?:{_WEEKDAY},?\s+)?(?:(?P<month>{MONTH})\s*(?P<day>\d{{1,2}})"
    rf"|(?P<day2>\d{{1,2}})(?:er\b|\.)?\s*(?:de\s)?(?P<month2>{MONTH}))(?:,?\s*(?:de\s)?(?P<year>\d{{4}}))?|{_WEEKDAY})"
)
_CODE = r"(?P<agency>[^\W\d_][\w .&/-]{0,28}?[\w.])"
_MARK = r"\s*(?:\.\s?-+|--+|[-–—―:_])\s*"
_STATED = rf"\s+(?P<stated>{MONTH}\s\d{{1,2}},\s\d{{4}})\s*$"
_FORMS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # BAGHDAD, Jan 16 (AFP) - | Tolmar, March 4 (MPA) Mar 4, 2024
        rf"{_PLACE}(?:\s?[,.]\s?{_DATE})?\.?,?\s?\({_CODE}\)(?:{_MARK}|{_STATED}|\s*$|\.\s+)",
        # MOSCOW, January 16. /TASS/.
        rf"{_PLACE}(?:,\s{_DATE})?\.?\s/{_CODE}/\.?(?:{_MARK}|\s+|$)",
        # (ANSA) - ROME, JAN 16 -
        rf"\({_CODE}\){_MARK}{_PLACE}(?:,\s{_DATE})?{_MARK}",
        # TOKYO, Jan. 16, Kyodo -
        rf"{_PLACE},\s{_DATE},\s{_CODE}(?:{_MARK}|\s*$)",
    )
)
# Only for agencies of the table: no place ("March 4 (Reuters) -"), or no mark ("... (PTI) Text").
_AGENCY_FORMS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?:{_DATE}\s)?\({_CODE}\){_MARK}",
        rf"{_PLACE},\s?{_DATE}\s\({_CODE}\)\s+",
    )
)
# Without a code: a place in capitals and a dash (MADRID —), or a place and a date (Perth, May 3 -).
_BARE = re.compile(
    rf"{_PLACE}(?:(?:\s?,\s?|(?<=\.)\s){_DATE})?"
    r"\s*(?:--+|[–—―]|(?:\s|(?<=\s\d)|(?<=\s\d\d))-(?=\s|$))\s*",
    re.IGNORECASE,
)
_NO_PLACE = re.compile(
    r"(?:UPDATE|BREAKING(?: NEWS)?|EXCLUSIVE|WATCH|ANALYSIS|OPINION|CORRECT(?:ED|ION)|URGENT|VIDEO|"
    r"LIVE|NEWS|PHOTOS|REVIEW|FACTBOX|TIMELINE)(?: \d+)?"
)
_OPENERS = re.compile(
    r"(?:on|in|at|an?|by|for|as|from|with|after|when|while|if|but|and|s?he)", re.I
)
_PARTICLES = re.compile(r"(?:d[aeiou]|and|of|the|al|la|el|am|an|der|sur|upon|on|in|le|les|und)")
_WORD = re.compile(_NAME)
_LONGEST = 160


@dataclass(frozen=True)
class Dateline:
    """A dateline and how many characters of the text it takes up (`end`).

    `date` is ISO (2020-01-16) where the year is known, else --01-16. `stated` is a full day given
    beside the dateline, as publishers add it. `evidence` says what gave the year of `date`.
    """

    place: str | None
    date: str | None
    agency: str | None
    stated: calendar_day | None
    end: int
    evidence: str | None = None


def parse_dateline(text: str, published: calendar_day | None = None) -> Dateline | None:
    """Read the dateline that opens `text`; None where there is none.

    Parameters
    ----------
    text : a paragraph, or a line that holds nothing but the dateline.
    published : the day the input states elsewhere; supplies the year when the dateline gives
        month and day only, provided the two are at most 31 days apart.

    >>> from datetime import date
    >>> parse_dateline("TOLMAR, Jan 16 (MPA) - The strait reopened.", date(2024, 1, 17))
    Dateline(place='TOLMAR', date='2024-01-16', agency='MPA', stated=None, end=23,
             evidence='publication day')
    >>> parse_dateline("LONDON (AP) — Shares rose.").agency
    'AP'
    >>> parse_dateline("The minister (48) said no.") is None
    True
    """
    head = text[:_LONGEST].split("\n", 1)[0]
    for form in _FORMS:
        match = form.match(head)
        if match and _is_filed_by(match["place"], match["agency"]):
            return _dateline(match, published)
    for form in _AGENCY_FORMS:
        match = form.match(head)
        place = match.groupdict().get("place") if match else None
        if match and known_agency(match["agency"]) and (place is None or _is_place(place)):
            return _dateline(match, published)
    bare = _BARE.match(head)
    dated = bare is not None and bool(bare["month"] or bare["month2"])
    if bare and (_is_place(bare["place"]) if dated else _is_bare_place(bare["place"])):
        return _dateline(bare, published)
    return None


def day_with_year(month: int, day: int, published: calendar_day | None) -> str | None:
    """ISO day from month and day, the year taken from a stated day at most 31 days away.

    >>> from datetime import date
    >>> day_with_year(12, 31, date(2020, 1, 1)), day_with_year(1, 16, None)
    ('2019-12-31', '--01-16')
    """
    try:
        calendar_day(2000, month, day)
    except ValueError:
        return None
    if published:
        for year in (published.year, published.year - 1, published.year + 1):
            try:
                candidate = calendar_day(year, month, day)
            except ValueError:
                continue
            if abs((candidate - published).days) <= 31:
                return candidate.isoformat()
    return f"--{month:02}-{day:02}"


def _is_filed_by(place: str, code: str) -> bool:
    """Whether "PLACE (CODE)" can be a dateline, and not a name with its abbreviation."""
    if not _is_place(place):
        return False
    # Reuters Breakingviews, AP/Reuters, tca/dpa, ANSA-AFP, dpa-AFX
    first = re.split(r"[ -]", code)[0]
    if known_agency(code) or any(known_agency(part) for part in first.split("/")):
        return True
    initials = "".join(word[0] for word in _WORD.findall(place) if word[0].isupper())
    return re.fullmatch(r"[A-Z]{2,6}", code) is not None and code != initials


def _is_place(text: str) -> bool:
    """Whether every word but particles is capitalised, and the first opens no sentence."""
    words = _WORD.findall(text)
    named = all(word[0].isupper() or _PARTICLES.fullmatch(word) for word in words)
    return named and not _OPENERS.fullmatch(words[0])


def _is_bare_place(place: str) -> bool:
    return place == place.upper() and len(place) > 2 and not _NO_PLACE.fullmatch(place)


def _tidy(place: str) -> str:
    """The place without trailing marks; the full stop of an abbreviation (N.Y., Mo.) stays."""
    place = place.strip(" ,")
    abbreviated = " " in place or "." in place[:-1]
    return place if abbreviated else place.rstrip(".")


def _dateline(match: re.Match[str], published: calendar_day | None) -> Dateline:
    groups = match.groupdict()
    stated = find_day(groups.get("stated") or "")
    code = groups.get("agency")
    place, date = groups.get("place"), _iso_date(groups, stated or published)
    return Dateline(
        place=_tidy(place) if place else None,
        date=date,
        agency=_agency(code) if code else None,
        stated=stated,
        end=match.end(),
        evidence=_evidence(groups, date, stated),
    )


def _evidence(groups: dict[str, str | None], date: str | None, stated: object) -> str | None:
    if date is None or date.startswith("--"):
        return None
    if groups["year"]:
        return "dateline"
    return "day beside the dateline" if stated else "publication day"


def _agency(code: str) -> str:
    """The agency; the initials of a writer after it ("dpa/sel") are left out."""
    signed = re.fullmatch(r"(\w+)/[a-z]{2,4}", code)
    known = known_agency(signed[1]) if signed else None
    return known or canonical_agency(code)


def _iso_date(groups: dict[str, str | None], published: calendar_day | None) -> str | None:
    name, day = groups["month"] or groups["month2"], groups["day"] or groups["day2"]
    month = month_number(name) if name else None
    if not month or not day:
        return None
    if groups["year"]:
        full = find_day(f"{name} {day}, {groups['year']}")
        return full.isoformat() if full else None
    return day_with_year(month, int(day), published)
