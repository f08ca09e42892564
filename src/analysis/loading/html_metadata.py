"""What a web page states about itself: JSON-LD first, then meta elements, then its headings."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from analysis.loading.agencies import known_agency
from analysis.loading.dates import Published, parse_published

_SEPARATOR = re.compile(r"\s+[|\-–—·•⋆»«:]+\s+|\s*\|\s*")
_BY = re.compile(
    r"^(?:by|von|por|par|di|door|af|av|posted by|written by|escribe)[:\s]\s*", re.IGNORECASE
)
_ARTICLE = re.compile(r"(?:News|Blog|Report|Opinion|Review|Analysis|\b)(?:Article|Posting)$")
_AGENCY_NAME = re.compile(
    r"\b(?:(?:news|press|wire) (?:agency|association|service|bureau)|newswire)$", re.IGNORECASE
)
_MOST_ITEMS = 2000


@dataclass(frozen=True)
class PageMetadata:
    """Facts stated by the page; None where it states none."""

    headline: str | None = None
    byline: str | None = None
    agency: str | None = None
    outlet: str | None = None
    published: Published | None = None
    language: str | None = None
    url: str | None = None


def read_metadata(html: str, tree: Any) -> PageMetadata:
    """Read the metadata of a page, from its source and its parsed tree.

    What the page's JSON-LD and meta elements leave open is taken from trafilatura, in the mode
    that reads dates from markup only and does not search the running text for one.
    """
    from trafilatura import extract_metadata

    stated_only = {"extensive_search": False, "original_date": True}
    other = extract_metadata(html, date_config=stated_only, extensive=False)
    items = list(_items(tree))
    article = next((item for item in items if _is_article(item)), {})
    meta = _meta(tree)
    outlet = _clean(meta.get("og:site_name")) or _name(article.get("publisher"))
    authors = _authors(article, items, meta, outlet)
    authors = authors or _split(other.author, outlet) or _marked_authors(tree)
    agencies = [known_agency(name) or name for name in authors if _is_agency(name)]
    people = [name for name in authors if not _is_agency(name)]
    return PageMetadata(
        headline=_headline(tree, article, meta, outlet),
        byline="; ".join(people) or None,
        agency=agencies[0] if agencies else None,
        outlet=outlet,
        published=_published(article, meta, tree) or parse_published(other.date or ""),
        language=_language(tree, article),
        url=_address(meta.get("og:url"))
        or _address(_first(tree, "//link[@rel='canonical']/@href")),
    )


def _items(tree: Any) -> Iterator[dict[str, Any]]:
    """Every JSON-LD object of the page, those nested in @graph or lists too."""
    waiting: list[Any] = []
    for text in tree.xpath("//script[@type='application/ld+json']/text()"):
        try:
            waiting.append(json.loads(str(text).strip().rstrip(";"), strict=False))
        except (ValueError, RecursionError):
            continue
    seen = 0
    while waiting and seen < _MOST_ITEMS:
        item = waiting.pop(0)
        seen += 1
        if isinstance(item, list):
            waiting[:0] = item
        elif isinstance(item, dict):
            yield item
            waiting += [item[key] for key in ("@graph", "mainEntity") if key in item]


def _is_article(item: dict[str, Any]) -> bool:
    kinds = item.get("@type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    return any(isinstance(kind, str) and _ARTICLE.search(kind) for kind in kinds)


def _meta(tree: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        content = element.get("content")
        if name and content and content.strip():
            found.setdefault(name.strip().casefold(), content)
    return found


def _headline(
    tree: Any, article: dict[str, Any], meta: dict[str, str], outlet: str | None
) -> str | None:
    """The page's main heading where its title confirms it, else the title without the outlet."""
    titles = [_clean(article.get("headline")), _clean(meta.get("og:title")), _title(tree)]
    stated = [title for title in titles if title]
    headings = [text for h in tree.iter("h1") if (text := _clean(" ".join(h.itertext())))]
    for heading in headings[:5]:
        if any(_alike(heading, title) for title in stated):
            return heading
    if stated:
        return _without_outlet(stated[0], outlet)
    return headings[0] if len(headings) == 1 else None


