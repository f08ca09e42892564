"""From paragraphs and stated facts to a dispatch: what all wire formats do at the end."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime

from analysis.loading.agencies import canonical_agency, known_agency
from analysis.loading.datelines import Dateline, day_with_year, parse_dateline
from analysis.loading.dates import MONTH, find_day, month_number
from analysis.loading.page_phrases import furniture
from analysis.loading.records import Cut, RawDispatch
from analysis.loading.wire_parties import Party, agency_and_outlet
from analysis.loading.wire_references import resolve_references
from analysis.loading.wire_values import WireTime
from analysis.loading.xml_blocks import Blocks

_BY = re.compile(r"(?:by|von|par|por|di|av|af|door)[\s:]+", re.IGNORECASE)
_BYLINE = re.compile(r"(?:By|BY|Von|VON|Par|PAR|Por|POR)\s+[^\W\d_][^\d.!?]{2,80}")
_END_MARK = re.compile(
    r"\W*(?:ends?|30|0|[a-z]{2,4}(?:[-/][a-z]{2,4}){1,5}|/\w{2,12}/|\((?:c|©)\W*\w{2,12}\)|"
    r"\(©\s?\w{2,12}\))\W*",
    re.IGNORECASE,
)
# SYDNEY March 22 AAP -
_LOOSE = re.compile(
    rf"(?P<place>[^\W\d_][^\d,(]*?),?\s+(?:(?P<month>{MONTH})\s*(?P<day>\d{{1,2}})"
    rf"|(?P<day2>\d{{1,2}})\s+(?P<month2>{MONTH}))(?:,?\s*(?P<year>\d{{4}}))?\b",
    re.IGNORECASE,
)
# Jan 3 (Reuters) - with no place before it
_PLACELESS = re.compile(
    rf"(?:(?P<month>{MONTH})\s*(?P<day>\d{{1,2}})\s+)?\((?P<code>[^\W\d_][\w ./&-]{{1,28}})\)"
    r"\s*(?:\.\s?-+|--+|[-–—―])\s+",
    re.IGNORECASE,
)
_DASH = re.compile(r"[\s\-–—―,:_]+$")
_UNDERSCORE = re.compile(r"\) _(?= )")  # the AP's dash on wires that had none
_NOTE = re.compile(r"\([^()]*(?:\([^()]*\)[^()]*)*\)")
_PLACEHOLDERS = frozenset({"no-data-available", "n/a", "none", "unknown"})
_MOST_HEAD = 12  # paragraphs above a text
_LONGEST_DATELINE = 300
_AFTER_TEXT = frozenset({"copyright", "credit"})


@dataclass
class Story:
    """What one item says, as its format gives it; None where it does not say."""

    source_file: str
    format: str
    blocks: Blocks
    dispatch_id: str | None = None
    story_id: str | None = None
    version: int | None = None
    language: str | None = None
    status: str | None = None
    urgency: int | None = None
    published: WireTime | None = None
    embargo_until: datetime | None = None
    dateline: str | None = None
    dateline_day: date | None = None
    dateline_day_evidence: str | None = None
    located: str | None = None
    slug: str | None = None
    headline: str | None = None
    byline: str | None = None
    writers: list[Party] = field(default_factory=list)
    publishers: list[Party] = field(default_factory=list)
    encoding: str | None = None
    cuts: list[Cut] = field(default_factory=list)


@dataclass(frozen=True)
class _Place:
    place: str | None
    date: str | None
    agency: str | None
    evidence: str | None


def build_dispatch(story: Story) -> RawDispatch:
    """The dispatch of an item: head lines and end marks cut from its paragraphs.

    A first paragraph that repeats the headline, a byline or a dateline leaves the body and is a
    cut; so does an end mark, a copyright line or a reporting credit at the end. A dateline that
    the metadata states is preferred to the one in the text, and both to the place where the item
    is said to have been made.
    """
    paragraphs = list(story.blocks.paragraphs)
    cuts = story.cuts + story.blocks.cuts
    byline = _cut_head(paragraphs, story, cuts)
    day = story.published.published.at.date() if story.published else None
    opening = _cut_dateline(paragraphs, day, cuts)
    _cut_end(paragraphs, cuts)
    body, repairs = resolve_references("\n\n".join(paragraphs))
    where = _place(story, opening, day)
    agency, outlet = agency_and_outlet(
        story.writers, story.publishers, where.agency or (opening.agency if opening else None)
    )
    published = story.published
    return RawDispatch(
        body=body,
        source_file=story.source_file,
        format=story.format,
        dispatch_id=story.dispatch_id,
        story_id=story.story_id,
        version=story.version,
        agency=agency,
        outlet=outlet,
        language=story.language,
        language_evidence="stated" if story.language else None,
        status=story.status,
        urgency=story.urgency,
        published_at=published.published.at if published else None,
        published_precision=published.published.precision if published else None,
        published_zone=published.zone if published else None,
        published_evidence=published.evidence if published else None,
        embargo_until=story.embargo_until,
        dateline_place=where.place,
        dateline_date=where.date,
        dateline_evidence=where.evidence,
        slug=story.slug,
        headline=story.headline,
        byline=byline,
        encoding=story.encoding,
        cuts=tuple(cuts),
        repairs=repairs,
    )


def without_by(text: str | None) -> str | None:
    """The writer of a byline, without its opening "By".

    >>> without_by("By Ilva Drost"), without_by("Vontrapp")
    ('Ilva Drost', 'Vontrapp')
    """
    return (_BY.sub("", text, count=1).strip() if _BY.match(text) else text) if text else None


def _cut_head(paragraphs: list[str], story: Story, cuts: list[Cut]) -> str | None:
    """Take headline and byline off the top; returns the writer."""
    byline = without_by(story.byline)
    for first in paragraphs[: min(_MOST_HEAD, len(paragraphs) - 1)]:
        names = byline is not None and without_by(first) == byline
        if story.headline and _alike(first, story.headline):
            cuts.append(Cut("metadata", "headline", first))
        elif names or _BYLINE.fullmatch(first):
            cuts.append(Cut("metadata", "byline", first))
            byline = byline or without_by(first)
        elif _NOTE.fullmatch(first) and len(first.split()) > 2:
            cuts.append(Cut("note", "note in brackets above the text", first))
        elif first.startswith("* ") and any(map(_opens, paragraphs[1:8])):
            cuts.append(Cut("standfirst", "point of a summary above the text", first))
        else:
            break
        del paragraphs[0]
    return byline


def _opens(paragraph: str) -> bool:
    """Whether a paragraph is a byline, or opens with a dateline: the text starts there."""
    head = paragraph[:200]
    dated = parse_dateline(head) or _without_place(head, None)
    return bool(_BYLINE.fullmatch(paragraph)) or dated is not None


def _cut_dateline(paragraphs: list[str], day: date | None, cuts: list[Cut]) -> Dateline | None:
    """Take the dateline off the first paragraph."""
    head = _UNDERSCORE.sub(") -", paragraphs[0][:200])
    found = parse_dateline(head, day) or _without_place(head, day)
    if found is None:
        return None
    rest = paragraphs[0][found.end :].strip()
    if not rest and len(paragraphs) == 1:
        return found
    cuts.append(Cut("metadata", "dateline", paragraphs[0][: found.end].strip()))
    paragraphs[:1] = [rest] if rest else []
    return found


def _without_place(text: str, day: date | None) -> Dateline | None:
    """A dateline of agency and day alone; without a day the agency must be a known one."""
    match = _PLACELESS.match(text)
    if match is None or not (match["month"] or known_agency(match["code"])):
        return None
    month = month_number(match["month"]) if match["month"] else None
    stated = day_with_year(month, int(match["day"]), day) if month else None
    return Dateline(None, stated, canonical_agency(match["code"]), None, match.end())


def _cut_end(paragraphs: list[str], cuts: list[Cut]) -> None:
    while len(paragraphs) > 1:
        last = paragraphs[-1]
        found = furniture(last)
        if _END_MARK.fullmatch(last) or _is_signed(last):
            cuts.append(Cut("metadata", "end mark", last))
        elif found and found.kind in _AFTER_TEXT:
            cuts.append(Cut(found.kind, found.reason, last))
        else:
            return
        del paragraphs[-1]


def _is_signed(text: str) -> bool:
    """Whether a line is an agency's name with desk and editor, as in AAP RTV ar."""
    name, *rest = text.split()
    initials = all(word.isalpha() and len(word) <= 4 for word in rest)
    return known_agency(name) is not None and len(rest) <= 2 and initials


