"""NITF, the IPTC's News Industry Text Format: one dispatch a document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from analysis.loading.records import Cut, ReadOptions, ReadResult, Reject
from analysis.loading.wire_parties import Party
from analysis.loading.wire_story import Story, build_dispatch
from analysis.loading.wire_values import WireTime, WireValues, read_time
from analysis.loading.xml_blocks import Blocks, read_blocks
from analysis.loading.xml_safe import Document, parse_xml, root_name
from analysis.loading.xml_tree import (
    attribute,
    attribute_at,
    clean,
    descendants,
    find,
    find_all,
    language_tag,
    local_name,
    text_at,
    text_of,
)

FORMAT = "nitf"
_SLUGS = ("slug", "slugline", "anpa-keyword", "ntbstikkord")


def sniff(head: bytes, source_file: str) -> bool:
    """Whether the content is an NITF document, by its root element.

    >>> sniff(b"<nitf><head/></nitf>", "a.xml"), sniff(b"<html/>", "a.xml")
    (True, False)
    """
    return root_name(head) == "nitf"


def read(data: bytes, source_file: str, options: ReadOptions) -> ReadResult:
    """Read the one dispatch of an NITF document; one without text is a rejects row.

    >>> data = b"<nitf><body><body.content><p>The strait reopened.</p></body.content></body></nitf>"
    >>> read(data, "strait.xml", ReadOptions()).dispatches[0].body
    'The strait reopened.'
    """
    document = parse_xml(data, source_file, FORMAT, options.limits)
    if isinstance(document, Reject):
        return ReadResult(rejects=[document])
    return _read(document, source_file)


def _read(document: Document, source_file: str) -> ReadResult:
    root = document.root
    blocks = content_of(root)
    values = WireValues(source_file, FORMAT)
    docdata = find(root, "head/docdata")
    story = Story(source_file, FORMAT, blocks, encoding=document.encoding)
    story.cuts = [*document.cuts]
    if not blocks.paragraphs:
        media = next(descendants(root, "media", "table", "nitf-table"), None)
        found = "no text" if media is None else f"only <{local_name(media)}>"
        reject = Reject(source_file, FORMAT, "NITF without text", found, "text in <body.content>")
        return ReadResult(rejects=[reject])
    if docdata is not None:
        _read_docdata(docdata, story, values)
    _read_head(root, story, values)
    read_body_head(root, story)
    return ReadResult([build_dispatch(story)], values.rejects)


def content_of(nitf: Any) -> Blocks:
    """The paragraphs of an NITF document: its body.content, or what stands in for it."""
    body = find(nitf, "body")
    content = find(body, "body.content") if body is not None else None
    holder = content if content is not None else body
    return read_blocks(nitf if holder is None else holder)


def read_body_head(nitf: Any, story: Story) -> None:
    """Add what body.head and body.end state to a story, where it does not say so itself."""
    head, end = find(nitf, "body/body.head"), find(nitf, "body/body.end")
    if end is not None and (text := text_of(end)):
        story.cuts.append(Cut("credit", "tagline or other end matter", text))
    if head is None:
        return
    story.headline = story.headline or text_at(head, "hedline/hl1", "hedline")
    story.byline = story.byline or "; ".join(_bylines(head)) or None
    _read_dateline(find(head, "dateline"), story)
    for path, kind in (("abstract", "standfirst"), ("note", "note"), ("hedline/hl2", "standfirst")):
        for element in find_all(head, path):
            if text := text_of(element):
                story.cuts.append(Cut(kind, f"{local_name(element)} above the text", text))


def _bylines(head: Any) -> Iterator[str]:
    """The writers, without the title that may stand beside the name in byttl."""
    for byline in find_all(head, "byline"):
        named = " ".join(str(part) for part in byline.xpath("text()") if part.strip())
        people = [text for each in find_all(byline, "person") if (text := text_of(each))]
        title = find(byline, "byttl")
        text = clean(named) if title is not None and named.strip() else text_of(byline)
        name = ", ".join(people) or (text or "").strip(" ,;")
        if name:
            yield name


def _read_dateline(dateline: Any, story: Story) -> None:
    if dateline is None:
        return
    date = find(dateline, "story.date")
    norm = attribute(date, "norm") or text_of(date)
    stated = re.match(r"(\d{4})-?(\d\d)-?(\d\d)", norm or "")
    time = read_time("-".join(stated.groups()), "story.date") if stated else None
    if time:
        story.dateline_day = time.published.at.date()
        story.dateline_day_evidence = "NITF story.date"
    text = _location(find(dateline, "location"))
    if text is None:
        whole = text_of(dateline) or ""
        text = clean(whole.replace(text_of(date) or "\x00", ""))
    story.dateline = story.dateline or (re.sub(r"\s+,", ",", text) if text else None)


def _location(location: Any) -> str | None:
    """A location as written; its parts joined by commas where nothing is written between them."""
    if location is None:
        return None
    between = [location.text, *(part.tail for part in location)]
    if any(clean(text) for text in between):
        return text_of(location)
    return ", ".join(text for part in location if (text := text_of(part))) or None


def _read_docdata(docdata: Any, story: Story, values: WireValues) -> None:
    story.dispatch_id = attribute_at(docdata, "doc-id", "id-string")
    story.story_id = attribute_at(docdata, "du-key", "key")
    story.version = values.version(_version(docdata))
    story.status = values.status(attribute(docdata, "management-status"))
    story.urgency = values.urgency(attribute_at(docdata, "urgency", "ed-urg"))
    issue, release = (
        attribute_at(docdata, f"date.{name}", "norm") for name in ("issue", "release")
    )
    stated = [(issue, "NITF date.issue"), (release, "NITF date.release")]
    story.published = values.first_time(stated)
    if release and _later(release, story.published, story.status):
        story.embargo_until = values.embargo(release, "NITF date.release")
    for path, name in (("ed-msg", "info"), ("correction", "info")):
        if text := attribute_at(docdata, path, name):
            story.cuts.append(Cut("note", f"{path}: message to editors", text))


def _version(docdata: Any) -> str | None:
    return attribute_at(docdata, "du-key", "version") or attribute_at(
        docdata, "du-key", "generation"
    )


def _later(release: str, published: WireTime | None, status: str | None) -> bool:
    """Whether the release time holds the dispatch back: after its issue, or it is withheld."""
    time = read_time(release, "date.release")
    if time is None or published is None:
        return status == "withheld"
    return status == "withheld" or time.published.at > published.published.at


def _read_head(root: Any, story: Story, values: WireValues) -> None:
    meta = {
        (attribute(each, "name") or "").lower(): attribute(each, "content")
        for each in find_all(root, "head/meta")
    }
    keywords = [text for each in descendants(root, "keyword") if (text := attribute(each, "key"))]
    slug = next((meta[name] for name in _SLUGS if meta.get(name)), None)
    one_keyword = keywords[0] if len(keywords) == 1 else None
    story.slug = slug or one_keyword or story.story_id
    story.headline = text_at(root, "body/body.head/hedline/hl1", "body/body.head/hedline")
    story.headline = story.headline or text_at(root, "head/title")
    pubdata = [*descendants(root, "pubdata")]
    if story.published is None:
        times = [(attribute(each, "date.publication"), "NITF date.publication") for each in pubdata]
        date = next(descendants(root, "story.date"), None)
        times.append((attribute(date, "norm"), "NITF story.date"))
        story.published = values.first_time(times)
    languages = (attribute(root, "baselang"), attribute(root, "lang"), *_paragraph_languages(root))
    story.language = next((tag for text in languages if (tag := language_tag(text))), None)
    story.writers = list(_writers(root, meta))
    story.publishers = [[name] for each in pubdata if (name := attribute(each, "name"))]


def _paragraph_languages(root: Any) -> Iterator[str | None]:
    return (attribute(each, "lang") for each in descendants(root, "body", "body.content", "p"))


def _writers(root: Any, meta: dict[str, str | None]) -> Iterator[Party]:
    for text in (
        text_at(root, "body/body.head/distributor"),
        attribute_at(root, "head/docdata/del-list/from-src", "src-name"),
        meta.get("aap-source"),
        attribute_at(root, "head/docdata/doc.copyright", "holder"),
        attribute_at(root, "head/docdata/doc.rights", "owner"),
        attribute_at(root, "head/docdata/doc-id", "regsrc"),
        text_at(root, "body/body.head/rights/rights.owner"),
    ):
        if text:
            yield [text]