def _alike(heading: str, title: str) -> bool:
    ours, theirs = (set(re.findall(r"\w+", text.casefold())) for text in (heading, title))
    return len(ours) >= 1 and len(ours & theirs) >= 0.5 * len(ours)


def _without_outlet(title: str, outlet: str | None) -> str:
    parts = _SEPARATOR.split(title)
    if outlet and len(parts) > 1:
        named = outlet.casefold()
        if parts[-1].casefold() in named or named in parts[-1].casefold():
            return title[: title.rfind(parts[-1])].rstrip(" |-–—·•⋆»:")
        if parts[0].casefold() in named or named in parts[0].casefold():
            return title[len(parts[0]) :].lstrip(" |-–—·•⋆»:")
    return title


def _authors(
    article: dict[str, Any],
    items: list[dict[str, Any]],
    meta: dict[str, str],
    outlet: str | None,
) -> list[str]:
    people = {item.get("@id"): item for item in items if item.get("@id")}
    listed = article.get("author")
    names = []
    for author in listed if isinstance(listed, list) else [listed]:
        if isinstance(author, dict) and "name" not in author:
            author = people.get(author.get("@id"), author)
        names.append(_name(author))
    found = [name for name in names if name and not _same(name, outlet)]
    for key in ("author", "article:author", "parsely-author", "dc.creator", "sailthru.author"):
        if not found and (name := _person(meta.get(key))) and not _same(name, outlet):
            found = [name]
    return list(dict.fromkeys(found))


def _split(authors: str | None, outlet: str | None) -> list[str]:
    names = [_person(name) for name in (authors or "").split(";")]
    return [name for name in names if name and not _same(name, outlet)]


def _marked_authors(tree: Any) -> list[str]:
    query = (
        "//*[@rel='author' or @itemprop='author' or contains(@class,'byline') "
        "or contains(@class,'author-name') or contains(@class,'article-author')]"
    )
    for element in tree.xpath(query)[:20]:
        name = _person(_BY.sub("", _clean(" ".join(element.itertext())) or ""))
        if name:
            return [name]
    return []


def _person(text: str | None) -> str | None:
    name = _clean(text)
    if not name or "/" in name or "@" in name or re.search(r"\d", name):
        return None
    return name if len(name) <= 80 and len(name.split()) <= 8 else None


def _published(article: dict[str, Any], meta: dict[str, str], tree: Any) -> Published | None:
    stated = [article.get("datePublished"), article.get("dateCreated")]
    names = "article:published_time og:published_time datepublished date dc.date dc.date.issued"
    stated += [meta.get(name) for name in f"{names} pubdate parsely-pub-date sailthru.date".split()]
    stated += tree.xpath("//time[@pubdate]/@datetime | //article//time/@datetime")[:1]
    for text in stated:
        if isinstance(text, str) and (found := parse_published(text)):
            return found
    return None


def _language(tree: Any, article: dict[str, Any]) -> str | None:
    stated = _first(tree, "/html/@lang") or article.get("inLanguage")
    if isinstance(stated, str) and re.fullmatch(r"[A-Za-z]{2,3}(?:[-_]\w{2,8})*", stated.strip()):
        return stated.strip().replace("_", "-")
    return None


def _address(text: str | None) -> str | None:
    return text.strip() if text and re.match(r"\s*https?://\S+\s*$", text) else None


def _first(tree: Any, query: str) -> str | None:
    found = tree.xpath(query)
    return str(found[0]) if found else None


def _title(tree: Any) -> str | None:
    return _clean(_first(tree, "//title/text()"))


def _name(value: Any) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    name = value.get("name") if isinstance(value, dict) else value
    name = _clean(name) if isinstance(name, str) else None
    return None if name is None or name.startswith("http") else name


def _is_agency(name: str) -> bool:
    return known_agency(name) is not None or _AGENCY_NAME.search(name) is not None


def _same(name: str, outlet: str | None) -> bool:
    return outlet is not None and name.casefold() == outlet.casefold()


def _clean(value: Any) -> str | None:
    """Text with entities decoded and spaces evened out; None for what cannot be stored as text."""
    if not isinstance(value, str):
        return None
    from html import unescape

    text = " ".join(unescape(value).split())
    # JSON-LD can spell half a surrogate pair, which no file could hold.
    return text if text and text.isprintable() else None
