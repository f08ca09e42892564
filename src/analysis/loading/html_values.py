"""Values that pages state: text made clean, and the structured data they come from."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

_ARTICLE = re.compile(r"(?:News|Blog|Report|Opinion|Review|Analysis|\b)(?:Article|Posting)$")
_MOST_ITEMS = 2000


def clean(value: Any) -> str | None:
    """Text with entities decoded and spaces evened out; None for what cannot be stored as text.

    >>> clean("Selk &amp; Sound "), clean(7)
    ('Selk & Sound', None)
    """
    if not isinstance(value, str):
        return None
    from html import unescape

    text = " ".join(unescape(value).replace("\u00ad", "").replace("\u200b", "").split())
    # JSON-LD can spell half a surrogate pair, which no file could hold.
    return text if text and text.isprintable() else None


def json_ld(tree: Any) -> Iterator[dict[str, Any]]:
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


def is_article(item: dict[str, Any]) -> bool:
    """Whether a JSON-LD object describes an article.

    >>> is_article({"@type": ["NewsArticle"]}), is_article({"@type": "Organization"})
    (True, False)
    """
    kinds = item.get("@type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    return any(isinstance(kind, str) and _ARTICLE.search(kind) for kind in kinds)


def meta_values(tree: Any) -> dict[str, str]:
    """Content of the page's meta elements by name, property or itemprop, in lower case."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        content = element.get("content")
        if name and content and content.strip():
            found.setdefault(name.strip().casefold(), content)
    return found


def name_of(value: Any) -> str | None:
    """Name of a JSON-LD person or organisation, or of the first of a list of them.

    >>> name_of([{"name": "Pel Oram"}]), name_of("https://ledger.example")
    ('Pel Oram', None)
    """
    if isinstance(value, list):
        value = value[0] if value else None
    name = value.get("name") if isinstance(value, dict) else value
    name = clean(name) if isinstance(name, str) else None
    return None if name is None or name.startswith("http") else name


def first(tree: Any, query: str) -> str | None:
    """First result of an XPath query, as text."""
    found = tree.xpath(query)
    return str(found[0]) if found else None
