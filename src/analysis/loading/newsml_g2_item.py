"""One news item of NewsML-G2: its metadata, and the text in its content set."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from analysis.loading.nitf import content_of, read_body_head
from analysis.loading.records import Cut, ReadResult, Reject
from analysis.loading.wire_parties import Party
from analysis.loading.wire_story import Story, build_dispatch
from analysis.loading.wire_values import WireValues
from analysis.loading.xml_blocks import Blocks, read_blocks
from analysis.loading.xml_safe import Document
from analysis.loading.xml_tree import (
    attribute,
    attribute_at,
    descendants,
    find,
    find_all,
    language_tag,
    local_name,
    qualified_name,
    text_at,
    text_of,
)

FORMAT = "newsml_g2"
# Renditions of a text that hold part of it or say something about it.
_NO_BODY = ("headline", "slug", "notepad", "teaser", "caption", "title")
# Other vocabularies travel in inlineXML too: results of matches, sets of events.
_TEXT_ROOTS = frozenset("html body nitf div section article p pre h1 h2 main ul".split())
_TIMES = ("versionCreated", "contentModified", "contentCreated", "firstCreated")


def read_item(item: Any, document: Document, source_file: str) -> ReadResult:
    """Read a newsItem: its dispatch, or a reject that says what it holds instead of text."""
    guid = attribute(item, "guid")
    values = WireValues(source_file, FORMAT, f"guid {guid}" if guid else None)
    content, blocks, cuts = _content(item)
    if content is None or not blocks.paragraphs:
        return ReadResult(rejects=[_without_text(item, values)])
    story = Story(source_file, FORMAT, blocks, encoding=document.encoding)
    story.cuts = [*document.cuts, *_notes(item), *cuts]
    _read_identity(item, story, values)
    _read_content_meta(item, story, values)
    nitf = next(descendants(content, "nitf"), None)
    if nitf is not None:
        read_body_head(nitf, story)
    story.headline = story.headline or text_at(item, "itemMeta/title") or _own_headline(content)
    return ReadResult([build_dispatch(story)], values.rejects)


def _content(item: Any) -> tuple[Any, Blocks, list[Cut]]:
    """The content that holds the text, its paragraphs, and cuts for other renditions of it.

    Marked-up text is preferred to plain text, and of each kind the longest; a picture item's
    text is a caption and no dispatch.
    """
    if _class(item) not in ("text", "composite", None):
        return None, Blocks(), []
    marked, plain = (
        [(element, _blocks(element)) for element in find_all(item, path) if _may_be_body(element)]
        for path in ("contentSet/inlineXML", "contentSet/inlineData")
    )
    candidates = [pair for pair in marked if pair[1].paragraphs] or plain
    if not candidates:
        return None, Blocks(), []
    content, blocks = max(candidates, key=lambda pair: sum(map(len, pair[1].paragraphs)))
    others = [element for element, _ in (*marked, *plain) if element is not content]
    return content, blocks, [cut for each in others for cut in _rendition(each)]


def _may_be_body(element: Any) -> bool:
    kind = attribute(element, "contenttype") or "text/plain"
    rendition = (attribute(element, "rendition") or "").rpartition(":")[2].lower()
    textual = any(word in kind for word in ("text", "xml", "html", "nitf"))
    encoded = attribute(element, "encoding") is not None
    return textual and not encoded and rendition not in _NO_BODY


def _blocks(element: Any) -> Blocks:
    inside = [name for child in element if (name := local_name(child))]
    if inside and inside[0] not in _TEXT_ROOTS:
        return Blocks()
    nitf = next(descendants(element, "nitf"), None)
    return content_of(nitf) if nitf is not None else read_blocks(element)


def _rendition(element: Any) -> Iterator[Cut]:
    text = text_of(element)
    if text and "nonpublic" not in (attribute(element, "rendition") or ""):
        name = attribute(element, "rendition") or attribute(element, "contenttype") or "no name"
        yield Cut("rendition", f"another rendition of the text: {name}", text[:100_000])


def _class(item: Any) -> str | None:
    code = attribute_at(item, "itemMeta/itemClass", "qcode")
    code = code or attribute_at(item, "itemMeta/itemClass", "uri")
    return code.rpartition(":")[2].rpartition("/")[2].lower() if code else None


def _without_text(item: Any, values: WireValues) -> Reject:
    kind = _class(item)
    remote = [*find_all(item, "contentSet/remoteContent")]
    types = list(dict.fromkeys(attribute(each, "contenttype") or "?" for each in remote))
    content = find(item, "contentSet")
    if kind not in ("text", "composite", None):
        reason = f"{kind} item, no dispatch"
    elif remote:
        reason = "news item whose text is elsewhere"
    elif content is None:
        reason = "news item without content"
    else:
        reason = "news item without text"
    holds = [] if content is None else [_holding(each) for each in content]
    inside = ", ".join(dict.fromkeys(name for name in holds if name)) or "no contentSet"
    title = text_at(item, "contentMeta/headline", "itemMeta/title")
    found = f"{len(remote)} x remoteContent ({', '.join(types)})" if remote else inside
    found = f"“{title[:100]}”, {found}" if title else found
    expected = "text in inlineXML or inlineData"
    return Reject(values.source_file, FORMAT, reason, found, expected, values.place)


def _holding(element: Any) -> str:
    """Name of a content element, and of what is in it."""
    names = [qualified_name(each) for each in (element, *element) if local_name(each)]
    return " with ".join(f"<{name}>" for name in names[:2])


def _notes(item: Any) -> Iterator[Cut]:
    """Notes to editors, but those that their sender keeps from publication."""
    for note in find_all(item, "itemMeta/edNote"):
        if len(note) == 0 and attribute(note, "pubconstraint") is None and (text := text_of(note)):
            role = (attribute(note, "role") or "").rpartition(":")[2]
            yield Cut("note", f"note to editors ({role})" if role else "note to editors", text)


def _read_identity(item: Any, story: Story, values: WireValues) -> None:
    """Guid, version, times, status and embargo. A guid and its version name the dispatch."""
    guid = attribute(item, "guid")
    story.version = values.version(attribute(item, "version"))
    story.story_id = guid
    story.dispatch_id = f"{guid}:{story.version}" if guid and story.version else guid
    stated = [(text_at(item, f"itemMeta/{name}", f"contentMeta/{name}"), name) for name in _TIMES]
    story.published = values.first_time(stated)
    story.status = values.status(attribute_at(item, "itemMeta/pubStatus", "qcode"))
    signals = [attribute(each, "qcode") or "" for each in find_all(item, "itemMeta/signal")]
    corrects = any(signal.endswith(":correction") for signal in signals)
    if corrects and story.status in (None, "usable"):
        story.status = "corrected"
    embargoed = find(item, "itemMeta/embargoed")
    story.embargo_until = values.embargo(text_of(embargoed), "embargoed")
    if embargoed is not None and text_of(embargoed) is None:
        # The standard lets an embargo have no end yet; some senders mean nothing by it.
        values.not_understood("embargo_until", "empty embargoed element", "a time with its zone")


def _read_content_meta(item: Any, story: Story, values: WireValues) -> None:
    meta = find(item, "contentMeta")
    credits = find_all(item, "contentMeta/creditline")
    story.writers = [
        *([text] for each in credits if (text := text_of(each))),
        *_parties(item, "contentMeta/infoSource"),
        *_parties(item, "itemMeta/provider"),
        *_parties(item, "rightsInfo/copyrightHolder"),
    ]
    story.publishers = [
        *_parties(item, "itemMeta/provider"),
        *_parties(item, "rightsInfo/copyrightHolder"),
    ]
    if meta is not None:
        story.urgency = values.urgency(text_at(meta, "urgency"))
        story.slug = text_at(meta, "slugline")
        story.headline = _headline(meta)
        story.byline = text_at(meta, "by")
        story.dateline = text_at(meta, "dateline")
        story.located = text_at(meta, "located/name") or attribute_at(meta, "located", "literal")
    languages = (attribute_at(item, "contentMeta/language", "tag"), attribute(item, "lang"))
    story.language = next((tag for text in languages if (tag := language_tag(text))), None)


def _headline(meta: Any) -> str | None:
    """The main headline: not a sub-headline, and of several that are ranked the first."""
    found = [
        (int(rank) if (rank := attribute(each, "rank") or "1").isdigit() else 1, number, text)
        for number, each in enumerate(find_all(meta, "headline"))
        if (text := text_of(each)) and "sub" not in (attribute(each, "role") or "").lower()
    ]
    return min(found)[2] if found else None


def _own_headline(content: Any) -> str | None:
    heading = next(descendants(content, "h1"), None)
    title = next(descendants(content, "title"), None)
    return text_of(heading) or text_of(title)


def _parties(item: Any, path: str) -> Iterator[Party]:
    """Each party at a path, in the forms it is given in: name, literal, code, address."""
    for party in find_all(item, path):
        code = attribute(party, "qcode")
        forms = (
            text_at(party, "name"),
            attribute(party, "literal"),
            code.partition(":")[2] or code if code else None,
            attribute(party, "uri"),
        )
        yield [form for form in forms if form]
