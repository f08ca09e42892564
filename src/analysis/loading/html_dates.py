"""When a web page says it was published, and where on the page that is said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from analysis.loading.dates import Published, find_day, parse_published
from analysis.loading.html_headline import fold

_META = (
    "article:published_time og:published_time datepublished dc.date.issued pubdate "
    "parsely-pub-date sailthru.date"
)
_META_VAGUE = ("date", "dc.date")  # some systems put the day of the last change there
_CLASS = re.compile(
    r"(?:^|[\s_-])(?:published|publish-?date|pub-?date|entry-date|post-date|posted-on|article-date|"
    r"date-?published|dt-published|news-date|news-single-timedata|timestamp|dateline|date|datum)"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)
_MODIFIED = re.compile(r"modif|updat|aktualis|actualiz|mis à jour", re.IGNORECASE)
_BOXES = re.compile(r"related|teaser|sidebar|footer|comment|archiv|calendar|event", re.IGNORECASE)
_MOST = 3000
_BELOW, _ABOVE = 12, 3  # texts after and before the headline where a date line may stand
_SHORT, _LONG = 60, 300


@dataclass(frozen=True)
class PagePublished:
    """A publication time and what on the page states it."""

    published: Published
    evidence: str


def find_published(
    tree: Any,
    article: dict[str, Any],
    meta: dict[str, str],
    other: str | None,
    headline: str | None,
) -> PagePublished | None:
    """The publication time a page states.

    Looked for, in this order: JSON-LD, meta elements, microdata, a short line with a day by the
    headline, elements whose class names a date, and what trafilatura found in markup (`other`).
    Where two of the page's statements are the same instant, the one whose offset puts it on another
    day than UTC is kept: it tells the page's own day.
    """
    found = [
        PagePublished(time, evidence)
        for text, evidence in _stated(tree, article, meta, other, headline)
        if isinstance(text, str) and (time := parse_published(text))
    ]
    if not found:
        return None
    best = found[0]
    local = (
        one
        for one in found
        if one.published.at == best.published.at
        and one.published.precision == "time"
        and one.published.local_day != best.published.local_day
    )
    return next(local, best) if best.published.precision == "time" else best


def _stated(
    tree: Any,
    article: dict[str, Any],
    meta: dict[str, str],
    other: str | None,
    headline: str | None,
) -> Iterator[tuple[Any, str]]:
    yield article.get("datePublished"), "JSON-LD datePublished"
    yield article.get("dateCreated"), "JSON-LD dateCreated"
    for name in _META.split():
        yield meta.get(name), f"meta {name}"
    for element in tree.xpath("//*[@itemprop='datePublished']")[:3]:
        yield _value(element), "itemprop datePublished"
    yield _date_line(tree, headline), "date line by the headline"
    for name in _META_VAGUE:
        yield meta.get(name), f"meta {name}"
    yield from ((text, "date element") for text in _dated_elements(tree))
    times = tree.xpath("//time[@pubdate]/@datetime | //article//time/@datetime")[:1]
    yield from ((text, "time element") for text in times)
    yield other, "page markup"


def _dated_elements(tree: Any) -> Iterator[str]:
    """Short elements whose class says that they hold the date, outside lists of other stories."""
    for element in tree.xpath(
        "//*[self::time or self::span or self::div or self::p or self::abbr or self::em]"
        "[@class or self::time]"
    )[:_MOST]:
        name = element.get("class") or ""
        if element.tag == "time" or (_CLASS.search(name) and not _MODIFIED.search(name)):
            text = _value(element)
            if text and not _MODIFIED.search(text) and not _in_box(element):
                yield text
                return


def _date_line(tree: Any, headline: str | None) -> str | None:
    """A short text with a full day: the next after the headline, or else just before it."""
    texts = [text for text in _visible_texts(tree) if text]
    wanted = fold(headline)
    places = [i for i, text in enumerate(texts) if wanted and fold(text) == wanted]
    for place in places:
        for text in texts[place + 1 : place + 1 + _BELOW]:
            if len(text) <= _SHORT and find_day(text):
                return text
            if len(text) > _LONG:
                break
    before = (text for place in places for text in reversed(texts[max(0, place - _ABOVE) : place]))
    return next((text for text in before if len(text) <= _SHORT and find_day(text)), None)


def _visible_texts(tree: Any) -> Iterator[str]:
    for element in tree.iter():
        if isinstance(element.tag, str) and element.tag not in ("script", "style", "title"):
            for text in (element.text, *(child.tail for child in element)):
                yield " ".join((text or "").split())


def _in_box(element: Any) -> bool:
    above = (f"{one.tag} {one.get('class') or ''} {one.get('id') or ''}" for one in _above(element))
    return any(_BOXES.search(text) or text.startswith(("aside", "li ")) for text in above)


def _above(element: Any) -> Iterator[Any]:
    for depth, one in enumerate(element.iterancestors()):
        if depth >= 6 or one.tag in ("body", "main", "article"):
            return
        yield one


def _value(element: Any) -> str | None:
    stated = element.get("content") or element.get("datetime")
    text = stated or " ".join("".join(element.itertext()).split())
    return text if len(text) <= 80 else None
