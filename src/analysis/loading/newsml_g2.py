"""NewsML-G2: news items, alone or in a news message; other items are named and rejected."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from analysis.loading.newsml_g2_item import FORMAT, read_item
from analysis.loading.records import ReadOptions, ReadResult, Reject
from analysis.loading.xml_safe import parse_xml, root_name
from analysis.loading.xml_tree import (
    attribute,
    attribute_at,
    descendants,
    find_all,
    local_name,
    qualified_name,
    text_at,
)

# What each kind of item is, for those that carry no dispatch.
_OTHERS = {
    "packageitem": "package of references to other items",
    "conceptitem": "concept",
    "knowledgeitem": "list of concepts",
    "planningitem": "plan of coverage",
    "catalogitem": "catalogue of vocabularies",
    "eventitem": "event",
}
_FRAGMENTS = frozenset({"contentset", "contentmeta", "itemmeta", "groupset", "rightsinfo"})
_ROOTS = frozenset({"newsmessage", "newsitem", *_OTHERS, *_FRAGMENTS})
_MOST_ITEMS = 10_000


def sniff(head: bytes, source_file: str) -> bool:
    """Whether the content is a NewsML-G2 item or message, by its root element.

    >>> sniff(b"<newsMessage><itemSet/></newsMessage>", "a.xml"), sniff(b"<NewsML/>", "a.xml")
    (True, False)
    """
    name = root_name(head)
    # NewsItem with a capital belongs to NewsML 1.
    return name is not None and name[0].islower() and name.lower() in _ROOTS


def read(data: bytes, source_file: str, options: ReadOptions) -> ReadResult:
    """Read every news item of a document; any other item is a rejects row that names it.

    Of several items in one message, each is named after the file and its number, as `file#2`.
    References between items are counted, never followed.

    >>> text = "<html><body><p>The strait reopened.</p></body></html>"
    >>> item = f"<newsItem><contentSet><inlineXML>{text}</inlineXML></contentSet></newsItem>"
    >>> read(item.encode(), "strait.xml", ReadOptions()).dispatches[0].body
    'The strait reopened.'
    """
    document = parse_xml(data, source_file, FORMAT, options.limits)
    if isinstance(document, Reject):
        return ReadResult(rejects=[document])
    items = list(_items(document.root))
    if not items:
        reason, expected = "news message without items", "a newsItem in an itemSet"
        return ReadResult(rejects=[Reject(source_file, FORMAT, reason, "no item", expected)])
    result = ReadResult()
    for number, item in enumerate(items[:_MOST_ITEMS], 1):
        name = source_file if len(items) == 1 else f"{source_file}#{number}"
        read_one = _read_one(item, replace(document, root=item), name)
        result.dispatches += read_one.dispatches
        result.rejects += read_one.rejects
    if len(items) > _MOST_ITEMS:
        found, expected = f"{len(items)} items", f"at most {_MOST_ITEMS}"
        reject = Reject(source_file, FORMAT, "too many items in a message", found, expected)
        result.rejects.append(reject)
    return result


def _items(root: Any) -> Iterator[Any]:
    if local_name(root) != "newsmessage":
        yield root
        return
    for item_set in find_all(root, "itemSet"):
        yield from (item for item in item_set if local_name(item))


def _read_one(item: Any, document: Any, source_file: str) -> ReadResult:
    name = local_name(item)
    if name == "newsitem":
        return read_item(item, document, source_file)
    expected = "a newsItem with text"
    if name in _OTHERS:
        reason = f"NewsML-G2 {_OTHERS[name]}, no dispatch"
        return ReadResult(
            rejects=[Reject(source_file, FORMAT, reason, _found(item), expected, _guid(item))]
        )
    reason = "part of a NewsML-G2 item" if name in _FRAGMENTS else "unknown item in a news message"
    found = f"<{qualified_name(item)}>"
    return ReadResult(rejects=[Reject(source_file, FORMAT, reason, found, expected)])


def _guid(item: Any) -> str | None:
    guid = attribute(item, "guid")
    return f"guid {guid}" if guid else None


def _found(item: Any) -> str:
    """What an item without a dispatch holds: its kind, its headline, how many references."""
    tag = qualified_name(item)
    kind = attribute_at(item, "concept/type", "qcode") or attribute_at(
        item, "itemMeta/itemClass", "qcode"
    )
    title = text_at(item, "contentMeta/headline", "itemMeta/title", "concept/name")
    references = sum(1 for _ in descendants(item, "itemref", "conceptref"))
    concepts = sum(1 for _ in descendants(item, "concept"))
    facts = [
        f"<{tag}>" + (f" of class {kind}" if kind else ""),
        f"“{title[:100]}”" if title else "",
        f"{references} references" if references else "",
        f"{concepts} concepts" if concepts > 1 else "",
    ]
    return ", ".join(fact for fact in facts if fact)