def _place(story: Story, opening: Dateline | None, day: date | None) -> _Place:
    stated = read_dateline(story.dateline, day) if story.dateline else None
    place = (stated and stated.place) or (opening and opening.place) or story.located
    found = (stated and stated.date) or (opening and opening.date)
    evidence = None
    if story.dateline_day:
        found, evidence = story.dateline_day.isoformat(), story.dateline_day_evidence
    elif found and not found.startswith("--"):
        text = story.dateline if stated and stated.date else story.blocks.paragraphs[0][:200]
        own = bool(re.search(r"\b(?:1[89]|20)\d\d\b", (text or "")[:120]))
        evidence = "dateline" if own or story.published is None else story.published.evidence
    elif place and not (stated and stated.place) and not (opening and opening.place):
        evidence = "located"
    agency = (stated and stated.agency) or (opening and opening.agency)
    return _Place(place or None, found or None, agency or None, evidence)


def read_dateline(text: str, day: date | None) -> Dateline | None:
    """Read what a dateline element holds: a whole dateline, a place alone, a day alone.

    >>> read_dateline("SYDNEY March 22 MPA -", date(2016, 4, 13)).date
    '2016-03-22'
    >>> read_dateline("Newport News, VA", None).place
    'Newport News, VA'
    """
    text = text[:_LONGEST_DATELINE]
    found = parse_dateline(text, day)
    if found:
        return found
    loose = _LOOSE.match(text)
    if loose:
        place = loose["place"].strip(" ,")
        place = "" if place.casefold() in _PLACEHOLDERS else place
        return Dateline(place or None, _loose_day(loose, day), None, None, len(text))
    stated = find_day(text)
    if stated or re.search(r"\d", text):
        return Dateline(None, stated.isoformat() if stated else None, None, stated, len(text))
    bare = _DASH.sub("", re.sub(r"\s*\([^()]*\)", "", text))
    place = None if bare.casefold() in _PLACEHOLDERS else bare
    return Dateline(place or None, None, None, None, len(text))


def _loose_day(match: re.Match[str], day: date | None) -> str | None:
    if match["year"]:
        stated = find_day(match[0][len(match["place"]) :])
        return stated.isoformat() if stated else None
    month = month_number(match["month"] or match["month2"])
    number = int(match["day"] or match["day2"])
    return day_with_year(month, number, day) if month else None


def _alike(first: str, second: str) -> bool:
    return " ".join(first.split()).casefold() == " ".join(second.split()).casefold()
