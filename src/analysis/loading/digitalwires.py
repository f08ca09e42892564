"""digitalwires, the JSON in which dpa delivers its wires: one entry a document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from analysis.loading.json_documents import JsonItem, read_items
from analysis.loading.json_heads import first_objects
from analysis.loading.records import Cut, RawDispatch, ReadOptions, ReadResult, Reject
from analysis.loading.wire_json import (
    Fields,
    agency_byline,
    beside,
    fields_of,
    html_blocks,
    objects,
    opening_cuts,
    text_of,
    words_of,
)
from analysis.loading.wire_story import Story, build_dispatch
from analysis.loading.xml_blocks import Blocks
from analysis.loading.xml_tree import language_tag

FORMAT = "digitalwires"
_BESIDE = (
    ("standfirst", "kicker"),
    ("standfirst", "subhead"),
    ("standfirst", "teaser"),
    ("infobox", "infobox_html"),
    ("infobox", "linkbox_html"),
    ("copyright", "copyrightnotice"),
    ("copyright", "usageterms"),
)
_CORRECTION = re.compile(r"sig:correction\w*$")


def sniff(head: bytes, source_file: str) -> bool:
    """Whether the content is digitalwires, by the format that it states of itself.

    >>> sniff(b'{"format": "digitalwires@1.0.0", "urn": "urn:1"}', "a.json")
    True
    """
    return any(_is_entry(found) for found in first_objects(head))


def read(data: bytes, source_file: str, options: ReadOptions) -> ReadResult:
    """Read the entries of a text: one document, a list of them, or one a line.

    The body is ``article_html``; boxes, teasers and notes for publication beside it are cuts,
    contacts that are not for publication are left out. An entry that holds pictures or sound
    alone is a rejects row.

    >>> data = b'{"format": "digitalwires@1", "article_html": "<p>It reopened.</p>"}'
    >>> read(data, "strait.json", ReadOptions()).dispatches[0].body
    'It reopened.'
    """
    items = read_items(data, source_file, FORMAT, options.limits, _is_entry)
    return ReadResult.of(one for item in items for one in _read(item, source_file))


def _is_entry(value: dict[str, Any]) -> bool:
    return str(value.get("format") or "").startswith("digitalwires")


def _read(item: JsonItem | Reject, source_file: str) -> Iterator[RawDispatch | Reject]:
    if isinstance(item, Reject):
        yield item
        return
    fields = fields_of(item, source_file, FORMAT, "digitalwires")
    article = fields.text("article_html")
    blocks = html_blocks(article) if article else Blocks()
    if not blocks.paragraphs:
        associated = objects(fields.get("associations"))
        kinds = dict.fromkeys(kind for each in associated if (kind := text_of(each.get("type"))))
        found = "only " + ", ".join(kinds) if kinds else "no article_html"
        expected = "text in article_html"
        reason = "entry without text"
        yield Reject(source_file, FORMAT, reason, found[:100], expected, item.place)
        return
    yield build_dispatch(_story(fields, blocks))
    yield from fields.values.rejects


def _story(fields: Fields, blocks: Blocks) -> Story:
    values = fields.values
    story = Story(values.source_file, FORMAT, blocks)
    story.dispatch_id = story.story_id = fields.text("urn")
    story.version = values.version(fields.scalar("version", "version"))
    story.status = _status(fields)
    story.urgency = values.urgency(fields.scalar("urgency", "urgency"))
    story.language = language_tag(fields.text("language"))
    story.published = fields.time("version_created", "content_created")
    story.embargo_until = values.embargo(fields.text("embargoed"), "embargoed")
    story.headline = words_of(fields.get("headline"))
    story.dateline = words_of(fields.get("dateline"))
    agency_byline(story, words_of(fields.get("byline")))
    named = [fields.text("creditline"), *_providers(fields)]
    story.writers = [[name] for name in named if name] + story.writers
    story.encoding = fields.item.decoded.encoding if fields.item.decoded else None
    story.cuts = opening_cuts(fields.item) + _cuts(fields, blocks)
    return story


def _status(fields: Fields) -> str | None:
    """The stated status; a usable version whose signal says that it corrects is corrected."""
    status = fields.values.status(fields.scalar("pubstatus", "status"))
    corrects = _CORRECTION.match(fields.text("signal") or "")
    return "corrected" if corrects and status in (None, "usable") else status


def _providers(fields: Fields) -> list[str | None]:
    categories = objects(fields.get("categories"))
    return [
        text_of(each.get("name")) for each in categories if each.get("type") == "dnltype:provider"
    ]


def _cuts(fields: Fields, blocks: Blocks) -> list[Cut]:
    cuts: list[Cut] = []
    for kind, name in _BESIDE:
        cuts += beside(kind, f"{name} beside the text", fields.get(name), blocks)
    for each in objects(fields.get("ednotes")):
        if each.get("is_publishable") is True:
            role = (text_of(each.get("role")) or "ednote").rpartition(":")[2]
            cuts += beside("note", f"ednote: {role}", each.get("ednote"), blocks)
    for each in objects(fields.get("associations")):
        lines = (words_of(each.get(name)) for name in ("headline", "caption"))
        text = "\n".join(line for line in lines if line)
        cuts += beside("caption", f"associated {text_of(each.get('type')) or 'item'}", text, blocks)
    return cuts
