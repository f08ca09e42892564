"""Factiva pages: articles in elements of class "article enArticle"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from analysis.loading.factiva_records import CODES, Article, take_order

_ARTICLE = "starts-with(@class, 'article ')"


def html_articles(text: str) -> Iterator[Article]:
    """Yield the articles of a page in order; nothing in the page is run, loaded or expanded."""
    from lxml import etree

    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return
    if root is None:
        return
    # The innermost of nested ones: the outer holds no text of its own.
    for node in root.xpath(f"//*[{_ARTICLE}][not(.//*[{_ARTICLE}])]"):
        yield _coded(node) or _ordered(node)


def _coded(node: Any) -> Article | None:
    """The article of a table whose first cells hold the codes, or None."""
    made = Article()
    for row in node.iter("tr"):
        cells = row.findall("td")
        code = _text(cells[0]) if len(cells) >= 2 else ""
        if code in CODES:
            for paragraph in cells[1].findall(".//p") or [cells[1]]:
                made.add(code, _text(paragraph))
    return made if len(made.fields) >= 3 else None


def _ordered(node: Any) -> Article:
    made = Article()
    for headline in node.xpath(".//*[@id='hd'] | .//*[contains(@class, 'Headline')][1]")[:1]:
        made.add("HD", _text(headline))
    for author in node.xpath(".//*[@class='author']")[:1]:
        made.add("BY", _text(author))
    plain = [_text(part) for part in node.xpath(".//div[not(@class) and not(@id)]")]
    take_order([line for line in plain if line], made)
    for paragraph in node.iter("p"):
        text = _text(paragraph)
        if "articleParagraph" in (paragraph.get("class") or ""):
            made.add("TD", text)
        elif text.startswith(("Document ", "Dokument ", "Documento ")):
            made.add("AN", text)
    return made


def _text(node: Any) -> str:
    seen = node.xpath(".//text()[not(parent::script or parent::style)]")
    return " ".join("".join(seen).split())
