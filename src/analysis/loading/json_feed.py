"""JSON Feed, versions 1 and 1.1: each item of a feed is a dispatch."""

from __future__ import annotations

from typing import Any

from analysis.loading.feed_story import Entry, entry_dispatch, entry_time, web_address
from analysis.loading.json_documents import JsonItem, read_items
from analysis.loading.json_heads import first_objects
from analysis.loading.records import RawDispatch, ReadOptions, ReadResult, Reject
from analysis.loading.wire_json import (
    Fields,
    beside,
    fields_of,
    html_blocks,
    objects,
    opening_cuts,
    text_blocks,
    words_of,
)
from analysis.loading.xml_blocks import Blocks
from analysis.loading.xml_tree import language_tag

FORMAT = "json_feed"


def sniff(head: bytes, source_file: str) -> bool:
    """Whether the content is a JSON Feed, by the version that it states.

    >>> sniff(b'{"version": "https://jsonfeed.org/version/1.1", "items": []}', "feed.json")
    True
    """
    return any(_is_feed(found) for found in first_objects(head)[:1])


def read(data: bytes, source_file: str, options: ReadOptions) -> ReadResult:
    """Read every item of a feed; one without text is a rejects row.

    The body is ``content_html``, else ``content_text``, else ``summary``, which a cut of kind
    "incomplete" then says. Authors and language of the feed hold for items that name none; the
    title of the feed is the outlet.

    >>> data = b'''{"version": "https://jsonfeed.org/version/1", "title": "Tolmar Ledger",
    ...     "items": [{"id": 1, "content_text": "The strait reopened."}]}'''
    >>> [(d.body, d.outlet) for d in read(data, "feed.json", ReadOptions()).dispatches]
    [('The strait reopened.', 'Tolmar Ledger')]
    """
    result = ReadResult()
    for item in read_items(data, source_file, FORMAT, options.limits, _is_feed):
        if isinstance(item, Reject):
            result.rejects.append(item)
        elif not _is_feed(item.value):
            found = "an object without the version of JSON Feed"
            reject = Reject(source_file, FORMAT, "no feed", found, "a JSON Feed", item.place)
            result.rejects.append(reject)
        else:
            _read_feed(item, source_file, result)
    return result


def _is_feed(value: dict[str, Any]) -> bool:
    version = value.get("version")
    return isinstance(version, str) and "jsonfeed.org/version/" in version


def _read_feed(item: JsonItem, source_file: str, result: ReadResult) -> None:
    feed = fields_of(item, source_file, FORMAT, "JSON Feed")
    items = item.value.get("items")
    if not isinstance(items, list) or not items:
        reject = Reject(source_file, FORMAT, "feed without items", "none", "items", item.place)
        result.rejects.append(reject)
        return
    for number, value in enumerate(items, 1):
        place = f"item {number}" if item.place is None else f"{item.place}, item {number}"
        if not isinstance(value, dict):
            found = f"a JSON {type(value).__name__}"
            reject = Reject(source_file, FORMAT, "item is no object", found, "an object", place)
            result.rejects.append(reject)
            continue
        fields = fields_of(JsonItem(value, place, item.decoded), source_file, FORMAT, "JSON Feed")
        dispatch = _read_entry(fields, feed)
        result.rejects += fields.values.rejects
        if isinstance(dispatch, Reject):
            result.rejects.append(dispatch)
        else:
            result.dispatches.append(dispatch)


def _read_entry(fields: Fields, feed: Fields) -> RawDispatch | Reject:
    values = fields.values
    blocks, summarised = _body(fields)
    headline = words_of(fields.get("title"))
    if not blocks.paragraphs:
        found = f"title {headline!r}"[:100] if headline else "no text"
        expected = "content_html, content_text or summary"
        return Reject(
            values.source_file, FORMAT, "item without text", found, expected, values.place
        )
    stated = [
        (fields.scalar(name, "published_at"), f"JSON Feed {name}")
        for name in ("date_published", "date_modified")
    ]
    cuts = opening_cuts(fields.item)
    if not summarised:
        cuts += beside("standfirst", "summary beside the text", fields.get("summary"), blocks)
    entry = Entry(
        blocks,
        summarised,
        dispatch_id=fields.text("id"),
        headline=headline,
        authors=_authors(fields) or _authors(feed),
        outlet=words_of(feed.get("title")),
        language=language_tag(fields.text("language") or feed.text("language")),
        published=entry_time(stated, values),
        url=web_address(fields.text("url") or fields.text("external_url")),
        encoding=fields.item.decoded.encoding if fields.item.decoded else None,
        cuts=cuts,
    )
    return entry_dispatch(entry, values.source_file, FORMAT)


def _body(fields: Fields) -> tuple[Blocks, bool]:
    html, text, summary = (
        fields.text(name) for name in ("content_html", "content_text", "summary")
    )
    for blocks, summarised in (
        (html_blocks(html) if html else Blocks(), False),
        (text_blocks(text) if text else Blocks(), False),
        (text_blocks(summary) if summary else Blocks(), True),
    ):
        if blocks.paragraphs:
            return blocks, summarised
    return Blocks(), False


def _authors(fields: Fields) -> list[str]:
    """Names in `authors` (1.1) or `author` (1)."""
    for name in ("authors", "author"):
        named = [words_of(each.get("name")) for each in objects(fields.get(name))]
        if found := [text for text in named if text]:
            return found
    return []
