"""NewsML 1.0 to 1.2: every story of a document, in whatever format its content items hold it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from analysis.loading.newsml_1_facts import read_facts
from analysis.loading.nitf import content_of, read_body_head
from analysis.loading.records import Cut, ReadOptions, ReadResult, Reject
from analysis.loading.wire_story import Story, build_dispatch
from analysis.loading.wire_values import WireValues
from analysis.loading.xml_blocks import Blocks, read_blocks
from analysis.loading.xml_safe import Document, parse_xml, root_name
from analysis.loading.xml_tree import (
    attribute,
    attribute_at,
    descendants,
    find,
    find_all,
    local_name,
    text_at,
    text_of,
)

FORMAT = "newsml_1"
_BODY_ROLES = ("body", "main", "story", "text", "article")
# Contents that are no text, or no part of the dispatch.
_NO_TEXT = ("css", "image", "photo", "graphic", "audio", "video", "pdf", "javascript")
_LONGEST_CUT = 100_000


def sniff(head: bytes, source_file: str) -> bool:
    """Whether the content is a NewsML 1 document, by its root element.

    >>> sniff(b'<NewsML Version="1.2"><NewsItem/></NewsML>', "a.xml"), sniff(b"<nitf/>", "a.xml")
    (True, False)
    """
    return root_name(head) in ("NewsML", "NewsItem")


def read(data: bytes, source_file: str, options: ReadOptions) -> ReadResult:
    """Read every story of every NewsItem; an item without text is a rejects row.

    A story is the component that carries the headline: an item in several languages holds
    several. Of several, each is named after the file and its number, as `file#2`.

    >>> content = "<DataContent><p>The strait reopened.</p></DataContent>"
    >>> item = f"<NewsItem><NewsComponent><ContentItem>{content}</ContentItem></NewsComponent>"
    >>> data = f"<NewsML>{item}</NewsItem></NewsML>".encode()
    >>> read(data, "strait.xml", ReadOptions()).dispatches[0].body
    'The strait reopened.'
    """
    document = parse_xml(data, source_file, FORMAT, options.limits)
    if isinstance(document, Reject):
        return ReadResult(rejects=[document])
    root = document.root
    items = [root] if local_name(root) == "newsitem" else list(find_all(root, "NewsItem"))
    result = ReadResult()
    stories = [(item, component) for item in items for component in _stories(item) or [None]]
    for number, (item, component) in enumerate(stories, 1):
        name = source_file if len(stories) == 1 else f"{source_file}#{number}"
        if component is None:
            result.rejects.append(_without_text(item, name))
            continue
        read_one = _read_story(item, component, document, name)
        result.dispatches += read_one.dispatches
        result.rejects += read_one.rejects
    if not items:
        reject = Reject(source_file, FORMAT, "NewsML without items", "no NewsItem", "a NewsItem")
        result.rejects.append(reject)
    return result


def _stories(item: Any) -> list[Any]:
    """The components that carry a story: for each text, the nearest one with a headline."""
    found: dict[Any, None] = {}
    for content in descendants(item, "contentitem"):
        if _is_body(content) and _blocks(content).paragraphs:
            found.setdefault(_headlined(content, item))
    return list(found)


def _headlined(content: Any, item: Any) -> Any:
    nearest = None
    for above in content.iterancestors():
        if above is item:
            break
        if local_name(above) == "newscomponent":
            nearest = above
            if text_at(above, "NewsLines/HeadLine"):
                return above
    return item if nearest is None else nearest


def _role(content: Any) -> str:
    """The role of a content item: that of the nearest component around it that has one."""
    for above in content.iterancestors():
        if local_name(above) == "newscomponent":
            role = attribute_at(above, "Role", "FormalName")
            if role or text_at(above, "NewsLines/HeadLine"):
                return (role or "").lower()
    return ""


def _is_text(content: Any) -> bool:
    kinds = [
        attribute_at(content, name, "FormalName") or ""
        for name in ("MediaType", "Format", "MimeType")
    ]
    return not any(word in kind.lower() for kind in kinds for word in _NO_TEXT)


def _is_body(content: Any) -> bool:
    return _is_text(content) and _role(content) in ("", *_BODY_ROLES)


def _blocks(content: Any) -> Blocks:
    holder = find(content, "DataContent")
    if holder is None:
        encoded = find(content, "Encoding")
        inner = find(encoded, "DataContent") if encoded is not None else None
        plain = (attribute(encoded, "Notation") or "").lower() in ("", "none", "text")
        holder = inner if inner is not None and plain else None
    if holder is None:
        return Blocks()
    nitf = next(descendants(holder, "nitf"), None)
    return content_of(nitf) if nitf is not None else read_blocks(holder)


def _read_story(item: Any, component: Any, document: Document, source_file: str) -> ReadResult:
    contents = [each for each in descendants(component, "contentitem") if _is_text(each)]
    bodies = [(each, _blocks(each)) for each in contents if _is_body(each)]
    bodies = [pair for pair in bodies if _headlined(pair[0], item) is component]
    # Several contents of one story are one text in several formats: the longest is kept.
    main, blocks = max(bodies, key=lambda pair: sum(map(len, pair[1].paragraphs)))
    values = WireValues(source_file, FORMAT)
    story = Story(source_file, FORMAT, blocks, encoding=document.encoding)
    story.cuts = [*document.cuts, *_others(contents, main)]
    read_facts(document.root, item, component, main, story, values)
    nitf = next(descendants(main, "nitf"), None)
    if nitf is not None:
        read_body_head(nitf, story)
    return ReadResult([build_dispatch(story)], values.rejects)


def _others(contents: list[Any], main: Any) -> Iterator[Cut]:
    for content in contents:
        text = text_of(find(content, "DataContent"))
        if content is not main and text:
            role = _role(content)
            kind = "rendition" if role in ("", *_BODY_ROLES) else "metadata"
            yield Cut(kind, f"content of the role {role or 'body'}", text[:_LONGEST_CUT])


def _without_text(item: Any, source_file: str) -> Reject:
    contents = [*descendants(item, "contentitem")]
    kinds = [
        attribute_at(each, name, "FormalName")
        for each in contents
        for name in ("MediaType", "Format", "MimeType")
    ]
    named = ", ".join(dict.fromkeys(kind for kind in kinds if kind))
    found = f"{len(contents)} content items" + (f" ({named})" if named else "")
    identifier = text_at(item, "Identification/NewsIdentifier/PublicIdentifier")
    place = f"PublicIdentifier {identifier}" if identifier else None
    references = sum(1 for _ in descendants(item, "newsitemref"))
    reason = (
        "NewsML package of references, no dispatch" if references else "NewsML item without text"
    )
    found = f"{references} references" if references else found
    return Reject(source_file, FORMAT, reason, found, "text in a ContentItem", place)
