"""One entry of an RSS or Atom feed, as feedparser gives it, read as a dispatch."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from analysis.loading.feed_story import Entry, entry_dispatch, entry_time, web_address
from analysis.loading.records import Cut, RawDispatch, Reject
from analysis.loading.wire_json import beside, html_blocks, text_blocks, text_of, words_of
from analysis.loading.wire_values import WireTime, WireValues
from analysis.loading.xml_blocks import Blocks
from analysis.loading.xml_tree import language_tag

_ADDRESS = re.compile(r"\S+@\S+")
# desk@courier.example (Wren Sollis) | Wren Sollis <desk@courier.example>
_MAILBOX = re.compile(r"\S+@\S+\s*\((?P<name>[^()]+)\)|(?P<first>[^<>]+?)\s*<\S+@\S+>")
_NAMES = {"RSS": {"published": "pubDate"}, "Atom": {}}


@dataclass(frozen=True)
class FeedFacts:
    """What the feed says of all its entries."""

    family: str
    title: str | None
    language: str | None
    author: str | None
    encoding: str
    cuts: tuple[Cut, ...] = ()


def read_entry(entry: dict[str, Any], facts: FeedFacts, values: WireValues) -> RawDispatch | Reject:
    """Read an entry: its content, else its summary; a `Reject` for one without text."""
    blocks, summarised = _body(entry)
    headline = _words(dict.get(entry, "title_detail"))
    if not blocks.paragraphs:
        found = f"title {headline!r}"[:100] if headline else "no title"
        expected = "content, summary or description"
        return Reject(
            values.source_file, values.format, "entry without text", found, expected, values.place
        )
    cuts = list(facts.cuts)
    if not summarised:
        summary = _words(dict.get(entry, "summary_detail"))
        cuts += beside("standfirst", "summary beside the text", summary, blocks)
    source = dict.get(entry, "source") or {}
    return entry_dispatch(
        Entry(
            blocks,
            summarised,
            dispatch_id=text_of(dict.get(entry, "id")),
            headline=headline,
            authors=list(_authors(entry)) or ([facts.author] if facts.author else []),
            # An entry taken over from another feed names that feed.
            outlet=words_of(source.get("title")) or facts.title,
            language=_language(entry, summarised) or facts.language,
            published=_published(entry, facts, values),
            url=web_address(text_of(dict.get(entry, "link"))),
            encoding=facts.encoding,
            cuts=cuts,
        ),
        values.source_file,
        values.format,
    )


def _body(entry: dict[str, Any]) -> tuple[Blocks, bool]:
    """The longest of the contents; else the summary, and that it is one."""
    contents = [_blocks(each) for each in dict.get(entry, "content") or []]
    longest = max(contents, key=lambda each: sum(map(len, each.paragraphs)), default=Blocks())
    if longest.paragraphs:
        return longest, False
    return _blocks(dict.get(entry, "summary_detail") or {}), True


def _blocks(detail: dict[str, Any]) -> Blocks:
    text = text_of(detail.get("value")) or ""
    media = str(detail.get("type") or "")
    if media and "html" not in media and not media.startswith("text/"):
        return Blocks()
    return html_blocks(text) if "html" in media else text_blocks(text)


def _words(detail: dict[str, Any] | None) -> str | None:
    if not detail:
        return None
    text = text_of(detail.get("value"))
    if text and "html" in str(detail.get("type") or ""):
        text = " ".join(html_blocks(text).paragraphs)
    return " ".join(text.split()) or None if text else None


def _authors(entry: dict[str, Any]) -> Iterator[str]:
    """Names of the authors, without their addresses of electronic mail."""
    mailbox = _MAILBOX.fullmatch((text_of(dict.get(entry, "author")) or "")[:200])
    if mailbox:
        yield (mailbox["name"] or mailbox["first"]).strip()
        return
    listed = dict.get(entry, "authors") or [dict.get(entry, "author_detail") or {}]
    for each in listed:
        name = words_of(each.get("name"))
        if name and not _ADDRESS.fullmatch(name):
            yield name


def _language(entry: dict[str, Any], summarised: bool) -> str | None:
    contents = dict.get(entry, "content") or []
    details = [dict.get(entry, "summary_detail")] if summarised else contents
    stated = (language_tag(each.get("language")) for each in details if each)
    return next((language for language in stated if language), None)


def _published(entry: dict[str, Any], facts: FeedFacts, values: WireValues) -> WireTime | None:
    # dict.get: the parser's own access would put one date for another that is absent.
    stated = [
        (text_of(dict.get(entry, name)), f"{facts.family} {_NAMES[facts.family].get(name, name)}")
        for name in ("published", "updated", "created")
    ]
    return entry_time(stated, values)
