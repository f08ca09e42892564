"""RSS 0.9 to 2.0, RDF and Atom feeds by feedparser: each entry is a dispatch."""

from __future__ import annotations

import io
import re
from typing import Any

from analysis.loading.decode import Decoded
from analysis.loading.feed_entry import FeedFacts, read_entry
from analysis.loading.feed_source import feed_source
from analysis.loading.records import ReadOptions, ReadResult, Reject
from analysis.loading.text_dispatch import encoding_cut
from analysis.loading.wire_json import words_of
from analysis.loading.wire_values import WireValues
from analysis.loading.xml_tree import language_tag

FORMAT = "feed"
_SKIPPED = re.compile(
    r"(?:[\s\ufeff]+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>)*", re.DOTALL | re.I
)
_ROOT = re.compile(r"<(?:[\w.-]+:)?(rss|rdf|feed|channel)\b([^>]{0,4000})", re.IGNORECASE)
_ATOM = re.compile(r"[\"'](?:https?://www\.w3\.org/2005/atom|https?://purl\.org/atom/)", re.I)
_RDF_FEED = re.compile(
    r"purl\.org/(?:rss|net/rss)|my\.netscape\.com/|<(?:\w+:)?(?:item|channel)\b", re.I
)
_CHANNEL = re.compile(r"<(?:\w+:)?item\b", re.IGNORECASE)


def sniff(head: bytes, source_file: str) -> bool:
    """Whether the content is a feed, by its root element.

    >>> sniff(b'<?xml version="1.0"?><rss version="2.0"><channel/></rss>', "a.xml")
    True
    >>> sniff(b"<feed><cattle/></feed>", "a.xml"), sniff(b"<html/>", "a.xml")
    (False, False)
    """
    text = _head_text(head)
    skipped = _SKIPPED.match(text)
    root = _ROOT.match(text, skipped.end() if skipped else 0)
    if root is None:
        return False
    name, rest = root[1].lower(), text[root.end() :]
    if name == "feed":
        return bool(_ATOM.search(root[2]) or re.search(r"\bversion\s*=", root[2]))
    if name == "rdf":
        return bool(_RDF_FEED.search(root[2]) or _RDF_FEED.search(rest))
    if name == "channel":
        return bool(_CHANNEL.search(rest) or re.search(r"\b(?:href|lastmod)\s*=", root[2], re.I))
    return name == "rss"


def read(data: bytes, source_file: str, options: ReadOptions) -> ReadResult:
    """Read every entry of a feed; an entry without text is a rejects row.

    The body is the entry's content (``content:encoded``, Atom ``content``), else its summary or
    description, which a cut of kind "incomplete" then says. An ill-formed feed gives what can be
    read of it, and a rejects row that says where it breaks off. Nothing is fetched.

    >>> data = b'''<rss version="2.0"><channel><title>Tolmar Ledger</title>
    ...     <item><description>The strait reopened.</description></item></channel></rss>'''
    >>> [(d.body, d.outlet) for d in read(data, "feed.xml", ReadOptions()).dispatches]
    [('The strait reopened.', 'Tolmar Ledger')]
    """
    source = feed_source(data, source_file, FORMAT, options.limits)
    if isinstance(source, Reject):
        return ReadResult(rejects=[source])
    try:
        return _read(source, source_file)
    except Exception as error:
        # A parser of another project meets hostile markup here: whatever breaks in it is a reject
        # of this feed, with its name, and never the end of the run.
        found = type(error).__name__
        return ReadResult(
            rejects=[Reject(source_file, FORMAT, "feed not readable", found, "a feed")]
        )


def _read(source: Decoded, source_file: str) -> ReadResult:
    from feedparser.api import parse as untyped

    parse: Any = untyped
    # A stream: given a text, feedparser would take it for an address or a file to open. Markup is
    # kept as it came, since all of it is turned into text here.
    parsed: dict[str, Any] = parse(
        io.BytesIO(source.text.encode("utf-8", "replace")),
        response_headers={"content-type": "application/xml; charset=utf-8"},
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    result = ReadResult()
    if parsed.get("bozo"):
        result.rejects.append(_ill_formed(parsed.get("bozo_exception"), source_file))
    facts = _facts(parsed, source)
    entries = parsed.get("entries") or []
    if not entries:
        result.rejects.append(
            Reject(source_file, FORMAT, "feed without entries", "none", "entries")
        )
    for number, entry in enumerate(entries, 1):
        values = WireValues(source_file, FORMAT, f"entry {number}")
        dispatch = read_entry(entry, facts, values)
        result.rejects += values.rejects
        if isinstance(dispatch, Reject):
            result.rejects.append(dispatch)
        else:
            result.dispatches.append(dispatch)
    return result


def _ill_formed(error: Any, source_file: str) -> Reject:
    from xml.sax import SAXParseException

    reason, place = "feed ill-formed; what could be read of it is loaded", None
    found = str(error)[:200] or type(error).__name__
    if isinstance(error, SAXParseException):
        found = str(error.getMessage())[:200]
        # feedparser puts an XML declaration on a line of its own before the text.
        place = f"line {(error.getLineNumber() or 2) - 1}"
    return Reject(source_file, FORMAT, reason, found, "well-formed XML", place)


def _facts(parsed: dict[str, Any], source: Decoded) -> FeedFacts:
    feed = parsed.get("feed") or {}
    version = str(parsed.get("version") or "")
    return FeedFacts(
        family="Atom" if version.startswith("atom") else "RSS",
        title=words_of(dict.get(feed, "title")),
        language=language_tag(dict.get(feed, "language")),
        # Atom says that the authors of a feed are those of its entries that name none.
        author=words_of((dict.get(feed, "author_detail") or {}).get("name"))
        if version.startswith("atom")
        else None,
        encoding=source.encoding,
        cuts=tuple(encoding_cut(source)),
    )


def _head_text(head: bytes) -> str:
    for mark, encoding in (
        (b"\xff\xfe\0\0", "utf-32-le"),
        (b"\0\0\xfe\xff", "utf-32-be"),
        (b"<\0\0\0", "utf-32-le"),
        (b"\0\0\0<", "utf-32-be"),
        (b"\xff\xfe", "utf-16-le"),
        (b"\xfe\xff", "utf-16-be"),
        (b"<\0", "utf-16-le"),
        (b"\0<", "utf-16-be"),
    ):
        if head.startswith(mark):
            return head.decode(encoding, "replace")
    return head.removeprefix(b"\xef\xbb\xbf").decode("latin-1")
