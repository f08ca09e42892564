"""What a web page states about itself: JSON-LD first, then meta elements, then its headings."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from analysis.loading.agencies import known_agency, split_credit
from analysis.loading.html_dates import PagePublished, find_published
from analysis.loading.html_headline import find_headline
from analysis.loading.html_values import (
    clean,
    first,
    is_article,
    json_ld,
    meta_values,
    name_of,
)

_BY = re.compile(
    r"^(?:by|von|por|par|di|door|af|av|posted by|written by|escribe)[:\s]\s*", re.IGNORECASE
)
_AGENCY_NAME = re.compile(
    r"\b(?:(?:news|press|wire) (?:agency|association|service|bureau)|newswire)$", re.IGNORECASE
)


@dataclass(frozen=True)
class PageMetadata:
    """Facts stated by the page; None where it states none."""

    headline: str | None = None
    byline: str | None = None
    agency: str | None = None
    outlet: str | None = None
    published: PagePublished | None = None
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
    items = list(json_ld(tree))
    article = next((item for item in items if is_article(item)), {})
    meta = meta_values(tree)
    outlet = clean(meta.get("og:site_name")) or name_of(article.get("publisher"))
    authors = _authors(article, items, meta, outlet)
    authors = authors or _split(other.author, outlet) or _marked_authors(tree)
    people, agencies = _apart(authors)
    credited = (article.get(key) for key in ("sourceOrganization", "provider", "copyrightHolder"))
    agencies += [known for value in credited if (known := known_agency(name_of(value) or ""))]
    stated = (article.get("headline"), meta.get("og:title"), meta.get("twitter:title"))
    titles = [text for value in (*stated, first(tree, "//title/text()")) if (text := clean(value))]
    headline = find_headline(tree, titles, outlet)
    return PageMetadata(
        headline=headline,
        byline="; ".join(people) or None,
        agency=agencies[0] if agencies else None,
        outlet=outlet,
        published=find_published(tree, article, meta, other.date, headline),
        language=_language(tree, article),
        url=_address(meta.get("og:url")) or _address(first(tree, "//link[@rel='canonical']/@href")),
    )


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
        names.append(name_of(author))
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
        name = _person(_BY.sub("", clean(" ".join(element.itertext())) or ""))
        if name:
            return [name]
    return []


def _person(text: str | None) -> str | None:
    name = clean(text)
    if not name or "/" in name or "@" in name or re.search(r"\d", name):
        return None
    return name if len(name) <= 80 and len(name.split()) <= 8 else None


def _language(tree: Any, article: dict[str, Any]) -> str | None:
    stated = first(tree, "/html/@lang") or article.get("inLanguage")
    if isinstance(stated, str) and re.fullmatch(r"[A-Za-z]{2,3}(?:[-_]\w{2,8})*", stated.strip()):
        return stated.strip().replace("_", "-")
    return None


def _address(text: str | None) -> str | None:
    return text.strip() if text and re.match(r"\s*https?://\S+\s*$", text) else None


def _apart(authors: list[str]) -> tuple[list[str], list[str]]:
    """Writers and agencies among the names of a byline."""
    people: list[str] = []
    agencies: list[str] = []
    for name in authors:
        if _AGENCY_NAME.search(name) and known_agency(name) is None:
            agencies.append(name)
            continue
        person, agency = split_credit(name)
        people += [person] if person else []
        agencies += [agency] if agency else []
    return people, agencies


def _same(name: str, outlet: str | None) -> bool:
    return outlet is not None and name.casefold() == outlet.casefold()
