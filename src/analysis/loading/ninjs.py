"""ninjs, the IPTC's News in JSON, versions 1 to 3, and the ninjs that Superdesk writes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from analysis.loading.json_documents import JsonItem, read_items
from analysis.loading.json_heads import first_objects
from analysis.loading.ninjs_text import cuts_beside, media_of_bodies, read_body, read_headline
from analysis.loading.records import Cut, RawDispatch, ReadOptions, ReadResult, Reject
from analysis.loading.wire_json import (
    Fields,
    agency_byline,
    fields_of,
    objects,
    opening_cuts,
    text_of,
    words_of,
)
from analysis.loading.wire_parties import agency_of
from analysis.loading.wire_story import Story, build_dispatch
from analysis.loading.xml_blocks import Blocks
from analysis.loading.xml_tree import language_tag

FORMAT = "ninjs"
_NAMES = frozenset({"uri", "guid", "altids"})
# Names that no table of articles has by chance, in lower case.
_MARKS = frozenset(
    "versioncreated firstcreated contentcreated pubstatus representationtype bodies headlines "
    "body_xhtml body_richtext headline_main eventdetails plannedcoverage renditions".split()
)
_NO_TEXT = frozenset(
    "picture photo image graphic video audio animation event planning coverage".split()
)
_INCOMPLETE = "the input says that this is part of the item; nothing was cut"


def sniff(head: bytes, source_file: str) -> bool:
    """Whether the content is ninjs, by the names of fields that no other JSON has together.

    >>> sniff(b'{"uri": "urn:1", "versioncreated": "2024-03-04T10:00:00Z"}', "a.json")
    True
    >>> sniff(b'{"uri": "urn:1", "body": "The strait reopened."}', "a.jsonl")
    False
    """
    return any(_is_item(found) for found in first_objects(head))


def read(data: bytes, source_file: str, options: ReadOptions) -> ReadResult:
    """Read every text item: one object, a list, an envelope of an interface, or one a line.

    An item without text of its own (a picture, an event, a planning item, a composite of others)
    is a rejects row that names its type.

    >>> data = b'{"uri": "urn:1", "type": "text", "bodies": [{"value": "The strait reopened."}]}'
    >>> read(data, "strait.json", ReadOptions()).dispatches[0].body
    'The strait reopened.'
    """
    items = read_items(data, source_file, FORMAT, options.limits, _is_item)
    return ReadResult.of(one for item in items for one in _read(item, source_file))


def _is_item(value: dict[str, Any]) -> bool:
    names = {name.casefold() for name in value}
    standard = "$standard" in names or "standard" in names
    return bool(names & _NAMES) and (standard or bool(names & _MARKS))


def _read(item: JsonItem | Reject, source_file: str) -> Iterator[RawDispatch | Reject]:
    if isinstance(item, Reject):
        yield item
        return
    fields = fields_of(item, source_file, FORMAT, "ninjs")
    kind = (fields.text("type") or "").casefold()
    planned = [name for name in ("eventdetails", "plannedcoverage") if fields.get(name)]
    if kind in _NO_TEXT or planned:
        found = f"type {kind}" if kind else f"an item with {planned[0]}"
        yield Reject(source_file, FORMAT, "item is no text", found, "a text item", item.place)
        return
    blocks = read_body(fields)
    if not blocks.paragraphs:
        found = ", ".join(filter(None, [f"type {kind}" if kind else "", media_of_bodies(fields)]))
        expected = "a body in plain text or HTML"
        yield Reject(source_file, FORMAT, "item without text", found, expected, item.place)
        return
    yield build_dispatch(_story(fields, blocks))
    yield from fields.values.rejects


def _story(fields: Fields, blocks: Blocks) -> Story:
    values = fields.values
    story = Story(values.source_file, FORMAT, blocks)
    story.dispatch_id, story.story_id = _identity(fields)
    story.version = values.version(fields.scalar("version", "version"))
    story.status = values.status(fields.scalar("pubstatus", "status"))
    story.urgency = values.urgency(fields.scalar("urgency", "urgency"))
    story.language = language_tag(fields.text("language"))
    story.published = fields.time("versioncreated", "firstcreated", "contentcreated")
    for name in ("embargoed", "embargoeduntil"):
        story.embargo_until = story.embargo_until or values.embargo(fields.text(name), name)
    story.slug = fields.text("slugline")
    story.located = fields.text("located")
    story.headline = read_headline(fields)
    _parties(fields, story)
    story.encoding = fields.item.decoded.encoding if fields.item.decoded else None
    story.cuts = opening_cuts(fields.item) + cuts_beside(fields, blocks)
    if fields.text("representationtype") == "partial":
        story.cuts.append(Cut("incomplete", _INCOMPLETE, "representationtype partial"))
    return story


def _identity(fields: Fields) -> tuple[str | None, str | None]:
    """The item's own name, and the name that its versions share: an itemid, else the same."""
    name = fields.text("uri", "guid")
    other = fields.get("altids")
    shared = text_of(other.get("itemid")) if isinstance(other, dict) else None
    return name or shared, shared or name


def _parties(fields: Fields, story: Story) -> None:
    """Writers and publishers: the source before the copyright holder, who may only distribute."""
    named = fields.get("infosources") or fields.get("infosource")
    sources = [fields.text("source"), *(text_of(each.get("name")) for each in objects(named))]
    story.writers = [[source] for source in sources if source]
    agency_byline(
        story, words_of(fields.get("byline")) or words_of(fields.get("by")) or _authors(fields)
    )
    holder = fields.text("copyrightholder")
    if holder and agency_of(holder):
        story.writers.append([holder])
    elif holder:
        story.publishers = [[holder]]


def _authors(fields: Fields) -> str | None:
    """Names of those whom Superdesk lists as authors, editors left out."""
    listed = [
        words_of(each.get("name"))
        for each in objects(fields.get("authors"))
        if text_of(each.get("role")) in (None, "author", "writer")
    ]
    return "; ".join(name for name in listed if name) or None
