"""NewsML 1.0 to 1.2: every story of a document, in whatever format its content items hold it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from analysis.loading.newsml_1_content import Content, read_contents
from analysis.loading.newsml_1_facts import read_facts
from analysis.loading.nitf import read_body_head
from analysis.loading.records import Cut, ReadOptions, ReadResult, Reject
from analysis.loading.wire_story import Story, build_dispatch
from analysis.loading.wire_values import WireValues
from analysis.loading.xml_safe import Document, parse_xml, root_name
from analysis.loading.xml_tree import (
    attribute_at,
    descendants,
    find,
    find_all,
    local_name,
    text_at,
    text_of,
)

FORMAT = "newsml_1"
_LONGEST_CUT = 100_000
# An item holds one text in some languages: more than this is no news item.
_MOST_ELEMENTS, _MOST_STORIES = 50_000, 100


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
    if not items:
        reject = Reject(source_file, FORMAT, "NewsML without items", "no NewsItem", "a NewsItem")
        return ReadResult(rejects=[reject])
    # Found once: a file can hold very many items.
    envelope = find(root, "NewsEnvelope")
    stories = [(item, contents) for item in items for contents in _stories(item) or [[]]]
    result = ReadResult()
    for number, (item, contents) in enumerate(stories, 1):
        name = source_file if len(stories) == 1 else f"{source_file}#{number}"
        read_one = _read_story(item, contents, envelope, document, name) if contents else None
        if read_one is None:
            result.rejects.append(_without_text(item, name))
        else:
            result.dispatches += read_one.dispatches
            result.rejects += read_one.rejects
    return result


def _stories(item: Any) -> list[list[Content]]:
    """The contents of each story of an item, its body among them; empty for an item without."""
    if sum(1 for _ in item.iterdescendants()) > _MOST_ELEMENTS:
        return []
    stories: dict[Any, list[Content]] = {}
    for content in read_contents(item):
        stories.setdefault(content.component, []).append(content)
    found = [contents for contents in stories.values() if any(c.is_body for c in contents)]
    return found if len(found) <= _MOST_STORIES else []


def _read_story(
    item: Any, contents: list[Content], envelope: Any, document: Document, source_file: str
) -> ReadResult:
    # Several contents of one story are one text in several formats: the longest is kept.
    main = max((each for each in contents if each.is_body), key=lambda each: each.length)
    values = WireValues(source_file, FORMAT)
    story = Story(source_file, FORMAT, main.blocks, encoding=document.encoding)
    story.cuts = [*document.cuts, *_others(contents, main)]
    read_facts(envelope, item, main.component, main.element, story, values)
    nitf = next(descendants(main.element, "nitf"), None)
    if nitf is not None:
        read_body_head(nitf, story)
    return ReadResult([build_dispatch(story)], values.rejects)


def _others(contents: list[Content], main: Content) -> Iterator[Cut]:
    for content in contents:
        text = text_of(find(content.element, "DataContent"))
        if content is not main and text:
            kind = "rendition" if content.is_body else "metadata"
            reason = f"content of the role {content.role or 'body'}"
            yield Cut(kind, reason, text[:_LONGEST_CUT])


def _without_text(item: Any, source_file: str) -> Reject:
    contents = [*descendants(item, "contentitem")]
    kinds = [
        attribute_at(each, name, "FormalName")
        for each in contents
        for name in ("MediaType", "Format", "MimeType")
    ]
    named = ", ".join(dict.fromkeys(kind for kind in kinds if kind))[:200]
    found = f"{len(contents)} content items" + (f" ({named})" if named else "")
    identifier = text_at(item, "Identification/NewsIdentifier/PublicIdentifier")
    place = f"PublicIdentifier {identifier}" if identifier else None
    references = sum(1 for _ in descendants(item, "newsitemref"))
    reason, expected = "NewsML item without text", "text in a ContentItem"
    if references:
        reason, found = "NewsML package of references, no dispatch", f"{references} references"
    elif sum(1 for _ in item.iterdescendants()) > _MOST_ELEMENTS or len(contents) > _MOST_STORIES:
        reason = "NewsML item too large"
        expected = f"at most {_MOST_ELEMENTS} elements and {_MOST_STORIES} stories"
    return Reject(source_file, FORMAT, reason, found, expected, place)
